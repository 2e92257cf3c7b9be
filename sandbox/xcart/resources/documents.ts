import type { z } from 'zod';
import { readEntity, readInput, type Json } from '../api/body';
import { recordFields } from '../api/fields';
import { childrenOf } from '../api/lookup';
import { badRequest } from '../api/problems';
import type { Call, Route } from '../api/routes';
import { crudRoutes } from './crud';
import { productOf } from './products';

type Document = Json & { id: number };

/** A resource that keeps what its input class takes, and shows it: most of the store's catalogue of small things. */
export interface DocumentTable {
  /** Below `/api`. */
  path: string;
  type: string;
  noun: string;
  /** Fields of the input class with their defaults. Others that are sent are ignored, as the serializer does. */
  input: z.ZodTypeAny;
  /** What a PUT takes where that is less. */
  change?: z.ZodTypeAny;
  /** Where the input class is validated by its transformer a mistake is a 400, else a 422 with violations. */
  validated?: 'input' | 'entity';
  /** Rules that the fields alone do not tell; throws what the store answers. */
  check?(call: Call, fields: Json, id?: number): void;
  /** What is shown of the fields. Default: all of them. */
  show?(call: Call, fields: Json): Json;
  /** Name from which ids are drawn, where several tables are one in the database. */
  ids?: string;
  /** The whole list comes at once, whatever page is asked for. */
  unpaged?: true;
}

/** One collection per path with its ids filled in, such as `products/37/reviews`. */
export const collectionName = (path: string, call: Call): string =>
  path.slice(1).replace(/:(\w+)/g, (_all, id: string) => String(call.id(id)));

const belowProduct = ({ path }: DocumentTable): boolean => path.startsWith('/products/:product_id');

function read(call: Call, table: DocumentTable, before: Json, schema = table.input): Json {
  const given = { ...before, ...call.body() };
  return (table.validated === 'input' ? readInput : readEntity)(schema, given) as Json;
}

export function documentsOf(call: Call, table: DocumentTable): Document[] {
  const all = (): Document[] => [
    ...call.store.collection(collectionName(table.path, call)).values(),
  ];
  if (!belowProduct(table)) return all();
  return childrenOf(call, call.store.products.get(call.id('product_id')), all);
}

export function createDocument(call: Call, table: DocumentTable): Document {
  const fields = read(call, table, {});
  if (belowProduct(table) && !call.store.products.has(call.id('product_id'))) {
    throw badRequest(`Product with ID ${call.id('product_id')} not found`);
  }
  table.check?.(call, fields);
  const collection = collectionName(table.path, call);
  const document: Document = { id: call.store.nextId(table.ids ?? collection), ...fields };
  call.store.collection(collection).set(document.id, document);
  return document;
}

/** A PUT is partial: the input class is filled from what is there first. */
export function changeDocument(call: Call, table: DocumentTable, document: Document): void {
  const { id, ...before } = document;
  const fields = { ...before, ...read(call, table, before, table.change) };
  table.check?.(call, fields, id);
  Object.assign(document, fields, { id });
}

export const shownDocument = (call: Call, table: DocumentTable, document: Document): Json => {
  const { id, ...fields } = document;
  return { id, ...(table.show?.(call, fields) ?? fields) };
};

export function documentRoutes(table: DocumentTable): Route[] {
  const collection = (call: Call) => call.store.collection(collectionName(table.path, call));
  return crudRoutes<Document>({
    path: table.path,
    idName: 'id',
    type: table.type,
    noun: table.noun,
    unpaged: table.unpaged,
    fields: recordFields(table.input),
    list: (call) => documentsOf(call, table),
    records: (call) => {
      if (belowProduct(table)) productOf(call);
      return collection(call);
    },
    show: (document, call) => shownDocument(call, table, document),
    create: (call) => createDocument(call, table),
    update: (call, document) => changeDocument(call, table, document),
    remove: (call, document) => collection(call).delete(document.id),
  });
}
