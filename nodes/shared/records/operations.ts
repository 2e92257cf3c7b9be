import { omit, pick } from 'lodash';
import type { INodeProperties } from 'n8n-workflow';

import { firstRows, type PageOptions, type Pages } from '../../../core/http/pages';
import { limit, returnAll, simplify } from '../fields';
import type { Operation } from '../operation';
import { eachItem, type OneItem } from '../steps';
import { readLimit } from '../typed';
import type { RecordKind, RecordMethod } from './kind';
import type { Parent } from './locator';
import type { OpenedStore, StoreService } from './service';
import { addSourceField, listSource, withSourceOf } from './source';
import { readRecordValues, recordValueFields } from './values';

/** The client of the records that stand below what an item names. */
async function opened<Store, Row extends object, Query, Method extends RecordMethod>(
  { parent, open }: RecordKind<Store, Row, Query, Method>,
  store: Store,
  one: OneItem,
) {
  return open(store, parent ? (await parent.locate(store, one)).id : '');
}

const parentFields = <Store>({ parent }: { parent?: Parent<Store> }): INodeProperties[] =>
  parent?.fields ?? [];

/** What an operation says of itself. */
function described(
  { descriptions, note }: Pick<RecordKind<unknown, object>, 'descriptions' | 'note'>,
  method: RecordMethod,
  usual: string,
): string {
  const description = descriptions?.[method] ?? usual;
  return note ? `${description}. ${note}` : description;
}

/** A create whose answer is lost is not sent again, unless the client knows how to look whether it was carried out. */
export function createRecord<Store extends OpenedStore, Row extends object, Query>(
  service: StoreService<Store>,
  kind: RecordKind<Store, Row, Query, 'create'>,
): Operation {
  const { one: name, required = [], optional = [] } = kind;
  return {
    name: 'Create',
    value: 'create',
    action: `Create ${name}`,
    description: described(kind, 'create', `Create a new ${name}`),
    properties: [...parentFields(kind), ...recordValueFields(service, required, optional)],
    start: eachItem(service.open, async (store, one) => {
      const records = await opened(kind, store, one);
      return await records.create(readRecordValues(one, required, kind.document));
    }),
  };
}

export function deleteRecord<Store extends OpenedStore, Row extends object, Query>(
  { open }: StoreService<Store>,
  kind: RecordKind<Store, Row, Query, 'remove'>,
): Operation {
  const { one: name, locator } = kind;
  return {
    name: 'Delete',
    value: 'delete',
    action: `Delete ${name}`,
    description: described(kind, 'remove', `Delete one ${name} permanently`),
    properties: [...parentFields(kind), locator.field],
    start: eachItem(open, async (store, one) => {
      const records = await opened(kind, store, one);
      await records.remove((await locator.locate(store, one)).id);
      return { deleted: true };
    }),
  };
}

export function getRecord<Store extends OpenedStore, Row extends object, Query>(
  service: StoreService<Store>,
  kind: RecordKind<Store, Row, Query, 'get'>,
): Operation {
  const { one: name, locator, source, following, annotate } = kind;
  const added = source ? [addSourceField(service, name, following?.note)] : [];
  return {
    name: 'Get',
    value: 'get',
    action: `Get ${name}`,
    description: described(kind, 'get', `Get one ${name}`),
    properties: [...parentFields(kind), locator.field, ...added],
    onlyReads: true,
    start: eachItem(service.open, async (store, one) => {
      const records = await opened(kind, store, one);
      const readAt = Date.now();
      const { id, record: found = await records.get(id) } = await locator.locate(store, one);
      const [record = found] = (await annotate?.(store, [found])) ?? [];
      const isAdded = source && one.read<boolean>('addSource', one.index, true);
      return isAdded ? await withSourceOf({ source, following }, store, record, readAt) : record;
    }),
  };
}

/** The pages of a list with what the store tells of its records elsewhere. */
async function* annotated<Store, Row extends object>(
  pages: Pages<Row>,
  store: Store,
  annotate?: RecordKind<Store, Row>['annotate'],
): Pages<Row> {
  for await (const page of pages) {
    yield annotate && page.length > 0 ? await annotate(store, page) : page;
  }
}

export function getManyRecords<Store extends OpenedStore, Row extends object, Query>(
  service: StoreService<Store>,
  kind: RecordKind<Store, Row, Query, 'pages'>,
): Operation {
  const { one: name, many, list, simple, source, following, annotate } = kind;
  const field = addSourceField(service, name, following?.note);
  const added = source ? [{ ...field, displayOptions: { show: { simplify: [false] } } }] : [];
  const simplified = (row: Row): object =>
    typeof simple === 'function' ? simple(row) : pick(row, simple ?? []);
  return {
    name: 'Get Many',
    value: 'getAll',
    action: `Get many ${many}`,
    description: described(kind, 'pages', `Get a list of ${many}`),
    properties: [
      ...parentFields(kind),
      returnAll,
      limit,
      ...(simple ? [simplify] : []),
      ...added,
      ...(list?.fields ?? []),
    ],
    onlyReads: true,
    start: eachItem(service.open, async (store, one) => {
      const { read, index } = one;
      const records = await opened(kind, store, one);
      const query = list?.query(store, one);
      const pages = (page: PageOptions) => annotated(records.pages(query, page), store, annotate);
      const most = readLimit(read, index);
      const isSimple = simple !== undefined && read<boolean>('simplify', index);
      if (source && !isSimple && read<boolean>('addSource', index, true)) {
        return await listSource({ source, following }, store, pages, most);
      }
      const rows = await firstRows(pages, most);
      return isSimple ? rows.map(simplified) : rows;
    }),
  };
}

export function updateRecord<Store extends OpenedStore, Row extends object, Query>(
  service: StoreService<Store>,
  kind: RecordKind<Store, Row, Query, 'update'>,
): Operation {
  const { one: name, locator, required = [], optional = [] } = kind;
  const fields = [...required, ...optional].map((field): INodeProperties =>
    omit(field, 'required'),
  );
  return {
    name: 'Update',
    value: 'update',
    action: `Update ${name}`,
    description: described(
      kind,
      'update',
      `Change fields of one ${name}; fields that are not named stay as they are`,
    ),
    properties: [...parentFields(kind), locator.field, ...recordValueFields(service, [], fields)],
    start: eachItem(service.open, async (store, one) => {
      const records = await opened(kind, store, one);
      const { id } = await locator.locate(store, one);
      return await records.update(id, readRecordValues(one, [], kind.document));
    }),
  };
}

/** Create, Delete, Get, Get Many and Update of one kind of record, for a store that can do all five. */
export function recordOperations<Store extends OpenedStore, Row extends object, Query>(
  service: StoreService<Store>,
  kind: RecordKind<Store, Row, Query>,
): Operation[] {
  return [
    createRecord(service, kind),
    deleteRecord(service, kind),
    getRecord(service, kind),
    getManyRecords(service, kind),
    updateRecord(service, kind),
  ];
}
