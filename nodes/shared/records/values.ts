import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { validationError } from '../../../core/errors';
import { documentOf } from '../input';
import type { OneItem } from '../steps';
import type { OpenedStore, StoreService } from './service';

const DEFINED = { show: { fieldsFrom: ['define'] } };

/** Where in the input item the record stands that is to be written. */
export const inputField: INodeProperties = {
  displayName: 'Fields From Field',
  name: 'inputField',
  type: 'string',
  default: '',
  placeholder: 'e.g. product',
  description:
    'Name of the field of the input item that holds the record. Leave empty to take the whole item.',
};

/** The fields of a record to write: entered here, or taken from the input item as they are. */
export function recordValueFields<Store extends OpenedStore>(
  service: StoreService<Store>,
  required: INodeProperties[],
  optional: INodeProperties[],
): INodeProperties[] {
  return [
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
          description: `Take the fields of the input item, named as ${service.name} names them`,
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
    { ...inputField, displayOptions: { show: { fieldsFrom: ['input'] } } },
  ];
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
    'Write it such as { "name": "value" }, with the names that the store uses.',
  );
}

function entered({ read, index }: OneItem, required: INodeProperties[]): IDataObject {
  const { otherFields: other, ...fields } = read<IDataObject>('additionalFields', index, {});
  const needed = required.map(({ name }) => [name, read<IDataObject[string]>(name, index)]);
  return { ...Object.fromEntries(needed), ...fields, ...parsed(other) } as IDataObject;
}

/** @param nested makes the store's document of fields that were entered one by one */
export function readRecordValues(
  one: OneItem,
  required: INodeProperties[],
  nested = (fields: IDataObject): object => fields,
): object {
  const { read, item, index } = one;
  const document =
    read<string>('fieldsFrom', index) === 'input'
      ? documentOf(item, read<string>('inputField', index))
      : nested(entered(one, required));
  if (document && Object.keys(document).length > 0) return document;
  throw validationError(
    'There are no fields to write',
    'Add fields under Additional Fields, or name in Fields From Field where the input item holds them.',
  );
}
