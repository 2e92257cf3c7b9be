import { followPages } from '../http/paging';
import { parseUrl } from '../http/url';
import { asRow, foreignAnswer } from './answers';
import type { ODataService } from './service';
import type { BatchAnswer, ODataClient, Row, SingleOperation } from './types';

interface PageBody {
  value?: unknown;
  '@odata.nextLink'?: unknown;
}

/**
 * Rows of one answer, and where it goes on: an absolute address or one relative to that of the answer. JSON without
 * a list is not an empty list: what is missing then is not known to be absent.
 */
export function readPage(
  service: ODataService,
  answer: BatchAnswer,
): { rows: Row[]; nextLink?: string } {
  const { value, '@odata.nextLink': next } = asRow(service, answer) as PageBody;
  if (!Array.isArray(value)) throw foreignAnswer(service, answer);
  const rows = value as Row[];
  return typeof next === 'string' && next !== '' ? { rows, nextLink: next } : { rows };
}

export interface PagesOptions {
  /** Those of the first request: a next link may carry no page size of its own. */
  headers?: SingleOperation['headers'];
  maxRows?: number;
  signal?: AbortSignal;
}

/** @param first address of the first page, absolute or relative to the service root */
export function pagesFrom(
  { service, root, request }: Pick<ODataClient, 'service' | 'root' | 'request'>,
  first: string,
  { headers, maxRows, signal }: PagesOptions = {},
): AsyncGenerator<Row[]> {
  return followPages<Row>({
    first: parseUrl(first, root)?.href ?? first,
    maxRows,
    signal,
    read: async (path) => readPage(service, await request({ method: 'GET', path, headers })),
  });
}
