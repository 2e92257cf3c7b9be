import { codeLines, storeCost } from './storeCost';

test.each([
  ['', 0],
  ['\n\n', 0],
  ['// a comment\n/* and\n another */\n', 0],
  ['/** Says what it is. */\nconst one = 1; // and why\n\nconst two = 2;\n', 2],
  ['const text = `one\n\nthree`;\n', 3],
  ['call(\n  1,\n\n  // two\n  2,\n);\n', 4],
])('%j has %d lines of code', (text, lines) => {
  expect(codeLines(text)).toBe(lines);
});

test('a store is what has its name, in each of the three parts', () => {
  const { core, nodes, sandbox, whole, files } = storeCost('xcart');
  for (const part of [core, nodes, sandbox, files]) expect(part).toBeGreaterThan(0);
  expect(core + nodes + sandbox).toBe(whole);
  expect(storeCost('nosuchshop')).toEqual({ core: 0, nodes: 0, sandbox: 0, whole: 0, files: 0 });
});

test('a folder of a store is a part of it', () => {
  const classic = storeCost('xcart', 'classic');
  expect(classic.core).toBeGreaterThan(0);
  expect(classic.whole).toBeLessThan(storeCost('xcart').whole);
});
