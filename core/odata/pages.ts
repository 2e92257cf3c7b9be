import { followPages } from '../http/paging';
import { parseUrl } from '../http/url';
import { notFromDataverse } from '../dynamics/dataverse/errors/errors';
import { asRow } from './operations';
import type { BatchAnswer, Dataverse, Row, SingleOperation } from '../dynamics/dataverse/types';

interface PageBody {
  value?: unknown;
  '@odata.nextLink'?: unknown;
}

/**
 * Rows of one answer, and where it goes on: an absolute address or one relative to that of the answer. JSON without
 * a list is not an empty list: what is missing then is not known to be absent.
 */
export function readPage(answer: BatchAnswer): { rows: Row[]; nextLink?: string } {
  const { value, '@odata.nextLink': next } = asRow(answer) as PageBody;
  if (!Array.isArray(value)) throw notFromDataverse(answer);
  const rows = value as Row[];
  return typeof next === 'string' && next !== '' ? { rows, nextLink: next } : { rows };
}

export interface PagesOptions {
  /** Those of the first request: a next link carries no page size of its own (Dataverse docs: query/page-results). */
  headers?: SingleOperation['headers'];
  maxRows?: number;
  signal?: AbortSignal;
  /** What `first` is relative to, where it is not absolute. */
  base?: string;
}

/** @param first address of the first page */
export function pagesFrom(
  request: Dataverse['request'],
  first: string,
  { headers, maxRows, signal, base }: PagesOptions = {},
): AsyncGenerator<Row[]> {
  return followPages<Row>({
    first: parseUrl(first, base)?.href ?? first,
    maxRows,
    signal,
    read: async (path) => readPage(await request({ method: 'GET', path, headers })),
  });
}
