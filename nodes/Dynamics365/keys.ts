import type { DataverseTable } from '../../core/dynamics/dataverse/types';
import { validationError } from '../../core/errors';
import type { RecordKey, Row } from '../../core/odata/types';
import { fitForXml, fitTexts } from '../../core/text';
import type { TableReader } from '../shared/table/reader';
import type { Subject, TableKeys } from '../shared/table/service';
import { FOUND_ALIKE, KEY_IN_COLUMNS, rowKeyFields, writeKeyFields } from './keyFields';
import { OF_SHOP, shopKeyOf } from './shopKey';

interface KeyValues {
  columns?: Array<{ name: string; value: string | number | boolean }>;
}

function alternateKey({ columns = [] }: KeyValues): RecordKey {
  // As the text stands in Dynamics 365, which keeps nothing that XML cannot hold.
  const entries = columns.map(({ name, value }) => [name.trim(), fitTexts(value, fitForXml)]);
  if (entries.length > 0) return Object.fromEntries(entries) as RecordKey;
  throw validationError('No key column is set', 'Add each column of the alternate key.');
}

function readKey(reader: TableReader, { noun }: Subject, index: number): RecordKey {
  if (reader.read<string>('keyType', index) === 'alternateKey') {
    return alternateKey(reader.read<KeyValues>('keyValues', index, {}));
  }
  if (reader.read<string>('keyType', index) === OF_SHOP) return shopKeyOf(reader, index);
  const id = reader.located('row', index);
  if (id) return id;
  throw validationError(`No ${noun} is chosen`, 'Choose one from the list, or set its ID.');
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function keyInColumns(columns: Row, names: string[]): Record<string, string> {
  const missing = names.filter((name) => isEmpty(columns[name]));
  if (missing.length > 0) {
    throw validationError(
      `The columns have no "${missing.join('", "')}"`,
      'Map every column of the key, or find the row in another way.',
    );
  }
  return Object.fromEntries(names.map((name) => [name, columns[name]])) as Record<string, string>;
}

/** The way to a row that is written. In version 1, Alternate Key was in the columns alone. */
function wayOfWrite(reader: TableReader, index: number): string {
  const way = reader.read<string>('keyType', index);
  return reader.version < FOUND_ALIKE && way === 'alternateKey' ? KEY_IN_COLUMNS : way;
}

/** An expression that gives nothing has chosen a row, and does not know it: another one is not written in its place. */
function isUnchosen(reader: TableReader, index: number): boolean {
  return (
    reader.version >= FOUND_ALIKE && reader.read.isStatic('row') && !reader.located('row', index)
  );
}

function primaryKeyIn(columns: Row, { noun }: Subject, primaryId: string): RecordKey {
  if (!isEmpty(columns[primaryId])) return String(columns[primaryId]);
  throw validationError(
    `No ${noun} is chosen, and the columns have no "${primaryId}"`,
    `Choose one below Find By, map "${primaryId}", or find the row by an alternate key.`,
  );
}

/** By primary key (a GUID) or by alternate key. */
export const dataverseKeys: TableKeys<DataverseTable> = {
  fields: rowKeyFields,
  fieldsOfWrite: writeKeyFields,
  read: readKey,
  readOfWrite(reader, subject, { columns, table: { primaryId }, index }) {
    const way = wayOfWrite(reader, index);
    if (way === KEY_IN_COLUMNS) {
      const names = reader.read<string>('keyColumns', index).split(',');
      return keyInColumns(
        columns,
        names.map((name) => name.trim()),
      );
    }
    if (way === 'columns') return String(keyInColumns(columns, [primaryId])[primaryId]);
    if (way === 'id' && isUnchosen(reader, index)) return primaryKeyIn(columns, subject, primaryId);
    return readKey(reader, subject, index);
  },
};
