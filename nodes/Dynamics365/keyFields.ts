import type { DisplayCondition, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { DataverseTable } from '../../core/dynamics/dataverse/types';
import type { Subject } from '../shared/table/service';
import { OF_SHOP, shopKind } from './shopKey';

/**
 * From this version on every operation finds its row by the same fields. A new version of the node, because Find By of
 * Update and of Create or Update had another default, and a choice of the same name that means another field.
 */
export const FOUND_ALIKE = 1.1;

/** Value of Find By: the columns that are written hold those of an alternate key. */
export const KEY_IN_COLUMNS = 'alternateKeyInColumns';

const GUID = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';

const titleOf = (noun: string): string =>
  noun.replace(/(^|\s)\w/g, (letter) => letter.toUpperCase());

/** A row, by its name from a list or by its ID. */
type Locator = Pick<INodeProperties, 'displayName' | 'name' | 'description' | 'typeOptions'>;

/** `whenEmpty` says what it means that no row is chosen; left out: one must be. */
const locator = ({ noun, plural }: Subject, whenEmpty?: string): INodeProperties =>
  locatorField('searchRows', whenEmpty, {
    displayName: titleOf(noun),
    name: 'row',
    description: `Which ${noun}; the list searches the names of ${plural}`,
    typeOptions: { loadOptionsDependsOn: ['table.value'] },
  });

/** The row at the other end of a relationship. */
export const relatedLocator = (whenEmpty?: string): INodeProperties =>
  locatorField('searchRelatedRows', whenEmpty, {
    displayName: 'Related Row',
    name: 'related',
    description: 'The row at the other end; the list searches the names of the related table',
    typeOptions: { loadOptionsDependsOn: ['table.value', 'relationship'] },
  });

function locatorField(
  searchListMethod: string,
  whenEmpty: string | undefined,
  field: Locator,
): INodeProperties {
  const id = `\\{?${GUID}\\}?`;
  return {
    ...field,
    type: 'resourceLocator',
    default: { mode: 'list', value: '' },
    required: whenEmpty === undefined,
    hint: whenEmpty,
    modes: [
      {
        displayName: 'From List',
        name: 'list',
        type: 'list',
        typeOptions: { searchListMethod, searchable: true },
      },
      {
        displayName: 'By ID',
        name: 'id',
        type: 'string',
        placeholder: 'e.g. 00000000-0000-0000-0000-000000000001',
        validation: [
          {
            type: 'regex',
            properties: {
              regex: `^\\s*${whenEmpty === undefined ? `${id}\\s*` : `(?:${id}\\s*)?`}$`,
              errorMessage: 'Not a GUID',
            },
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

const keyColumns: INodeProperties = {
  displayName: 'Key Name or ID',
  name: 'keyColumns',
  type: 'options',
  typeOptions: { loadOptionsMethod: 'getAlternateKeys', loadOptionsDependsOn: ['table.value'] },
  default: '',
  required: true,
  description:
    'The columns must hold a value for each column of the key; as an ID write their names with commas between. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

/** A way to say which row is meant: an entry of Find By, and the field that it shows. */
interface Way {
  choice: INodePropertyOptions;
  field?: INodeProperties;
}

const byId = (field: INodeProperties, description = 'By its primary key (a GUID)'): Way => ({
  choice: { name: 'ID', value: 'id', description },
  field,
});

const byKey: Way = {
  choice: {
    name: 'Alternate Key',
    value: 'alternateKey',
    description: 'By the columns of a key that is defined on the table',
  },
  field: keyValues,
};

const byKeyInColumns = (value: string): Way => ({
  choice: {
    name: 'Alternate Key in Columns',
    value,
    description: 'The columns hold the columns of a key that is defined on the table',
  },
  field: keyColumns,
});

const byShop: Way = {
  choice: {
    name: 'Record of a Shop',
    value: OF_SHOP,
    description: 'By the key that mappings make of the record that the item is of',
  },
  field: shopKind,
};

/** A way of one operation alone, called as its field. */
const byField = (field: INodeProperties): Way => ({
  choice: { name: field.displayName, value: field.name, description: field.description },
  field,
});

/** Find By, with the field of each way. */
function findBy(ways: Way[], byDefault = 'id'): INodeProperties[] {
  const findByField: INodeProperties = {
    displayName: 'Find By',
    name: 'keyType',
    type: 'options',
    noDataExpression: true,
    default: byDefault,
    options: ways.map(({ choice }) => choice),
  };
  const shown = ways.flatMap(({ choice, field }) =>
    field ? [{ ...field, displayOptions: { show: { keyType: [choice.value] } } }] : [],
  );
  return [findByField, ...shown];
}

function ofVersions(versions: DisplayCondition, fields: INodeProperties[]): INodeProperties[] {
  return fields.map((field) => ({
    ...field,
    displayOptions: { show: { '@version': [versions], ...field.displayOptions?.show } },
  }));
}

/** How a node of version 1 finds a row that it writes. */
function formerFieldsOfWrite(subject: Subject<DataverseTable>): INodeProperties[] {
  const { table } = subject;
  const inColumns: Way = {
    choice: {
      name: 'Primary Key in Columns',
      value: 'columns',
      description: `The columns hold the primary key${table ? ` (${table.primaryId})` : ', such as accountid'}`,
    },
  };
  const ways = [inColumns, byKeyInColumns('alternateKey'), byId(locator(subject))];
  return findBy(ways, 'columns');
}

/** How to say which row, with fields for each way. */
export function rowKeyFields(subject: Subject, more: INodeProperties[] = []): INodeProperties[] {
  return findBy([byId(locator(subject)), byKey, byShop, ...more.map(byField)]);
}

/**
 * The same for a row that is written, whose key may stand among the columns. The default is that of the other
 * operations, and no row need be chosen: n8n saves no default, so that with one of its own the row that was picked in Get
 * would be lost here.
 */
export function writeKeyFields(subject: Subject<DataverseTable>): INodeProperties[] {
  const id = subject.table?.primaryId ?? 'such as accountid';
  const row = locator(subject, `Leave empty where the columns hold the ID (${id})`);
  const ways = [
    byId(row, 'By its primary key (a GUID): the one below, or else the one in the columns'),
    byKey,
    byKeyInColumns(KEY_IN_COLUMNS),
    byShop,
  ];
  return [
    ...ofVersions({ _cnd: { lt: FOUND_ALIKE } }, formerFieldsOfWrite(subject)),
    ...ofVersions({ _cnd: { gte: FOUND_ALIKE } }, findBy(ways)),
  ];
}
