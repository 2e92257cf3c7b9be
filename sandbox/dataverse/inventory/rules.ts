import Big from 'big.js';
import type { Engine } from '../engine';
import { isReference, type Row, type Value } from '../store/row';
import type { TableRules, Write } from '../write/rules';

const INVENTORY = 'msdyn_productinventory';

const number = (value: Value | undefined): Big => new Big(typeof value === 'number' ? value : 0);

const same = (left: Value | undefined, right: Value | undefined): boolean =>
  isReference(left) && isReference(right) && left.id === right.id;

/** The stock of a product in a warehouse, in the unit of the adjustment. */
function inventoryOf(engine: Engine, line: Row, warehouse: Value): Row | undefined {
  const product = line.msdyn_product;
  if (!isReference(product)) return undefined;
  return engine.database
    .referrers(INVENTORY, 'msdyn_product', product)
    .find(
      (row) =>
        same(row.msdyn_warehouse, warehouse) &&
        (!isReference(line.msdyn_unit) || same(row.msdyn_unit, line.msdyn_unit)),
    );
}

/** Stock that was unknown so far. Inferred: the documentation does not say what happens then. */
function newInventory({ engine }: Write, line: Row, warehouse: Value): Row {
  const at = engine.timestamp();
  return {
    [`${INVENTORY}id`]: engine.newId(),
    msdyn_product: line.msdyn_product ?? null,
    msdyn_unit: line.msdyn_unit ?? null,
    msdyn_warehouse: warehouse,
    statecode: 0,
    statuscode: 1,
    createdon: at,
    createdby: line.createdby ?? null,
    modifiedby: line.createdby ?? null,
  };
}

/**
 * A product on an inventory adjustment adds its quantity to the stock of the adjustment's warehouse, or takes it away.
 * Source: Field Service docs, "Add or subtract inventory from a warehouse".
 */
export const adjustmentProductRules: TableRules = {
  after: (write, line) => {
    const { engine, before } = write;
    const adjustment = line.msdyn_inventoryadjustment;
    if (before || !isReference(adjustment)) return;
    const warehouse = engine.database.find(adjustment)?.msdyn_warehouse ?? null;
    if (!isReference(warehouse)) return;
    const row = inventoryOf(engine, line, warehouse) ?? newInventory(write, line, warehouse);
    const changed = {
      ...row,
      msdyn_qtyonhand: number(row.msdyn_qtyonhand).plus(number(line.msdyn_quantity)).toNumber(),
      msdyn_qtyavailable: number(row.msdyn_qtyavailable)
        .plus(number(line.msdyn_quantity))
        .toNumber(),
      modifiedon: engine.timestamp(),
    };
    const table = engine.model.required(INVENTORY);
    const id = String(row[table.primaryId]);
    engine.database.put(table, id, changed, engine.switches.duplicateKeyStatus);
  },
};

/**
 * Unit cost times quantity (Field Service entity reference, msdyn_purchaseorderproduct: `msdyn_TotalCost` "is
 * calculated").
 */
export const purchaseOrderProductRules: TableRules = {
  prepare: (_write, row) => ({
    ...row,
    msdyn_totalcost: number(row.msdyn_unitcost).times(number(row.msdyn_quantity)).toNumber(),
  }),
};
