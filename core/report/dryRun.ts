import { countBy, sortBy } from 'lodash';

import type { ColumnChange, PlannedWrite } from '../dryRun';
import type { Page } from './page';
import { counted, listed } from './stopped';

/** What a dry run says of one record: what people call it, and what would be written for it. */
export interface DryRecord {
  /** Such as the number of an order. */
  number: string;
  /** Of its claim; left out: it has none. */
  key?: string;
  writes: readonly PlannedWrite[];
  /** What would become of it in the ledger, such as `done` or `dead`. */
  would?: string;
  /** Why it would stop. */
  reason?: string;
}

/** How often something would be done to rows of a table. */
export interface DryTotal {
  system: string;
  table: string;
  action: PlannedWrite['action'];
  /** Of a call: what is called. */
  name?: string;
  count: number;
}

/** What happens first to a row stands first. */
const ACTIONS: Array<PlannedWrite['action']> = [
  'create',
  'update',
  'delete',
  'associate',
  'disassociate',
  'upload',
  'call',
  'unchanged',
];

/** How much would be done where, most telling first: what changes before what stays. */
export function totalsOf(records: readonly DryRecord[]): DryTotal[] {
  const totals = new Map<string, DryTotal>();
  for (const { system, table, action, name } of records.flatMap(({ writes }) => writes)) {
    const same = { system, table, action, ...(name !== undefined && { name }) };
    const id = JSON.stringify(same);
    const total = totals.get(id) ?? { ...same, count: 0 };
    totals.set(id, { ...total, count: total.count + 1 });
  }
  return sortBy(
    [...totals.values()],
    ({ system }) => system,
    ({ table }) => table,
    ({ action }) => ACTIONS.indexOf(action),
    ({ name = '' }) => name,
  );
}

/** In what was to be written it stands as JSON; a text stands as it is. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const DONE: Readonly<Record<PlannedWrite['action'], string>> = {
  create: 'to create',
  update: 'to change',
  unchanged: 'to leave as they are',
  delete: 'to delete',
  associate: 'to associate',
  disassociate: 'to disassociate',
  upload: 'files to upload',
  call: 'to call',
};

function totalLine({ system, table, action, name, count }: DryTotal): string {
  const what = name === undefined ? table : `${name} of ${table}`;
  return `${system}, ${what}: ${count} ${DONE[action]}`;
}

/** What would stop, by its reason; most often first. */
function stops(records: readonly DryRecord[], maxNumbers: number): Page['sections'] {
  const stopped = records.filter(({ would, reason }) => reason && would !== 'done');
  const counts = countBy(stopped, ({ reason }) => reason);
  return sortBy(Object.keys(counts), (reason) => -(counts[reason] ?? 0)).map((reason) => {
    const those = stopped.filter((one) => one.reason === reason);
    const numbers = those.map(({ number }) => number);
    return {
      heading: `${counted(those.length, 'record')} would not be sent: ${reason}`,
      lines: [`${numbers.length === 1 ? 'Number' : 'Numbers'}: ${listed(numbers, maxNumbers)}`],
    };
  });
}

const LONGEST_VALUE = 80;

const shortened = (text: string): string =>
  text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text;

const columnText = ({ column, before, after }: ColumnChange, isNew: boolean): string =>
  isNew
    ? `${column}: ${shortened(valueText(after)) || '(empty)'}`
    : `${column}: ${shortened(valueText(before)) || '(empty)'} → ${shortened(valueText(after)) || '(empty)'}`;

function writeLine({ action, system, table, id, name, columns = [], note }: PlannedWrite): string {
  const row = [action, name, table, id].filter((part) => part !== undefined).join(' ');
  const changes = columns.map((change) => columnText(change, action === 'create'));
  const said = [...changes, ...(note ? [note] : [])].join('; ');
  return `${system}: ${row}${said ? ` (${said})` : ''}`;
}

/** Whether anything would be done for a record. */
const isChange = ({ writes }: DryRecord): boolean =>
  writes.some(({ action }) => action !== 'unchanged');

/** Records that are told in full in a message; the table has all. */
export const MOST_TOLD = 200;

/**
 * What a dry run would have written, for people: how much where, what would stop and why, and record by record what would
 * become of which column.
 */
export function dryRunReport(records: readonly DryRecord[], maxNumbers: number): Page {
  const totals = totalsOf(records);
  const changing = records.filter(isChange);
  const told = changing.slice(0, MOST_TOLD);
  const left = changing.length - told.length;
  const stopped = stops(records, maxNumbers);
  const writes = totals.filter(({ action }) => action !== 'unchanged');
  const count = writes.reduce((sum, total) => sum + total.count, 0);
  const subject = `Dry run: ${counted(count, 'write')} for ${changing.length} of ${counted(records.length, 'record')}`;
  return {
    subject,
    lead: ['Nothing of this was written.', ...totals.map(totalLine)],
    sections: [
      ...stopped,
      ...told.map(({ number, writes }) => ({
        heading: number,
        lines: writes.filter(({ action }) => action !== 'unchanged').map(writeLine),
      })),
    ],
    end: left > 0 ? [`${left} more records are not shown here; the table has them all.`] : [],
  };
}

const COLUMNS = [
  'Record',
  'Key',
  'System',
  'Table',
  'Row',
  'Action',
  'Call',
  'Column',
  'Before',
  'After',
  'Note',
  'Would Become',
  'Reason',
] as const;

/**
 * A table calculates what begins so, and what a customer has typed must not calculate anything. With the sign before it the
 * program shows it as the text that it is.
 */
const isFormula = (text: string): boolean => /^[=+\-@\t\r]/.test(text) && !isNumber(text);

const isNumber = (text: string): boolean => /^[+-]?\d+(\.\d+)?$/.test(text);

function cell(value: unknown): string {
  const text = valueText(value);
  const safe = isFormula(text) ? `'${text}` : text;
  return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

type Line = Partial<Record<(typeof COLUMNS)[number], unknown>>;

function linesOf({ number, key, writes, would, reason }: DryRecord): Line[] {
  const about = { Record: number, Key: key, 'Would Become': would, Reason: reason };
  if (writes.length === 0) return [about];
  return writes.flatMap(
    ({ system, table, id, action, name, parameters, columns, note }): Line[] => {
      const row = { ...about, System: system, Table: table, Row: id, Action: action };
      const line = { ...row, Call: name, Note: note };
      const given = Object.entries(parameters ?? {}).map(([column, after]) => ({
        ...{ column, after, before: undefined },
      }));
      const changes = [...(columns ?? []), ...given];
      if (changes.length === 0) return [line];
      return changes.map(({ column, before, after }) => ({
        ...line,
        ...{ Column: column, Before: before, After: after },
      }));
    },
  );
}

/** All of it as a table (RFC 4180, UTF-8 with a byte order mark, by which Excel knows it): one line for each column. */
export function dryRunCsv(records: readonly DryRecord[]): string {
  const rows = records
    .flatMap(linesOf)
    .map((line) => COLUMNS.map((column) => cell(line[column])).join(','));
  return `\uFEFF${[COLUMNS.join(','), ...rows].join('\r\n')}\r\n`;
}
