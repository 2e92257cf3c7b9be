/** Quotes, sales orders and invoices are mapped to columns that their tables have. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { FieldRule } from '../../mapping/spec';
import { DATAVERSE_INVOICE, DATAVERSE_QUOTE, DATAVERSE_SALES_ORDER } from './salesorder';

/** Columns of Microsoft's Common Data Model, beside the key. */
const REFERENCE = join(__dirname, '../../../sandbox/dataverse/schema/reference');

function columnsOf(table: string): Set<string> {
  const text = readFileSync(join(REFERENCE, `${table}.json`), 'utf8');
  return new Set([
    `${table}id`,
    ...(JSON.parse(text) as Array<{ name: string }>).map(({ name }) => name),
  ]);
}

/** What the writer looks up or compares; no columns. */
const OF_THE_WRITER = [
  'transactioncurrency',
  'customer.account',
  'customer.contact',
  'expectedtotal',
  'productnumber',
];

const unknown = (table: string, names: string[]): string[] => {
  const columns = columnsOf(table);
  return names.filter((name) => !columns.has(name) && !OF_THE_WRITER.includes(name));
};

test.each([
  ['quote', 'quote_details', DATAVERSE_QUOTE],
  ['salesorder', 'order_details', DATAVERSE_SALES_ORDER],
  ['invoice', 'invoice_details', DATAVERSE_INVOICE],
])('%s has all columns that it is mapped to', (table, lines, { fields }) => {
  const rulesAt = (to: string, among: FieldRule[]): FieldRule[] => {
    const found = among.find((rule) => rule.to === to);
    return found && 'fields' in found ? (found.fields as FieldRule[]) : [];
  };
  const rules = rulesAt(table, fields);
  const names = rules.map(({ to }) => to).filter((to) => to !== lines);
  expect(names.length).toBeGreaterThan(20);
  expect(unknown(table, names)).toEqual([]);
  const ofLines = rulesAt(lines, rules).map(({ to }) => to);
  expect(ofLines.length).toBeGreaterThan(5);
  expect(unknown(`${table}detail`, ofLines)).toEqual([]);
});
