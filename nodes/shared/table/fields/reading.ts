import type { INodeProperties } from 'n8n-workflow';

import type { TableService } from '../service';
import { etagOption } from '../version';

/** Options of every operation that reads. */
export const readingOptions = ({ words }: TableService): INodeProperties[] => [
  etagOption,
  {
    displayName: 'Expand',
    name: 'expand',
    type: 'string',
    default: '',
    placeholder: `e.g. ${words.expandExample}`,
    description:
      'Related rows to read along: names of navigation properties with commas between, each with its columns in brackets',
  },
  {
    displayName: 'Include Labels',
    name: 'annotations',
    type: 'boolean',
    default: false,
    description: 'Whether to add formatted values and the names behind lookups',
  },
  {
    displayName: 'Select Column Names or IDs',
    name: 'select',
    type: 'multiOptions',
    typeOptions: {
      loadOptionsMethod: 'getReadableColumns',
      loadOptionsDependsOn: ['table.value', 'resource'],
    },
    default: [],
    description: `Columns to read; none for all. An expression may give names with commas between, such as ${words.selectExample}. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.`,
  },
];

/** Option of operations that find rows by conditions. */
export const filterOption = ({ words }: TableService): INodeProperties => ({
  displayName: 'Filter (OData)',
  name: 'filter',
  type: 'string',
  default: '',
  placeholder: `e.g. ${words.filterExample}`,
  description:
    'Filter in OData for what the conditions cannot say; both must hold. Be careful with text from outside: a quote in it ends the value.',
});
