import type { INodeProperties } from 'n8n-workflow';

import type { ProductQuery } from '../../../core/stores/xcart/client';
import { PRODUCTS } from '../../../core/stores/xcart/feed';
import { pricesOf } from '../../../core/stores/xcart/prices';
import type { Product } from '../../../core/stores/xcart/wire';
import type { Resource } from '../../shared/operation';
import { productLocator } from '../locators';
import { updatePrices } from '../../shared/records/amounts';
import type { RecordKind } from '../../shared/records/kind';
import { listFields } from '../../shared/records/list';
import { recordOperations } from '../../shared/records/operations';
import { type Store, xCart } from '../connection';
import { bySku } from '../skus';

const required: INodeProperties[] = [
  { displayName: 'SKU', name: 'sku', type: 'string', default: '', required: true },
  { displayName: 'Name', name: 'name', type: 'string', default: '', required: true },
  {
    displayName: 'Stock Quantity',
    name: 'amount',
    type: 'number',
    typeOptions: { minValue: 0 },
    default: 0,
    description: 'Pieces in stock. X-Cart itself takes 1000 where a new product names none.',
  },
];

const optional: INodeProperties[] = [
  { displayName: 'Brief Description', name: 'brief_description', type: 'string', default: '' },
  {
    displayName: 'Clean URL',
    name: 'clean_url',
    type: 'string',
    default: '',
    placeholder: 'e.g. t-shirt',
  },
  { displayName: 'Description', name: 'description', type: 'string', default: '' },
  {
    displayName: 'Enabled',
    name: 'enabled',
    type: 'boolean',
    default: true,
    description: 'Whether customers see the product',
  },
  {
    displayName: 'Free Shipping',
    name: 'free_shipping',
    type: 'boolean',
    default: false,
    description: 'Whether the product ships free of charge',
  },
  {
    displayName: 'Price',
    name: 'price',
    type: 'number',
    typeOptions: { numberPrecision: 4 },
    default: 0,
    description: "In the store's currency",
  },
  {
    displayName: 'Product Class',
    name: 'product_class',
    type: 'string',
    default: '',
    description: 'By name, as X-Cart wants it on input',
  },
  {
    displayName: 'Tax Class',
    name: 'tax_class',
    type: 'string',
    default: '',
    description: 'By name, as X-Cart wants it on input',
  },
  {
    displayName: 'Taxable',
    name: 'taxable',
    type: 'boolean',
    default: true,
    description: 'Whether tax is added',
  },
  {
    displayName: 'Track Inventory',
    name: 'inventory_traceable',
    type: 'boolean',
    default: true,
    description: 'Whether X-Cart counts the stock',
  },
  {
    displayName: 'Weight',
    name: 'weight',
    type: 'number',
    default: 0,
    description: "In the store's unit of weight",
  },
];

const kind: RecordKind<Store, Product, ProductQuery> = {
  one: 'product',
  many: 'products',
  locator: productLocator,
  required,
  optional,
  list: listFields({
    sort: {
      by: [
        { name: 'Arrival Date', value: 'arrivalDate' },
        { name: 'Name', value: 'name' },
        { name: 'Price', value: 'price' },
      ],
      fallback: 'name',
    },
    query: ({ sort }) => ({ sort }),
  }),
  simple: ['id', 'sku', 'name', 'price', 'amount', 'enabled', 'inventory_traceable', 'update_date'],
  source: PRODUCTS,
  open: ({ client }) => client.products,
};

export const product: Resource = {
  name: 'Product',
  value: 'product',
  operations: [
    ...recordOperations(xCart, kind),
    updatePrices(xCart, { ...bySku, prices: ({ client }, options) => pricesOf(client, options) }),
  ],
};
