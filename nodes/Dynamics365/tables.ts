import type { IExecuteFunctions } from 'n8n-workflow';

import { contains } from '../../core/dynamics/dataverse/filters';
import { createMetadata } from '../../core/dynamics/dataverse/metadata/metadata';
import { filterName, filterOf } from '../../core/dynamics/dataverse/rows/conditions';
import { toWireRow } from '../../core/dynamics/dataverse/rows/wireRow';
import {
  type ChangeOptions,
  writeRowChanges,
} from '../../core/dynamics/dataverse/rows/writeChanges';
import { writeRows } from '../../core/dynamics/dataverse/rows/writeRows';
import type { DataverseTable } from '../../core/dynamics/dataverse/types';
import type { ODataClient } from '../../core/odata/types';
import { isRetried, tokenOf } from '../shared/claims';
import { conflictOptions, conflictsOf, factsOf } from '../shared/conflicts';
import { memoryFor } from '../shared/memory';
import type { TableService, TableWrite } from '../shared/table/service';
import { connect } from './connection';
import { dataverseKeys } from './keys';
import { requestOptions, writeOptions } from './optionFields';
import { setUp, systemOf } from './options';
import { TABLE_OF_RESOURCE } from './subjects';

const EDITOR_TIMEOUT_MS = 30_000;

/** What is remembered of rows by the ledger that claimed their items; undefined: none has a claim. */
function memoryOf(
  context: IExecuteFunctions,
  client: ODataClient,
  writes: TableWrite<DataverseTable>[],
): ChangeOptions['memoryOf'] {
  const items = writes.map(({ item }) => item);
  if (items.every((item) => tokenOf(item) === undefined)) return undefined;
  const memory = memoryFor(context, items);
  const names = new Map(writes.map(({ table }) => [table.entitySetName, table.logicalName]));
  return (set, placeOf) =>
    memory.of({ system: systemOf(client), table: names.get(set) ?? set }, placeOf);
}

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
  filters: { of: filterOf, nameOf: filterName, contains },
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
    const rows = writes.map(({ table: { entitySetName, primaryId }, key, row }) => ({
      set: entitySetName,
      primaryId,
      key,
      row,
    }));
    if (kind === 'create') return await writeRows(client, kind, rows, { returnRow, headers });
    return await writeRowChanges(client, kind, rows, {
      returnRow,
      headers,
      memoryOf: memoryOf(context, client, writes),
      conflicts: conflictsOf(options),
      factsOf: (place) => {
        const item = writes[place]?.item;
        return { ...factsOf(item), isRetry: isRetried(item) };
      },
    });
  },
};
