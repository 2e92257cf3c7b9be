import { ServiceError } from '../../../errors';
import type { Row, SingleOperation } from '../../../odata/types';
import { createOperation, deleteOperation, getOperation, updateOperation } from '../operations';
import { changedColumns } from '../rows/compare';
import type { OrderPlan } from './document';
import type { LineRow, OrderRows } from './rows';

/** statecode of an order that can still be edited (Dynamics 365 Sales docs: salesorder, "only active orders"). */
const ACTIVE = 0;
const STATES = ['Active', 'Submitted', 'Canceled', 'Fulfilled', 'Invoiced'];

/** Columns that the service takes at creation only. */
const CREATE_ONLY = new Set(['ordernumber', 'overriddencreatedon']);

const LOOKUP_OF_BINDING: Readonly<Record<string, string>> = {
  'customerid_account@odata.bind': '_customerid_value',
  'customerid_contact@odata.bind': '_customerid_value',
  'transactioncurrencyid@odata.bind': '_transactioncurrencyid_value',
  'pricelevelid@odata.bind': '_pricelevelid_value',
  'productid@odata.bind': '_productid_value',
  'uomid@odata.bind': '_uomid_value',
};

const LINES = 'salesorderdetails';

export const RESULT_COLUMNS = ['salesorderid', 'name', 'ordernumber', 'totalamount', 'statecode'];

/** Columns to read for a comparison; undefined (all) where a binding does not tell its column's name. */
function columnsToRead(rows: Row[], always: string[]): string[] | undefined {
  const columns = new Set(always);
  for (const key of rows.flatMap(Object.keys)) {
    const column = key.includes('@') ? LOOKUP_OF_BINDING[key] : key;
    if (column === undefined) return undefined;
    columns.add(column);
  }
  return [...columns];
}

/** Reads an order with its lines, as far as the document has something to say on them. */
export function readOperation(id: string, { header, lines = [] }: OrderRows): SingleOperation {
  const lineRows = lines.map(({ row }) => row);
  return getOperation('salesorders', id, {
    select: columnsToRead([header], RESULT_COLUMNS),
    expand: [
      {
        property: 'order_details',
        select: columnsToRead(lineRows, ['salesorderdetailid', '_productid_value']),
      },
    ],
  });
}

export function storedLines(stored: Row): Row[] {
  const lines = stored['order_details'];
  return Array.isArray(lines) ? (lines as Row[]) : [];
}

function createLine(orderId: string, { id, row, obstacle }: LineRow): SingleOperation {
  if (obstacle) throw obstacle;
  return createOperation(LINES, {
    salesorderdetailid: id,
    'salesorderid@odata.bind': `/salesorders(${orderId})`,
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

function changeLine(orderId: string, line: LineRow, stored: Row | undefined): SingleOperation[] {
  if (!stored) return [createLine(orderId, line)];
  if (isOtherProduct(line, stored)) {
    return [deleteOperation(LINES, line.id), createLine(orderId, line)];
  }
  const { 'uomid@odata.bind': unit, ...columns } = line.row;
  const compared = line.unitChosen ? { ...columns, 'uomid@odata.bind': unit } : columns;
  const changed = changedColumns(compared, stored);
  return Object.keys(changed).length > 0 ? [updateOperation(LINES, line.id, changed)] : [];
}

function changeLines(orderId: string, lines: LineRow[], stored: Row[]): SingleOperation[] {
  const byId = new Map(stored.map((row) => [String(row['salesorderdetailid']).toLowerCase(), row]));
  const wanted = new Set(lines.map(({ id }) => id));
  const removed = [...byId.keys()].filter((id) => !wanted.has(id));
  return [
    ...removed.map((id) => deleteOperation(LINES, id)),
    ...lines.flatMap((line) => changeLine(orderId, line, byId.get(line.id))),
  ];
}

function changeHeader(id: string, header: Row, stored: Row): SingleOperation[] {
  const updatable = Object.fromEntries(
    Object.entries(header).filter(([column]) => !CREATE_ONLY.has(column)),
  );
  const changed = changedColumns(updatable, stored);
  return Object.keys(changed).length > 0 ? [updateOperation('salesorders', id, changed)] : [];
}

function requireEditable(plan: OrderPlan, { header }: OrderRows, stored: Row): void {
  const state = Number(stored['statecode'] ?? ACTIVE);
  if (state !== ACTIVE) {
    throw new ServiceError(
      `Sales order "${plan.label}" is ${STATES[state] ?? `in state ${state}`} in Dynamics 365 and can no longer be changed`,
      {
        class: 'conflict',
        fix: 'Only active orders can be edited: make the change by hand (such as with a credit note or a new order), then discard this one.',
      },
    );
  }
  const currency = 'transactioncurrencyid@odata.bind';
  if (currency in header && currency in changedColumns({ [currency]: header[currency] }, stored)) {
    throw new ServiceError(
      `Sales order "${plan.label}" has another currency in Dynamics 365, and the currency of an order cannot be changed`,
      {
        class: 'conflict',
        fix: 'Correct transactioncurrency, or cancel the order in Dynamics 365 and send it under a new key.',
      },
    );
  }
}

/**
 * What makes the stored order equal to the document; empty if nothing differs. Lines that the document does not
 * name are removed, unless it says nothing about lines at all. Throws a conflict if the order is closed.
 */
export function orderChanges(plan: OrderPlan, rows: OrderRows, stored: Row): SingleOperation[] {
  const changes = [
    ...changeHeader(plan.id, rows.header, stored),
    ...(rows.lines ? changeLines(plan.id, rows.lines, storedLines(stored)) : []),
  ];
  if (changes.length > 0) requireEditable(plan, rows, stored);
  return changes;
}
