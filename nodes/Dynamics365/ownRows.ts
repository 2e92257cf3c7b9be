import { LRUCache } from 'lru-cache';

import type { SentToRow } from '../../core/dynamics/dataverse/tracking/echo';
import type { NoteOwnRows, OwnRow } from '../../core/dynamics/dataverse/tracking/ownRows';
import type { Dataverse } from '../../core/dynamics/dataverse/types';

const HOUR_MS = 3_600_000;
/** What was written to one row lately. */
const MOST_OF_A_ROW = 8;

/**
 * What nodes of this process have written to rows of Dataverse, so that it does not come back as a change. Other processes of
 * n8n do not know of it: there it comes back once, and a flow that follows finds nothing to write.
 */
const sent = new LRUCache<string, SentToRow[]>({ max: 20_000, ttl: HOUR_MS });

const keyOf = (
  { root }: Pick<Dataverse, 'root'>,
  { set, id }: Pick<OwnRow, 'set' | 'id'>,
): string => `${root} ${set} ${id.toLowerCase()}`;

/** Notes what a client writes, from before it is sent. */
export const noteFor =
  (client: Pick<Dataverse, 'root'>): NoteOwnRows =>
  (rows) => {
    const notes = rows.map((row) => {
      const { columns, isDeleted, mayMake } = row;
      const note: SentToRow = { columns, at: Infinity, isDeleted, mayMake };
      const key = keyOf(client, row);
      sent.set(key, [...(sent.get(key) ?? []).slice(1 - MOST_OF_A_ROW), note]);
      return { key, note };
    });
    return (outcome) => {
      for (const { key, note } of notes) {
        if (outcome !== 'refused') note.at = Date.now();
        else
          sent.set(
            key,
            (sent.get(key) ?? []).filter((each) => each !== note),
          );
      }
    };
  };

/** What was sent to a row. */
export const sentTo = (
  client: Pick<Dataverse, 'root'>,
  row: Pick<OwnRow, 'set' | 'id'>,
): readonly SentToRow[] => sent.get(keyOf(client, row)) ?? [];
