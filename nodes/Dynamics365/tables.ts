import { contains } from '../../core/dynamics/dataverse/filters';
import { createMetadata } from '../../core/dynamics/dataverse/metadata/metadata';
import { filterName, filterOf } from '../../core/dynamics/dataverse/rows/conditions';
import { toWireRow } from '../../core/dynamics/dataverse/rows/wireRow';
import { writeRowChanges } from '../../core/dynamics/dataverse/rows/writeChanges';
import { writeRows } from '../../core/dynamics/dataverse/rows/writeRows';
import type { DataverseTable } from '../../core/dynamics/dataverse/types';
import { conflictOptions } from '../shared/conflicts';
import type { TableService } from '../shared/table/service';
import { changesOf } from './changes';
import { connect } from './connection';
import { relatedLocator } from './keyFields';
import { dataverseKeys } from './keys';
import { requestOptions, writeOptions } from './optionFields';
import { setUp } from './options';
import { estimate, fetchXml } from './queries';
import { TABLE_OF_RESOURCE } from './subjects';

const EDITOR_TIMEOUT_MS = 30_000;

/** The tables of Dataverse. */
export const dataverseTables: TableService<DataverseTable> = {
  words: {
    tableDescription: 'The table to work on; custom tables are in the list too',
    tableHint: 'Logical name of the table, or its entity set name',
    tableExample: 'new_warehouse',
    columnsExample: 'account',
    expandExample: 'order_details(quantity,priceperunit)',
    selectExample: 'name,emailaddress1',
    filterExample: "statecode eq 0 and contains(name,'Ltd')",
    orderByExample: 'createdon desc,name',
  },
  options: {
    request: requestOptions,
    write: writeOptions,
    change: conflictOptions('getWritableColumns'),
  },
  keys: dataverseKeys,
  related: {
    field: relatedLocator,
    read: (reader, index) => reader.located('related', index) || undefined,
    property: (lookupColumn) => `_${lookupColumn}_value`,
  },
  filters: { of: filterOf, nameOf: filterName, contains },
  language: fetchXml,
  estimate,
  filled: new Set(['boolean', 'lookup', 'state', 'status']),
  knownTable: (resource) => TABLE_OF_RESOURCE[resource],
  open: setUp,

  async openForEditor(context) {
    const client = await connect(context, { timeoutMs: EDITOR_TIMEOUT_MS });
    return { client, metadata: createMetadata(client), headers: {} };
  },

  toWire: ({ metadata }, { logicalName }, kind, row) =>
    toWireRow(metadata, logicalName, row, { mode: kind === 'update' ? 'update' : 'create' }),

  async write({ client, headers }, kind, writes, { context, options }) {
    const { returnRow } = options;
    const rows = writes.map(({ table: { entitySetName, primaryId }, key, row, ifMatch }) => ({
      set: entitySetName,
      primaryId,
      key,
      row,
      ifMatch,
    }));
    if (kind === 'create') return await writeRows(client, kind, rows, { returnRow, headers });
    return await writeRowChanges(client, kind, rows, {
      returnRow,
      headers,
      ...changesOf(context, { client, options }, writes),
    });
  },
};
