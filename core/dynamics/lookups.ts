import type { Column, LookupTarget } from './tables';

/**
 * The name by which a row says to which table its lookup points: the column's own where it can be only one, else the
 * navigation property of that table (`customerid_account`). Where tables share that property, as the owners of a row do,
 * it stands for the first, and the others have their table behind it (`ownerid_team`).
 */
export function nameOfTarget({ name, targets = [] }: Column, target: LookupTarget): string {
  if (targets.length <= 1) return name;
  const { navigationProperty, table } = target;
  const first = targets.find((one) => one.navigationProperty === navigationProperty);
  return first === target ? navigationProperty : `${navigationProperty}_${table}`;
}
