import type { Engine } from '../engine';
import type { OrderBy } from '../odata/query-options';
import type { Table } from '../schema/model';
import type { Row } from '../store/row';
import { resolvePath, type Comparable } from './paths';

type Compare = (left: Row, right: Row) => number;

/** Order of rows; equal rows, and rows without an order, by their primary key. Nulls come first, as in SQL Server. */
export function compareRows(engine: Engine, table: Table, orderBy: readonly OrderBy[]): Compare {
  const steps = orderBy.map(({ segments, descending }): Compare => {
    const operand = resolvePath(engine, table, segments);
    const sign = descending ? -1 : 1;
    return (left, right) => sign * compareValues(operand.read(left), operand.read(right));
  });
  const byId: Compare = (left, right) =>
    compareValues(String(left[table.primaryId]), String(right[table.primaryId]));
  return (left, right) => {
    for (const step of steps) {
      const result = step(left, right);
      if (result !== 0) return result;
    }
    return byId(left, right);
  };
}

export function compareValues(left: Comparable, right: Comparable): number {
  if (left === right) return 0;
  if (left === null) return -1;
  if (right === null) return 1;
  return left < right ? -1 : 1;
}
