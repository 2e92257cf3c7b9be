import type { INodeProperties } from 'n8n-workflow';

import type { RecordQuery } from '../../../core/stores/clarity/client';
import { ofProfile, PRODUCTS } from '../../../core/stores/clarity/feed';
import { pricesOf } from '../../../core/stores/clarity/prices';
import type { Product } from '../../../core/stores/clarity/wire';
import { flag, number, text } from '../../shared/entry';
import type { Resource } from '../../shared/operation';
import { updatePrices } from '../../shared/records/amounts';
import type { RecordKind } from '../../shared/records/kind';
import { recordOperations } from '../../shared/records/operations';
import { clarity, type Store } from '../connection';
import { productLocator } from '../locators';
import { list, upsert } from './common';

const required: INodeProperties[] = [
  text('SKU', 'sku', { required: true }),
  text('Name', 'name', { required: true }),
];

const optional: INodeProperties[] = [
  flag('Active', 'active', 'the product is sold', { default: true }),
  text('Currency', 'currency', { placeholder: 'e.g. USD' }),
  text('Description', 'description', { typeOptions: { rows: 3 }, description: 'HTML' }),
  text('External ID', 'externalId'),
  number('Price', 'price', { typeOptions: { numberPrecision: 4 } }),
  number('Weight', 'weight'),
];

const kind: RecordKind<Store, Product, RecordQuery> = {
  one: 'product',
  many: 'products',
  locator: productLocator,
  required,
  optional,
  list,
  simple: ['productId', 'sku', 'name', 'price', 'currency', 'active', 'modifiedDate'],
  source: ({ client }) => ofProfile(PRODUCTS, client.profile),
  open: ({ client }) => client.products,
};

export const product: Resource = {
  name: 'Product',
  value: 'product',
  operations: [
    ...recordOperations(clarity, kind),
    upsert('product', 'products'),
    updatePrices(clarity, { prices: ({ client }) => pricesOf(client) }),
  ],
};
