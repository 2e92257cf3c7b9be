import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Condition, Metadata } from '../../../../core/dynamics/tables';
import type { ODataClient, Query, Row } from '../../../../core/odata/types';
import { type Outcome, settle } from '../../../../core/outcome';
import { limit, returnAll } from '../../fields';
import { resultItem } from '../../items';
import type { Operation } from '../../operation';
import { type AnySteps, itemSteps } from '../../steps';
import { readLimit } from '../../typed';
import { conditionFields } from '../fields/conditions';
import { readOptionFields } from '../fields/options';
import { readingOptions } from '../fields/reading';
import { tableFields } from '../fields/table';
import { type TableReader, tableReader } from '../reader';
import { orderBy, plainRow, readOptions } from '../reading';
import type { Subject, TableOptions, TableService } from '../service';
import { versionOf } from '../version';

const moreOptions = ({ words }: TableService): INodeProperties[] => [
  {
    displayName: 'Filter (OData)',
    name: 'filter',
    type: 'string',
    default: '',
    placeholder: `e.g. ${words.filterExample}`,
    description:
      'Filter in OData for what the conditions cannot say; both must hold. Be careful with text from outside: a quote in it ends the value.',
  },
  {
    displayName: 'Order By',
    name: 'orderBy',
    type: 'string',
    default: '',
    placeholder: `e.g. ${words.orderByExample}`,
    description: 'Columns to sort by, with commas between',
  },
];

interface Listing {
  set: string;
  query: Query;
  limit?: number;
}

async function filterFor(
  { filters }: TableService,
  reader: TableReader,
  metadata: Metadata,
  index: number,
): Promise<string | undefined> {
  const { condition = [] } = reader.read<{ condition?: Condition[] }>('conditions', index, {});
  if (condition.length === 0) return undefined;
  const { logicalName } = await reader.table(index);
  const combine = reader.read<string>('combine', index, 'all');
  return filters.of(condition, combine, await metadata.columns(logicalName));
}

function both(...filters: Array<string | undefined>): string | undefined {
  const given = filters.filter((filter) => filter !== undefined && filter.trim() !== '');
  return given.length > 1 ? given.map((filter) => `(${filter})`).join(' and ') : given[0];
}

/** The same question of several items is asked once. */
function askedOnce(client: ODataClient): (listing: Listing) => Promise<Outcome<Row[]>> {
  const answers = new Map<string, Promise<Outcome<Row[]>>>();
  const ask = ({ set, query, limit: most }: Listing) =>
    settle(() => client.list(set, query, { limit: most }));
  return (listing) => {
    const question = JSON.stringify(listing);
    const answer = answers.get(question) ?? ask(listing);
    answers.set(question, answer);
    return answer;
  };
}

async function listSteps(
  context: IExecuteFunctions,
  service: TableService,
  subject: Subject,
): Promise<AnySteps> {
  const { client, metadata, options: all } = await service.open(context);
  const reader = tableReader(context, { subject, metadata });
  const ask = askedOnce(client);
  return itemSteps<Listing, Row[]>({
    prepare: async (_item, index) => {
      const options = reader.read<TableOptions>('options', index, {});
      const { entitySetName } = await reader.table(index);
      const filter = both(await filterFor(service, reader, metadata, index), options.filter);
      const query = { ...readOptions(options), filter, orderBy: orderBy(options) };
      const most = readLimit(reader.read, index);
      return {
        set: entitySetName,
        query,
        limit: Number.isFinite(most) ? most : undefined,
      };
    },
    run: (listings) => Promise.all(listings.map(ask)),
    output: (_item, rows, index) =>
      rows.map((row) => resultItem({ ...versionOf(row, all), ...plainRow(row) }, index)),
  });
}

export function getMany(service: TableService, subject: Subject): Operation {
  return {
    name: 'Get Many',
    value: 'getAll',
    action: `Get many ${subject.plural}`,
    description: `Get many ${subject.plural} that match conditions`,
    properties: [
      ...tableFields(service, subject),
      returnAll,
      limit,
      ...conditionFields,
      readOptionFields(service, [...readingOptions(service), ...moreOptions(service)]),
    ],
    onlyReads: true,
    start: (context) => listSteps(context, service, subject),
  };
}
