import Big from 'big.js';
import { partition } from 'lodash';

import { type ErrorClass, ServiceError, toServiceError, validationError } from '../../../errors';
import { listIn } from '../../../odata/listIn';
import { sendAll } from '../../../odata/sendAll';
import type { BatchOperation, Row, SingleOperation } from '../../../odata/types';
import { type Outcome, settle } from '../../../outcome';
import { createOperation } from '../operations';
import type { Dataverse } from '../types';
import { orderChanges, readOperation, RESULT_COLUMNS, storedLines } from './changes';
import { type OrderPlan, readSalesOrder, type SalesOrderDocument } from './document';
import { lookUpSalesNames } from './lookups';
import { type OrderRows, orderRows, type RowOptions } from './rows';

export type { SalesOrderDocument, SalesOrderLine } from './document';

export interface SalesOrderOptions extends RowOptions {
  /** Report an order whose total differs from `expectedtotal` as failed; it stays written. */
  failOnTotalDifference?: boolean;
}

export interface SalesOrderResult {
  id: string;
  outcome: 'created' | 'updated' | 'unchanged';
  ordernumber?: string;
  name?: string;
  /** As Dynamics 365 computed it, in the order's currency. */
  totalamount?: number;
  /** Number of lines. */
  lines?: number;
  /** `totalamount` less `expectedtotal`, where they differ. */
  totaldifference?: number;
}

/** One order on its way; several documents with the same key share it. */
interface Order {
  plan: OrderPlan;
  rows?: OrderRows;
  outcome?: SalesOrderResult['outcome'];
  stored?: Row;
  /** A change has been sent, whatever was answered. */
  changeSent?: boolean;
  error?: ServiceError;
}

/** Runs a step that may fail for one order without stopping the others. */
function attempt(order: Order, step: () => void): void {
  try {
    step();
  } catch (error) {
    order.error = toServiceError(error);
  }
}

/** Reads the documents. The last one of a key wins: it is the newest. */
function readDocuments(documents: SalesOrderDocument[]): {
  orders: Order[];
  ofDocument: Array<Order | ServiceError>;
} {
  const byKey = new Map<string, Order>();
  const read = documents.map((document) => {
    try {
      const plan = readSalesOrder(document);
      byKey.set(plan.id, { plan });
      return plan.id;
    } catch (error) {
      return toServiceError(error);
    }
  });
  const ofDocument = read.map((key) => (typeof key === 'string' ? byKey.get(key) : key));
  return {
    orders: [...byKey.values()],
    ofDocument: ofDocument.filter((entry) => entry !== undefined),
  };
}

async function replaceNames(
  client: Dataverse,
  orders: Order[],
  options: SalesOrderOptions,
): Promise<void> {
  const names = await lookUpSalesNames(
    client,
    orders.map(({ plan }) => plan.names),
  );
  for (const order of orders) {
    attempt(order, () => (order.rows = orderRows(order.plan, names, options)));
  }
}

/**
 * Deep insert: header and lines in one request, all or nothing (Dataverse docs: create-entity-web-api). With
 * keys of our own a second delivery is refused as a duplicate, so it may be repeated after a doubtful answer.
 */
function insertOperation(plan: OrderPlan, { header, lines }: OrderRows): SingleOperation {
  const details = lines?.map(({ id, row }) => ({ salesorderdetailid: id, ...row }));
  const row = {
    salesorderid: plan.id,
    ...withoutNulls(header),
    ...(details && details.length > 0 && { order_details: details.map(withoutNulls) }),
  };
  return createOperation('salesorders', row, { repeatable: true });
}

function withoutNulls(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
}

interface Ready extends Order {
  rows: OrderRows;
}

function ready(orders: Order[]): Ready[] {
  return orders.filter((order): order is Ready => order.rows !== undefined && !order.error);
}

/** @returns those that are already there, or that may be there: what cannot be created may well be unchanged. */
async function createOrders(client: Dataverse, orders: Ready[]): Promise<Ready[]> {
  for (const order of orders) {
    order.error = order.rows.lines?.find(({ obstacle }) => obstacle)?.obstacle;
  }
  const [blocked, creatable] = partition(orders, ({ error }) => error !== undefined);
  const answers = await sendAll(
    client,
    creatable.map(({ plan, rows }) => insertOperation(plan, rows)),
  );
  const existing = creatable.filter((order, index) => {
    const answer = answers[index];
    if (answer?.ok) order.outcome = 'created';
    else order.error = answer?.error;
    return order.error?.class === 'duplicate';
  });
  return [...existing, ...blocked];
}

/** A duplicate that cannot be found under our key is another row with the same number or line key. */
function notThere({ plan, error }: Order): ServiceError | undefined {
  if (error?.class !== 'duplicate') return error;
  return validationError(
    `Sales order "${plan.label}" was refused as a duplicate: ${error.message}`,
    'Another row has the same order number or line key. Change ordernumber (or leave it to Dynamics 365), or remove the other row.',
  );
}

async function readOrders(client: Dataverse, orders: Ready[]): Promise<void> {
  const answers = await sendAll(
    client,
    orders.map(({ plan, rows }) => readOperation(plan.id, rows)),
  );
  for (const [index, order] of orders.entries()) {
    const answer = answers[index];
    if (answer?.ok) {
      order.stored = answer.value.body as Row;
      order.error = undefined;
    } else {
      order.error = answer?.error.class === 'not-found' ? notThere(order) : answer?.error;
    }
  }
}

function changesOf(order: Ready): SingleOperation[] {
  let changes: SingleOperation[] = [];
  attempt(order, () => {
    changes = orderChanges(order.plan, order.rows, order.stored ?? {});
    if (changes.length === 0) order.outcome = order.changeSent ? 'updated' : 'unchanged';
  });
  return changes;
}

/** All changes of one order or none of them. */
function asOne(changes: SingleOperation[]): BatchOperation {
  const [only] = changes;
  return changes.length === 1 && only ? only : { changeSet: changes };
}

/** What a second look may clear up: a lost answer, or a line that somebody else wrote or removed meanwhile. */
const WORTH_A_SECOND_LOOK: ReadonlySet<ErrorClass> = new Set([
  'transient',
  'duplicate',
  'not-found',
]);

/** @returns those whose change failed in a way that a second look may clear up. */
async function updateOrders(client: Dataverse, orders: Ready[]): Promise<Ready[]> {
  await readOrders(client, orders);
  const changed = orders
    .filter(({ error }) => !error)
    .map((order) => ({ order, changes: changesOf(order) }))
    .filter(({ changes }) => changes.length > 0);
  const answers = await sendAll(
    client,
    changed.map(({ changes }) => asOne(changes)),
  );
  for (const [index, { order }] of changed.entries()) {
    const answer = answers[index];
    order.changeSent = true;
    if (answer?.ok) order.outcome = 'updated';
    else order.error = answer?.error;
  }
  return changed
    .map(({ order }) => order)
    .filter(({ error }) => error && WORTH_A_SECOND_LOOK.has(error.class));
}

/**
 * Order number and totals come from the service; they are read for all orders together. Where that fails, only
 * the orders that were written fail with it: sent again, they are found unchanged.
 */
async function readTotals(client: Dataverse, orders: Order[]): Promise<void> {
  const written = orders.filter(({ outcome }) => outcome === 'created' || outcome === 'updated');
  const totals = {
    set: 'salesorders',
    column: 'salesorderid',
    values: written.map(({ plan }) => plan.id),
    select: RESULT_COLUMNS,
  };
  const answer = await settle(() => listIn(client, [totals]));
  const rows = answer.ok ? answer.value.flat() : [];
  const byId = new Map(rows.map((row) => [String(row['salesorderid']).toLowerCase(), row]));
  for (const order of written) {
    const row = byId.get(order.plan.id);
    if (!row) order.error = answer.ok ? notReadBack(order) : answer.error;
    order.stored = { ...order.stored, ...row };
  }
}

/** Said to be written, and not to be found: never to be counted as done. */
function notReadBack({ plan }: Order): ServiceError {
  return new ServiceError(
    `Sales order "${plan.label}" was written, but cannot be read back from Dynamics 365`,
    {
      class: 'transient',
      code: 'NOT_READ_BACK',
      fix: 'It is tried again. If that goes on, see whether a plug-in or flow deletes orders, and that the application user may read them.',
    },
  );
}

function totalDifference({ plan, stored }: Order): number | undefined {
  const total = stored?.['totalamount'];
  if (plan.expectedTotal === undefined || typeof total !== 'number') return undefined;
  const difference = new Big(total).minus(plan.expectedTotal);
  return difference.eq(0) ? undefined : difference.toNumber();
}

function resultOf(order: Order): SalesOrderResult {
  const { plan, stored, outcome = 'unchanged' } = order;
  const difference = totalDifference(order);
  return {
    id: plan.id,
    outcome,
    ordernumber: stored?.['ordernumber'] as string | undefined,
    name: stored?.['name'] as string | undefined,
    totalamount: stored?.['totalamount'] as number | undefined,
    lines: plan.lines?.length ?? (stored ? storedLines(stored).length : undefined),
    ...(difference !== undefined && { totaldifference: difference }),
  };
}

function outcomeOf(order: Order, options: SalesOrderOptions): Outcome<SalesOrderResult> {
  if (order.error) return { ok: false, error: order.error };
  const result = resultOf(order);
  if (options.failOnTotalDifference && result.totaldifference !== undefined) {
    return { ok: false, error: wrongTotal(order, result) };
  }
  return { ok: true, value: result };
}

function wrongTotal({ plan }: Order, result: SalesOrderResult): ServiceError {
  return validationError(
    `Sales order "${plan.label}" is written, but totals ${result.totalamount} in Dynamics 365 where ${plan.expectedTotal} is expected`,
    'Compare prices, tax, discount and freight of the order with the source, and correct the mapping of the column that differs.',
  );
}

/**
 * Creates or updates sales orders with their lines, each exactly once, in a handful of requests: names are looked
 * up together, orders are created in batches, and only those that are already there are compared and changed.
 *
 * @returns one outcome for each document, in their order; documents with the same key share one, and the last of
 * them is what is written. A create whose answer was lost counts as `unchanged` when it is found again.
 */
export async function writeSalesOrders(
  client: Dataverse,
  documents: SalesOrderDocument[],
  options: SalesOrderOptions = {},
): Promise<Outcome<SalesOrderResult>[]> {
  const { orders, ofDocument } = readDocuments(documents);
  await replaceNames(client, orders, options);
  const existing = await createOrders(client, ready(orders));
  const doubtful = await updateOrders(client, existing);
  await updateOrders(client, doubtful);
  await readTotals(client, orders);
  return ofDocument.map((entry) =>
    'plan' in entry ? outcomeOf(entry, options) : { ok: false, error: entry },
  );
}
