import type { INodeProperties } from 'n8n-workflow';

import type { Variant } from '../../../core/stores/xcart/wire';
import type { Resource } from '../../shared/operation';
import { productLocator, variantLocator } from '../locators';
import type { RecordKind } from '../../shared/records/kind';
import {
  createRecord,
  deleteRecord,
  getManyRecords,
  getRecord,
  updateRecord,
} from '../../shared/records/operations';
import { type Store, xCart } from '../connection';
import { setVariantImage } from './pictures';
import { documentWith, ids } from './words';

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

const LISTS = ['attribute_checkbox_values', 'attribute_select_values'];

/** What tells a variant from the others of its product; X-Cart takes it once. */
const newKind: RecordKind<Store, Variant> = {
  ...kind,
  optional: [
    ...optional,
    ids('Plain Field Value IDs', 'attribute_select_values', {
      description: 'IDs from Attribute Value: Get Many. A new variant needs one here or below.',
    }),
    ids('Yes or No Value IDs', 'attribute_checkbox_values', {
      description: 'IDs from Attribute Value: Get Many',
    }),
  ],
  document: documentWith(LISTS),
  descriptions: {
    create: 'Create a new variant. It needs values of attributes that no other variant has.',
  },
};

export const variant: Resource = {
  name: 'Variant',
  value: 'variant',
  operations: [
    createRecord(xCart, newKind),
    deleteRecord(xCart, kind),
    getRecord(xCart, kind),
    getManyRecords(xCart, kind),
    setVariantImage,
    updateRecord(xCart, kind),
  ],
};
