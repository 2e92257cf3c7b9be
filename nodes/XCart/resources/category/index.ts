import type { INodeProperties } from 'n8n-workflow';

import type { Category } from '../../../../core/stores/xcart/wire';
import type { Resource } from '../../../shared/operation';
import { categoryLocator, idOf } from '../../fields/locators';
import { recordOperations } from '../records';
import type { RecordKind } from '../records/kind';
import { readSort, sortField } from '../sort';
import { addProduct } from './addProduct';
import { getStats } from './getStats';
import { move } from './move';
import { removeProduct } from './removeProduct';

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

const filters: INodeProperties = {
  displayName: 'Filters',
  name: 'filters',
  type: 'collection',
  placeholder: 'Add Filter',
  default: {},
  options: [
    {
      displayName: 'Parent ID',
      name: 'parent',
      type: 'string',
      default: '',
      description: 'Only categories just below this one',
    },
  ],
};

const kind: RecordKind<Category> = {
  one: 'category',
  many: 'categories',
  parents: [],
  locator: categoryLocator,
  required: [{ displayName: 'Name', name: 'name', type: 'string', default: '', required: true }],
  optional,
  filters: [filters, sortField([{ name: 'Position', value: 'position' }])],
  simple: ['id', 'name', 'parent', 'position', 'enabled', 'clean_url'],
  open: async (client) => client.categories,
  id: async (_, read, index) => idOf(read, categoryLocator, index),
  query: (read, index) => ({
    parent: read<{ parent?: string }>('filters', index, {}).parent || undefined,
    sort: readSort(read, index, 'position'),
  }),
};

export const category: Resource = {
  name: 'Category',
  value: 'category',
  operations: [addProduct, ...recordOperations(kind), getStats, move, removeProduct].sort(
    (one, other) => one.name.localeCompare(other.name),
  ),
};
