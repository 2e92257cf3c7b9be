import type { IExecuteFunctions } from 'n8n-workflow';

import { createMetadata } from '../../../../core/dynamics/dataverse/metadata/metadata';
import { type Condition, filterOf } from '../../../../core/dynamics/dataverse/rows/conditions';
import type { Dataverse, DataverseMetadata } from '../../../../core/dynamics/dataverse/types';
import type { Query, Row } from '../../../../core/odata/types';
import { type Outcome, settle } from '../../../../core/outcome';
import { limit, returnAll } from '../../../shared/fields';
import { resultItem } from '../../../shared/items';
import type { Operation } from '../../../shared/operation';
import { type AnySteps, itemSteps } from '../../../shared/steps';
import { conditionFields } from '../../fields/conditions';
import { readOptionFields } from '../../fields/options';
import { readingOptions } from '../../fields/reading';
import { tableFields } from '../../fields/table';
import { type InputReader, inputReader } from '../../input';
import { type Options, setUp } from '../../options';
import type { Subject } from '../../subjects';
import { orderBy, plainRow, readOptions } from './reading';

const moreOptions = [
  {
    displayName: 'Filter (OData)',
    name: 'filter',
    type: 'string' as const,
    default: '',
    placeholder: "e.g. statecode eq 0 and contains(name,'Ltd')",
    description:
      'Filter in OData for what the conditions cannot say; both must hold. Be careful with text from outside: a quote in it ends the value.',
  },
  {
    displayName: 'Order By',
    name: 'orderBy',
    type: 'string' as const,
    default: '',
    placeholder: 'e.g. createdon desc,name',
    description: 'Columns to sort by, with commas between',
  },
];

interface Listing {
  set: string;
  query: Query;
  limit?: number;
}

async function filterFor(
  reader: InputReader,
  metadata: DataverseMetadata,
  index: number,
): Promise<string | undefined> {
  const { condition = [] } = reader.read<{ condition?: Condition[] }>('conditions', index, {});
  if (condition.length === 0) return undefined;
  const { logicalName } = await reader.table(index);
  const combine = reader.read<string>('combine', index, 'all');
  return filterOf(condition, combine, await metadata.columns(logicalName));
}

function both(...filters: Array<string | undefined>): string | undefined {
  const given = filters.filter((filter) => filter !== undefined && filter.trim() !== '');
  return given.length > 1 ? given.map((filter) => `(${filter})`).join(' and ') : given[0];
}

/** The same question of several items is asked once. */
function askedOnce(client: Dataverse): (listing: Listing) => Promise<Outcome<Row[]>> {
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

async function listSteps(context: IExecuteFunctions, subject: Subject): Promise<AnySteps> {
  const { client } = await setUp(context);
  const metadata = createMetadata(client);
  const reader = inputReader(context, { subject, metadata });
  const ask = askedOnce(client);
  return itemSteps<Listing, Row[]>({
    prepare: async (_item, index) => {
      const options = reader.read<Options>('options', index, {});
      const { entitySetName } = await reader.table(index);
      const filter = both(await filterFor(reader, metadata, index), options.filter);
      const query = { ...readOptions(options), filter, orderBy: orderBy(options) };
      const all = reader.read<boolean>('returnAll', index);
      return {
        set: entitySetName,
        query,
        limit: all ? undefined : reader.read<number>('limit', index),
      };
    },
    run: (listings) => Promise.all(listings.map(ask)),
    output: (_item, rows, index) => rows.map((row) => resultItem(plainRow(row), index)),
  });
}

export function getMany(subject: Subject): Operation {
  return {
    name: 'Get Many',
    value: 'getAll',
    action: `Get many ${subject.plural}`,
    description: `Get many ${subject.plural} that match conditions`,
    properties: [
      ...tableFields(subject),
      returnAll,
      limit,
      ...conditionFields,
      readOptionFields([...readingOptions, ...moreOptions]),
    ],
    start: (context) => listSteps(context, subject),
  };
}
