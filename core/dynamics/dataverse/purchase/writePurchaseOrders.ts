import { omit, range } from 'lodash';
import { parse, v5 as uuidV5 } from 'uuid';

import { ServiceError, toServiceError, validationError } from '../../../errors';
import { heldInDoubt, isInDoubt } from '../../../http/doubt';
import { isCancelled } from '../../../http/wait';
import { isRow } from '../../../odata/answers';
import { listIn } from '../../../odata/listIn';
import { sendAll } from '../../../odata/sendAll';
import type { Row, SingleOperation } from '../../../odata/types';
import type { Outcome } from '../../../outcome';
import { guidIn } from '../../../values';
import { deleteOperation, upsertOperation } from '../operations';
import { toWireRow } from '../rows/wireRow';
import type { Dataverse, DataverseMetadata } from '../types';
import { type FieldServiceNames, fieldServiceNames, textOf } from './names';
import { type Job, jobsOf, type PurchaseOrder, type PurchaseResult } from './orderJobs';

/** Field Service entity reference: msdyn_purchaseorder, msdyn_purchaseorderproduct. */
const ORDER = {
  table: 'msdyn_purchaseorder',
  set: 'msdyn_purchaseorders',
  id: 'msdyn_purchaseorderid',
};
const LINE = {
  table: 'msdyn_purchaseorderproduct',
  set: 'msdyn_purchaseorderproducts',
  id: 'msdyn_purchaseorderproductid',
};

export interface PurchaseOptions {
  headers?: Record<string, string>;
  /** Names the record that the document at this place is of, such as `platform:store:kind:id`. */
  recordOf?(place: number): string | undefined;
}

const lineId = (order: string, number: number): string => uuidV5(`line:${number}`, parse(order));

function linesOf({ lines }: PurchaseOrder): Row[] | undefined {
  if (lines === undefined || lines === null) return undefined;
  if (Array.isArray(lines) && lines.every(isRow)) return lines;
  throw validationError(
    'The lines of the purchase order are not a list of objects with columns',
    'Map lines to a list, such as [{ "productnumber": "HMR-16", "msdyn_quantity": 2 }].',
  );
}

async function headerRow(
  metadata: DataverseMetadata,
  document: PurchaseOrder,
  names: FieldServiceNames,
  mode: 'create' | 'update',
): Promise<Row> {
  const vendor = textOf(document.vendornumber);
  const warehouse = textOf(document.warehouse);
  const columns = omit(document, ORDER.id, 'vendornumber', 'warehouse', 'lines', 'source', 'claim');
  const row = {
    ...columns,
    ...(vendor !== undefined && { msdyn_vendor: names.vendorId(vendor) }),
    ...(warehouse !== undefined && {
      msdyn_receivetowarehouse: await names.warehouseId(warehouse),
    }),
  };
  return await toWireRow(metadata, ORDER.table, row, { mode });
}

async function lineRow(
  metadata: DataverseMetadata,
  line: Row,
  number: number,
  names: FieldServiceNames,
): Promise<Row> {
  const sku = textOf(line['productnumber']);
  const found = sku === undefined ? undefined : names.item(sku, textOf(line['uom']));
  if (!found && textOf(line['msdyn_product']) === undefined) {
    throw validationError(
      `Line ${number} of the purchase order names no product`,
      'Map productnumber (SKU), or msdyn_product and msdyn_unit.',
    );
  }
  const row = {
    msdyn_lineorder: number,
    ...omit(line, LINE.id, 'productnumber', 'uom', 'msdyn_purchaseorder'),
    ...(found && { msdyn_product: found.productId, msdyn_unit: found.unitId }),
  };
  return await toWireRow(metadata, LINE.table, row, { mode: 'create' });
}

/** What is there of the documents: the orders, and the lines of each. */
interface Stored {
  orders: ReadonlySet<string>;
  linesOf(order: string): string[];
}

async function readStored(client: Dataverse, ids: string[]): Promise<Stored> {
  const [orders = [], lines = []] = await listIn(client, [
    { set: ORDER.set, column: ORDER.id, values: ids, select: [ORDER.id] },
    {
      set: LINE.set,
      column: 'msdyn_purchaseorder',
      values: ids,
      select: [LINE.id, '_msdyn_purchaseorder_value'],
    },
  ]);
  const lineIds = (order: string) =>
    lines
      .filter((row) => String(row['_msdyn_purchaseorder_value']).toLowerCase() === order)
      .map((row) => String(row[LINE.id]).toLowerCase());
  return {
    orders: new Set(orders.map((row) => String(row[ORDER.id]).toLowerCase())),
    linesOf: lineIds,
  };
}

/** Lines of an earlier version of the document that it no longer has; those that people have added stay. */
function obsolete(order: string, stored: string[], written: number): string[] {
  const earlier = new Set(
    range(written + 1, written + stored.length + 1).map((number) => lineId(order, number)),
  );
  return stored.filter((id) => earlier.has(id));
}

/** All changes of one purchase order, the order itself first. */
async function operationsOf(
  metadata: DataverseMetadata,
  { id, document }: Job,
  {
    names,
    stored,
    headers,
  }: { names: FieldServiceNames; stored: Stored; headers?: Record<string, string> },
): Promise<SingleOperation[]> {
  const options = { headers };
  const lines = linesOf(document);
  const mode = stored.orders.has(id) ? 'update' : 'create';
  const header = await headerRow(metadata, document, names, mode);
  const rows = await Promise.all(
    (lines ?? []).map((line, index) => lineRow(metadata, line, index + 1, names)),
  );
  const own = lines === undefined ? [] : obsolete(id, stored.linesOf(id), rows.length);
  return [
    upsertOperation(ORDER.set, id, header, options),
    ...rows.map((row, index) => {
      const key = guidIn(lines?.[index]?.[LINE.id]) ?? lineId(id, index + 1);
      const parent = { 'msdyn_purchaseorder@odata.bind': `/${ORDER.set}(${id})` };
      return upsertOperation(LINE.set, key, { ...row, ...parent }, options);
    }),
    ...own.map((key) => deleteOperation(LINE.set, key, options)),
  ];
}

async function planned(
  metadata: DataverseMetadata,
  job: Job,
  known: Parameters<typeof operationsOf>[2],
): Promise<{ job: Job; changes: SingleOperation[] }[]> {
  try {
    return [{ job, changes: await operationsOf(metadata, job, known) }];
  } catch (error) {
    job.outcome = { ok: false, error: toServiceError(error) };
    return [];
  }
}

function wantedOf(documents: PurchaseOrder[]): Parameters<typeof fieldServiceNames>[1] {
  const lines = documents.flatMap(({ lines: own }) =>
    Array.isArray(own) ? own.filter(isRow) : [],
  );
  const texts = (values: unknown[]): string[] => values.flatMap((value) => textOf(value) ?? []);
  return {
    products: texts(lines.map(({ productnumber }) => productnumber)),
    units: texts(lines.map(({ uom }) => uom)),
    vendors: texts(documents.map(({ vendornumber }) => vendornumber)),
    warehouses: texts(documents.map(({ warehouse }) => warehouse)),
  };
}

const UNANSWERED = new ServiceError('There was no answer for this purchase order', {
  class: 'transient',
});

/** Without a key a second delivery would make a second order: nobody sends it by himself. */
function failureOf({ document, isNameless }: Job, error: ServiceError): ServiceError {
  if (!isNameless || !isInDoubt(error) || isCancelled(error)) return error;
  const name = textOf(document['msdyn_name']);
  return heldInDoubt(
    `Whether the purchase order${name === undefined ? '' : ` ${name}`} was made is not known: ${error.message}`,
    `Look in Purchase Orders of Dynamics 365 whether it is there. If it is not, run this again, by Requeue where the Sync Ledger holds the record; if it is, Discard the record there. An item with the field source, with a claim or with ${ORDER.id} makes its order once, however often it comes.`,
    error,
  );
}

/**
 * Creates or updates purchase orders with their lines, each order all or nothing in a change set of its own. Names are
 * looked up together, and change sets sent together. Without an ID the order is known by the record that it is of and by
 * its vendor; without a record nothing keeps a second delivery from making a second one, and a doubtful answer is held.
 *
 * @returns one outcome for each document, in their order
 */
export async function writePurchaseOrders(
  client: Dataverse,
  metadata: DataverseMetadata,
  documents: PurchaseOrder[],
  { headers, recordOf }: PurchaseOptions = {},
): Promise<Outcome<PurchaseResult>[]> {
  const names = await fieldServiceNames(client, wantedOf(documents));
  const ofDocument = jobsOf(documents, names, recordOf);
  const jobs = [...new Set(ofDocument)].filter(
    (one): one is Job => one.outcome === undefined && 'id' in one,
  );
  const stored = await readStored(
    client,
    jobs.map(({ id }) => id),
  );
  const placesOf = (job: Job): number[] =>
    [...ofDocument.keys()].filter((place) => ofDocument[place] === job);
  const plans = await Promise.all(
    jobs.map((job) => planned(metadata, job, { names, stored, headers })),
  );
  const ready = plans.flat();
  const answers = await sendAll(
    client,
    ready.map(({ job, changes }) => ({
      changeSet: changes.map((change) => ({ ...change, places: placesOf(job) })),
    })),
  );
  for (const [index, { job }] of ready.entries()) {
    const answer = answers[index] ?? { ok: false, error: UNANSWERED };
    const { id, document } = job;
    const outcome = stored.orders.has(id) ? ('updated' as const) : ('created' as const);
    const lines = document.lines?.length;
    job.outcome = answer.ok
      ? { ok: true, value: { id, outcome, ...(lines !== undefined && { lines }) } }
      : { ok: false, error: failureOf(job, answer.error) };
  }
  return ofDocument.map(({ outcome }) => outcome ?? { ok: false, error: UNANSWERED });
}
