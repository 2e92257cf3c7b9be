import { and, type Filter } from '../../../odata/query';
import { listIn } from '../../../odata/listIn';
import type { Row } from '../../../odata/types';
import { folded, isIn } from '../filters';
import type { Dataverse, DataverseTable } from '../types';
import { byName, type Named, namesOf, PRODUCT, WAREHOUSE, warehousesOf } from './names';
import { QUANTITIES, type Quantity, type Reference, type StockShape } from './shape';

/** What is known of one product in one warehouse. A quantity that its table does not keep is null. */
export interface StockLevel extends Record<Quantity, number | null> {
  /** Primary key of the row. */
  id: string;
  productnumber: string | null;
  productname: string | null;
  warehouse: string | null;
}

export interface StockQuestion {
  /** Left out: of all products. */
  skus?: string[];
  /** Names or IDs. Left out: in all warehouses. */
  warehouses?: string[];
  limit?: number;
}

export interface StockPlace {
  table: DataverseTable;
  shape: StockShape;
  /** True: the rows with all their columns, and not only those that a level is made of. */
  whole?: boolean;
}

export interface StockAnswer {
  levels: StockLevel[];
  /** The row of each level, as it was read. */
  rows: Row[];
  /** Whether there is a product with this number at all, where the table says so. */
  isKnown(sku: string): boolean;
}

const shownAs = ({ column, set }: Reference): string => (set ? `_${column}_value` : column);

function columnsOf({ table, shape, whole }: StockPlace): string[] | undefined {
  if (whole) return undefined;
  const { product, warehouse, quantities, through } = shape;
  return [
    table.primaryId,
    ...(through ? [`_${through.column}_value`, 'createdon'] : [shownAs(product)]),
    ...(warehouse ? [shownAs(warehouse)] : []),
    ...Object.values(quantities),
  ];
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Ids of the requests about products, and of which product each is. */
async function requestsOf(
  client: Dataverse,
  { shape: { through, product } }: StockPlace,
  question: { column: string; values: string[] },
): Promise<Map<string, string>> {
  if (!through) return new Map();
  const own = `_${product.column}_value`;
  const [rows = []] = await listIn(client, [
    { set: through.set, ...question, select: [through.primaryId, own] },
  ]);
  return new Map(rows.map((row) => [text(row[through.primaryId]), text(row[own])]));
}

interface Read {
  rows: Row[];
  /** Of a row: what names its product. */
  productOf(row: Row): string;
}

/** The rows about these products, in few requests however many there are. */
async function rowsOf(client: Dataverse, place: StockPlace, products: string[]): Promise<Read> {
  const { table, shape } = place;
  const select = columnsOf(place);
  const { through, product } = shape;
  if (!through) {
    const [rows = []] = await listIn(client, [
      { set: table.entitySetName, column: product.column, values: products, select },
    ]);
    return { rows, productOf: (row) => text(row[shownAs(product)]) };
  }
  const requests = await requestsOf(client, place, { column: product.column, values: products });
  const [rows = []] = await listIn(client, [
    { set: table.entitySetName, column: through.column, values: [...requests.keys()], select },
  ]);
  return { rows, productOf: (row) => requests.get(text(row[`_${through.column}_value`])) ?? '' };
}

/** All rows, or the first of them. */
async function allRows(
  client: Dataverse,
  place: StockPlace,
  filter: Filter | undefined,
  limit: number | undefined,
): Promise<Read> {
  const { table, shape } = place;
  const rows = await client.list(
    table.entitySetName,
    { select: columnsOf(place), filter },
    { limit },
  );
  const { through, product } = shape;
  if (!through) return { rows, productOf: (row) => text(row[shownAs(product)]) };
  const ids = [...new Set(rows.map((row) => text(row[`_${through.column}_value`])))];
  const requests = await requestsOf(client, place, { column: through.primaryId, values: ids });
  return { rows, productOf: (row) => requests.get(text(row[`_${through.column}_value`])) ?? '' };
}

const warehouseOf = (row: Row, { warehouse }: StockShape): string =>
  warehouse ? text(row[shownAs(warehouse)]) : '';

/** Of several answers about the same product and warehouse the newest. */
function newest(rows: Row[], shape: StockShape, productOf: Read['productOf']): Row[] {
  if (!shape.through) return rows;
  const latest = new Map<string, Row>();
  for (const row of rows) {
    const key = `${productOf(row)} ${warehouseOf(row, shape)}`;
    const before = latest.get(key);
    if (!before || text(row['createdon']) >= text(before['createdon'])) latest.set(key, row);
  }
  return [...latest.values()];
}

function inWarehouses(rows: Row[], shape: StockShape, wanted: string[] | undefined): Row[] {
  if (!wanted) return rows;
  const keys = new Set(wanted.map(folded));
  return rows.filter((row) => keys.has(folded(warehouseOf(row, shape))));
}

function quantity(row: Row, column: string | undefined): number | null {
  const value = column === undefined ? undefined : row[column];
  return typeof value === 'number' ? value : null;
}

/** Levels with the names of products and warehouses in the place of their ids. */
async function named(
  client: Dataverse,
  { table, shape }: StockPlace,
  rows: Row[],
  productOf: Read['productOf'],
): Promise<StockLevel[]> {
  const { product, warehouse, quantities } = shape;
  const none = new Map<string, Named>();
  const [products, warehouses] = await Promise.all([
    product.set && rows.length > 0 ? namesOf(client, PRODUCT, rows.map(productOf)) : none,
    warehouse?.set && rows.length > 0
      ? namesOf(
          client,
          WAREHOUSE,
          rows.map((row) => warehouseOf(row, shape)).filter((id) => id !== ''),
        )
      : none,
  ]);
  return rows.map((row) => {
    const own = productOf(row);
    const found = products.get(own.toLowerCase());
    const place = warehouseOf(row, shape);
    return {
      id: text(row[table.primaryId]),
      productnumber: (product.set ? found?.name : own) ?? null,
      productname: found?.title ?? null,
      warehouse: (warehouse?.set ? warehouses.get(place.toLowerCase())?.name : place) || null,
      ...(Object.fromEntries(
        QUANTITIES.map((name) => [name, quantity(row, quantities[name])]),
      ) as Record<Quantity, number | null>),
    };
  });
}

/**
 * Stock levels of products, or of all of them, in one shape whatever the table that keeps them. A handful of requests for
 * hundreds of products: numbers are looked up together, and so are the rows.
 *
 * @throws a validation error for a warehouse that is not there
 */
export async function readStock(
  client: Dataverse,
  place: StockPlace,
  { skus, warehouses, limit }: StockQuestion,
): Promise<StockAnswer> {
  const { shape } = place;
  const wanted =
    warehouses && shape.warehouse?.set ? await warehousesOf(client, warehouses) : warehouses;
  const known = skus && shape.product.set ? await byName(client, PRODUCT, skus) : undefined;
  const products = known ? [...known.values()].flat().map(({ id }) => id) : skus;
  const filter = wanted && shape.warehouse ? and(isIn(shape.warehouse.column, wanted)) : undefined;
  const { rows, productOf } = products
    ? await rowsOf(client, place, products)
    : await allRows(client, place, filter, limit);
  const kept = inWarehouses(newest(rows, shape, productOf), shape, wanted).slice(0, limit);
  return {
    levels: await named(client, place, kept, productOf),
    rows: kept,
    isKnown: (sku) => known?.has(folded(sku)) ?? true,
  };
}
