import { LRUCache } from 'lru-cache';

import type { HandedOver } from '../../../core/feeds/tracked';
import { contentHandedOver, keyOf, noteContent } from './memory';

type Owner = Parameters<typeof noteContent>[0];

/** How a record was met. */
type Way = 'poll' | 'webhook';

type Note = HandedOver & { way: Way };

function noteOf(owner: Owner, id: string): Note | undefined {
  const text = contentHandedOver(owner, id);
  return text === undefined ? undefined : (JSON.parse(text) as Note);
}

/**
 * What a webhook of this process has last met of a record that is followed by delta, and no poll since. What polls have met
 * they know by what n8n has saved of them: n8n may have thrown away what one has put out, and then what it knew as well.
 */
export function handedOver(owner: Owner, id: string): HandedOver | undefined {
  const note = noteOf(owner, id);
  return note?.way === 'webhook' ? note : undefined;
}

export function noteHandedOver(owner: Owner, id: string, met: HandedOver, way: Way): void {
  noteContent(owner, id, JSON.stringify({ ...met, seenAt: Date.now(), way }));
}

/** What deliveries are handing over at this moment: n8n has not accepted it yet, and the same event may come twice at once. */
const underWay = new LRUCache<string, HandedOver>({ max: 10_000, ttl: 60_000 });

const rowKey = (owner: Owner, id: string): string => `${keyOf(owner)}:${id}`;

/** What was met last, whichever way, or is being handed over; for deliveries alone, because a poll must not rely on it. */
export const lastMet = (owner: Owner, id: string): HandedOver | undefined =>
  underWay.get(rowKey(owner, id)) ?? noteOf(owner, id);

export function beginHandOver(owner: Owner, id: string, met: HandedOver): void {
  underWay.set(rowKey(owner, id), { ...met, seenAt: Date.now() });
}

/** n8n has accepted it. */
export function endHandOver(owner: Owner, id: string, met: HandedOver): void {
  underWay.delete(rowKey(owner, id));
  noteHandedOver(owner, id, met, 'webhook');
}
