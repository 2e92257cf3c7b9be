import { isEcho } from '../../core/dynamics/dataverse/tracking/echo';
import { watchedOf } from '../../core/dynamics/dataverse/tracking/rows';
import type { Row } from '../../core/odata/types';
import type { OwnQuestion } from '../../core/feeds/tracked';
import { sentTo } from '../Dynamics365/ownRows';
import type { Environment } from './environment';

/** Which changes are but what nodes of this process have written themselves. */
export async function areOwn(
  { client, table, followed, putsOutOwn }: Environment,
  changes: ReadonlyArray<OwnQuestion<object>>,
): Promise<boolean[]> {
  if (putsOutOwn) return changes.map(() => false);
  return changes.map(({ id, record, event, names, seenAt }) => {
    const row = record as Row | undefined;
    const sent = sentTo(client, { set: table.entitySetName, id });
    return isEcho(sent, {
      row,
      isNew: event.endsWith('.created'),
      names: names ?? Object.keys(row ? watchedOf(followed, row) : {}),
      ...(seenAt !== undefined && { seenAt }),
    });
  });
}
