import type { Engine, Session } from '../engine';
import type { Preferences } from '../http/preferences';
import type { JsonObject } from '../options';
import type { Expand, QueryOptions } from '../odata/query-options';
import type { Table } from '../schema/model';
import type { Row } from '../store/row';
import { applyTransformations } from './apply';
import { candidates } from './candidates';
import { compileExpands } from './expand';
import { compileFilter } from './filter';
import { compareRows } from './order';
import { parseSkipToken, skipToken, type PageStart } from './paging';
import { ANNOTATIONS, contextUrl, renderRow, shownColumns } from './render';

/** Default and largest page; also where counting stops. Source: Dataverse docs, webapi/query. */
export const MAX_PAGE_SIZE = 5000;

export interface CollectionQuery {
  engine: Engine;
  session: Session;
  table: Table;
  options: QueryOptions;
  prefer: Preferences;
  /** Rows to choose from, when the collection is not the whole table. */
  within?: readonly Row[];
  /** Address of the collection below the service root. */
  path: string;
}

/** Rows that satisfy the filter, in no particular order. */
export function matchingRows(query: CollectionQuery): Row[] {
  const { engine, table, options, within } = query;
  const test = options.filter ? compileFilter(engine, table, options.filter) : undefined;
  const rows = within ?? candidateRows(query);
  return test ? rows.filter(test) : [...rows];
}

function candidateRows({ engine, table, options }: CollectionQuery): Row[] {
  const store = engine.database.store(table.name);
  const ids = candidates(engine, table, options.filter);
  if (!ids) return [...store.rows.values()];
  const rows: Row[] = [];
  for (const id of ids) {
    const row = store.get(id);
    if (row) rows.push(row);
  }
  return rows;
}

export function queryCollection(query: CollectionQuery): JsonObject {
  const { engine, session, table, options, prefer } = query;
  if (options.apply !== undefined) return aggregated(query);
  const columns = shownColumns(table, options.select);
  const expand = compileExpands(engine, session, table, options.expand, prefer);
  const rows = matchingRows(query).sort(compareRows(engine, table, options.orderBy));
  const page = cutPage(query, rows);
  const body: JsonObject = {
    '@odata.context': contextUrl(session, `${table.schema.entitySet}${contextColumns(options)}`),
    ...counts(query, rows.length),
    value: page.rows.map((row) => {
      const item = renderRow(engine, row, columns, prefer.wantsAnnotation);
      expand(row, item);
      return item;
    }),
  };
  if (page.next) body['@odata.nextLink'] = nextLink(query, page.next);
  return body;
}

function aggregated(query: CollectionQuery): JsonObject {
  const { engine, session, table, options } = query;
  const value = applyTransformations(engine, table, matchingRows(query), options);
  return { '@odata.context': contextUrl(session, table.schema.entitySet), value };
}

interface Page {
  rows: Row[];
  /** Encoded token of the next page. */
  next?: string;
}

function cutPage({ table, options, prefer }: CollectionQuery, rows: readonly Row[]): Page {
  const size = Math.min(prefer.maxPageSize ?? MAX_PAGE_SIZE, MAX_PAGE_SIZE);
  const start: PageStart =
    options.skipToken === undefined ? { page: 1 } : parseSkipToken(options.skipToken);
  const from = startIndex(table, rows, start, size);
  // Documented: with odata.maxpagesize, $top is ignored.
  const top = prefer.maxPageSize === undefined ? options.top : undefined;
  const end = Math.min(rows.length, from + size, top ?? Infinity);
  const shown = rows.slice(from, end);
  const [first] = shown;
  const last = shown.at(-1);
  const more = end < Math.min(rows.length, top ?? Infinity);
  return {
    rows: shown,
    next: more && first && last ? skipToken(table, start.page, first, last) : undefined,
  };
}

function startIndex(table: Table, rows: readonly Row[], start: PageStart, size: number): number {
  if (start.lastId === undefined) return 0;
  const index = rows.findIndex((row) => row[table.primaryId] === start.lastId);
  if (index >= 0) return index + 1;
  // The last row of the page before is gone; in the order of keys its place is still known.
  const after = rows.findIndex((row) => String(row[table.primaryId]) > String(start.lastId));
  return after >= 0 ? after : (start.page - 1) * size;
}

function counts({ options, prefer }: CollectionQuery, total: number): JsonObject {
  const body: JsonObject = {};
  if (options.count) body['@odata.count'] = Math.min(total, MAX_PAGE_SIZE);
  if (prefer.wantsAnnotation(ANNOTATIONS.totalRecordCount)) {
    const known = options.count ? Math.min(total, MAX_PAGE_SIZE) : -1;
    body[`@${ANNOTATIONS.totalRecordCount}`] = known;
  }
  if (prefer.wantsAnnotation(ANNOTATIONS.totalRecordCountLimitExceeded)) {
    const exceeded = options.count && total > MAX_PAGE_SIZE;
    body[`@${ANNOTATIONS.totalRecordCountLimitExceeded}`] = exceeded;
  }
  return body;
}

function nextLink({ session, options, path }: CollectionQuery, token: string): string {
  const kept = options.raw
    .filter(([name]) => name !== '$skiptoken')
    .map(([name, value]) => `${name}=${value}`);
  return `${session.base}${path}?${[...kept, `$skiptoken=${token}`].join('&')}`;
}

/** `(name,primarycontactid(fullname))` of the context URL. */
export function contextColumns({ select, expand }: QueryOptions): string {
  const parts = [...(select ?? []), ...expand.map(expandText)];
  return parts.length > 0 ? `(${parts.join(',')})` : '';
}

const expandText = ({ navigation, options }: Expand): string => {
  const inner = contextColumns(options);
  return `${navigation}${inner === '' ? '()' : inner}`;
};
