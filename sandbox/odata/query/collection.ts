import type { JsonObject } from '../json';
import type { Expand, QueryOptions } from '../syntax/query-options';
import type { EntityType } from './entity-type';

/** Where a page begins. */
export interface PageStart {
  /** 1 for the first page. */
  page: number;
  /** Key of the last row of the page before. */
  lastKey?: string;
}

export interface Page<R> {
  rows: readonly R[];
  /** The last row of the page, when more rows come behind it. */
  last?: R;
}

/** Cuts a page out of all rows in their order. `$top` and `$skip` count over all pages. */
export function cutPage<R>(
  type: EntityType<R>,
  rows: readonly R[],
  size: number,
  start: PageStart,
  { top, skip = 0 }: Pick<QueryOptions, 'top' | 'skip'>,
): Page<R> {
  const end = Math.min(rows.length, skip + (top ?? Infinity));
  const from = start.lastKey === undefined ? skip : behind(type, rows, start, size);
  const shown = rows.slice(from, Math.min(end, from + size));
  return { rows: shown, last: from + shown.length < end ? shown.at(-1) : undefined };
}

function behind<R>(
  { key }: EntityType<R>,
  rows: readonly R[],
  { page, lastKey = '' }: PageStart,
  size: number,
): number {
  const index = rows.findIndex((row) => key(row) === lastKey);
  if (index >= 0) return index + 1;
  // The last row of the page before is gone; in the order of keys its place is still known.
  const after = rows.findIndex((row) => key(row) > lastKey);
  return after >= 0 ? after : (page - 1) * size;
}

/** `@odata.nextLink`: the address asked for, with another token. */
export function nextLink(address: string, { raw }: QueryOptions, token: string): string {
  const kept = raw
    .filter(([name]) => name !== '$skiptoken')
    .map(([name, value]) => `${name}=${value}`);
  return `${address}?${[...kept, `$skiptoken=${token}`].join('&')}`;
}

/** `@odata.context`. `base` has a slash at its end. */
export const contextUrl = (base: string, fragment: string): string =>
  `${base}$metadata#${fragment}`;

/** `(name,primarycontactid(fullname))` of the context URL. */
export function contextColumns({ select, expand }: QueryOptions): string {
  const parts = [...(select ?? []), ...expand.map(expandText)];
  return parts.length > 0 ? `(${parts.join(',')})` : '';
}

function expandText({ navigation, options }: Expand): string {
  const inner = contextColumns(options);
  return `${navigation}${inner === '' ? '()' : inner}`;
}

/** What a collection is answered with. */
export interface CollectionAnswer<R> {
  context: string;
  /** Annotations that stand before the rows, such as `@odata.count`. */
  counts: JsonObject;
  rows: readonly R[];
  show(row: R): JsonObject;
  nextLink?: string;
}

export function collectionBody<R>(answer: CollectionAnswer<R>): JsonObject {
  const { context, counts, rows, show, nextLink: link } = answer;
  const body: JsonObject = { '@odata.context': context, ...counts, value: rows.map(show) };
  return link === undefined ? body : { ...body, '@odata.nextLink': link };
}
