import { type ServiceError, validationError } from '../../../errors';
import { listIn } from '../../../odata/listIn';
import type { Row } from '../../../odata/types';
import { guidIn } from '../../../values';
import { folded } from '../filters';
import type { Dataverse } from '../types';

/** What products, warehouses and vendors are called, and which are meant by a number or a name. */

export interface Named {
  id: string;
  /** Number of a product, name of a warehouse. */
  name: string;
  /** Name of a product. */
  title?: string;
}

interface Source {
  set: string;
  id: string;
  name: string;
  title?: string;
}

export const PRODUCT: Source = {
  set: 'products',
  id: 'productid',
  name: 'productnumber',
  title: 'name',
};

export const WAREHOUSE: Source = {
  set: 'msdyn_warehouses',
  id: 'msdyn_warehouseid',
  name: 'msdyn_name',
};

/** Field Service keeps vendors among the accounts. */
export const VENDOR: Source = { set: 'accounts', id: 'accountid', name: 'accountnumber' };

function toNamed({ id, name, title }: Source, row: Row): Named {
  return {
    id: String(row[id]).toLowerCase(),
    name: String(row[name] ?? ''),
    ...(title && { title: String(row[title] ?? '') }),
  };
}

const select = ({ id, name, title }: Source): string[] => [id, name, ...(title ? [title] : [])];

/** Rows by their primary keys: key → what it is called. */
export async function namesOf(
  client: Dataverse,
  source: Source,
  ids: string[],
): Promise<Map<string, Named>> {
  const [rows = []] = await listIn(client, [
    { set: source.set, column: source.id, values: [...new Set(ids)], select: select(source) },
  ]);
  return new Map(rows.map((row) => toNamed(source, row)).map((one) => [one.id, one]));
}

/** Rows by their numbers or names, as they compare: one may stand for several, and for none. */
export async function byName(
  client: Dataverse,
  source: Source,
  names: string[],
): Promise<Map<string, Named[]>> {
  const wanted = new Map(names.map((name) => [folded(name), name]));
  const [rows = []] = await listIn(client, [
    { set: source.set, column: source.name, values: [...wanted.values()], select: select(source) },
  ]);
  const found = new Map<string, Named[]>();
  for (const one of rows.map((row) => toNamed(source, row))) {
    const key = folded(one.name);
    // Of what is found by wildcards, only what is meant.
    if (wanted.has(key)) found.set(key, [...(found.get(key) ?? []), one]);
  }
  return found;
}

export const noSuchWarehouse = (name: string): ServiceError =>
  validationError(
    `Warehouse "${name}" is not in Dynamics 365`,
    'Correct Warehouse: it takes the name of a warehouse as Dynamics 365 shows it, or its ID.',
  );

/** Warehouses by name or ID. Throws where one of them is not there: its stock would seem to be none. */
export async function warehousesOf(client: Dataverse, given: string[]): Promise<string[]> {
  const ids = given.map((one) => guidIn(one));
  const names = given.filter((_, index) => ids[index] === undefined);
  const found = await byName(client, WAREHOUSE, names);
  return given.flatMap((one, index) => {
    const id = ids[index];
    if (id !== undefined) return [id];
    const rows = found.get(folded(one)) ?? [];
    if (rows.length > 0) return rows.map((row) => row.id);
    throw noSuchWarehouse(one);
  });
}
