import { groupBy } from 'lodash';

import { listIn } from '../../../odata/listIn';
import { isGuidText } from '../../../odata/query';
import type { ODataClient, Row } from '../../../odata/types';
import type { RowWrite } from './writeJob';

/** How far the clocks of this machine and of the service may be apart. */
const SKEW_MS = 60_000;

/** The primary key that the sender made, as the service writes it. */
export function idMade({ row, primaryId }: RowWrite): string | undefined {
  const id = row[primaryId];
  return isGuidText(id) ? id.toLowerCase() : undefined;
}

const placeOf = (set: string, id: unknown): string => `${set} ${String(id).toLowerCase()}`;

/**
 * Looks for the rows of a message that makes all or none, where nobody knows whether it was carried out. If all rows are
 * there and were not there before it was sent, they are its rows; one whose `overriddencreatedon` is in the past cannot
 * be told from one that was there.
 *
 * @param since When the message was first sent, in milliseconds since 1970.
 * @param whole Gives back all columns of the rows.
 * @returns the rows in the order of the writes; undefined: the message was not carried out. Rejects where the service
 * does not tell, also because the table does not have `createdon`.
 */
export async function rowsMade(
  client: ODataClient,
  writes: RowWrite[],
  { since, whole = false }: { since: number; whole?: boolean },
): Promise<Row[] | undefined> {
  const groups = Object.entries(groupBy(writes, 'set')).map(([set, own]) => ({
    set,
    column: own[0]?.primaryId ?? '',
    values: own.flatMap((write) => idMade(write) ?? []),
  }));
  const found = await listIn(
    client,
    groups.map((group) => (whole ? group : { ...group, select: [group.column, 'createdon'] })),
  );
  const made = new Map(
    groups.flatMap(({ set, column }, index) =>
      (found[index] ?? [])
        .filter(({ createdon }) => Date.parse(String(createdon)) >= since - SKEW_MS)
        .map((row) => [placeOf(set, row[column]), row] as const),
    ),
  );
  const rows = writes.flatMap((write) => {
    const row = made.get(placeOf(write.set, idMade(write)));
    return row ? [row] : [];
  });
  return rows.length === writes.length ? rows : undefined;
}
