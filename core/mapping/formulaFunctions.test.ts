import { loadFormulaEngine } from './formula';

async function work(text: string, value: unknown): Promise<unknown> {
  const formula = (await loadFormulaEngine())(text);
  const run = { context: {}, problems: [], pending: [], notes: [], tell: () => undefined };
  return await formula({ value, root: value, parent: undefined, index: 0, run });
}

test.each<[string, unknown, unknown]>([
  ['$number(a)', { a: '12.50' }, 12.5],
  ['$number(a)', { a: ' ' }, undefined],
  ['$number(a)', {}, undefined],
  ['$sum(list.$number())', { list: ['1', '2.5'] }, 3.5],
  ['$sum($map(list, $number))', { list: ['1', '2.5'] }, 3.5],
  ['$boolean(a)', { a: 'No' }, false],
  ['$boolean(a)', { a: '1' }, true],
  ['$boolean(a)', { a: '' }, undefined],
  ['$boolean(a)', { a: [] }, false],
  ['$boolean(a)', { a: { b: 1 } }, true],
  ['$toMillis(a)', { a: '2026-03-01T10:00:00' }, Date.UTC(2026, 2, 1, 10)],
  ['$toMillis(a)', { a: '2026-03-01T10:00:00+0200' }, Date.UTC(2026, 2, 1, 8)],
  ['$toMillis(a)', { a: '0000-00-00' }, undefined],
  ["$toMillis(a, '[D01]/[M01]/[Y0001]')", { a: '03/04/2026' }, Date.UTC(2026, 3, 3)],
])('%s of %j is %j', async (text, document, expected) => {
  expect(await work(text, document)).toBe(expected);
});

test.each<[string, unknown, string]>([
  ['$number(a)', { a: '12,50' }, 'expected a number'],
  ['$number(a)', { a: true }, 'expected a number'],
  ['$number(a)', { a: '0x10' }, 'expected a number'],
  ['$boolean(a)', { a: 'perhaps' }, 'expected yes or no'],
  ['$toMillis(a)', { a: '2026-02-30' }, 'expected a date'],
  ['$toMillis(a)', { a: '2026' }, 'expected a date'],
])('%s of %j is refused', async (text, document, message) => {
  await expect(work(text, document)).rejects.toThrow(message);
});
