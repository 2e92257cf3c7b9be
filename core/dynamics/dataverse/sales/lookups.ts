import { validationError } from '../../../errors';
import { listIn } from '../../../odata/listIn';
import type { Row } from '../../../odata/types';
import { folded } from '../filters';
import type { Dataverse } from '../types';
import type { WantedNames } from './read';

export interface Product {
  id: string;
  /** Its default unit, and the group whose units it may be sold in. */
  unitId?: string;
  unitGroupId?: string;
  /** Why it cannot be sold now: `Retired` or `Draft`. */
  unsellable?: string;
}

/** What the names in the documents of one run stand for. */
export interface SalesNames {
  /** Throws a validation error where the number stands for several products. */
  product(sku: string): Product | undefined;
  productById(id: string): Product | undefined;
  currencyId(isoCode: string): string | undefined;
  /** How many decimals the currency's amounts have; undefined: that is not known. */
  currencyDecimals(isoCode: string): number | undefined;
  /** A price list holds for one currency; the same name may stand for several. Without a currency: the only one. */
  priceListId(name: string, currencyId: string | undefined): string | undefined;
  unitId(name: string, unitGroupId: string | undefined): string | undefined;
}

function id(value: unknown): string | undefined {
  return typeof value === 'string' ? value.toLowerCase() : undefined;
}

function distinct(values: string[]): string[] {
  return [...new Map(values.map((value) => [folded(value), value])).values()];
}

function present(values: Array<string | undefined>): string[] {
  return values.filter((value) => value !== undefined);
}

function groupBy(rows: Row[], column: string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = folded(row[column]);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

function product(row: Row | undefined): Product | undefined {
  const productId = id(row?.['productid']);
  if (!productId) return undefined;
  return {
    id: productId,
    unitId: id(row?.['_defaultuomid_value']),
    unitGroupId: id(row?.['_defaultuomscheduleid_value']),
    unsellable: UNSELLABLE[Number(row?.['statecode'])],
  };
}

/** statecode of product (Dynamics 365 Sales docs: product). Active (0) and Under Revision (3) can be sold. */
const UNSELLABLE: Readonly<Record<number, string>> = { 1: 'Retired', 2: 'Draft' };

function better(rows: Row[], isBetter: (row: Row) => boolean): Row[] {
  const found = rows.filter(isBetter);
  return found.length > 0 ? found : rows;
}

/** Of several rows that the service takes for the same number: the same spelling first, then one that is sold. */
function productOfNumber(rows: Row[], sku: string): Product | undefined {
  const spelled = better(rows, (row) => String(row['productnumber']).trimEnd() === sku);
  const sold = better(spelled, (row) => product(row)?.unsellable === undefined);
  const ids = new Set(sold.map((row) => id(row['productid'])));
  if (ids.size <= 1) return product(sold[0]);
  throw validationError(
    `Product number "${sku}" stands for ${ids.size} products in Dynamics 365`,
    'Give each product a number of its own (productnumber), or map productid in its place.',
  );
}

const PRODUCT_COLUMNS = [
  'productid',
  'productnumber',
  '_defaultuomid_value',
  '_defaultuomscheduleid_value',
  'statecode',
];

/** Finds everything that the documents name, all at once: one batched request for up to some thousand names. */
export async function lookUpSalesNames(
  client: Dataverse,
  wanted: WantedNames[],
): Promise<SalesNames> {
  const [bySku = [], byId = [], currencies = [], priceLists = [], units = []] = await listIn(
    client,
    [
      {
        set: 'products',
        column: 'productnumber',
        values: distinct(wanted.flatMap(({ products }) => products)),
        select: PRODUCT_COLUMNS,
      },
      {
        set: 'products',
        column: 'productid',
        values: distinct(wanted.flatMap(({ productIds }) => productIds)),
        select: PRODUCT_COLUMNS,
      },
      {
        set: 'transactioncurrencies',
        column: 'isocurrencycode',
        values: distinct(present(wanted.map(({ currency }) => currency))),
        select: ['transactioncurrencyid', 'isocurrencycode', 'currencyprecision'],
      },
      {
        set: 'pricelevels',
        column: 'name',
        values: distinct(present(wanted.map(({ priceList }) => priceList))),
        select: ['pricelevelid', 'name', '_transactioncurrencyid_value'],
      },
      {
        set: 'uoms',
        column: 'name',
        values: distinct(wanted.flatMap(({ units: names }) => names)),
        select: ['uomid', 'name', '_uomscheduleid_value'],
      },
    ],
  );
  return namesFrom({ products: [...bySku, ...byId], currencies, priceLists, units });
}

type Found = Record<'products' | 'currencies' | 'priceLists' | 'units', Row[]>;

function namesFrom({ products, currencies, priceLists, units }: Found): SalesNames {
  const bySku = groupBy(products, 'productnumber');
  const byId = groupBy(products, 'productid');
  const byIsoCode = groupBy(currencies, 'isocurrencycode');
  const byPriceList = groupBy(priceLists, 'name');
  const byUnit = groupBy(units, 'name');
  return {
    product: (sku) => productOfNumber(bySku.get(folded(sku)) ?? [], sku),
    productById: (productId) => product(byId.get(folded(productId))?.[0]),
    currencyId: (isoCode) => id(byIsoCode.get(folded(isoCode))?.[0]?.['transactioncurrencyid']),
    currencyDecimals: (isoCode) => {
      const decimals = byIsoCode.get(folded(isoCode))?.[0]?.['currencyprecision'];
      return typeof decimals === 'number' ? decimals : undefined;
    },
    priceListId: (name, currencyId) => {
      const lists = byPriceList.get(folded(name)) ?? [];
      if (currencyId === undefined)
        return lists.length === 1 ? id(lists[0]?.['pricelevelid']) : undefined;
      const own = lists.find((row) => id(row['_transactioncurrencyid_value']) === currencyId);
      return id(own?.['pricelevelid']);
    },
    unitId: (name, unitGroupId) => {
      const rows = byUnit.get(folded(name)) ?? [];
      return id(rows.find((row) => id(row['_uomscheduleid_value']) === unitGroupId)?.['uomid']);
    },
  };
}
