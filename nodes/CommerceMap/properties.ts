import type { INodeProperties } from 'n8n-workflow';

import { TRANSFORMS } from '../../core/mapping';
import { columnsField } from './columns/field';
import { CUSTOM, documentOptions, presetFields } from './presetFields';

/** The entry of the field lists for a name that is not in them. */
export const OTHER = 'other';

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

/** Only for rows whose value comes this way. */
function forSource(...source: string[]): INodeProperties['displayOptions'] {
  return { show: { source } };
}

const rowTarget: INodeProperties[] = [
  {
    displayName: 'Target Field Name or ID',
    name: 'target',
    type: 'options',
    typeOptions: {
      loadOptionsMethod: 'getTargetFields',
      loadOptionsDependsOn: ['from', 'to', 'customTo'],
    },
    default: '',
    description:
      'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
  },
  {
    displayName: 'Other Target Field',
    name: 'otherTarget',
    type: 'string',
    displayOptions: { show: { target: [OTHER] } },
    default: '',
    placeholder: 'e.g. salesorder.new_channel',
    description: 'Name of a field that is not in the list, such as a custom column',
  },
];

const rowSource: INodeProperties[] = [
  {
    displayName: 'Source',
    name: 'source',
    type: 'options',
    noDataExpression: true,
    options: [
      {
        name: 'Expression',
        value: 'expression',
        description: 'An n8n expression, worked out for each item: slow, for the odd field',
      },
      { name: 'Fixed Value', value: 'value', description: 'The same for every document' },
      {
        name: 'Formula',
        value: 'formula',
        description: 'JSONata, worked out for each document: slower than a path',
      },
      {
        name: 'Mapped Value',
        value: 'mapped',
        description: 'What the preset puts there, to transform it',
      },
      { name: 'Path', value: 'path', description: 'A field of the source document' },
      { name: 'Remove', value: 'remove', description: 'Leave the field out' },
    ],
    default: 'path',
    description: 'Where the value comes from',
  },
  {
    displayName: 'Source Field Name or ID',
    name: 'path',
    type: 'options',
    typeOptions: {
      loadOptionsMethod: 'getSourceFields',
      loadOptionsDependsOn: ['from', 'customFrom'],
    },
    displayOptions: forSource('path'),
    default: '',
    description:
      'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
  },
  {
    displayName: 'Other Source Field',
    name: 'otherPath',
    type: 'string',
    displayOptions: { show: { source: ['path'], path: [OTHER] } },
    default: '',
    placeholder: 'e.g. billing_address.custom_fields[name=vat].value',
    description:
      'Path of the field: a.b, items[0].sku, items[*].sku, surcharges[type=shipping].value, or a ?? b for the first that has a value',
  },
  {
    displayName: 'Value',
    name: 'value',
    type: 'string',
    displayOptions: forSource('value'),
    default: '',
    description:
      'What to put there. Rows of the common order are brought to the type of their field; for others choose the transform Number or True or False where it is not text.',
  },
  {
    displayName: 'Formula',
    name: 'formula',
    type: 'string',
    displayOptions: forSource('formula'),
    default: '',
    placeholder: 'e.g. $sum(items.(price * amount))',
    description: 'JSONata on the source document',
  },
  {
    displayName: 'Expression',
    name: 'expression',
    type: 'string',
    displayOptions: forSource('expression'),
    default: '',
    placeholder: 'e.g. {{ $json.notes }}',
    description: 'An n8n expression',
  },
];

const rowTransform: INodeProperties[] = [
  {
    displayName: 'Transform',
    name: 'transform',
    type: 'options',
    noDataExpression: true,
    displayOptions: { hide: { source: ['remove'] } },
    options: [
      ...TRANSFORMS.map(({ name, displayName, description }) => ({
        name: displayName,
        value: name,
        description,
      })).sort((a, b) => a.name.localeCompare(b.name)),
      { name: 'None', value: '' },
    ].sort((a, b) => a.name.localeCompare(b.name)),
    default: '',
    description: 'What to do with the value',
  },
  {
    displayName: 'Transform Options (JSON)',
    name: 'transformOptions',
    type: 'json',
    displayOptions: { hide: { source: ['remove'], transform: [''] } },
    default: '{}',
    description: 'Such as {"length": 80} for Truncate or {"zone": "America/New_York"} for Date',
  },
  {
    displayName: 'Default',
    name: 'default',
    type: 'string',
    displayOptions: { hide: { source: ['remove', 'value'] } },
    default: '',
    description: 'Taken where there is no value',
  },
];

const rows: INodeProperties = {
  displayName: 'Field Overrides',
  name: 'fieldOverrides',
  type: 'fixedCollection',
  typeOptions: { multipleValues: true, sortable: true },
  placeholder: 'Add Field',
  default: {},
  displayOptions: { hide: { definition: ['json'] } },
  description:
    'For what Columns cannot say: a default, a condition, a look-up and other transforms, the lines and the amounts of the common order; for a custom mapping, all of its fields',
  options: [
    {
      displayName: 'Field',
      name: 'rows',
      values: [...rowTarget, ...rowSource, ...rowTransform],
    },
  ],
};

/** What is mapped, and how: the same for every operation. */
export const mappingFields: INodeProperties[] = [
  ...presetFields,
  ...customDefinition,
  columnsField,
  rows,
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
