import { errors } from '../errors';
import { comparable } from '../store/row';
import type { FoundRecord } from './records';

/** Orders what is found by clauses such as `createdon desc`; `@search.score` is how well a record does. */
export function ordered(found: readonly FoundRecord[], clauses: readonly string[]): FoundRecord[] {
  const parts = clauses.flatMap((clause) => clause.split(',')).map(readClause);
  return [...found].sort((left, right) => {
    for (const { column, factor } of parts) {
      const compared = compare(valueOf(left, column), valueOf(right, column));
      if (compared !== 0) return compared * factor;
    }
    return 0;
  });
}

function readClause(clause: string): { column: string; factor: 1 | -1 } {
  const [, column, direction = 'asc'] =
    /^\s*(@search\.score|\w+)(?:\s+(asc|desc))?\s*$/i.exec(clause) ?? [];
  if (column === undefined) throw errors.invalidArgument(`'orderby' cannot be '${clause}'.`);
  return { column, factor: direction.toLowerCase() === 'desc' ? -1 : 1 };
}

function valueOf({ row, score, table }: FoundRecord, column: string) {
  if (column === '@search.score') return score;
  if (table.columns.has(column)) return comparable(row[column]);
  throw errors.invalidArgument(`'orderby': '${table.name}' has no column '${column}'.`);
}

type Compared = ReturnType<typeof comparable>;

function compare(left: Compared, right: Compared): number {
  if (left === right) return 0;
  if (left === null) return -1;
  if (right === null) return 1;
  return left < right ? -1 : 1;
}
