import { validationError } from '../../../errors';
import { listIn } from '../../../odata/listIn';
import { textIn } from '../../../values';
import { lookUpSalesNames, type SalesNames } from '../sales/lookups';
import { folded } from '../filters';
import { warehousesOf } from '../stock/names';
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

async function vendorsOf(client: Dataverse, numbers: string[]): Promise<Map<string, string[]>> {
  const [rows = []] = await listIn(client, [
    {
      set: 'accounts',
      column: 'accountnumber',
      values: [...new Set(numbers)],
      select: ['accountid', 'accountnumber'],
    },
  ]);
  const found = new Map<string, string[]>();
  for (const row of rows) {
    const key = folded(row['accountnumber']);
    found.set(key, [...(found.get(key) ?? []), String(row['accountid'])]);
  }
  return found;
}

/** Finds all names of a run together. */
export async function fieldServiceNames(
  client: Dataverse,
  { products, units, vendors, warehouses }: Wanted,
): Promise<FieldServiceNames> {
  const [sales, accounts] = await Promise.all([
    lookUpSalesNames(client, [{ products, units, productIds: [] }]),
    vendorsOf(client, vendors),
  ]);
  // One question for each name of a run, and not for each row that has it.
  const places = new Map(
    [...new Set(warehouses)].map((name) => [name, warehousesOf(client, [name])]),
  );
  for (const place of places.values()) place.catch(() => undefined);
  return {
    item: (sku, unit) => itemOf(sales, sku, unit),
    vendorId(number) {
      const [id, ...others] = accounts.get(folded(number)) ?? [];
      if (id !== undefined && others.length === 0) return id;
      throw validationError(
        id === undefined
          ? `Vendor "${number}" is not in Dynamics 365`
          : `Vendor number "${number}" stands for ${others.length + 1} accounts in Dynamics 365`,
        'Give the account of the vendor this account number, and no other account, or map msdyn_vendor to its ID.',
      );
    },
    async warehouseId(name) {
      const [id, ...others] = (await places.get(name)) ?? [];
      if (id !== undefined && others.length === 0) return id;
      throw validationError(
        `Warehouse "${name}" stands for ${others.length + 1} warehouses in Dynamics 365`,
        'Give the ID of the warehouse in place of its name, or rename the others in Dynamics 365.',
      );
    },
  };
}
