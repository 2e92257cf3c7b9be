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
    displayName: 'Select Columns',
    name: 'select',
    type: 'string',
    default: '',
    placeholder: `e.g. ${words.selectExample}`,
    description: 'Columns to read, with commas between. Leave empty for all columns.',
  },
];
