import { contains } from '../../core/dynamics/dataverse/filters';
import { type BulkMessages, bulkMessagesOf } from '../../core/dynamics/dataverse/metadata/messages';
import { createMetadata } from '../../core/dynamics/dataverse/metadata/metadata';
import { filterName, filterOf } from '../../core/dynamics/dataverse/rows/conditions';
import { toWireRow } from '../../core/dynamics/dataverse/rows/wireRow';
import { writeRowChanges } from '../../core/dynamics/dataverse/rows/writeChanges';
import { writeRows } from '../../core/dynamics/dataverse/rows/writeRows';
import type { DataverseTable } from '../../core/dynamics/dataverse/types';
import { toGuid } from '../../core/odata/query';
import type { ODataClient } from '../../core/odata/types';
import { conflictOptions, FROM_A_SHOP } from '../shared/conflicts';
import { itemName } from '../shared/table/allOrNothing';
import type { TableService } from '../shared/table/service';
import { BUSINESS_SUBJECTS } from './businessSubjects';
import { dataverseCalls } from './calls';
import { changesOf } from './changes';
import { connect } from './connection';
import { dataverseFiles } from './files';
import { relatedLocator } from './keyFields';
import { dataverseKeys } from './keys';
import {
  batchOptions,
  bulkOptions,
  requestOptions,
  togetherOptions,
  writeOptions,
} from './optionFields';
import { type Options, setUp } from './options';
import { estimate, fetchXml } from './queries';
import { TABLE_OF_RESOURCE } from './subjects';

const EDITOR_TIMEOUT_MS = 30_000;

/** That bulk messages look for duplicates as single ones do is documented nowhere. */
function bulkOf(
  client: ODataClient,
  { bulkMessages = 'auto', detectDuplicates }: Options,
): BulkMessages | undefined {
  return bulkMessages === 'never' || detectDuplicates ? undefined : bulkMessagesOf(client);
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
    batch: batchOptions,
    write: writeOptions,
    rows: bulkOptions,
    together: togetherOptions,
    change: conflictOptions(FROM_A_SHOP, 'getWritableColumns'),
  },
  keys: dataverseKeys,
  related: {
    field: relatedLocator,
    read(reader, index) {
      const id = reader.located('related', index);
      return id === '' ? undefined : toGuid(id, 'Related Row');
    },
    property: (lookupColumn) => `_${lookupColumn}_value`,
  },
  filters: { of: filterOf, nameOf: filterName, contains },
  calls: dataverseCalls,
  files: dataverseFiles,
  language: fetchXml,
  estimate,
  filled: new Set(['boolean', 'lookup', 'state', 'status']),
  knownTable: (resource) => TABLE_OF_RESOURCE[resource] ?? BUSINESS_SUBJECTS[resource]?.table,
  foundSubject: (resource) => BUSINESS_SUBJECTS[resource],
  open: setUp,

  async openForEditor(context) {
    const client = await connect(context, { timeoutMs: EDITOR_TIMEOUT_MS });
    return { client, metadata: createMetadata(client), headers: {} };
  },

  toWire: ({ metadata }, { logicalName }, kind, row) =>
    toWireRow(metadata, logicalName, row, { mode: kind === 'update' ? 'update' : 'create' }),

  async write({ client, headers }, kind, writes, { context, options }) {
    const { returnRow } = options;
    const rows = writes.map(
      ({ table: { entitySetName, logicalName, primaryId }, key, row, ifMatch }) => ({
        set: entitySetName,
        table: logicalName,
        primaryId,
        key,
        row,
        ifMatch,
      }),
    );
    const allOrNothing = options.allOrNothing
      ? (place: number) => itemName(writes[place]?.index ?? place)
      : undefined;
    const how = { returnRow, headers, allOrNothing, bulk: bulkOf(client, options) };
    if (kind === 'create') return await writeRows(client, kind, rows, how);
    return await writeRowChanges(client, kind, rows, {
      ...how,
      ...changesOf(context, { client, options }, writes),
    });
  },
};
