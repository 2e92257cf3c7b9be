import { errors } from '../errors';
import type { JsonObject } from '../options';
import { MAX_PAGE_SIZE, type CollectionQuery } from '../query/collection';
import type { Comparable } from '../../odata/query/entity-type';
import { compareValues } from '../../odata/query/order';
import { classOf } from '../query/entity-type';
import { formattedValue } from '../query/format';
import {
  fetchCookie,
  lastKeyOf,
  pagingCookie,
  textOfXml,
  type CookieColumn,
} from '../query/paging';
import { ANNOTATIONS, contextUrl, etagOf, renderRow, toJson } from '../query/render';
import { propertyName, type Table } from '../schema/model';
import type { ColumnSchema } from '../schema/types';
import { comparable, type Row } from '../store/row';
import type { Joined } from './conditions';
import { aggregated } from './aggregate';
import { readFetch, type Attribute, type Fetch, type Source } from './fetch';
import { joinedRows } from './join';
import { askedFor, columnOf, tablesOf, type Asked, type Tables } from './tables';

/** `GET /accounts?fetchXml=…`. Source: Dataverse docs, fetchxml/page-results and fetchxml/join-tables. */

const COOKIE = 'Microsoft.Dynamics.CRM.fetchxmlpagingcookie';
const MORE = 'Microsoft.Dynamics.CRM.morerecords';

/** Without a cookie pages are counted from the beginning, and only so far. */
const SIMPLE_PAGING_LIMIT = 50_000;

export function runFetch(query: CollectionQuery, xml: string): JsonObject {
  const { engine, session, table } = query;
  const fetch = readFetch(xml);
  const tables = tablesOf(engine, fetch);
  if (tables.get('') !== table) {
    throw errors.query(
      `The entity '${fetch.entity.table}' of the FetchXML is not that of the path '${table.schema.entitySet}'.`,
    );
  }
  if (fetch.aggregate) return aggregatedPage(query, fetch, tables);
  const show = renderer(query, fetch, tables);
  const rows = joinedWithin(query, fetch, tables).sort(comparison(fetch, tables));
  const chosen = fetch.distinct ? distinct(rows, show) : rows;
  const page = cutPage(fetch, table, chosen);
  const selected = shownNames(fetch.entity, table, fetch.distinct);
  const fragment = `${table.schema.entitySet}${selected ? `(${selected.join(',')})` : ''}`;
  return {
    '@odata.context': contextUrl(session, fragment),
    ...totals(query, fetch, chosen.length),
    ...pagingAnnotations(query, page),
    value: page.rows.map(show),
  };
}

/** The rows of the answer, as far as they are in the collection that is asked for. */
function joinedWithin({ engine, within }: CollectionQuery, fetch: Fetch, tables: Tables): Joined[] {
  const joined = joinedRows(engine, tables, fetch);
  if (!within) return joined;
  const inside = new Set(within);
  return joined.filter(({ '': row }) => row !== undefined && inside.has(row));
}

/** Groups instead of rows; they have no key, so their pages are counted. */
function aggregatedPage(query: CollectionQuery, fetch: Fetch, tables: Tables): JsonObject {
  const { engine, session, table, prefer } = query;
  const rows = joinedWithin(query, fetch, tables);
  const results = aggregated(engine, fetch, tables, rows, prefer.wantsAnnotation);
  const size = fetch.top ?? Math.min(fetch.count ?? MAX_PAGE_SIZE, MAX_PAGE_SIZE);
  const from = (fetch.page - 1) * size;
  const more = fetch.top === undefined && from + size < results.length;
  return {
    '@odata.context': contextUrl(session, table.schema.entitySet),
    ...pagingAnnotations(query, { rows: [], more }),
    value: results.slice(from, from + size),
  };
}

type Compare = (left: Joined, right: Joined) => number;

/** Orders of the query first, then those of its links from the outside in; equal rows by primary key. */
function comparison({ entity }: Fetch, tables: Tables): Compare {
  const steps: Compare[] = [];
  const add = (source: Source): void => {
    for (const { attribute, descending } of source.orders) {
      const { name } = columnOf(tables.get(source.alias) as Table, attribute);
      const read = (joined: Joined) => comparable(joined[source.alias]?.[name]);
      const sign = descending ? -1 : 1;
      steps.push((left, right) => sign * compareValues(read(left), read(right)));
    }
    source.links.forEach(add);
  };
  add(entity);
  const { primaryId } = tables.get('') as Table;
  steps.push((left, right) =>
    compareValues(comparable(left['']?.[primaryId]), comparable(right['']?.[primaryId])),
  );
  return (left, right) => {
    for (const step of steps) {
      const result = step(left, right);
      if (result !== 0) return result;
    }
    return 0;
  };
}

/** Names of the chosen columns; undefined stands for all of them. */
function shownNames(source: Source, table: Table, exact: boolean): string[] | undefined {
  if (source.allAttributes || (source.alias === '' && source.attributes.length === 0)) {
    return undefined;
  }
  const names = source.attributes.map(({ name, alias }) => {
    const { column, asText } = askedFor(table, name);
    return alias ?? (asText ? name : propertyName(column));
  });
  const key = source.alias === '' && !exact && !names.includes(table.primaryId);
  return key ? [...names, table.primaryId] : names;
}

interface Shown extends Asked {
  alias: string;
  /** Name in the answer. */
  name: string;
}

/** Pictures come only to who asks for them by name. */
const columnsWithoutPictures = ({ columns }: Table): ColumnSchema[] =>
  [...columns.values()].filter(({ type }) => type !== 'image');

function shownColumns(source: Source, table: Table, exact: boolean): Shown[] {
  const { alias } = source;
  const prefix = alias === '' ? '' : `${alias}.`;
  const everything =
    source.allAttributes || (alias === '' && source.attributes.length === 0)
      ? columnsWithoutPictures(table).map(({ name }): Attribute => ({ name }))
      : source.attributes;
  const shown = everything.map(({ name, alias: own }): Shown => {
    const asked = askedFor(table, name);
    // A joined lookup keeps its logical name, since it stands behind an alias already.
    const plain = alias === '' && !asked.asText ? propertyName(asked.column) : name;
    return { ...asked, alias, name: own ?? `${prefix}${plain}` };
  });
  if (alias !== '' || exact) return shown;
  const added = addedNames(shown, table)
    .map((name) => columnOf(table, name))
    .filter((column) => shown.every((one) => one.asText || one.column !== column))
    .map((column): Shown => ({ alias, column, asText: false, name: propertyName(column) }));
  return [...shown, ...added];
}

/** Documented: amounts come with their currency, and every row with its key. */
const addedNames = (shown: readonly Shown[], { columns, primaryId }: Table): string[] =>
  shown.some(({ column }) => column.type === 'money') && columns.has('transactioncurrencyid')
    ? ['transactioncurrencyid', primaryId]
    : [primaryId];

function renderer(query: CollectionQuery, { entity, distinct: exact }: Fetch, tables: Tables) {
  const { engine, prefer } = query;
  const shown: Shown[] = [];
  const add = (source: Source): void => {
    shown.push(...shownColumns(source, tables.get(source.alias) as Table, exact));
    source.links.forEach(add);
  };
  add(entity);
  return (joined: Joined): JsonObject => {
    const body: JsonObject = exact ? {} : { '@odata.etag': etagOf(joined[''] as Row) };
    for (const { alias, column, asText, name } of shown) {
      const row = joined[alias];
      const value = row?.[column.name] ?? null;
      // Columns of a joined row that is not there are left out, as are all that are empty.
      if (!row || value === null) continue;
      if (asText) body[name] = formattedValue(engine, column, value, row) ?? null;
      else
        Object.assign(
          body,
          renamed(renderRow(engine, row, [column], prefer.wantsAnnotation), name),
        );
    }
    return body;
  };
}

/** A column with its annotations under the name that the query gives it. */
function renamed(rendered: JsonObject, name: string): JsonObject {
  const entries = Object.entries(rendered).filter(([key]) => key !== '@odata.etag');
  return Object.fromEntries(entries.map(([key, value]) => [key.replace(/^[^@]+/, name), value]));
}

function distinct(rows: readonly Joined[], show: (joined: Joined) => JsonObject): Joined[] {
  const seen = new Map<string, Joined>();
  for (const joined of rows) {
    const text = JSON.stringify(show(joined)).toLowerCase();
    if (!seen.has(text)) seen.set(text, joined);
  }
  return [...seen.values()];
}

interface Page {
  rows: Joined[];
  more: boolean;
  cookie?: string;
}

const hasLinkOrder = ({ links }: Source): boolean =>
  links.some((link) => link.orders.length > 0 || hasLinkOrder(link));

function cutPage(fetch: Fetch, table: Table, rows: readonly Joined[]): Page {
  if (fetch.top !== undefined) return { rows: rows.slice(0, fetch.top), more: false };
  const size = Math.min(fetch.count ?? MAX_PAGE_SIZE, MAX_PAGE_SIZE);
  const from = startOf(fetch, table, rows, size);
  const shown = rows.slice(from, from + size);
  const more = from + shown.length < rows.length;
  const [first, last] = [shown[0]?.[''], shown.at(-1)?.['']];
  const canCookie = more && first && last && !fetch.distinct && !hasLinkOrder(fetch.entity);
  return {
    rows: shown,
    more,
    cookie: canCookie
      ? fetchCookie(
          fetch.page,
          pagingCookie(table, fetch.page, [first, last], orderOf(fetch, table, [first, last])),
        )
      : undefined,
  };
}

/** Documented: the cookie holds what the page is ordered by. */
function orderOf(
  { entity }: Fetch,
  table: Table,
  [first, last]: readonly [Row, Row],
): CookieColumn[] {
  const text = (row: Row, name: string): string => {
    const value = toJson(row[name] ?? null);
    return value === null ? '' : String(value);
  };
  return entity.orders.map(({ attribute }) => {
    const { name } = columnOf(table, attribute);
    return { name, first: text(first, name), last: text(last, name) };
  });
}

/** The last row of the page before is gone: the cookie still says where it stood. */
function behind(
  { entity, pagingCookie: cookie = '' }: Fetch,
  table: Table,
  rows: readonly Joined[],
): number {
  const steps = [...entity.orders, { attribute: table.primaryId, descending: false }].map(
    ({ attribute, descending }) => {
      const column = columnOf(table, attribute);
      const held = heldValue(cookie, column);
      return (row: Row | undefined): number =>
        (descending ? -1 : 1) * compareValues(comparable(row?.[column.name]), held);
    },
  );
  const next = rows.findIndex((joined) => {
    const order = steps.map((step) => step(joined['']));
    return (order.find((one) => one !== 0) ?? 0) > 0;
  });
  return next >= 0 ? next : rows.length;
}

/** What the cookie says of the last row, as rows are compared. */
function heldValue(cookie: string, { name, type }: ColumnSchema): Comparable {
  const text = new RegExp(`<${name} last="([^"]*)"`).exec(cookie)?.[1] ?? '';
  if (text === '') return null;
  const value = textOfXml(text).replace(/^\{|\}$/g, '');
  if (classOf(type) === 'number') return Number(value);
  return classOf(type) === 'boolean' ? value === 'true' : value.toLowerCase();
}

function startOf(fetch: Fetch, table: Table, rows: readonly Joined[], size: number): number {
  const counted = (fetch.page - 1) * size;
  if (fetch.pagingCookie === undefined) {
    if (counted < SIMPLE_PAGING_LIMIT) return counted;
    throw errors.query('Paging without a paging cookie ends after 50,000 rows.');
  }
  const lastKey = lastKeyOf(fetch.pagingCookie);
  // One row of the query may stand in several rows of the answer: there the cookie only says that it goes on.
  if (fetch.entity.links.length > 0) return counted;
  const index = rows.findIndex((joined) => joined['']?.[table.primaryId] === lastKey);
  return index >= 0 ? index + 1 : behind(fetch, table, rows);
}

function pagingAnnotations({ prefer }: CollectionQuery, { more, cookie }: Page): JsonObject {
  const body: JsonObject = {};
  if (cookie !== undefined && prefer.wantsAnnotation(COOKIE)) body[`@${COOKIE}`] = cookie;
  if (more && prefer.wantsAnnotation(MORE)) body[`@${MORE}`] = true;
  return body;
}

function totals({ prefer }: CollectionQuery, fetch: Fetch, total: number): JsonObject {
  if (!fetch.totalRecordCount) return {};
  const body: JsonObject = { '@odata.count': Math.min(total, MAX_PAGE_SIZE) };
  if (prefer.wantsAnnotation(ANNOTATIONS.totalRecordCount)) {
    body[`@${ANNOTATIONS.totalRecordCount}`] = Math.min(total, MAX_PAGE_SIZE);
  }
  if (prefer.wantsAnnotation(ANNOTATIONS.totalRecordCountLimitExceeded)) {
    body[`@${ANNOTATIONS.totalRecordCountLimitExceeded}`] = total > MAX_PAGE_SIZE;
  }
  return body;
}
