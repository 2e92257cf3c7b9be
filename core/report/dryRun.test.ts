import type { PlannedWrite } from '../dryRun';
import { type DryRecord, dryRunCsv, dryRunReport, MOST_TOLD, totalsOf } from './dryRun';
import { asDocument } from './page';

const order: PlannedWrite = {
  action: 'create',
  system: 'Dataverse',
  table: 'salesorder',
  id: 'g1',
  columns: [
    { column: 'name', before: null, after: '=HYPERLINK("http://x.example")' },
    { column: 'totalamount', before: null, after: -12.5 },
    { column: 'description', before: null, after: 'a, "b"\nc' },
  ],
};
const contact: PlannedWrite = {
  action: 'update',
  system: 'Dataverse',
  table: 'contact',
  id: 'c1',
  columns: [{ column: 'telephone1', before: '+1 555 0100', after: null }],
};
const call: PlannedWrite = {
  action: 'call',
  system: 'Dataverse',
  table: 'salesorder',
  name: 'FulfillSalesOrder',
  parameters: { Status: { Value: 100001 } },
};
const same: PlannedWrite = { action: 'unchanged', system: 'Dataverse', table: 'account', id: 'a1' };

const RECORDS: DryRecord[] = [
  { number: '1001', key: 'xcart:main:order:1', writes: [order, contact, call], would: 'done' },
  { number: '1002', key: 'xcart:main:order:2', writes: [same] },
  { number: '<b>1003</b>', writes: [], would: 'dead', reason: 'No such product "T&S"' },
];

/** Reads a table of RFC 4180 again. */
function rowsIn(csv: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of csv
    .slice(1)
    .matchAll(/(?:"((?:[^"]|"")*)"|([^,"\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

test('counts what would be done by system, table, action and call', () => {
  expect(totalsOf([...RECORDS, { number: '4', writes: [order] }])).toEqual([
    { system: 'Dataverse', table: 'account', action: 'unchanged', count: 1 },
    { system: 'Dataverse', table: 'contact', action: 'update', count: 1 },
    { system: 'Dataverse', table: 'salesorder', action: 'create', count: 2 },
    {
      ...{ system: 'Dataverse', table: 'salesorder', action: 'call' },
      ...{ name: 'FulfillSalesOrder', count: 1 },
    },
  ]);
});

test('tells people what would change of which record, and what would stop', () => {
  expect(dryRunReport(RECORDS, 20)).toEqual({
    subject: 'Dry run: 3 writes for 1 of 3 records',
    lead: [
      'Nothing of this was written.',
      'Dataverse, account: 1 to leave as they are',
      'Dataverse, contact: 1 to change',
      'Dataverse, salesorder: 1 to create',
      'Dataverse, FulfillSalesOrder of salesorder: 1 to call',
    ],
    sections: [
      {
        heading: '1 record would not be sent: No such product "T&S"',
        lines: ['Number: <b>1003</b>'],
      },
      {
        heading: '1001',
        lines: [
          'Dataverse: create salesorder g1 (name: =HYPERLINK("http://x.example"); totalamount: -12.5; description: a, "b"\nc)',
          'Dataverse: update contact c1 (telephone1: +1 555 0100 → (empty))',
          'Dataverse: call FulfillSalesOrder salesorder',
        ],
      },
    ],
    end: [],
  });
});

test('escapes all that it did not write itself', () => {
  const page = asDocument(dryRunReport(RECORDS, 20));
  expect(page).toContain('&lt;b&gt;1003&lt;/b&gt;');
  expect(page).toContain('T&amp;S');
  expect(page).not.toContain('<b>');
});

test('says how many records it does not show', () => {
  const many = Array.from({ length: MOST_TOLD + 3 }, (_, at) => ({
    number: String(at),
    writes: [order],
  }));
  const { sections, end } = dryRunReport(many, 20);
  expect(sections).toHaveLength(MOST_TOLD);
  expect(end).toEqual(['3 more records are not shown here; the table has them all.']);
});

test('makes a table with a line for each column, in which nothing calculates', () => {
  const csv = dryRunCsv(RECORDS);
  expect(csv.startsWith('\uFEFFRecord,Key,System,')).toBe(true);
  const [head = [], ...rows] = rowsIn(csv);
  const named = rows.map((row) => Object.fromEntries(head.map((name, at) => [name, row[at]])));
  expect(rows.every((row) => row.length === head.length)).toBe(true);
  expect(named).toMatchObject([
    {
      ...{ Record: '1001', Key: 'xcart:main:order:1', Table: 'salesorder', Row: 'g1' },
      ...{ Action: 'create', Column: 'name', After: `'=HYPERLINK("http://x.example")` },
    },
    { Column: 'totalamount', After: '-12.5' },
    { Column: 'description', After: 'a, "b"\nc' },
    { Table: 'contact', Column: 'telephone1', Before: `'+1 555 0100`, After: '' },
    { Action: 'call', Call: 'FulfillSalesOrder', Column: 'Status', After: '{"Value":100001}' },
    { Record: '1002', Action: 'unchanged', Column: '' },
    { Record: '<b>1003</b>', 'Would Become': 'dead', Reason: 'No such product "T&S"' },
  ]);
});
