import type { PageStart } from '../../odata/query/collection';
import { errors } from '../errors';
import type { Table } from '../schema/model';
import type { Row } from '../store/row';

const lower = (text: string): string =>
  encodeURIComponent(text).replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase());

/** The `$skiptoken` of the next page, encoded for a URL: opaque to clients, a paging cookie to us. */
export function skipToken(table: Table, page: number, first: Row, last: Row): string {
  const braced = (row: Row): string => `{${String(row[table.primaryId]).toUpperCase()}}`;
  const inner = `<cookie page="${page}"><${table.primaryId} last="${braced(last)}" first="${braced(first)}" /></cookie>`;
  const cookie = `<cookie pagenumber="${page + 1}" pagingcookie="${lower(lower(inner))}" istracking="False" />`;
  return encodeURIComponent(cookie);
}

export function parseSkipToken(token: string): PageStart {
  const page = /pagenumber="(\d+)"/.exec(token)?.[1];
  const cookie = /pagingcookie="([^"]*)"/.exec(token)?.[1];
  if (page === undefined || cookie === undefined) throw malformed(token);
  const inner = decodeTwice(cookie);
  const lastId = /last="\{([0-9A-Fa-f-]{36})\}"/.exec(inner)?.[1]?.toLowerCase();
  if (lastId === undefined) throw malformed(token);
  return { page: Number(page), lastKey: lastId };
}

const malformed = (token: string): Error =>
  errors.query(`Malformed XML in the Paging Cookie: '${token.slice(0, 40)}'.`);

function decodeTwice(text: string): string {
  try {
    return decodeURIComponent(decodeURIComponent(text));
  } catch {
    throw malformed(text);
  }
}
