import { randomUUID } from 'node:crypto';
import { isEqual, omit, range } from 'lodash';
import { parse, v5 as uuidV5 } from 'uuid';

import { IDENTITY_NAMESPACE } from '../../../commerce/identity';
import { ServiceError, toServiceError, validationError } from '../../../errors';
import { isRow } from '../../../odata/answers';
import { listIn } from '../../../odata/listIn';
import { sendAll } from '../../../odata/sendAll';
import type { Row, SingleOperation } from '../../../odata/types';
import type { Outcome } from '../../../outcome';
import { guidIn } from '../../../values';
import { deleteOperation, upsertOperation } from '../operations';
import { toWireRow } from '../rows/wireRow';
import { folded } from '../filters';
import type { Dataverse, DataverseMetadata } from '../types';
import { type FieldServiceNames, fieldServiceNames, textOf } from './names';

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

/** A purchase order in columns of Field Service, and in what people call vendor, warehouse, products and units. */
export interface PurchaseOrder extends Row {
  msdyn_purchaseorderid?: string;
  /** Account number of the vendor, in place of `msdyn_vendor`. */
  vendornumber?: string;
  /** Name or ID of the warehouse that receives, in place of `msdyn_receivetowarehouse`. */
  warehouse?: string;
  /** Columns of the lines, with `productnumber` and `uom` (name of the unit) in place of the lookups. */
  lines?: Row[];
}

export interface PurchaseResult {
  id: string;
  outcome: 'created' | 'updated';
  /** Left out: the document says nothing about lines. */
  lines?: number;
}

export interface PurchaseOptions {
  headers?: Record<string, string>;
  /** `platform:store:kind:id` of the record that the document at this place is of. */
  recordOf?(place: number): string | undefined;
}

/** One purchase order on its way; the same document of the same record, given twice, shares it. */
interface Job {
  id: string;
  document: PurchaseOrder;
  record?: string;
  outcome?: Outcome<PurchaseResult>;
}

/** As the document names him: what is ordered for one record may be split among several. */
const vendorOf = ({ vendornumber, msdyn_vendor: id }: PurchaseOrder): string =>
  folded(textOf(vendornumber) ?? textOf(id) ?? '');

/** Always the same for the same record and vendor, so that a second delivery makes nothing twice. */
const orderId = (document: PurchaseOrder, record: string | undefined): string =>
  record === undefined
    ? randomUUID()
    : uuidV5(`purchaseorder:${JSON.stringify([record, vendorOf(document)])}`, IDENTITY_NAMESPACE);

const lineId = (order: string, number: number): string => uuidV5(`line:${number}`, parse(order));

function keyOf(document: PurchaseOrder, record: string | undefined): string {
  const given = textOf(document[ORDER.id]);
  if (given === undefined) return orderId(document, record);
  const id = guidIn(given);
  if (id !== undefined) return id;
  throw validationError(
    `"${ORDER.id}" of the purchase order is not a GUID`,
    `Map ${ORDER.id} to a GUID, or leave it out.`,
  );
}

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

function wantedOf(jobs: Job[]): Parameters<typeof fieldServiceNames>[1] {
  const documents = jobs.map(({ document }) => document);
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

const named = ({ document, record }: Pick<Job, 'document' | 'record'>): string => {
  const name = textOf(document['msdyn_name']) ?? 'without a name';
  return record === undefined ? name : `${name} (${record})`;
};

/** The second would be written over the first, and the first be lost without a word. */
function refuseOther(first: Job, document: PurchaseOrder, record: string | undefined): void {
  const contentOf = (one: PurchaseOrder) => omit(one, 'source', 'claim');
  const isSame = first.record === record && isEqual(contentOf(first.document), contentOf(document));
  if (isSame) return;
  throw validationError(
    `Purchase order ${named({ document, record })} has the same key as purchase order ${named(first)} of this run; one row cannot hold both, and this one was not written`,
    `Give each a vendor (vendornumber) or an ID (${ORDER.id}) of its own: without an ID an order is known by record and vendor. Send versions of the same order one after another.`,
  );
}

function jobsOf(
  documents: PurchaseOrder[],
  recordOf: PurchaseOptions['recordOf'],
): { jobs: Job[]; ofDocument: Pick<Job, 'outcome'>[] } {
  const jobs = new Map<string, Job>();
  const ofDocument = documents.map((document, place) => {
    try {
      const record = recordOf?.(place);
      const id = keyOf(document, record);
      const first = jobs.get(id);
      if (first) refuseOther(first, document, record);
      const job = first ?? { id, document, record };
      jobs.set(id, job);
      return job;
    } catch (error) {
      return { outcome: { ok: false as const, error: toServiceError(error) } };
    }
  });
  return { jobs: [...jobs.values()], ofDocument };
}

const UNANSWERED: Outcome<PurchaseResult> = {
  ok: false,
  error: new ServiceError('There was no answer for this purchase order', { class: 'transient' }),
};

/**
 * Creates or updates purchase orders with their lines, each order all or nothing in a change set of its own. Names are
 * looked up together, and change sets sent together. Without a key the order is known by the record that it is of and by
 * its vendor.
 *
 * @returns one outcome for each document, in their order
 */
export async function writePurchaseOrders(
  client: Dataverse,
  metadata: DataverseMetadata,
  documents: PurchaseOrder[],
  { headers, recordOf }: PurchaseOptions = {},
): Promise<Outcome<PurchaseResult>[]> {
  const { jobs, ofDocument } = jobsOf(documents, recordOf);
  const [names, stored] = await Promise.all([
    fieldServiceNames(client, wantedOf(jobs)),
    readStored(
      client,
      jobs.map(({ id }) => id),
    ),
  ]);
  const plans = await Promise.all(
    jobs.map((job) => planned(metadata, job, { names, stored, headers })),
  );
  const ready = plans.flat();
  const answers = await sendAll(
    client,
    ready.map(({ changes }) => ({ changeSet: changes })),
  );
  for (const [index, { job }] of ready.entries()) {
    const answer = answers[index];
    const { id, document } = job;
    const outcome = stored.orders.has(id) ? ('updated' as const) : ('created' as const);
    const lines = document.lines?.length;
    if (answer?.ok)
      job.outcome = { ok: true, value: { id, outcome, ...(lines !== undefined && { lines }) } };
    else if (answer) job.outcome = answer;
  }
  return ofDocument.map(({ outcome }) => outcome ?? UNANSWERED);
}
