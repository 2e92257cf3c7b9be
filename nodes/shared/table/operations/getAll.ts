import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Table } from '../../../../core/dynamics/tables';
import type { ODataClient, Query, Row } from '../../../../core/odata/types';
import { limit, returnAll } from '../../fields';
import { resultItem } from '../../items';
import type { Operation } from '../../operation';
import { type AnySteps, itemSteps } from '../../steps';
import { readLimit } from '../../typed';
import { BY_CONDITIONS, ofConditions, queryFields } from '../fields/query';
import { readOptionFields } from '../fields/options';
import { filterOption, readingOptions } from '../fields/reading';
import { tableFields } from '../fields/table';
import { both, filterFor } from '../filter';
import { askedOnce } from '../once';
import { type TableReader, tableReader } from '../reader';
import { orderBy, plainRow, readOptions } from '../reading';
import type { Subject, TableOptions, TableService } from '../service';
import { versionOf } from '../version';

const moreOptions = (service: TableService): INodeProperties[] => [
  filterOption(service),
  {
    displayName: 'Order By Column Names or IDs',
    name: 'orderBy',
    type: 'multiOptions',
    typeOptions: {
      loadOptionsMethod: 'getSortColumns',
      loadOptionsDependsOn: ['table.value', 'resource'],
    },
    default: [],
    description: `Columns to sort by, the first one chosen first. An expression may give names with commas between, such as ${service.words.orderByExample}. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.`,
  },
];

interface Listing {
  set: string;
  query: Query;
  /** A query in the service's own language, in place of that one, as text and as it was read. */
  text?: string;
  read?: unknown;
  limit?: number;
}

async function listed(
  client: ODataClient,
  { language }: TableService,
  { set, query, text, read, limit: most }: Listing,
): Promise<Row[]> {
  if (text === undefined || !language) return await client.list(set, query, { limit: most });
  const { annotations } = query;
  return await language.rows(client, set, read, { annotations, limit: most });
}

/** The query of an item in the service's own language; nothing where it is found by conditions. */
function written(
  { language }: TableService,
  { read }: TableReader,
  table: Table,
  index: number,
): Pick<Listing, 'text' | 'read'> {
  if (!language || read<string>('query', index, BY_CONDITIONS) !== language.value) return {};
  const text = String(read<unknown>(language.value, index, '')).trim();
  return { text, read: language.read(table, text) };
}

async function listSteps(
  context: IExecuteFunctions,
  service: TableService,
  subject: Subject,
): Promise<AnySteps> {
  const { client, metadata, options: all } = await service.open(context);
  const reader = tableReader(context, { subject, metadata });
  const ask = askedOnce((listing: Listing) => listed(client, service, listing));
  return itemSteps<Listing, Row[]>({
    prepare: async (_item, index) => {
      const options = reader.read<TableOptions>('options', index, {});
      const table = await reader.table(index);
      const most = readLimit(reader.read, index);
      const limited = {
        set: table.entitySetName,
        limit: Number.isFinite(most) ? most : undefined,
      };
      const own = written(service, reader, table, index);
      const { annotations } = options;
      if (own.text !== undefined) return { ...limited, ...own, query: { annotations } };
      const filter = both(await filterFor(service, reader, metadata, index), options.filter);
      return { ...limited, query: { ...readOptions(options), filter, orderBy: orderBy(options) } };
    },
    run: (listings) => Promise.all(listings.map(ask)),
    output: (_item, rows, index) =>
      rows.map((row) => resultItem({ ...versionOf(row, all), ...plainRow(row) }, index)),
  });
}

/** What a query in a language of its own says itself. */
const SAID = ['expand', 'select'];

export function getMany(service: TableService, subject: Subject): Operation {
  const hidden = (option: INodeProperties): INodeProperties =>
    SAID.includes(option.name) ? ofConditions(service)(option) : option;
  return {
    name: 'Get Many',
    value: 'getAll',
    action: `Get many ${subject.plural}`,
    description: `Get many ${subject.plural} that match conditions`,
    properties: [
      ...tableFields(service, subject),
      returnAll,
      limit,
      ...queryFields(service),
      readOptionFields(service, [
        ...readingOptions(service).map(hidden),
        ...moreOptions(service).map(ofConditions(service)),
      ]),
    ],
    onlyReads: true,
    start: (context) => listSteps(context, service, subject),
  };
}
