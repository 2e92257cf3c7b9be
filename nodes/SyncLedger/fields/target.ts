import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { contentHash } from '../../../core/ledger/hash';
import type { Target } from '../../../core/ledger/record';
import type { ParameterReader } from '../../shared/parameters';
import { fieldValue, textOf } from './value';

const system: INodeProperties = {
  displayName: 'Target System',
  name: 'targetSystem',
  type: 'string',
  default: 'dataverse',
  placeholder: 'e.g. dataverse',
  description: 'System that the record was written to',
};

const table: INodeProperties = {
  displayName: 'Target Table',
  name: 'targetTable',
  type: 'string',
  default: 'salesorder',
  placeholder: 'e.g. salesorder',
  description: 'Table or kind of record that it was written to',
};

const id: INodeProperties = {
  displayName: 'Target ID Field',
  name: 'targetIdField',
  type: 'string',
  default: 'salesorder.id',
  description: 'Name of the field that holds the ID of the row; an expression gives the ID itself',
};

export const targetFields: INodeProperties[] = [system, table, id];

/** An entry of an *Options* collection. */
export const writtenField: INodeProperties = {
  displayName: 'Written Content Field',
  name: 'writtenField',
  type: 'string',
  default: '',
  placeholder: 'e.g. written',
  description:
    'Name of the field that holds what was written to the target. Its hash is kept, so that the change event it causes there can be told from a change by someone else.',
};

/** Where the record is in the other system; undefined when the item does not say. */
export function targetOf(
  read: ParameterReader,
  item: INodeExecutionData,
  index: number,
): Target | undefined {
  const targetId = textOf(fieldValue(read, 'targetIdField', item, index));
  if (targetId === undefined) return undefined;
  return {
    system: read<string>('targetSystem', index),
    table: read<string>('targetTable', index),
    id: targetId,
  };
}

export function writtenHashOf(
  read: ParameterReader,
  item: INodeExecutionData,
  index: number,
): string | undefined {
  const written = fieldValue(read, 'options.writtenField', item, index);
  return written === undefined || written === null ? undefined : contentHash(written);
}
