import type { INodeProperties } from 'n8n-workflow';

import { columnsField } from './columns/field';
import { fieldOverrides, OTHER } from './fields';
import { CUSTOM, documentOptions, presetFields } from './presetFields';

export { OTHER };

const custom = { show: { from: [CUSTOM] } };

const customDefinition: INodeProperties[] = [
  {
    displayName: 'Define Mapping',
    name: 'definition',
    type: 'options',
    noDataExpression: true,
    displayOptions: custom,
    options: [
      {
        name: 'By Fields',
        value: 'rows',
        description: 'A table of target fields and where they come from',
      },
      {
        name: 'By JSON',
        value: 'json',
        description: 'The whole mapping as JSON, with all that it can do',
      },
    ],
    default: 'rows',
    description: 'How to write the mapping',
  },
  {
    displayName: 'Source Document',
    name: 'customFrom',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show: { from: [CUSTOM], definition: ['rows'] } },
    options: [...documentOptions, { name: 'Other', value: OTHER }],
    default: OTHER,
    description: 'Fills the list of source fields, where it is a known document',
  },
  {
    displayName: 'Target Document',
    name: 'customTo',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show: { from: [CUSTOM], definition: ['rows'] } },
    options: [...documentOptions, { name: 'Other', value: OTHER }],
    default: OTHER,
    description: 'Fills the list of target fields, where it is a known document',
  },
  {
    displayName: 'Mapping (JSON)',
    name: 'mapping',
    type: 'json',
    typeOptions: { rows: 12 },
    displayOptions: { show: { from: [CUSTOM], definition: ['json'] } },
    default: JSON.stringify(
      {
        from: 'xcart.order',
        to: 'my.order',
        fields: [
          { to: 'number', from: 'order_number ?? id', required: true },
          { to: 'shipping', from: 'surcharges[type=shipping].value', aggregate: 'sum' },
          {
            to: 'lines',
            each: 'items',
            fields: [
              { to: 'sku', from: 'sku', transforms: ['trim', 'upper'] },
              { to: 'quantity', from: 'amount', transforms: ['integer'] },
            ],
          },
        ],
      },
      null,
      2,
    ),
    description: 'The rules of the mapping, one object per target field',
  },
];

/** What is mapped, and how: the same for every operation. */
export const mappingFields: INodeProperties[] = [
  ...presetFields,
  ...customDefinition,
  columnsField,
  fieldOverrides,
];

export const mapOptions: INodeProperties = {
  displayName: 'Options',
  name: 'options',
  type: 'collection',
  placeholder: 'Add option',
  default: {},
  options: [
    {
      displayName: 'Carry Along',
      name: 'carryAlong',
      type: 'string',
      default: 'source, claim',
      description:
        'Fields of the input item to put on the result as they are, separated by commas. The Sync Ledger needs source and claim.',
    },
    {
      displayName: 'Include Input',
      name: 'includeInput',
      type: 'boolean',
      default: false,
      description: 'Whether to keep all fields of the input item beside the result',
    },
    {
      displayName: 'Store Name',
      name: 'storeName',
      type: 'string',
      default: '',
      placeholder: 'e.g. main',
      description:
        'The shop that documents without a source come from. It is part of the identity of every record: use the same name as in the credential.',
    },
  ],
};
