import type { INodeProperties } from 'n8n-workflow';

import type { Variant } from '../../../core/stores/xcart/wire';
import type { Resource } from '../../shared/operation';
import { productLocator, variantLocator } from '../locators';
import type { RecordKind } from '../../shared/records/kind';
import { recordOperations } from '../../shared/records/operations';
import { type Store, xCart } from '../connection';

const optional: INodeProperties[] = [
  {
    displayName: 'Default Variant',
    name: 'default_variant',
    type: 'boolean',
    default: false,
    description: 'Whether it is chosen when a customer opens the product',
  },
  {
    displayName: 'Price',
    name: 'price',
    type: 'number',
    typeOptions: { numberPrecision: 4 },
    default: 0,
    description: "Holds only while Price of Product is off. In the store's currency.",
  },
  {
    displayName: 'Price of Product',
    name: 'default_price',
    type: 'boolean',
    default: false,
    description: "Whether the product's own price holds",
  },
  {
    displayName: 'Stock of Product',
    name: 'default_amount',
    type: 'boolean',
    default: false,
    description: "Whether the product's own stock holds",
  },
  {
    displayName: 'Stock Quantity',
    name: 'amount',
    type: 'number',
    typeOptions: { minValue: 0 },
    default: 0,
    description: 'Holds only while Stock of Product is off',
  },
  { displayName: 'Weight', name: 'weight', type: 'number', default: 0 },
];

const kind: RecordKind<Store, Variant> = {
  one: 'variant',
  many: 'variants',
  parent: productLocator,
  locator: variantLocator,
  required: [{ displayName: 'SKU', name: 'sku', type: 'string', default: '', required: true }],
  optional,
  simple: ['id', 'sku', 'price', 'default_price', 'amount', 'default_amount', 'default_variant'],
  open: ({ client }, productId) => client.variants(productId),
};

export const variant: Resource = {
  name: 'Variant',
  value: 'variant',
  operations: recordOperations(xCart, kind),
};
