import type { PageStart } from '../../odata/query/collection';
import { errors } from '../errors';
import type { Table } from '../schema/model';
import type { Row } from '../store/row';

const lower = (text: string): string =>
  encodeURIComponent(text).replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase());

/** Value of the first and of the last row of a page, in one of the columns that it is ordered by. */
export interface CookieColumn {
  name: string;
  first: string;
  last: string;
}

const XML: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => XML[character] ?? '');

/** The text that `pagingCookie` has escaped. */
export const textOfXml = (text: string): string =>
  Object.entries(XML).reduceRight(
    (plain, [character, entity]) => plain.replaceAll(entity, character),
    text,
  );

/** `<cookie page="1"><fullname last="…" first="…" /><contactid last="{…}" first="{…}" /></cookie>` */
export function pagingCookie(
  table: Table,
  page: number,
  [first, last]: readonly [Row, Row],
  order: readonly CookieColumn[] = [],
): string {
  const braced = (row: Row): string => `{${String(row[table.primaryId]).toUpperCase()}}`;
  const key = { name: table.primaryId, first: braced(first), last: braced(last) };
  const columns = [...order.filter(({ name }) => name !== key.name), key].map(
    (column) => `<${column.name} last="${escape(column.last)}" first="${escape(column.first)}" />`,
  );
  return `<cookie page="${page}">${columns.join('')}</cookie>`;
}

/**
 * The `$skiptoken` of the next page: opaque to clients, a paging cookie to us. The cookie is encoded once, and once more
 * with the whole for the address, as documented in webapi/query/page-results.
 */
export function skipToken(table: Table, page: number, first: Row, last: Row): string {
  const inner = lower(pagingCookie(table, page, [first, last]));
  return encodeURI(
    `<cookie pagenumber="${page + 1}" pagingcookie="${inner}" istracking="False" />`,
  );
}

/** The cookie of FetchXML, which is encoded twice. Source: Dataverse docs, fetchxml/page-results. */
export const fetchCookie = (page: number, inner: string): string =>
  `<cookie pagenumber="${page + 1}" pagingcookie="${lower(lower(inner))}" istracking="False" />`;

export function parseSkipToken(token: string): PageStart {
  const page = /pagenumber="(\d+)"/.exec(token)?.[1];
  const cookie = /pagingcookie="([^"]*)"/.exec(token)?.[1];
  if (page === undefined || cookie === undefined) throw malformed(token);
  return { page: Number(page), lastKey: lastKeyOf(decoded(cookie)) };
}

const malformed = (token: string): Error =>
  errors.query(`Malformed XML in the Paging Cookie: '${token.slice(0, 40)}'.`);

/** Key of the last row of the page that a cookie is about: its last column. */
export function lastKeyOf(cookie: string): string {
  const last = /last="\{([0-9A-Fa-f-]{36})\}" first="[^"]*" \/><\/cookie>$/.exec(cookie)?.[1];
  if (last === undefined) throw malformed(cookie);
  return last.toLowerCase();
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw malformed(text);
  }
}
