import type { INodeProperties } from 'n8n-workflow';

import { ALWAYS, DRAGGED, OTHER } from './other';

/** From this version on a new row starts with what the preset gives; rows of earlier nodes with a path. */
export const MAPPED_BY_DEFAULT = 1.1;

/** Only for rows whose value comes this way. */
function forSource(...source: string[]): INodeProperties['displayOptions'] {
  return { show: { source } };
}

const sourceKind: INodeProperties = {
  displayName: 'Source',
  name: 'source',
  type: 'options',
  noDataExpression: true,
  typeOptions: ALWAYS,
  options: [
    {
      name: 'Expression',
      value: 'expression',
      description:
        'An n8n expression: read like a path where it is only a field that was dragged, else worked out for each item, which is slow',
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
      description: 'What the preset puts there, for a transform, a condition or a default',
    },
    { name: 'Path', value: 'path', description: 'A field of the source document' },
    { name: 'Remove', value: 'remove', description: 'Leave the field out' },
    {
      name: 'Text with Placeholders',
      value: 'template',
      description: 'Text with fields of the source document in it: X-Cart {order_number}',
    },
  ],
  default: 'mapped',
  description: 'Where the value comes from',
};

/**
 * n8n saves no value that is the default, so that a row of an earlier node with a path names no source. A new row takes
 * the default of the last of them, in every version.
 */
const kinds: INodeProperties[] = [
  {
    ...sourceKind,
    displayOptions: { show: { '@version': [{ _cnd: { lt: MAPPED_BY_DEFAULT } }] } },
    default: 'path',
  },
  {
    ...sourceKind,
    displayOptions: { show: { '@version': [{ _cnd: { gte: MAPPED_BY_DEFAULT } }] } },
  },
];

export const rowSource: INodeProperties[] = [
  ...kinds,
  {
    displayName: 'Source Field Name or ID',
    name: 'path',
    type: 'options',
    ...DRAGGED,
    typeOptions: {
      ...ALWAYS,
      loadOptionsMethod: 'getSourceFields',
      loadOptionsDependsOn: ['from', 'customFrom'],
    },
    displayOptions: forSource('path'),
    default: '',
    description:
      'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
    hint: 'Or drag a field here from the input',
  },
  {
    displayName: 'Other Source Field',
    name: 'otherPath',
    type: 'string',
    typeOptions: ALWAYS,
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
    typeOptions: ALWAYS,
    displayOptions: forSource('value'),
    default: '',
    description:
      'What to put there. Rows of the common order are brought to the type of their field; for others choose the transform Number or True or False where it is not text.',
  },
  {
    displayName: 'Text',
    name: 'template',
    type: 'string',
    typeOptions: ALWAYS,
    displayOptions: forSource('template'),
    default: '',
    placeholder: 'e.g. X-Cart {order_number}',
    description:
      'Text with fields of the source document in braces; {order_number ?? ID} takes the first that has a value, and what is absent leaves nothing. Fields can be dragged into it. For the signs themselves write {{ and }}.',
  },
  {
    displayName: 'Formula',
    name: 'formula',
    type: 'string',
    typeOptions: ALWAYS,
    displayOptions: forSource('formula'),
    default: '',
    placeholder: 'e.g. $sum(items.(price * amount))',
    description: 'JSONata on the source document',
  },
  {
    displayName: 'Expression',
    name: 'expression',
    type: 'string',
    typeOptions: ALWAYS,
    displayOptions: forSource('expression'),
    default: '',
    placeholder: 'e.g. {{ $json.notes }}',
    description: 'An n8n expression',
  },
];

/** What is made of several values, where a path gives more than one. */
export const rowCombine: INodeProperties = {
  displayName: 'Combine Several',
  name: 'combine',
  type: 'options',
  noDataExpression: true,
  displayOptions: forSource('path'),
  options: [
    { name: 'Count', value: 'count', description: 'How many there are' },
    { name: 'First', value: 'first', description: 'The first that has a value' },
    { name: 'Join', value: 'join', description: 'As one text, with commas between' },
    {
      name: 'Largest',
      value: 'max',
      description: 'The largest number, or the last by the alphabet',
    },
    { name: 'Last', value: 'last', description: 'The last that has a value' },
    { name: 'List', value: 'list', description: 'All of them, for a field that holds several' },
    { name: 'None', value: '', description: 'There is only one' },
    {
      name: 'Smallest',
      value: 'min',
      description: 'The smallest number, or the first by the alphabet',
    },
    { name: 'Sum', value: 'sum', description: 'Added up exactly' },
  ],
  default: '',
  description:
    'What to make of the values of a list such as items[*].sku, where the target is one field',
};
