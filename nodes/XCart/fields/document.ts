import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { validationError } from '../../../core/errors';
import { documentOf } from '../../shared/input';
import type { ParameterReader } from '../../shared/parameters';

const DEFINED = { show: { fieldsFrom: ['define'] } };

/** The fields of a record to write: entered here, or taken from the input item as they are. */
export function recordValueFields(required: INodeProperties[], optional: INodeProperties[]) {
  const fields: INodeProperties[] = [
    {
      displayName: 'Fields',
      name: 'fieldsFrom',
      type: 'options',
      noDataExpression: true,
      options: [
        { name: 'Define Below', value: 'define', description: 'Enter each field' },
        {
          name: 'Map Automatically',
          value: 'input',
          description: 'Take the fields of the input item, named as X-Cart names them',
        },
      ],
      default: 'define',
    },
    ...required.map((field) => ({ ...field, displayOptions: DEFINED })),
    {
      displayName: 'Additional Fields',
      name: 'additionalFields',
      type: 'collection',
      placeholder: 'Add Field',
      default: {},
      displayOptions: DEFINED,
      options: [...optional, otherFields].sort((one, other) =>
        one.displayName.localeCompare(other.displayName),
      ),
    },
    {
      displayName: 'Fields From Field',
      name: 'inputField',
      type: 'string',
      default: '',
      placeholder: 'e.g. product',
      description:
        'Name of the field of the input item that holds the record. Leave empty to take the whole item.',
      displayOptions: { show: { fieldsFrom: ['input'] } },
    },
  ];
  return fields;
}

/** What modules of the store add to its records. */
const otherFields: INodeProperties = {
  displayName: 'Other Fields (JSON)',
  name: 'otherFields',
  type: 'json',
  default: '{}',
  description: 'Further fields by their names in the REST API, such as those of modules',
};

function parsed(value: unknown): IDataObject {
  if (value === undefined || value === '') return {};
  try {
    const fields: unknown = typeof value === 'string' ? JSON.parse(value) : value;
    if (typeof fields === 'object' && fields !== null && !Array.isArray(fields)) {
      return fields as IDataObject;
    }
  } catch {
    // Said below, with what to write instead.
  }
  throw validationError(
    'Other Fields (JSON) is not a JSON object',
    'Write it such as { "market_price": 49.99 }.',
  );
}

export function readRecordValues(
  read: ParameterReader,
  required: INodeProperties[],
  item: INodeExecutionData | undefined,
  index: number,
): IDataObject {
  const document =
    read<string>('fieldsFrom', index) === 'input'
      ? item && documentOf(item, read<string>('inputField', index))
      : defined(read, required, index);
  if (document && Object.keys(document).length > 0) return document;
  throw validationError(
    'There are no fields to write',
    'Add fields under Additional Fields, or name in Fields From Field where the input item holds them.',
  );
}

function defined(read: ParameterReader, required: INodeProperties[], index: number): IDataObject {
  const { otherFields: other, ...fields } = read<IDataObject>('additionalFields', index, {});
  const entered = required.map(({ name }) => [name, read<IDataObject[string]>(name, index)]);
  return { ...Object.fromEntries(entered), ...fields, ...parsed(other) } as IDataObject;
}
