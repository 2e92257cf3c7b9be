import { type Cost, kitCost, storeCost } from '../../scripts/lib/storeCost';
import { expectTable, tableIn, tableOf } from './markdown';

/**
 * The table of docs/architecture.md that says what stores cost is counted in the code. `UPDATE_DOCS=1` writes it. Not every
 * change of the code is one of the page: figures may be a little out of date.
 */

const PAGE = 'architecture.md';
const NAME = 'store cost';

/** So far a figure of the page may be from what is counted: a share, or so many lines where that is more. */
const SHARE = 0.05;
const LINES = 50;

const COLUMNS = ['core', 'nodes', 'sandbox', 'whole', 'files'] as const;
const HEAD = ['lines of code', ...COLUMNS, "of X-Cart's"];

const written = (figure: number): string => figure.toLocaleString('en-US');

function wantedTable(): string {
  const xcart = storeCost('xcart');
  const figures = (cost: Cost): string[] => COLUMNS.map((column) => written(cost[column]));
  const row = (name: string, cost: Cost): string[] => {
    const share = Math.round((100 * cost.whole) / xcart.whole);
    return [name, ...figures(cost), `${share} %`];
  };
  return tableOf(HEAD, [
    row('X-Cart', xcart),
    row('of it the classic API, a second protocol', storeCost('xcart', 'classic')),
    row('3dcart', storeCost('threedcart')),
    row('Clarity', storeCost('clarity')),
    ['in common, written once', ...figures(kitCost()), ''],
  ]);
}

const cellsOf = (table: string): string[] => table.split(/[|\n]/).map((cell) => cell.trim());

const FIGURE = /^[\d,]+( %)?$/;
const numberIn = (cell: string): number => Number(cell.replace(/,| %$/g, ''));

function isNear(cell: string, wanted: string): boolean {
  if (!FIGURE.test(cell) || !FIGURE.test(wanted)) return cell === wanted;
  const most = cell.endsWith('%') ? 100 * SHARE : Math.max(LINES, SHARE * numberIn(wanted));
  return Math.abs(numberIn(cell) - numberIn(wanted)) <= most;
}

/** Rules are as long as the widest cell, and say nothing. */
const isRule = (cell: string): boolean => /^-+$/.test(cell);

function isNearTable(table: string, wanted: string): boolean {
  const [cells, others] = [table, wanted].map((text) => cellsOf(text).filter((c) => !isRule(c)));
  if (cells?.length !== others?.length) return false;
  return (cells ?? []).every((cell, at) => isNear(cell, others?.[at] ?? ''));
}

test('docs/architecture.md says what each store costs', () => {
  const wanted = wantedTable();
  const isTold = !process.env['UPDATE_DOCS'] && isNearTable(tableIn(PAGE, NAME), wanted);
  // Where it is not, all that is to be written there shows.
  if (!isTold) expectTable(PAGE, NAME, wanted);
});

test.each([
  ['1,000', '1,000', true],
  ['1,000', '1,050', true],
  ['1,000', '1,060', false],
  ['10,000', '10,500', true],
  ['10,000', '10,600', false],
  ['65 %', '66 %', true],
  ['65 %', '71 %', false],
  ['X-Cart', 'X-Cart', true],
  ['X-Cart', '3dcart', false],
  ['', '5', false],
  ['5', '', false],
])('the figure %s beside %s is near: %s', (cell, wanted, near) => {
  expect(isNearTable(tableOf(['a'], [[cell]]), tableOf(['a'], [[wanted]]))).toBe(near);
});

test('a row too many or too few is not near', () => {
  expect(isNearTable(tableOf(['a'], [['1']]), tableOf(['a'], [['1'], ['1']]))).toBe(false);
});
