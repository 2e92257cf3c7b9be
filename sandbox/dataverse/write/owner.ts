import type { Engine } from '../engine';
import type { Table } from '../schema/model';
import { isReference, type Row, type Value } from '../store/row';

/**
 * What the service keeps beside the owner of a row: the same user once more, or the same team, and the business unit
 * that the owner belongs to. Source: entity reference, OwningUser, OwningTeam, OwningBusinessUnit.
 */
export function withOwner({ database }: Engine, table: Table, row: Row): Row {
  const owner = row.ownerid;
  if (!isReference(owner) || !table.columns.has('owninguser')) return row;
  const of = (kind: string): Value => (owner.table === kind ? owner : null);
  return {
    ...row,
    owninguser: of('systemuser'),
    owningteam: of('team'),
    owningbusinessunit: database.find(owner)?.businessunitid ?? null,
  };
}
