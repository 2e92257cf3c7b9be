import { checkReads } from './rowReads';
import type { PlacedRow, RowsWorld } from './rowsWorld';
import { checkDoubles, checkMapped, checkPrefix } from './rowTargets';

export type { PlacedRow, RowsWorld } from './rowsWorld';

/**
 * What is wrong with rows of the editor as a whole: with two that fill one field, with a name that cannot be meant. It is
 * said before anything runs, where a mapping would go through and quietly do something else than the row says.
 * @throws a validation error that names the first row that is wrong, and how to repair it
 */
export function checkRows(rows: readonly PlacedRow[], world: RowsWorld): void {
  for (const placed of rows) {
    checkPrefix(placed, world);
    checkReads(placed, rows, world);
    checkMapped(placed, rows, world);
  }
  checkDoubles(rows, world);
}
