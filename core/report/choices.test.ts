import { allOf, choicesOf, chosenFrom } from './choices';
import type { Stopped } from './stopped';

const stopped = (key: string, more: Partial<Stopped> = {}): Stopped => ({
  key: `xcart:${key}`,
  flow: 'w1',
  flowName: 'Orders',
  number: '1001',
  state: 'dead',
  isForPerson: true,
  reason: 'Bad   address',
  ...more,
});

test('the words say number and reason, and as much more as tells a record from the others', () => {
  const records = [
    stopped('a', { number: '7' }),
    stopped('b'),
    stopped('c', { flow: 'w2', flowName: 'Products' }),
    stopped('d', { number: '8', state: 'held', reason: 'Unpaid' }),
    stopped('e', { number: '9' }),
    stopped('f', { number: '9' }),
  ];
  const words = choicesOf(records);
  expect(words).toEqual([
    '7 · Bad address',
    '1001 · Bad address · Orders',
    '1001 · Bad address · Products',
    '8 · held · Unpaid',
    '9 · Bad address · Orders · xcart:e',
    '9 · Bad address · Orders · xcart:f',
  ]);
  for (const [index, word] of words.entries())
    expect(chosenFrom([word], records)).toEqual({ records: [records[index]], unknown: 0 });
});

test('words whose record is another case by now, or that two could mean, choose none', () => {
  const shown = [stopped('a')];
  const ticked = choicesOf(shown);
  expect(chosenFrom(ticked, [stopped('a', { reason: 'No product' })])).toEqual({
    records: [],
    unknown: 1,
  });
  expect(chosenFrom(ticked, [stopped('a'), stopped('b')])).toEqual({ records: [], unknown: 1 });
});

test('all of a state is chosen at once, each record once', () => {
  const records = [stopped('a'), stopped('b', { number: '2' }), stopped('c', { state: 'held' })];
  const [first = ''] = choicesOf(records);
  expect(allOf('held', 1234)).toBe('All 1,234 that are held');
  expect(chosenFrom([allOf('dead', 2), first], records)).toEqual({
    records: records.slice(0, 2),
    unknown: 0,
  });
  // Some have gone since; more than were told of are others.
  expect(chosenFrom([allOf('dead', 1_000)], records).records).toHaveLength(2);
  expect(chosenFrom([allOf('dead', 1)], records)).toEqual({ records: [], unknown: 1 });
});
