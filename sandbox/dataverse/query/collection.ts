import type { Engine, Session } from '../engine';
import type { Preferences } from '../../odata/http/preferences';
import type { JsonObject } from '../options';
import { collectionBody, contextColumns, cutPage, nextLink } from '../../odata/query/collection';
import type { QueryOptions } from '../../odata/syntax/query-options';
import type { Table } from '../schema/model';
import type { Row } from '../store/row';
import { applyTransformations } from './apply';
import { candidates } from '../../odata/query/candidates';
import { compileExpands } from './expand';
import { entityType } from './entity-type';
import { compileFilter } from './filter';
import { indexOf } from './indexes';
import { compareRows } from '../../odata/query/order';
import { parseSkipToken, skipToken } from './paging';
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
  const ids = candidates(indexOf(engine, table), options.filter);
  if (!ids) return [...store.rows.values()];
  const rows: Row[] = [];
  for (const id of ids) {
    const row = store.get(id);
    if (row) rows.push(row);
  }
  return rows;
}

export function queryCollection(query: CollectionQuery): JsonObject {
  const { engine, session, table, options, prefer, path } = query;
  if (options.apply !== undefined) return aggregated(query);
  const type = entityType(engine, table);
  const columns = shownColumns(table, options.select);
  const expand = compileExpands(engine, session, table, options.expand, prefer);
  const rows = matchingRows(query).sort(compareRows(type, options.orderBy));
  const start = options.skipToken === undefined ? { page: 1 } : parseSkipToken(options.skipToken);
  const size = Math.min(prefer.maxPageSize ?? MAX_PAGE_SIZE, MAX_PAGE_SIZE);
  // Documented: with odata.maxpagesize, $top is ignored.
  const limits = prefer.maxPageSize === undefined ? options : {};
  const page = cutPage(type, rows, size, start, limits);
  const [first] = page.rows;
  return collectionBody({
    context: contextUrl(session, `${table.schema.entitySet}${contextColumns(options)}`),
    counts: counts(query, rows.length),
    rows: page.rows,
    show: (row) => {
      const item = renderRow(engine, row, columns, prefer.wantsAnnotation);
      expand(row, item);
      return item;
    },
    nextLink:
      first && page.last
        ? nextLink(session.base + path, options, skipToken(table, start.page, first, page.last))
        : undefined,
  });
}

function aggregated(query: CollectionQuery): JsonObject {
  const { engine, session, table, options, prefer } = query;
  const rows = matchingRows(query);
  const value = applyTransformations(engine, table, rows, options, prefer.wantsAnnotation);
  return { '@odata.context': contextUrl(session, table.schema.entitySet), value };
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
