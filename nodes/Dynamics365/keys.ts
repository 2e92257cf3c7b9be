import type { INodeProperties } from 'n8n-workflow';

import type { DataverseTable } from '../../core/dynamics/dataverse/types';
import { validationError } from '../../core/errors';
import type { RecordKey, Row } from '../../core/odata/types';
import { fitForXml, fitTexts } from '../../core/text';
import type { TableReader } from '../shared/table/reader';
import type { Subject, TableKeys } from '../shared/table/service';

const GUID = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';

function locator({ noun, plural }: Subject): INodeProperties {
  return {
    displayName: noun.replace(/(^|\s)\w/g, (letter) => letter.toUpperCase()),
    name: 'row',
    type: 'resourceLocator',
    default: { mode: 'list', value: '' },
    required: true,
    description: `Which ${noun}; the list searches the names of ${plural}`,
    typeOptions: { loadOptionsDependsOn: ['table.value'] },
    displayOptions: { show: { keyType: ['id'] } },
    modes: [
      {
        displayName: 'From List',
        name: 'list',
        type: 'list',
        typeOptions: { searchListMethod: 'searchRows', searchable: true },
      },
      {
        displayName: 'By ID',
        name: 'id',
        type: 'string',
        placeholder: 'e.g. 00000000-0000-0000-0000-000000000001',
        validation: [
          {
            type: 'regex',
            properties: { regex: `^\\s*\\{?${GUID}\\}?\\s*$`, errorMessage: 'Not a GUID' },
          },
        ],
      },
    ],
  };
}

const keyValues: INodeProperties = {
  displayName: 'Key Columns',
  name: 'keyValues',
  type: 'fixedCollection',
  typeOptions: { multipleValues: true },
  placeholder: 'Add Key Column',
  default: {},
  description: 'The columns of the alternate key, with their values',
  displayOptions: { show: { keyType: ['alternateKey'] } },
  options: [
    {
      displayName: 'Column',
      name: 'columns',
      values: [
        {
          displayName: 'Column',
          name: 'name',
          type: 'string',
          default: '',
          placeholder: 'e.g. accountnumber',
          description: 'Logical name of a column of the alternate key',
        },
        { displayName: 'Value', name: 'value', type: 'string', default: '' },
      ],
    },
  ],
};

interface KeyChoice {
  name: string;
  value: string;
  description: string;
}

const BY_ID: KeyChoice = { name: 'ID', value: 'id', description: 'By its primary key (a GUID)' };
const BY_KEY: KeyChoice = {
  name: 'Alternate Key',
  value: 'alternateKey',
  description: 'By the columns of a key that is defined on the table',
};

/** How to say which row, with fields for each way. */
function rowKeyFields(subject: Subject, more: INodeProperties[] = []): INodeProperties[] {
  const added = more.flatMap(({ name, displayName, description }) => ({
    name: displayName,
    value: name,
    description,
  }));
  return [
    {
      displayName: 'Find By',
      name: 'keyType',
      type: 'options',
      noDataExpression: true,
      default: 'id',
      options: [BY_ID, BY_KEY, ...added],
    },
    locator(subject),
    keyValues,
    ...more.map((field) => ({ ...field, displayOptions: { show: { keyType: [field.name] } } })),
  ];
}

const keyColumns: INodeProperties = {
  displayName: 'Key Name or ID',
  name: 'keyColumns',
  type: 'options',
  typeOptions: { loadOptionsMethod: 'getAlternateKeys', loadOptionsDependsOn: ['table.value'] },
  default: '',
  required: true,
  description:
    'The columns must hold a value for each column of the key; as an ID write their names with commas between. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
  displayOptions: { show: { keyType: ['alternateKey'] } },
};

/** How a row that is written is found: mostly its key is among the columns. */
function writeKeyFields(subject: Subject<DataverseTable>): INodeProperties[] {
  return [
    {
      displayName: 'Find By',
      name: 'keyType',
      type: 'options',
      noDataExpression: true,
      default: 'columns',
      options: [
        {
          name: 'Primary Key in Columns',
          value: 'columns',
          description: `The columns hold the primary key${subject.table ? ` (${subject.table.primaryId})` : ', such as accountid'}`,
        },
        {
          name: 'Alternate Key in Columns',
          value: 'alternateKey',
          description: 'The columns hold the columns of a key that is defined on the table',
        },
        BY_ID,
      ],
    },
    keyColumns,
    locator(subject),
  ];
}

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

/** By primary key (a GUID) or by alternate key. */
export const dataverseKeys: TableKeys<DataverseTable> = {
  fields: rowKeyFields,
  fieldsOfWrite: writeKeyFields,
  read: readKey,
  readOfWrite(reader, subject, { columns, table: { primaryId }, index }) {
    const keyType = reader.read<string>('keyType', index);
    if (keyType === 'id') return readKey(reader, subject, index);
    if (keyType !== 'alternateKey') return String(keyInColumns(columns, [primaryId])[primaryId]);
    const names = reader.read<string>('keyColumns', index).split(',');
    return keyInColumns(
      columns,
      names.map((name) => name.trim()),
    );
  },
};
