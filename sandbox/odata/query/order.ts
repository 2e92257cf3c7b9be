import type { OrderBy } from '../syntax/query-options';
import type { Comparable, EntityType } from './entity-type';
import { resolvePath } from './paths';

type Compare<R> = (left: R, right: R) => number;

/** Order of rows; equal rows, and rows without an order, by their key. Nulls come first, as in SQL Server. */
export function compareRows<R>(type: EntityType<R>, orderBy: readonly OrderBy[]): Compare<R> {
  const steps = orderBy.map(({ segments, descending }): Compare<R> => {
    const { read } = resolvePath(type, segments);
    const sign = descending ? -1 : 1;
    return (left, right) => sign * compareValues(read(left), read(right));
  });
  const byKey: Compare<R> = (left, right) => compareValues(type.key(left), type.key(right));
  return (left, right) => {
    for (const step of steps) {
      const result = step(left, right);
      if (result !== 0) return result;
    }
    return byKey(left, right);
  };
}

export function compareValues(left: Comparable, right: Comparable): number {
  if (left === right) return 0;
  if (left === null) return -1;
  if (right === null) return 1;
  return left < right ? -1 : 1;
}
