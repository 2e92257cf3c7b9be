import type { INodeProperties } from 'n8n-workflow';

import type { Category } from '../../../core/stores/threedcart/wire';
import { flag, number, text } from '../../shared/entry';
import type { Resource } from '../../shared/operation';
import type { RecordKind } from '../../shared/records/kind';
import { getManyRecords, recordOperations } from '../../shared/records/operations';
import { type Store, threeDCart } from '../connection';
import { categoryLocator } from '../locators';
import { listedProducts } from './product';

const optional: INodeProperties[] = [
  text('Custom File Name', 'CustomFileName'),
  text('Description', 'CategoryDescription', { description: 'HTML' }),
  flag('Hide', 'Hide', 'customers do not see the category'),
  text('Meta Tags', 'MetaTags'),
  number('Parent ID', 'CategoryParent', { description: '0: it stands below none' }),
  number('Sorting', 'Sorting'),
  text('Title', 'Title'),
];

const kind: RecordKind<Store, Category> = {
  one: 'category',
  many: 'categories',
  locator: categoryLocator,
  required: [text('Name', 'CategoryName', { required: true })],
  optional,
  simple: ['CategoryID', 'CategoryName', 'CategoryParent', 'Sorting', 'Hide', 'LastUpdate'],
  open: ({ client }) => client.categories,
};

export const category: Resource = {
  name: 'Category',
  value: 'category',
  operations: [
    ...recordOperations(threeDCart, kind),
    {
      ...getManyRecords(threeDCart, {
        ...listedProducts,
        parent: categoryLocator,
        descriptions: { pages: 'Get the products that stand in a category' },
        open: ({ client }, categoryId) => ({
          pages: (_, page) => client.categories.products(categoryId, page),
        }),
      }),
      name: 'Get Products',
      value: 'getProducts',
      action: 'Get products of a category',
    },
  ],
};
