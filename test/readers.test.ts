import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { toWireValue } from '../core/dynamics/dataverse/rows/values';
import type { Column } from '../core/dynamics/tables';
import { compileTransform } from '../core/mapping/chain';
import type { Scope } from '../core/mapping/scope';
import type { TransformCall } from '../core/mapping/spec';
import * as scalars from '../core/stores/kit/scalars';
import { dayIn, flagIn, integerIn, momentIn, numberIn, textIn } from '../core/values';
import { READERS, type ReaderName, USES, type UseName } from './support/readerExamples';

const FILE = join(__dirname, '../docs/readers.md');
const ROOT: Scope = {
  value: {},
  root: {},
  parent: undefined,
  index: 0,
  run: { context: {}, problems: [], pending: [], notes: [], tell: () => undefined },
};

const iso = (moment: number | undefined): string | undefined =>
  moment === undefined ? undefined : new Date(moment).toISOString().replace('.000Z', 'Z');

const READ: Record<ReaderName, Array<(value: unknown) => unknown>> = {
  number: [
    (value) => numberIn(value),
    (value) => numberIn(value, '.'),
    (value) => numberIn(value, ','),
  ],
  integer: [(value) => integerIn(value)],
  flag: [flagIn],
  day: [(value) => dayIn(value), (value) => dayIn(value, { into: 'America/New_York' })],
  moment: [
    (value) => iso(momentIn(value, {})),
    (value) => iso(momentIn(value, { zone: 'America/New_York' })),
  ],
  text: [textIn],
};

function column(type: Column['type']): Column {
  const choices = [
    { value: 7, label: 'Web' },
    { value: 8, label: 'Gift' },
  ];
  const can = { required: false, creatable: true, updatable: true, readable: true };
  return { name: 'x', displayName: 'X', type, ...can, ...(type === 'choices' && { choices }) };
}

const transform =
  (call: TransformCall) =>
  (value: unknown): unknown =>
    compileTransform(call, 0)(value, ROOT);

const USE: Record<UseName, (value: unknown) => unknown> = {
  'transform Number': transform('number'),
  'transform Money': transform('money'),
  'transform True or False': transform('boolean'),
  'transform Date': transform({ type: 'date', zone: 'America/New_York' }),
  'Dataverse column: money': (value) => toWireValue(value, column('money')),
  'Dataverse column: yes or no': (value) => toWireValue(value, column('boolean')),
  'Dataverse column: day': (value) => toWireValue(value, column('date')),
  'Dataverse column: choices': (value) => toWireValue(value, column('choices')),
  "a shop's amount": (value) => scalars.amount.parse(value),
  "a shop's flag": (value) => scalars.flag.parse(value),
  "a shop's date": (value) => scalars.date.parse(value),
};

/** What comes out as the table shows it. */
function shown(work: () => unknown): string {
  try {
    const result = work();
    return result === undefined ? 'refused' : code(result);
  } catch {
    return 'refused';
  }
}

function code(value: unknown): string {
  const text = (JSON.stringify(value) ?? String(value)).replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `\`${text}\``;
}

/** Empty means nothing to a transform: the row's default follows. */
const usedAs = (name: UseName, value: unknown): string =>
  shown(() => {
    const result = USE[name](value);
    return result === undefined ? null : result;
  });

function table(head: string[], rows: string[][]): string {
  const all = [head, ...rows];
  const widths = head.map((_, at) => Math.max(3, ...all.map((row) => (row[at] ?? '').length)));
  const line = (cells: string[]): string =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

function document(): string {
  const sections = Object.values(READERS).map(({ title, words, heads, examples }) => {
    const rows = examples.map(({ value, results }) => [code(value), ...results.map(result)]);
    return `## ${title}\n\n${words}\n\n${table(['written', ...heads], rows)}\n`;
  });
  const uses = USES.map(({ use, value, result: expected }) => [use, code(value), result(expected)]);
  return [
    '# What is read as what',
    '',
    'One reader for each type reads what shops, rows, node columns and formulas hand over (`core/values/`). What could',
    'mean two things is refused until its meaning is said. These tables are made by the test that tries each of their',
    'lines: `UPDATE_DOCS=1 npx jest test/readers.test.ts` writes them anew.',
    '',
    'In formulas `$number`, `$boolean` and `$toMillis` read as the tables of numbers (nothing said), yes or no, and',
    'moments (in UTC) say; lists and objects are true in `$boolean` where there is anything in them, and `$toMillis`',
    "with a picture is JSONata's own.",
    '',
    ...sections,
    '## What empty becomes, and the same value in each place',
    '',
    'Empty is undefined, null, or text of blanks alone; a date may also be `0`, `0000-00-00` or `0001-01-01`. It is',
    'never 0, false or a day. A transform hands on nothing (`null` here), so that the default of its row follows; a',
    'column is cleared.',
    '',
    table(['where', 'written', 'comes out'], uses),
    '',
  ].join('\n');
}

const result = (value: unknown): string => (value === undefined ? 'refused' : code(value));

describe.each(Object.entries(READERS))('%s', (name, { examples }) => {
  const cases = examples.map(({ value, results }): [unknown, unknown[]] => [value, results]);
  test.each(cases)('reads %j as %j', (value, results) => {
    const found = READ[name as ReaderName].map((read) => shown(() => read(value)));
    expect(found).toEqual(results.map(result));
  });
});

test.each(USES)('$use makes of $value: $result', ({ use, value, result: expected }) => {
  expect(usedAs(use, value)).toBe(result(expected));
});

test('docs/readers.md shows what has been tried here; UPDATE_DOCS=1 writes it anew', () => {
  const text = document();
  if (process.env['UPDATE_DOCS']) writeFileSync(FILE, text);
  expect(readFileSync(FILE, 'utf8')).toBe(text);
});
