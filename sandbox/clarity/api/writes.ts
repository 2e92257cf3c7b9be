import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import { renew } from '../dates';
import {
  bulkRow,
  DEFAULTS,
  ID_FIELDS,
  SCHEMAS,
  type Document,
  type OrderDocument,
  type Resource,
} from '../model';
import { enter } from '../orders/place';
import { setQuantity } from '../orders/stock';
import { recalculate } from '../orders/totals';
import type { ClarityStore } from '../store';
import { CHANGED, CREATED } from './effects';
import { linesFrom, orderFrom } from './orders';
import { conflict, invalid, notFound, type FieldError } from './refusals';

type Given = Record<string, unknown>;

/** What the shop says itself: sent along, it is left aside. */
const OWN_FIELDS: ReadonlySet<string> = new Set(['createdDate', 'modifiedDate', 'totalAmount']);

/** Documents that others point at, by the field that does. */
const POINTERS: Readonly<Record<string, Resource>> = { orderId: 'orders', customerId: 'customers' };

const pointerOf = (path: ReadonlyArray<string | number>): string =>
  ['#', ...path.map((part) => String(part).replace(/~/g, '~0').replace(/\//g, '~1'))].join('/');

const errorsOf = ({ issues }: z.ZodError, at: string[] = []): FieldError[] =>
  issues.map(({ path, message }) => ({ pointer: pointerOf([...at, ...path]), detail: message }));

/** Reads a body by the schema of its resource, without what the shop says itself. */
function valid(store: ClarityStore, resource: Resource, body: Given, partial: boolean): Given {
  const keepsTotal = resource !== 'orders';
  const own = Object.entries(body).filter(
    ([name]) =>
      name !== ID_FIELDS[resource] &&
      (!OWN_FIELDS.has(name) || (name === 'totalAmount' && keepsTotal)),
  );
  const given = Object.fromEntries(partial ? own : own.filter(([, value]) => value !== null));
  const schema = partial ? SCHEMAS[resource].partial() : SCHEMAS[resource];
  const result = schema.safeParse(given);
  if (!result.success) throw invalid(errorsOf(result.error));
  const errors = Object.entries(POINTERS).flatMap(([field, target]): FieldError[] => {
    const id = result.data[field] as unknown;
    if (id == null || target === resource || store.get(target, String(id))) return [];
    return [
      { pointer: pointerOf([field]), detail: `There is nothing with the key ${String(id)}.` },
    ];
  });
  if (errors.length > 0) throw invalid(errors);
  return result.data as Given;
}

function checkKeys(store: ClarityStore, resource: Resource, document: Given, id?: string): void {
  const taken = store.taken(resource, document, id);
  if (taken !== undefined) throw conflict(resource, taken);
}

function createOrder(store: ClarityStore, given: Given, now: Date): OrderDocument {
  const order = orderFrom(store, given, now);
  recalculate(store, order);
  order.paymentInfo.amount ??= order.totalAmount;
  enter(store, order, now);
  return order;
}

export function create(store: ClarityStore, resource: Resource, body: Given, now: Date): Document {
  const given = valid(store, resource, body, false);
  checkKeys(store, resource, given);
  if (resource === 'orders') return createOrder(store, given, now);
  const date = now.toISOString();
  const document: Document = {
    [ID_FIELDS[resource]]: store.nextId(resource),
    ...DEFAULTS[resource](),
    ...given,
    externalId: (given.externalId as string | undefined) ?? null,
    createdDate: date,
    modifiedDate: date,
  };
  store.put(resource, document);
  CREATED[resource]?.(store, document, now, undefined);
  return document;
}

export function found(store: ClarityStore, resource: Resource, id: string): Document {
  const document = store.get(resource, id);
  if (document === undefined) throw notFound(resource, id);
  return document;
}

const isObject = (value: unknown): value is Given =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Objects are merged one level deep, as a merge patch does; lists are replaced. */
const merged = (document: Given, given: Given): Given =>
  Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const before = document[name];
      return [name, isObject(before) && isObject(value) ? { ...before, ...value } : value];
    }),
  );

export function update(
  store: ClarityStore,
  resource: Resource,
  document: Document,
  body: Given,
  now: Date,
): Document {
  const given = valid(store, resource, body, true);
  const id = String(document[ID_FIELDS[resource]]);
  checkKeys(store, resource, { ...document, ...given }, id);
  const past = structuredClone(document);
  const isOrder = resource === 'orders';
  const lineItems = isOrder ? linesFrom(store, given, document as OrderDocument) : undefined;
  Object.assign(document, merged(document, given), lineItems && { lineItems });
  // What stays as it is has not been modified, and nobody is told.
  if (isDeepStrictEqual(document, past)) return document;
  store.put(resource, document);
  if (!isOrder) renew(document, now);
  CHANGED[resource]?.(store, document, now, past);
  return document;
}

export interface Upserted {
  document: Document;
  created: boolean;
}

/** Makes the document with this external id, or changes the one that has it. */
export function upsert(
  store: ClarityStore,
  resource: Resource,
  externalId: string,
  body: Given,
  now: Date,
): Upserted {
  const keyed = { ...body, externalId };
  if (body.externalId != null && body.externalId !== externalId) {
    const detail = 'The external id differs from the one in the address.';
    throw invalid([{ pointer: '#/externalId', detail }]);
  }
  const known = store.byExternalId(resource, externalId);
  if (known) return { document: update(store, resource, known, keyed, now), created: false };
  return { document: create(store, resource, keyed, now), created: true };
}

export function remove(store: ClarityStore, resource: Resource, id: string): void {
  found(store, resource, id);
  store.drop(resource, id);
}

/** One row of a bulk write: the reason why it cannot be taken, or a way to write it. */
function bulkEntry(
  store: ClarityStore,
  row: unknown,
  index: number,
  now: Date,
): FieldError[] | (() => Document) {
  const at = String(index);
  const result = bulkRow.safeParse(row);
  if (!result.success) return errorsOf(result.error, [at]);
  const { sku, warehouse, quantity } = result.data;
  if (store.byUnique('products', sku) === undefined) {
    return [
      { pointer: pointerOf([at, 'sku']), detail: `There is no product with the SKU ${sku}.` },
    ];
  }
  const known = store.byUnique('inventory', sku, warehouse);
  if (known === undefined && !store.switches.bulkCreates) {
    const detail = `The warehouse ${warehouse} has no ${sku}.`;
    return [{ pointer: pointerOf([at, 'warehouse']), detail }];
  }
  return () => {
    if (known === undefined) return create(store, 'inventory', { sku, warehouse, quantity }, now);
    setQuantity(store, known, quantity, now);
    return known;
  };
}

/** `PATCH /inventory/bulk`: absolute quantities. All rows or none, unless the switch says otherwise. */
export function writeBulk(store: ClarityStore, body: unknown, now: Date): Document[] {
  if (!Array.isArray(body)) {
    throw invalid([{ pointer: '#', detail: 'must be a list of rows' }]);
  }
  const entries = body.map((row, index) => bulkEntry(store, row, index, now));
  const errors = entries.flatMap((entry) => (Array.isArray(entry) ? entry : []));
  if (errors.length > 0 && !store.switches.bulkPartial) throw invalid(errors);
  const written = entries.flatMap((entry) => (Array.isArray(entry) ? [] : [entry()]));
  if (errors.length > 0) throw invalid(errors);
  return written;
}
