export interface PageOptions {
  /** Rows of one page; the store's greatest where more are asked for, which is the default. */
  pageSize?: number;
  /** First page to read, from 1, which is the default. */
  page?: number;
  /**
   * Rows of the list before the first one to read, in the place of `page`: where a store counts rows, and gives pages of
   * lengths of its own, a number of pages does not say where one goes on. Of no effect where it counts pages.
   */
  after?: number;
  /** Is told how many rows of the list a page has had, before that page is put out, whatever is then left out of it. */
  onRows?(rows: number): void;
}

/** The pages of a list as they arrive, each read only when it is asked for. */
export type Pages<T> = AsyncGenerator<T[]>;

/** The first rows of a list, reading no more pages than they need. */
export async function firstRows<T>(
  pages: (options: PageOptions) => Pages<T>,
  limit: number,
): Promise<T[]> {
  const rows: T[] = [];
  if (limit < 1) return rows;
  for await (const page of pages({ pageSize: limit })) {
    rows.push(...page);
    if (rows.length >= limit) break;
  }
  return rows.slice(0, limit);
}

/** The same pages with those rows alone that fit: a page may then be short, or empty. */
export async function* fittingRows<T>(pages: Pages<T>, fits: (row: T) => boolean): Pages<T> {
  for await (const page of pages) yield page.filter(fits);
}

/** The first page alone; empty where there is none. */
export async function firstPage<T>(pages: Pages<T>): Promise<T[]> {
  for await (const page of pages) return page;
  return [];
}

/**
 * In a list whose service is known to give as many rows as are asked for, a short page is the last. Unless it is the first
 * and its length a round number: a store that is set to smaller pages would otherwise lose us all the rest of its list.
 *
 * @param before rows of the page before, where there was one
 */
export function isLastPage(rows: number, pageSize: number, before?: number): boolean {
  if (rows === 0 || (before !== undefined && rows < before)) return true;
  return rows < pageSize && rows % 5 !== 0 && rows % 12 !== 0;
}

/** The first row that fits, reading no further. */
export async function firstWhere<T>(
  pages: Pages<T>,
  fits: (row: T) => boolean,
): Promise<T | undefined> {
  for await (const page of pages) {
    const found = page.find(fits);
    if (found !== undefined) return found;
  }
  return undefined;
}
