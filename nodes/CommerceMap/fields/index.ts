import type { INodeProperties } from 'n8n-workflow';

import { rowCondition } from './condition';
import { rowCombine, rowSource } from './source';
import { rowTarget } from './target';
import { rowTitle } from './title';
import { rowTransform, rowTransformJson } from './transform';

const rowDefault: INodeProperties = {
  displayName: 'Default',
  name: 'default',
  type: 'string',
  displayOptions: { hide: { source: ['remove', 'value'] } },
  default: '',
  description: 'Taken where there is no value',
};

export const fieldOverrides: INodeProperties = {
  displayName: 'Field Overrides',
  name: 'fieldOverrides',
  type: 'fixedCollection',
  typeOptions: {
    multipleValues: true,
    sortable: true,
    hideOptionalFields: true,
    addOptionalFieldButtonText: 'Add Transform, Condition or Default',
    fixedCollection: { itemTitle: rowTitle },
  },
  placeholder: 'Add Field',
  default: {},
  displayOptions: { hide: { definition: ['json'] } },
  description:
    'Fields to fill otherwise than the preset does, or besides; for a custom mapping, all of its fields',
  options: [
    {
      displayName: 'Field',
      name: 'rows',
      values: [
        ...rowTarget,
        ...rowSource,
        rowCombine,
        ...rowTransform,
        rowTransformJson,
        rowDefault,
        ...rowCondition,
      ],
    },
  ],
};

export { OTHER, OTHER_VALUE } from './other';
