import { pick, uniq } from 'lodash';

import {
  isExpired,
  readChanges,
  readRow,
  readRows,
  versionOf,
} from '../../core/dynamics/dataverse/tracking/changes';
import {
  changedAt,
  madeAt,
  numberOf,
  sentVersion,
  shownOf,
  VOLATILE_FIELDS,
  watchedOf,
  withChange,
} from '../../core/dynamics/dataverse/tracking/rows';
import { NUMBER_COLUMNS } from '../../core/dynamics/dataverse/tracking/watched';
import type { DataverseTable } from '../../core/dynamics/dataverse/types';
import { eq, or } from '../../core/odata/query';
import type { Row } from '../../core/odata/types';
import type { DeltaFeed } from '../../core/feeds/delta';
import type { RecordType } from '../../core/feeds/records';
import { guidIn } from '../../core/values';
import type { FollowedKind } from '../shared/trigger/definition';
import type { Environment } from './environment';
import { fields, options } from './fields';
import { oneRowOf, rowsOf } from './tables';

/** As it stands in `source.platform`. */
export const PLATFORM = 'dataverse';

const typeOf = (table: DataverseTable): RecordType<Row> => ({
  platform: PLATFORM,
  kind: table.logicalName,
  one: oneRowOf(table),
  many: rowsOf(table),
  place: 'environment',
  idOf: (row) => String(row[table.primaryId]),
  numberOf: (row) => numberOf(table, row),
  versionOf: sentVersion,
  changedAt,
  createdAt: madeAt,
  volatile: VOLATILE_FIELDS,
});

const feedOf = ({ client, table, followed }: Environment): DeltaFeed<Row> => {
  const { primaryId, entitySetName } = table;
  const { select } = followed;
  return {
    type: typeOf(table),
    delta: {
      page: async (from) => await readChanges(client, table, from),
      isForgotten: isExpired,
      read: async (ids) => await readRows(client, table, ids, select),
      latest: async (limit) =>
        await client.list(
          entitySetName,
          {
            select: [...select],
            ...(select.includes('modifiedon') && { orderBy: ['modifiedon desc'] }),
          },
          { limit },
        ),
      watched: (row) => watchedOf(followed, row),
      gone: (id) => ({ [primaryId]: id }),
      versionOf,
      withChange: (row, columns, before) =>
        withChange(row, { columns, ...(before && { before: pick(before, columns) }) }),
    },
  };
};

/**
 * A row by its ID, or by what people call it: its number, where the table has one, or its name. Of several the one that was
 * changed last.
 */
async function rowCalled(
  { client, table, followed: { select } }: Environment,
  asked: string,
): Promise<Row | undefined> {
  const { entitySetName, logicalName, primaryName } = table;
  const id = guidIn(asked);
  if (id) return await readRow(client, table, id, select);
  const names = uniq([NUMBER_COLUMNS[logicalName], primaryName]).filter(
    (name) => name !== undefined,
  );
  if (names.length === 0) return undefined;
  const [row] = await client.list(
    entitySetName,
    {
      select: [...select],
      filter: or(...names.map((name) => eq(name, asked))),
      ...(select.includes('modifiedon') && { orderBy: ['modifiedon desc'] }),
    },
    { limit: 1 },
  );
  return row;
}

/** A row of the table that the panel is set to, which only the environment knows whole. */
const kindOf = (table: DataverseTable): FollowedKind<Environment, Row> => ({
  type: typeOf(table),
  fields,
  options,
  byNumber: async (environment, asked) => await rowCalled(environment, asked),
  numberWord: 'number, name or ID',
  idExample: 'ORD-01042-K7M2P9',
  tellsDeleted: true,
  startsAtOnce: true,
  of: (environment) => ({ ...kindOf(environment.table), of: undefined }),
  feed: feedOf,
  get: async ({ client, followed: { select } }, id) => await readRow(client, table, id, select),
  shown: ({ followed }, row) => shownOf(followed, row),
});

const ANY: DataverseTable = {
  logicalName: 'row',
  entitySetName: 'rows',
  displayName: 'Row',
  primaryId: 'rowid',
};

/** What the panel says, where the table is known by its name alone. */
export const rows: FollowedKind<Environment, Row> = {
  ...kindOf(ANY),
  type: { ...typeOf(ANY), one: 'row', many: 'rows' },
};
