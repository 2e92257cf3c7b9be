import { sortBy } from 'lodash';
import type { INodeProperties } from 'n8n-workflow';

import type { CategoryQuery } from '../../../core/stores/xcart/client';
import type { Category } from '../../../core/stores/xcart/wire';
import type { Operation, Resource } from '../../shared/operation';
import type { RecordKind } from '../../shared/records/kind';
import { type ListChoice, listFields } from '../../shared/records/list';
import { recordOperation } from '../../shared/records/operation';
import { recordOperations } from '../../shared/records/operations';
import { countOf } from '../../shared/typed';
import { type Store, xCart } from '../connection';
import { categoryLocator, productLocator } from '../locators';
import { moreOfCategory } from './pictures';

const optional: INodeProperties[] = [
  { displayName: 'Clean URL', name: 'clean_url', type: 'string', default: '' },
  { displayName: 'Description', name: 'description', type: 'string', default: '' },
  {
    displayName: 'Enabled',
    name: 'enabled',
    type: 'boolean',
    default: true,
    description: 'Whether customers see the category',
  },
  { displayName: 'Parent ID', name: 'parent', type: 'number', default: 1 },
  { displayName: 'Position', name: 'position', type: 'number', default: 0 },
  {
    displayName: 'Show Title',
    name: 'show_title',
    type: 'boolean',
    default: true,
    description: 'Whether the page of the category begins with its name',
  },
];

const filters: INodeProperties[] = [
  {
    displayName: 'Parent ID',
    name: 'parent',
    type: 'string',
    default: '',
    description: 'Only categories just below this one',
  },
];

const kind: RecordKind<Store, Category, CategoryQuery> = {
  one: 'category',
  many: 'categories',
  locator: categoryLocator,
  required: [{ displayName: 'Name', name: 'name', type: 'string', default: '', required: true }],
  optional,
  list: listFields({
    filters,
    sort: { by: [{ name: 'Position', value: 'position' }], fallback: 'position' },
    query: ({ filters: { parent }, sort }: ListChoice<{ parent?: string }, 'position'>) => ({
      parent,
      sort,
    }),
  }),
  simple: ['id', 'name', 'parent', 'position', 'enabled', 'clean_url'],
  open: ({ client }) => client.categories,
};

const getStats = recordOperation(xCart, {
  name: 'Get Statistics',
  value: 'getStats',
  onlyReads: true,
  action: 'Get category statistics',
  description: 'Get how many products and categories a category holds',
  on: [categoryLocator],
  work: async ({ client }, [id]) => await client.categories.stats(id),
});

const addProduct = recordOperation(xCart, {
  name: 'Add Product',
  value: 'addProduct',
  action: 'Add product to category',
  description: 'Put a product into a category',
  on: [categoryLocator, productLocator],
  work: async ({ client }, [categoryId, productId]) => {
    await client.categories.addProduct(categoryId, productId);
    return { category_id: Number(categoryId), product_id: Number(productId), added: true };
  },
});

const removeProduct = recordOperation(xCart, {
  name: 'Remove Product',
  value: 'removeProduct',
  action: 'Remove product from category',
  description: 'Take a product out of a category; the product itself stays',
  on: [categoryLocator, productLocator],
  work: async ({ client }, [categoryId, productId]) => {
    await client.categories.removeProduct(categoryId, productId);
    return { category_id: Number(categoryId), product_id: Number(productId), removed: true };
  },
});

const move = recordOperation(xCart, {
  name: 'Move',
  value: 'move',
  action: 'Move category',
  description: 'Put a category below another one, or at another position',
  on: [categoryLocator],
  fields: [
    {
      displayName: 'New Parent ID',
      name: 'parent',
      type: 'number',
      default: 1,
      required: true,
      description: 'The category to put it below',
    },
    { displayName: 'Position', name: 'position', type: 'number', default: 0 },
  ],
  work: async ({ client }, [id], { read, index }) => {
    const parent = countOf('parent', read<unknown>('parent', index));
    const position = countOf('position', read<unknown>('position', index), 0);
    await client.categories.move(id, { parent, position });
    return await client.categories.get(id);
  },
});

const operations: Operation[] = [
  addProduct,
  ...recordOperations(xCart, kind),
  getStats,
  ...moreOfCategory,
  move,
  removeProduct,
];

export const category: Resource = {
  name: 'Category',
  value: 'category',
  operations: sortBy(operations, 'name'),
};
