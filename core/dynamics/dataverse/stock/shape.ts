import { validationError } from '../../../errors';
import type { Column } from '../../tables';
import type { DataverseMetadata, DataverseTable } from '../types';

/** What a stock level says, whatever the table that keeps it: each name of the output, and how it is explained. */
export const QUANTITIES = ['onhand', 'available', 'reserved', 'ordered'] as const;

export type Quantity = (typeof QUANTITIES)[number];

/** A row elsewhere, by a lookup; or a text that names it. */
export interface Reference {
  /** Logical name. */
  column: string;
  /** Entity set of what the lookup points to; left out: the column holds its number or name as text. */
  set?: string;
}

/** Which columns of a table hold what a stock level says. */
export interface StockShape {
  product: Reference;
  warehouse?: Reference;
  quantities: Partial<Record<Quantity, string>> & { onhand: string };
  /**
   * The row that holds the product, where the stock's own row does not: a request to Supply Chain Management, of which
   * the newest counts.
   */
  through?: { column: string; set: string; primaryId: string };
}

const PRODUCTS = 'products';
const WAREHOUSES = 'msdyn_warehouses';

/** Field Service entity reference (msdyn_productinventory); dual-write mapping reference (CDS inventory on-hand …). */
const SHAPES: Readonly<Record<string, StockShape | undefined>> = {
  msdyn_productinventory: {
    product: { column: 'msdyn_product', set: PRODUCTS },
    warehouse: { column: 'msdyn_warehouse', set: WAREHOUSES },
    quantities: {
      onhand: 'msdyn_qtyonhand',
      available: 'msdyn_qtyavailable',
      reserved: 'msdyn_qtyallocated',
      ordered: 'msdyn_qtyonorder',
    },
  },
  msdyn_inventoryonhandentry: {
    product: { column: 'msdyn_product', set: PRODUCTS },
    warehouse: { column: 'msdyn_inventorywarehouse', set: WAREHOUSES },
    quantities: {
      onhand: 'msdyn_onhandquantity',
      available: 'msdyn_availableonhandquantity',
      reserved: 'msdyn_reservedonhandquantity',
      ordered: 'msdyn_orderedquantity',
    },
    through: {
      column: 'msdyn_request',
      set: 'msdyn_inventoryonhandrequests',
      primaryId: 'msdyn_inventoryonhandrequestid',
    },
  },
};

/** Names that such columns have without their prefix, the likeliest first. */
const USUAL: Readonly<Record<Quantity | 'product' | 'warehouse', readonly string[]>> = {
  product: ['productnumber', 'product', 'productid', 'itemnumber', 'sku'],
  warehouse: ['warehouse', 'warehouseid', 'inventorywarehouse', 'location'],
  onhand: ['qtyonhand', 'onhandquantity', 'quantityonhand', 'onhand', 'quantity'],
  available: ['qtyavailable', 'availableonhandquantity', 'availablequantity', 'available'],
  reserved: ['qtyallocated', 'reservedonhandquantity', 'reservedquantity', 'reserved'],
  ordered: ['qtyonorder', 'orderedquantity', 'onorderquantity', 'ordered'],
};

/** Columns that a person names for a table of his own, by what they hold. */
export type NamedColumns = Partial<Record<keyof typeof USUAL, string>>;

const unprefixed = (name: string): string => name.replace(/^[a-z0-9]+_/, '');

function columnFor(
  role: keyof typeof USUAL,
  columns: Column[],
  table: DataverseTable,
  named: NamedColumns,
): Column | undefined {
  const wanted = named[role]?.trim();
  if (!wanted) {
    const names = USUAL[role];
    return names.flatMap((name) => columns.filter((one) => unprefixed(one.name) === name))[0];
  }
  const found = columns.find(({ name }) => name === wanted);
  if (found) return found;
  throw validationError(
    `The table ${table.logicalName} has no column "${wanted}"`,
    'Correct the name in Columns of the Table; it takes logical names, such as new_onhand.',
  );
}

function reference(column: Column | undefined): Reference | undefined {
  if (!column) return undefined;
  const [target] = column.targets ?? [];
  return { column: column.name, ...(target && { set: target.entitySetName }) };
}

function missing(what: string, { logicalName }: DataverseTable): Error {
  return validationError(
    `The table ${logicalName} has no column that is known to hold ${what}`,
    'Name it in the option Columns of the Table.',
  );
}

/**
 * Where a table keeps what a stock level says. The tables of Field Service and dual-write are known; of any other one
 * the columns are found by their usual names, or named by the user.
 */
export async function stockShape(
  metadata: DataverseMetadata,
  table: DataverseTable,
  named: NamedColumns = {},
): Promise<StockShape> {
  const known = SHAPES[table.logicalName];
  if (known && Object.keys(named).length === 0) return known;
  const columns = await metadata.columns(table.logicalName);
  const of = (role: keyof typeof USUAL) => columnFor(role, columns, table, named);
  const product = reference(of('product'));
  const onhand = of('onhand');
  if (!product) throw missing('the product', table);
  if (!onhand) throw missing('the quantity on hand', table);
  const others = QUANTITIES.flatMap((quantity) => {
    const column = of(quantity);
    return column ? [[quantity, column.name]] : [];
  });
  return {
    product,
    warehouse: reference(of('warehouse')),
    quantities: {
      ...(Object.fromEntries(others) as StockShape['quantities']),
      onhand: onhand.name,
    },
  };
}
