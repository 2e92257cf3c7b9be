import { omit, pick } from 'lodash';

import { ServiceError } from '../../../errors';
import type { Row, SingleOperation } from '../../../odata/types';
import { createOperation, deleteOperation, getOperation, updateOperation } from '../operations';
import { changedColumns } from '../rows/compare';
import { titleOf } from './job';
import type { SalesPlan } from './read';
import type { LineRow, SalesRows } from './rows';
import type { SalesDocument } from './salesDocument';

export function resultColumns({ key, number }: SalesDocument): string[] {
  return [key, 'name', number, 'totalamount', 'statecode'];
}

/** Columns to read for a comparison; undefined (all) where a binding does not tell its column's name. */
function columnsToRead(
  { lookups }: SalesDocument,
  rows: Row[],
  always: string[],
): string[] | undefined {
  const columns = new Set(always);
  for (const key of rows.flatMap(Object.keys)) {
    const [name = key, annotation] = key.split('@');
    if (annotation === undefined) columns.add(key);
    else if (key.endsWith('@odata.bind') && lookups[name]) columns.add(`_${lookups[name]}_value`);
    else return undefined;
  }
  return [...columns];
}

/** Reads a document with its lines, as far as the given rows have something to say on them. */
export function readOperation(
  kind: SalesDocument,
  id: string,
  { header, lines = [] }: SalesRows,
): SingleOperation {
  const { set, lines: detail } = kind;
  const lineRows = lines.map(({ row }) => row);
  const select = columnsToRead(kind, lineRows, [detail.key, '_productid_value']);
  return getOperation(set, id, {
    select: columnsToRead(kind, [header], resultColumns(kind)),
    expand: [{ property: detail.property, select }],
  });
}

export function storedLines({ lines }: SalesDocument, stored: Row): Row[] {
  const rows = stored[lines.property];
  return Array.isArray(rows) ? (rows as Row[]) : [];
}

function createLine(
  { set, lines }: SalesDocument,
  documentId: string,
  { id, row, obstacle }: LineRow,
): SingleOperation {
  if (obstacle) throw obstacle;
  return createOperation(lines.set, {
    [lines.key]: id,
    [`${lines.parent}@odata.bind`]: `/${set}(${documentId})`,
    ...row,
  });
}

/** Another product, or a product in place of a write-in: columns that a line keeps for life. */
function isOtherProduct({ row }: LineRow, stored: Row): boolean {
  const identity = ['productid@odata.bind', 'isproductoverridden'];
  const wanted = Object.fromEntries(
    identity.filter((key) => key in row).map((key) => [key, row[key]]),
  );
  return Object.keys(changedColumns(wanted, stored)).length > 0;
}

function changeLine(
  kind: SalesDocument,
  documentId: string,
  line: LineRow,
  stored: Row | undefined,
): SingleOperation[] {
  const { set } = kind.lines;
  if (!stored) return [createLine(kind, documentId, line)];
  if (isOtherProduct(line, stored)) {
    return [deleteOperation(set, line.id), createLine(kind, documentId, line)];
  }
  const { 'uomid@odata.bind': unit, ...columns } = line.row;
  const compared = line.unitChosen ? { ...columns, 'uomid@odata.bind': unit } : columns;
  const changed = changedColumns(compared, stored);
  return Object.keys(changed).length > 0 ? [updateOperation(set, line.id, changed)] : [];
}

function changeLines(
  kind: SalesDocument,
  documentId: string,
  lines: LineRow[],
  stored: Row[],
): SingleOperation[] {
  const { set, key } = kind.lines;
  const byId = new Map(stored.map((row) => [String(row[key]).toLowerCase(), row]));
  const wanted = new Set(lines.map(({ id }) => id));
  const removed = [...byId.keys()].filter((id) => !wanted.has(id));
  return [
    ...removed.map((id) => deleteOperation(set, id)),
    ...lines.flatMap((line) => changeLine(kind, documentId, line, byId.get(line.id))),
  ];
}

function changeHeader(
  { set, createOnly }: SalesDocument,
  id: string,
  header: Row,
  stored: Row,
): SingleOperation[] {
  const changed = changedColumns(omit(header, [...createOnly]), stored);
  return Object.keys(changed).length > 0 ? [updateOperation(set, id, changed)] : [];
}

const CURRENCY = 'transactioncurrencyid@odata.bind';

function requireEditable(
  kind: SalesDocument,
  plan: SalesPlan,
  { header }: SalesRows,
  stored: Row,
): void {
  const { states, editable, words } = kind;
  const name = titleOf(kind, plan);
  const state = Number(stored['statecode'] ?? editable[0]);
  if (!editable.includes(state)) {
    throw new ServiceError(
      `${name} is ${states[state] ?? `in state ${state}`} in Dynamics 365 and can no longer be changed`,
      { class: 'conflict', fix: words.closedFix },
    );
  }
  if (CURRENCY in header && CURRENCY in changedColumns(pick(header, CURRENCY), stored)) {
    throw new ServiceError(
      `${name} has another currency in Dynamics 365, and the currency of ${words.aShort} cannot be changed`,
      {
        class: 'conflict',
        fix: `Correct transactioncurrency, or cancel the ${words.short} in Dynamics 365 and send it under a new key.`,
      },
    );
  }
}

/**
 * What makes the stored document equal to the given one; empty if nothing differs. Lines that the document does not
 * name are removed, unless it says nothing about lines at all. Throws a conflict if the document is closed.
 */
export function salesChanges(
  kind: SalesDocument,
  plan: SalesPlan,
  rows: SalesRows,
  stored: Row,
): SingleOperation[] {
  const changes = [
    ...changeHeader(kind, plan.id, rows.header, stored),
    ...(rows.lines ? changeLines(kind, plan.id, rows.lines, storedLines(kind, stored)) : []),
  ];
  if (changes.length > 0) requireEditable(kind, plan, rows, stored);
  return changes;
}
