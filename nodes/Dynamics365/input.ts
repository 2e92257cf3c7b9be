import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { DataverseMetadata, DataverseTable } from '../../core/dynamics/dataverse/types';
import { validationError } from '../../core/errors';
import type { RecordKey, Row } from '../../core/odata/types';
import { documentOf } from '../shared/input';
import { parameterReader, type ParameterReader } from '../shared/parameters';
import type { Subject } from './subjects';

/** Reads what the user has set, item by item where it is an expression and once where it is not. */
export interface InputReader {
  read: ParameterReader;
  table(index: number): Promise<DataverseTable>;
  /** undefined: there is nothing to write. */
  document(item: INodeExecutionData, index: number): IDataObject | undefined;
  /** For operations that find a row by fields of their own. */
  key(index: number): RecordKey;
}

export interface InputOptions {
  subject: Subject;
  metadata: DataverseMetadata;
  whenMissing?: 'fail' | 'skip';
}

function withoutEmpty(columns: IDataObject | null): IDataObject | undefined {
  const entries = Object.entries(columns ?? {}).filter(
    ([, value]) => value !== null && value !== undefined,
  );
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

interface KeyValues {
  columns?: Array<{ name: string; value: string | number | boolean }>;
}

function alternateKey({ columns = [] }: KeyValues): RecordKey {
  const entries = columns.map(({ name, value }) => [name.trim(), value]);
  if (entries.length > 0) return Object.fromEntries(entries) as RecordKey;
  throw validationError('No key column is set', 'Add each column of the alternate key.');
}

/** A resource locator's value, whether saved as an object or resolved from an expression. */
function located(value: unknown): string {
  const inner =
    typeof value === 'object' && value !== null ? (value as { value?: unknown }).value : value;
  return typeof inner === 'string' || typeof inner === 'number' ? String(inner).trim() : '';
}

export function inputReader(
  context: IExecuteFunctions,
  { subject, metadata, whenMissing = 'fail' }: InputOptions,
): InputReader {
  const read = parameterReader(context);

  function mapped(index: number): IDataObject | undefined {
    return withoutEmpty(read<IDataObject | null>('columns.value', index, null));
  }

  function document(item: INodeExecutionData, index: number): IDataObject | undefined {
    const source = read<string>('columnsSource', index);
    const path = source === 'field' ? read<string>('columnsField', index) : '';
    const found = source === 'map' ? mapped(index) : documentOf(item, path);
    if (found || whenMissing === 'skip') return found;
    const where = source === 'field' ? `in the field "${path}"` : 'on this item';
    throw validationError(
      `There is nothing to write ${where}`,
      'Check Columns, or set the option When Columns Are Missing to Skip.',
    );
  }

  return {
    read,
    document,
    table: async (index) => {
      if (subject.table) return subject.table;
      const name = located(read('table', index));
      if (name) return await metadata.table(name);
      throw validationError('No table is chosen', 'Choose one in Table.');
    },
    key: (index) => {
      if (read<string>('keyType', index) === 'alternateKey') {
        return alternateKey(read<KeyValues>('keyValues', index, {}));
      }
      const id = located(read('row', index));
      if (id) return id;
      throw validationError(
        `No ${subject.noun} is chosen`,
        'Choose one from the list, or set its ID.',
      );
    },
  };
}

/** The key of a row that is to be written: among its columns, or set beside them. */
export function writeKey(
  reader: InputReader,
  document: Row,
  { primaryId }: DataverseTable,
  index: number,
): RecordKey {
  const keyType = reader.read<string>('keyType', index);
  if (keyType === 'id') return reader.key(index);
  const names =
    keyType === 'alternateKey'
      ? reader
          .read<string>('keyColumns', index)
          .split(',')
          .map((name) => name.trim())
      : [primaryId];
  const missing = names.filter((name) => isEmpty(document[name]));
  if (missing.length > 0) {
    throw validationError(
      `The columns have no "${missing.join('", "')}"`,
      'Map every column of the key, or find the row in another way.',
    );
  }
  const values = names.map((name) => [name, document[name]]);
  return keyType === 'alternateKey'
    ? (Object.fromEntries(values) as RecordKey)
    : String(document[primaryId]);
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
