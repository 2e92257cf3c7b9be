import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { identityName, type Identity } from '../../../core/commerce/identity';
import { validationError } from '../../../core/errors';
import type { ParameterReader } from '../../shared/parameters';
import { fieldValue, textOf } from './value';

type RecordFrom = 'source' | 'fields' | 'key' | 'number';

const NAMES: Record<RecordFrom, { name: string; description: string }> = {
  fields: {
    name: 'Fields of the Item',
    description: 'Say what platform, store and kind it is, and which field holds the ID',
  },
  key: {
    name: 'Record Key',
    description: 'A field holds the key, as List Dead Letters, List Held and Look Up put it out',
  },
  number: {
    name: 'Number',
    description: 'A field holds what people call the record, such as the number of an order',
  },
  source: {
    name: 'Source of the Item',
    description: 'The field "source" that the triggers of this package put on every item',
  },
};

function partField(
  displayName: string,
  name: string,
  placeholder: string,
  description: string,
): INodeProperties {
  return {
    displayName,
    name,
    type: 'string',
    default: '',
    required: true,
    placeholder,
    description,
    displayOptions: { show: { recordFrom: ['fields'] } },
  };
}

const partFields: INodeProperties[] = [
  partField('Platform', 'platform', 'e.g. xcart', 'System that the record comes from'),
  partField('Store', 'store', 'e.g. main', 'Name of the shop, company or environment'),
  partField('Kind', 'kind', 'e.g. order', 'What kind of record it is'),
  partField(
    'ID Field',
    'idField',
    'e.g. order_number',
    'Name of the field that holds the ID of the record; an expression gives the ID itself',
  ),
];

const keyField: INodeProperties = {
  displayName: 'Key Field',
  name: 'keyField',
  type: 'string',
  default: 'key',
  required: true,
  placeholder: 'e.g. claim.key',
  description: 'Name of the field that holds the record key; an expression gives the key itself',
  displayOptions: { show: { recordFrom: ['key'] } },
};

const numberField: INodeProperties = {
  displayName: 'Number Field',
  name: 'numberField',
  type: 'string',
  default: 'number',
  required: true,
  placeholder: 'e.g. order_number',
  description: 'Name of the field that holds the number; an expression gives the number itself',
  displayOptions: { show: { recordFrom: ['number'] } },
};

/** Which record an item is about; the first way is the default. */
export function recordFields(first: RecordFrom, ...others: RecordFrom[]): INodeProperties[] {
  const ways = [first, ...others];
  const sorted = [...ways].sort((a, b) => NAMES[a].name.localeCompare(NAMES[b].name));
  return [
    {
      displayName: 'Record',
      name: 'recordFrom',
      type: 'options',
      options: sorted.map((value) => ({ value, ...NAMES[value] })),
      default: first,
      description: 'How to tell which record an item is about',
    },
    ...(ways.includes('fields') ? partFields : []),
    ...(ways.includes('key') ? [keyField] : []),
    ...(ways.includes('number') ? [numberField] : []),
  ];
}

function keyFromSource({ json }: INodeExecutionData): string {
  const { source } = json;
  if (typeof source === 'object' && source !== null)
    return identityName(source as unknown as Identity);
  throw validationError(
    'The field "source" is missing from this item',
    'Keep the "source" that the trigger puts on each item, or choose Fields of the Item under Record.',
  );
}

function keyFromFields(read: ParameterReader, item: INodeExecutionData, index: number): string {
  const id = textOf(fieldValue(read, 'idField', item, index));
  if (id === undefined) {
    const where = read.isStatic('idField') ? ` "${read<string>('idField', index)}"` : '';
    throw validationError(
      `The ID Field${where} has no value in this item`,
      'Choose a field that every record has, such as its number, under ID Field.',
    );
  }
  return identityName({
    platform: read<string>('platform', index),
    store: read<string>('store', index),
    kind: read<string>('kind', index),
    id,
  });
}

function keyFromField(read: ParameterReader, item: INodeExecutionData, index: number): string {
  const key = textOf(fieldValue(read, 'keyField', item, index));
  if (key !== undefined) return key;
  throw validationError(
    'The Key Field has no value in this item',
    'Name the field that holds the record key, such as key or claim.key.',
  );
}

/** `platform:store:kind:id` of the record that an item is about. */
export function recordKeyOf(
  read: ParameterReader,
  item: INodeExecutionData,
  index: number,
): string {
  const from = read<RecordFrom>('recordFrom', index);
  if (from === 'source') return keyFromSource(item);
  return from === 'fields' ? keyFromFields(read, item, index) : keyFromField(read, item, index);
}

/** How a person names a record: by its key, or by what it is called. */
export type RecordName = { key: string } | { number: string };

export function recordNameOf(
  read: ParameterReader,
  item: INodeExecutionData,
  index: number,
): RecordName {
  if (read<RecordFrom>('recordFrom', index) !== 'number') {
    return { key: recordKeyOf(read, item, index) };
  }
  const number = textOf(fieldValue(read, 'numberField', item, index));
  if (number !== undefined) return { number };
  throw validationError(
    'The Number Field has no value in this item',
    'Name the field that holds the number, such as number or order_number.',
  );
}
