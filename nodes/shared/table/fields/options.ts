import type { INodeProperties } from 'n8n-workflow';

import { outputField } from '../../fields';
import type { TableService } from '../service';

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

/** The Options collection of an operation that reads; what it reads for many items together, `more` says. */
export function readOptionFields(
  { options }: TableService,
  more: INodeProperties[] = [],
): INodeProperties {
  return collection([...options.request, ...more]);
}

/** Of one that writes the columns of a row. */
export function rowWriteOptionFields(
  { options }: TableService,
  more: INodeProperties[] = [],
): INodeProperties {
  const { request, batch, write, rows = [], together = [] } = options;
  const common = [...request, ...batch, ...write, ...rows, ...together, ...rowWriteOptions];
  return collection([...common, whenMissing, outputField, ...more]);
}

/** Of one that writes the columns of a row that may be there. */
export function rowChangeOptionFields(
  service: TableService,
  more: INodeProperties[] = [],
): INodeProperties {
  return rowWriteOptionFields(service, [...service.options.change, ...more]);
}

/** Of one that writes a document with lines. */
export function documentWriteOptionFields(
  { options }: TableService,
  more: INodeProperties[],
): INodeProperties {
  const { request, batch, write } = options;
  return collection([...request, ...batch, ...write, whenMissing, outputField, ...more]);
}

/** Of one that changes a row without writing columns. */
export function changeOptionFields(
  service: TableService,
  more: INodeProperties[] = [],
): INodeProperties {
  return singleChangeOptionFields(service, [...service.options.batch, ...more]);
}

/** Of one that does so for each item alone. */
export function singleChangeOptionFields(
  { options }: TableService,
  more: INodeProperties[] = [],
): INodeProperties {
  return collection([...options.request, ...options.write, outputField, ...more]);
}
