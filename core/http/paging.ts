import { ServiceError, validationError } from '../errors';
import { isLoopback, parseUrl } from './url';
import { throwIfCancelled } from './wait';

export interface Page<T> {
  rows: T[];
  /** Absolute address of the next page. */
  nextLink?: string;
}

export interface PagingOptions<T> {
  /** Absolute address of the first page. */
  first: string;
  read: (url: string) => Promise<Page<T>>;
  /** More pages than this is an error, not a short answer. Default 10,000. */
  maxPages?: number;
  /** Stops after so many rows; the last page is cut. */
  maxRows?: number;
  signal?: AbortSignal;
}

/** Two names of this machine, and the same port: what listens there calls itself by the other one. */
function sameOnLoopback(next: URL, current: URL): boolean {
  return (
    isLoopback(next.hostname) &&
    isLoopback(current.hostname) &&
    next.protocol === current.protocol &&
    next.port === current.port
  );
}

/** A next link is followed with the token of the first request: only back to the service that it belongs to. */
function sameOrigin(nextLink: string, url: string): string {
  const next = parseUrl(nextLink, url);
  const current = new URL(url);
  const { origin } = current;
  if (next?.origin === origin) return next.href;
  if (next && sameOnLoopback(next, current)) return `${origin}${next.pathname}${next.search}`;
  throw new ServiceError(
    `The next page is said to be at ${next?.origin ?? 'an unreadable address'}, not at ${origin}.`,
    {
      class: 'permission',
      fix: 'The token is not sent to another address. If a gateway rewrites links, let it rewrite this one to its own address.',
    },
  );
}

/** Pages as they arrive. Nothing is kept: what the caller lets go of is gone. */
export async function* followPages<T>(options: PagingOptions<T>): AsyncGenerator<T[]> {
  const { first, read, maxPages = 10_000, maxRows = Number.POSITIVE_INFINITY, signal } = options;
  const visited = new Set([first]);
  let url: string | undefined = first;
  let rowsLeft = maxRows;
  for (let page = 1; url !== undefined && rowsLeft > 0; page += 1) {
    if (page > maxPages) {
      throw validationError(
        `There are more than ${maxPages} pages.`,
        'Narrow the filter, or set a limit.',
      );
    }
    throwIfCancelled(signal);
    const { rows, nextLink }: Page<T> = await read(url);
    yield rows.length > rowsLeft ? rows.slice(0, rowsLeft) : rows;
    rowsLeft -= rows.length;
    const next: string | undefined = nextLink === undefined ? undefined : sameOrigin(nextLink, url);
    if (next !== undefined && visited.has(next)) {
      throw new ServiceError('The service names a page as the next one that has been read.', {
        class: 'unknown',
        fix: 'Narrow the filter so that all rows fit on one page, and report this to the service.',
      });
    }
    if (next !== undefined) visited.add(next);
    url = next;
  }
}

/** Hands each page to the callback and waits for it. Returns the number of rows. */
export async function forEachPage<T>(
  options: PagingOptions<T>,
  onPage: (rows: T[]) => Promise<void> | void,
): Promise<number> {
  let count = 0;
  for await (const rows of followPages(options)) {
    count += rows.length;
    await onPage(rows);
  }
  return count;
}
