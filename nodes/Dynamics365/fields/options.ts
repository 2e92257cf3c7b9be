import type { INodeProperties } from 'n8n-workflow';

import { outputField } from '../../shared/fields';

const requestOptions: INodeProperties[] = [
  {
    displayName: 'Batch Size',
    name: 'batchSize',
    type: 'number',
    typeOptions: { minValue: 1, maxValue: 1000 },
    default: 100,
    description: 'Most rows to send in one request',
  },
  {
    displayName: 'Impersonate User ID',
    name: 'callerObjectId',
    type: 'string',
    default: '',
    description: 'Microsoft Entra object ID of the user in whose name to work',
  },
  {
    displayName: 'Timeout',
    name: 'timeout',
    type: 'number',
    typeOptions: { minValue: 1000 },
    default: 120000,
    description: 'Milliseconds to wait for the answer to one request',
  },
];

const writeOptions: INodeProperties[] = [
  {
    displayName: 'Bypass Custom Logic',
    name: 'bypassLogic',
    type: 'boolean',
    default: false,
    description:
      'Whether to skip synchronous and asynchronous plug-ins and workflows; needs the privilege prvBypassCustomBusinessLogic',
  },
  {
    displayName: 'Detect Duplicates',
    name: 'detectDuplicates',
    type: 'boolean',
    default: false,
    description: 'Whether the duplicate detection rules of the environment may refuse a row',
  },
  {
    displayName: 'Suppress Power Automate Flows',
    name: 'suppressFlows',
    type: 'boolean',
    default: false,
    description: 'Whether to start no Power Automate flows because of these changes',
  },
];

const whenMissing: INodeProperties = {
  displayName: 'When Columns Are Missing',
  name: 'whenMissing',
  type: 'options',
  default: 'fail',
  description: 'What to do with an item that has nothing to write',
  options: [
    { name: 'Fail', value: 'fail', description: 'Treat the item as failed' },
    { name: 'Skip', value: 'skip', description: 'Pass the item through unchanged' },
  ],
};

const rowWriteOptions: INodeProperties[] = [
  {
    displayName: 'Convert Values',
    name: 'convert',
    type: 'options',
    default: 'auto',
    description:
      'Whether to read the column types from the environment and convert: labels of choices, IDs of lookups, numbers and dates in text',
    options: [
      {
        name: 'Automatic',
        value: 'auto',
        description: 'Convert, except for columns from a field, which a mapping has made ready',
      },
      { name: 'Always', value: 'always' },
      { name: 'Never', value: 'never', description: 'Send the columns as they are; the fastest' },
    ],
  },
  {
    displayName: 'Return Row',
    name: 'returnRow',
    type: 'boolean',
    default: false,
    description: 'Whether to put out the whole row as written, not only its ID',
  },
];

function byName(a: INodeProperties, b: INodeProperties): number {
  return a.displayName.localeCompare(b.displayName);
}

function collection(options: INodeProperties[]): INodeProperties {
  return {
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    placeholder: 'Add option',
    default: {},
    options: [...options].sort(byName),
  };
}

export function readOptionFields(more: INodeProperties[] = []): INodeProperties {
  return collection([...requestOptions, ...more]);
}

export function rowWriteOptionFields(): INodeProperties {
  return collection([
    ...requestOptions,
    ...writeOptions,
    ...rowWriteOptions,
    whenMissing,
    outputField,
  ]);
}

export function documentWriteOptionFields(more: INodeProperties[]): INodeProperties {
  return collection([...requestOptions, ...writeOptions, whenMissing, outputField, ...more]);
}

export function changeOptionFields(): INodeProperties {
  return collection([...requestOptions, ...writeOptions, outputField]);
}
