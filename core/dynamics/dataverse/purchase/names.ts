import { uniq } from 'lodash';

import { validationError } from '../../../errors';
import { guidIn, textIn } from '../../../values';
import { lookUpSalesNames, type SalesNames } from '../sales/lookups';
import { folded } from '../filters';
import { byName, type Named, noSuchWarehouse, VENDOR, WAREHOUSE } from '../stock/names';
import type { Dataverse } from '../types';

/** What people call products, units, vendors and warehouses, in documents of Field Service. */
export interface Wanted {
  products: string[];
  units: string[];
  /** Account numbers. */
  vendors: string[];
  /** Names or IDs. */
  warehouses: string[];
}

export interface FieldServiceNames {
  /** Product and unit of a line. Throws where one of them is not there. */
  item(sku: string, unit: string | undefined): { productId: string; unitId: string };
  vendorId(number: string): string;
  /** Rejects where it is not there, or is several: goods would move in whichever comes first. */
  warehouseId(name: string): Promise<string>;
}

export const textOf = (value: unknown): string | undefined => {
  const text = textIn(value)?.trim();
  return text === '' ? undefined : text;
};

function itemOf(names: SalesNames, sku: string, unit: string | undefined) {
  const product = names.product(sku);
  if (!product) {
    throw validationError(
      `Product "${sku}" is not in Dynamics 365`,
      `Create a product whose product number (productnumber) is "${sku}", or correct the SKU.`,
    );
  }
  const unitId = unit === undefined ? product.unitId : names.unitId(unit, product.unitGroupId);
  if (unitId !== undefined) return { productId: product.id, unitId };
  throw unit === undefined
    ? validationError(
        `Product "${sku}" has no default unit in Dynamics 365`,
        'Set Default Unit on the product, or name the unit.',
      )
    : validationError(
        `Unit "${unit}" is not a unit of product "${sku}"`,
        `Add "${unit}" to the product's unit group, correct it, or leave it out to use the default unit.`,
      );
}

/** Which warehouse a name or ID means. Throws where it is not there, or is several. */
function warehouseIn(found: Map<string, Named[]>, name: string): string {
  const id = guidIn(name);
  if (id !== undefined) return id;
  const [warehouse, ...others] = found.get(folded(name)) ?? [];
  if (!warehouse) throw noSuchWarehouse(name);
  if (others.length === 0) return warehouse.id;
  throw validationError(
    `Warehouse "${name}" stands for ${others.length + 1} warehouses in Dynamics 365`,
    'Give the ID of the warehouse in place of its name, or rename the others in Dynamics 365.',
  );
}

/** Finds all names of a run together. */
export async function fieldServiceNames(
  client: Dataverse,
  { products, units, vendors, warehouses }: Wanted,
): Promise<FieldServiceNames> {
  const named = uniq(warehouses).filter((name) => guidIn(name) === undefined);
  const [sales, accounts] = await Promise.all([
    lookUpSalesNames(client, [{ products, units, productIds: [] }]),
    byName(client, VENDOR, uniq(vendors)),
  ]);
  // An environment without warehouses still takes what names none: only who asks for one is told.
  const places = named.length > 0 ? byName(client, WAREHOUSE, named) : undefined;
  places?.catch(() => undefined);
  return {
    item: (sku, unit) => itemOf(sales, sku, unit),
    vendorId(number) {
      const [vendor, ...others] = accounts.get(folded(number)) ?? [];
      if (vendor && others.length === 0) return vendor.id;
      throw validationError(
        vendor === undefined
          ? `Vendor "${number}" is not in Dynamics 365`
          : `Vendor number "${number}" stands for ${others.length + 1} accounts in Dynamics 365`,
        'Give the account of the vendor this account number, and no other account, or map msdyn_vendor to its ID.',
      );
    },
    warehouseId: async (name) => warehouseIn((await places) ?? new Map(), name),
  };
}
