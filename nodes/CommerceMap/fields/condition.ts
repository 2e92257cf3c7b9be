import type { INodeProperties } from 'n8n-workflow';

import { ALWAYS, DRAGGED, OTHER } from './other';

const shown = { hide: { onlyIf: [''] } };

/** When a row applies: a field, a comparison, a value. */
export const rowCondition: INodeProperties[] = [
  {
    displayName: 'Only If Field Name or ID',
    name: 'onlyIf',
    type: 'options',
    ...DRAGGED,
    typeOptions: {
      loadOptionsMethod: 'getSourceFields',
      loadOptionsDependsOn: ['from', 'customFrom'],
    },
    default: '',
    description:
      'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
    hint: 'The row counts only where this field is as said below; elsewhere stays what would be there without the row',
  },
  {
    displayName: 'Other Field',
    name: 'otherOnlyIf',
    type: 'string',
    typeOptions: ALWAYS,
    displayOptions: { show: { onlyIf: [OTHER] } },
    default: '',
    placeholder: 'e.g. detailed_order[name=gift].value',
    description: 'Path of the field that is compared',
  },
  {
    displayName: 'Comparison',
    name: 'comparison',
    type: 'options',
    noDataExpression: true,
    typeOptions: ALWAYS,
    displayOptions: shown,
    options: [
      {
        name: 'Contains',
        value: 'contains',
        description: 'A text, or one of the values of a list',
      },
      { name: 'Is', value: 'equals' },
      { name: 'Is Empty', value: 'missing' },
      { name: 'Is Greater Than', value: 'greaterThan', description: 'Of numbers' },
      { name: 'Is Less Than', value: 'lessThan', description: 'Of numbers' },
      { name: 'Is Not', value: 'notEquals' },
      { name: 'Is Not Empty', value: 'exists' },
      { name: 'Is One Of', value: 'in', description: 'One of several values, with commas between' },
    ],
    default: 'equals',
    description: 'How the field is compared',
  },
  {
    displayName: 'Compared With',
    name: 'comparedWith',
    type: 'string',
    typeOptions: ALWAYS,
    displayOptions: { hide: { onlyIf: [''], comparison: ['missing', 'exists'] } },
    default: '',
    placeholder: 'e.g. paid',
    description:
      'The value, with capitals as the source writes them; several with commas for Is One Of',
  },
];
