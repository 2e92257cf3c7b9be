import { pick } from 'lodash';

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
import type { DataverseTable } from '../../core/dynamics/dataverse/types';
import type { Row } from '../../core/odata/types';
import type { DeltaFeed } from '../../core/feeds/delta';
import type { RecordType } from '../../core/feeds/records';
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

/** A row of the table that the panel is set to, which only the environment knows whole. */
const kindOf = (table: DataverseTable): FollowedKind<Environment, Row> => ({
  type: typeOf(table),
  fields,
  options,
  idExample: '00000000-0000-0000-0000-000000000000',
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
