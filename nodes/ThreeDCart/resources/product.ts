import { omit, pick } from 'lodash';
import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { ProductQuery } from '../../../core/stores/threedcart/client';
import { PRODUCTS } from '../../../core/stores/threedcart/feed';
import { pricesOf } from '../../../core/stores/threedcart/prices';
import type { Product } from '../../../core/stores/threedcart/wire';
import { flag, moment, number, text, texts } from '../../shared/entry';
import type { Resource } from '../../shared/operation';
import { updatePrices } from '../../shared/records/amounts';
import type { RecordKind } from '../../shared/records/kind';
import { type ListChoice, listFields } from '../../shared/records/list';
import { recordOperation } from '../../shared/records/operation';
import { recordOperations } from '../../shared/records/operations';
import { type Store, threeDCart } from '../connection';
import { productLocator } from '../locators';
import { bySku } from '../skus';

const required: INodeProperties[] = [
  text('SKU', 'SKU', { required: true }),
  text('Name', 'Name', { required: true }),
];

/** What of a product stands in its `SKUInfo`; the rest stands beside it. */
const NESTED = ['SKU', 'Name', 'Cost', 'Price', 'RetailPrice', 'SalePrice', 'OnSale', 'Stock'];

const money = (displayName: string, name: string): INodeProperties =>
  number(displayName, name, {
    typeOptions: { numberPrecision: 4 },
    description: "In the store's currency",
  });

const optional: INodeProperties[] = [
  money('Cost', 'Cost'),
  text('Description', 'Description', { typeOptions: { rows: 3 }, description: 'HTML' }),
  flag('Free Shipping', 'FreeShipping', 'the product ships free of charge'),
  text('GTIN', 'GTIN'),
  flag('Hide', 'Hide', 'customers do not see the product'),
  text('Keywords', 'Keywords'),
  number('Manufacturer ID', 'ManufacturerID'),
  text('Manufacturer Part Number', 'MFGID'),
  flag('Not for Sale', 'NotForSale', 'the product is shown and cannot be bought'),
  flag('Non Taxable', 'NonTaxable', 'no tax is added'),
  flag('On Sale', 'OnSale', 'the sale price holds'),
  money('Price', 'Price'),
  money('Retail Price', 'RetailPrice'),
  money('Sale Price', 'SalePrice'),
  text('Short Description', 'ShortDescription', { description: 'HTML' }),
  number('Stock', 'Stock', { description: 'Says nothing of the stock of variants' }),
  number('Weight', 'Weight'),
  ...texts('ExtraField1', 'ExtraField2', 'ExtraField3', 'MetaTags', 'Title'),
];

function document(fields: IDataObject): object {
  const skuInfo = pick(fields, NESTED);
  return {
    ...(Object.keys(skuInfo).length > 0 && { SKUInfo: skuInfo }),
    ...omit(fields, NESTED),
  };
}

interface Filters {
  changedSince?: Date;
  name?: string;
  sku?: string;
}

const filters: INodeProperties[] = [
  moment('Changed Since', 'changedSince', {
    description: '3dcart knows whole days: products changed on this day or later, by its clock',
  }),
  text('Name', 'name'),
  text('SKU', 'sku', { description: 'Of the product; that of a variant finds nothing' }),
];

/** Products as every list shows them. */
export const listedProducts = {
  one: 'product',
  many: 'products',
  locator: productLocator,
  simple: ({ SKUInfo, LastUpdate, Hide, NotForSale }) => ({
    ...pick(SKUInfo, ['CatalogID', 'SKU', 'Name', 'Price', 'Stock']),
    LastUpdate,
    Hide,
    NotForSale,
  }),
  source: PRODUCTS,
} satisfies Partial<RecordKind<Store, Product>>;

const kind: RecordKind<Store, Product, ProductQuery> = {
  ...listedProducts,
  required,
  optional,
  document,
  list: listFields({
    filters,
    query: ({ filters: given }: ListChoice<Filters, never>): ProductQuery => given,
  }),
  open: ({ client }) => client.products,
};

export const product: Resource = {
  name: 'Product',
  value: 'product',
  operations: [
    ...recordOperations(threeDCart, kind),
    recordOperation(threeDCart, {
      name: 'Get SKU Info',
      value: 'getSkuInfo',
      action: 'Get SKU info of a product',
      description: 'Get SKU, prices and stock of a product alone',
      on: [productLocator],
      onlyReads: true,
      work: async ({ client }, [id]) => await client.products.skuInfo(id),
    }),
    updatePrices(threeDCart, { ...bySku, prices: ({ client }) => pricesOf(client) }),
  ],
};
