import type { Memory } from '../../../sync/memory';
import type { ConflictRule } from '../../../sync/threeWay';
import { columnsToRead, rowChanges, type RowWord } from './changes';

const ACCOUNT = '/accounts(0f8fad5b-d9cb-469f-a165-70867728950e)';
const PARENT = 'parentcustomerid_account@odata.bind';
const SENT = { lastname: 'Byron', telephone1: '1', [PARENT]: ACCOUNT };

const known = (confirmed?: object, ...attempts: object[]): Memory => ({ confirmed, attempts });
const word = (
  row: object,
  rule: ConflictRule = 'source',
  more: Partial<RowWord> = {},
): RowWord => ({
  row: { ...row },
  conflicts: { rule },
  ...more,
});
const row = (telephone1: string, more: object = {}) => ({
  lastname: 'Byron',
  telephone1,
  modifiedon: '2026-03-02T00:00:00Z',
  ...more,
});

describe('without a look at the row', () => {
  test('what the source says as it said it last is not sent', () => {
    const changes = rowChanges([word(SENT, 'hold')], known(SENT));
    expect(changes).toMatchObject({ changes: {}, document: SENT });
  });

  test('only what the source has changed is sent where it wins', () => {
    const changes = rowChanges([word({ ...SENT, lastname: 'King' })], known(SENT));
    expect(changes?.changes).toEqual({ lastname: 'King' });
  });

  test('a column that was never sent is new, and one that is not named keeps its last word', () => {
    const changes = rowChanges([word({ mobilephone: '2' })], known(SENT));
    expect(changes).toMatchObject({
      changes: { mobilephone: '2' },
      document: { ...SENT, mobilephone: '2' },
    });
  });

  test.each<ConflictRule>(['target', 'newest', 'hold'])('%s has to see the row', (rule) => {
    expect(rowChanges([word({ telephone1: '2' }, rule)], known(SENT))).toBeUndefined();
  });

  test('a column where the source wins needs no look, whatever wins in others', () => {
    const conflicts = { rule: 'target', columns: { telephone1: 'source' } } as const;
    const changes = rowChanges([word({ telephone1: '2' }, 'target', { conflicts })], known(SENT));
    expect(changes?.changes).toEqual({ telephone1: '2' });
  });

  test('an attempt without an answer leaves open what stands there', () => {
    const attempt = { ...SENT, telephone1: '2' };
    expect(rowChanges([word(SENT)], known(SENT, attempt))).toBeUndefined();
    expect(rowChanges([word(attempt)], known(undefined, attempt))).toBeUndefined();
    const changes = rowChanges([word({ ...SENT, telephone1: '3' })], known(SENT, attempt));
    expect(changes?.changes).toEqual({ telephone1: '3' });
  });
});

describe('with the row as it stands', () => {
  test('what only a person has changed stays, and is told', () => {
    const changes = rowChanges([word({ ...SENT, lastname: 'King' })], known(SENT), row('9'));
    expect(changes?.changes).toEqual({ lastname: 'King' });
    expect(changes?.said).toEqual([
      { decisions: [{ field: 'telephone1', kept: 'target', conflict: false }], held: [] },
    ]);
  });

  test.each<[ConflictRule, string | undefined, object]>([
    ['source', undefined, { telephone1: '2' }],
    ['target', undefined, {}],
    ['newest', '2026-03-01', {}],
    ['newest', '2026-03-03', { telephone1: '2' }],
  ])('where both have changed a column: %s, source of %s', (rule, date, expected) => {
    const changedAt = date === undefined ? undefined : Date.parse(date);
    const words = [word({ telephone1: '2' }, rule, { changedAt })];
    const changes = rowChanges(words, known(SENT), row('9'));
    expect(changes?.changes).toEqual(expected);
    expect(changes?.document).toMatchObject({ telephone1: '2' });
    expect(changes?.said[0]?.decisions).toMatchObject([{ field: 'telephone1', conflict: true }]);
  });

  test('a held column keeps the whole word back', () => {
    const words = [word({ lastname: 'King', telephone1: '2' }, 'hold')];
    expect(rowChanges(words, known(SENT), row('9'))).toMatchObject({
      changes: {},
      document: SENT,
      said: [{ decisions: [], held: ['telephone1'] }],
    });
  });

  test('what was attempted is not taken for a change of a person', () => {
    const attempt = { ...SENT, telephone1: '2' };
    const back = rowChanges([word(SENT, 'target')], known(SENT, attempt), row('2'));
    expect(back).toMatchObject({ changes: { telephone1: '1' }, said: [{ decisions: [] }] });
    const first = rowChanges([word(SENT, 'target')], known(undefined, SENT), row('1'));
    expect(first).toMatchObject({ changes: {}, said: [{ decisions: [] }] });
  });

  test('a rule speaks of a lookup by the name of its column', () => {
    const other = ACCOUNT.replace('0f8', 'aaa');
    const stored = row('1', { _parentcustomerid_value: 'bbbfad5b-d9cb-469f-a165-70867728950e' });
    const conflicts = { rule: 'source', columns: { parentcustomerid: 'target' } } as const;
    const words = [word({ [PARENT]: other }, 'source', { conflicts })];
    expect(rowChanges(words, known(SENT), stored)).toMatchObject({
      changes: {},
      said: [{ decisions: [{ field: 'parentcustomerid_account', kept: 'target' }] }],
    });
  });
});

describe('several words of one run', () => {
  test('each is taken against the one before it, and all go in one request', () => {
    const words = [word({ telephone1: '2', lastname: 'King' }), word({ telephone1: '1' })];
    expect(rowChanges(words, known(SENT))).toMatchObject({
      changes: { telephone1: '1', lastname: 'King' },
      document: { telephone1: '1', lastname: 'King' },
    });
    // The first word wins over the person, and the second one over the first.
    const seen = rowChanges(
      [words[0] as RowWord, word({ telephone1: '1' }, 'hold')],
      known(SENT),
      row('9'),
    );
    expect(seen).toMatchObject({
      changes: { telephone1: '1' },
      said: [{ held: [] }, { held: [] }],
    });
  });

  test('what an attempt without an answer may have left behind is undone by a later word', () => {
    const attempt = { ...SENT, telephone1: '2' };
    const words = [word({ jobtitle: 'Poet' }), word({ telephone1: '1' })];
    expect(rowChanges(words, known(SENT, attempt))).toBeUndefined();
    expect(rowChanges(words, known(SENT, attempt), row('2'))?.changes).toEqual({
      jobtitle: 'Poet',
      telephone1: '1',
    });
  });

  test('one that is held says nothing to the next', () => {
    const words = [word({ telephone1: '2' }, 'hold'), word({ telephone1: '1', lastname: 'King' })];
    const changes = rowChanges(words, known(SENT), row('9'));
    expect(changes?.changes).toEqual({ lastname: 'King' });
    expect(changes?.said.map(({ held }) => held)).toEqual([['telephone1'], []]);
  });
});

test('reads the columns of the words, and all where a changed binding does not tell its own', () => {
  expect(columnsToRead([word({ ...SENT, lastname: 'King' })], known(SENT))).toEqual([
    'lastname',
    'telephone1',
  ]);
  expect(columnsToRead([word({ [PARENT]: null })], known(SENT))).toBeUndefined();
});
