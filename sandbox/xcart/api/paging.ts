import { badRequest } from './problems';
import type { Query } from './query';

const DEFAULT_SIZE = 30;
const MAX_SIZE = 100;

/** One page of a list; the JSON answer shows `items` alone, the ld+json answer the rest too. */
export class Page {
  constructor(
    readonly items: readonly object[],
    readonly total: number,
    readonly page: number,
    readonly size: number,
  ) {}

  get lastPage(): number {
    return this.size === 0 ? 1 : Math.max(1, Math.ceil(this.total / this.size));
  }
}

/** PHP's `(int)`: what does not start with digits is 0. */
const integer = (text: string): number => Number(/^\s*[+-]?\d+/.exec(text)?.[0] ?? 0);

function numbersOf(query: Query): { page: number; size: number } {
  const page = integer(query.scalar('page') ?? '1');
  if (page < 1) throw badRequest('Page should not be less than 1');
  const size = Math.min(MAX_SIZE, integer(query.scalar('itemsPerPage') ?? String(DEFAULT_SIZE)));
  if (size < 0) throw badRequest('Limit should not be less than 0');
  if (size === 0 && page > 1) {
    throw badRequest('Page should not be greater than 1 if limit is equal to 0');
  }
  return { page, size };
}

/**
 * Cuts one page: `page` from 1, `itemsPerPage` 30 by default and 100 at most. Behind the end comes an empty
 * page, not an error. `show` turns a record into what the API shows, for the cut page only.
 */
export function paginate<T>(
  records: readonly T[],
  query: Query,
  show: (record: T) => object,
): Page {
  const { page, size } = numbersOf(query);
  const cut = records.slice((page - 1) * size, page * size);
  return new Page(cut.map(show), records.length, page, size);
}

/** A list of a resource without pages: all of it, whatever is asked. */
export function wholeList<T>(records: readonly T[], show: (record: T) => object): Page {
  return new Page(records.map(show), records.length, 1, Math.max(1, records.length));
}

/** Compares by `order[key]=asc|desc`; undefined when no known key is asked for, so that the ids decide. */
export function sorter<T>(
  query: Query,
  keys: Readonly<Record<string, (record: T) => number | string>>,
): ((left: T, right: T) => number) | undefined {
  const wanted = Object.entries(query.table('order')).flatMap(([key, direction]) => {
    const value = keys[key];
    const sign = { asc: 1, desc: -1 }[direction.toLowerCase()];
    return value === undefined || sign === undefined ? [] : [{ value, sign }];
  });
  if (wanted.length === 0) return undefined;
  return (left, right) => {
    for (const { value, sign } of wanted) {
      const [a, b] = [value(left), value(right)];
      if (a !== b) return a < b ? -sign : sign;
    }
    return 0;
  };
}
