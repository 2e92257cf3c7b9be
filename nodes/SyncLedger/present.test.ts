import { presentRecord } from './present';

const view = {
  flow: 'w2',
  key: 'xcart:main:order:42',
  number: '1042',
  state: 'dead',
  hash: 'a',
  attempts: 3,
  error: { class: 'validation', message: 'Bad address', fix: 'Correct it', code: undefined },
  links: [],
  createdAt: Date.parse('2026-03-01T00:00:00Z'),
  updatedAt: Date.parse('2026-03-02T00:00:00Z'),
} as const;

describe('a record', () => {
  const shown = presentRecord({ ...view, flowName: 'Orders', links: [] });

  test('begins with what a person asks', () => {
    expect(Object.entries(shown).slice(0, 7)).toEqual([
      ['number', '1042'],
      ['flowName', 'Orders'],
      ['state', 'dead'],
      ['reason', 'Bad address'],
      ['repair', 'Correct it'],
      ['attempts', 3],
      ['since', '2026-03-02T00:00:00.000Z'],
    ]);
  });

  test('has after it what the ledger knows it by, and nothing without a value', () => {
    expect(Object.keys(shown).slice(7)).toEqual([
      'key',
      'flow',
      'hash',
      'links',
      'createdAt',
      'updatedAt',
      'error',
    ]);
    expect(shown).toMatchObject({
      createdAt: '2026-03-01T00:00:00.000Z',
      error: { fix: 'Correct it' },
    });
    expect(shown.error).not.toHaveProperty('code');
  });

  test('of a flow that nobody has named shows the flow itself', () => {
    expect(presentRecord({ ...view, links: [] })).toMatchObject({ flowName: 'w2', flow: 'w2' });
  });
});
