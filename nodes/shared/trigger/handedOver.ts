import { LRUCache } from 'lru-cache';

import type { HandedOver } from '../../../core/feeds/tracked';
import { contentHandedOver, keyOf, noteContent } from './memory';

type Owner = Parameters<typeof noteContent>[0];

/** How a record was met. */
type Way = 'poll' | 'webhook';

interface Note extends HandedOver {
  way: Way;
  /** When this content came, which a delivery may be noted long after; `seenAt` is when it was noted. */
  cameAt: number;
}

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

/** @param met with the moment at which its content came, else it comes now */
export function noteHandedOver(owner: Owner, id: string, met: HandedOver, way: Way): void {
  noteContent(owner, id, JSON.stringify(noted(met, way)));
}

const noted = (met: HandedOver, way: Way): Note => {
  const seenAt = Date.now();
  return { ...met, way, cameAt: met.seenAt ?? seenAt, seenAt };
};

/** Of a time that a service gives in whole seconds. */
export const secondOf = (time: number): number => Math.floor(time / 1000);

/** Whether another content was met since this one came, by the clock of the service, or as far as that does not tell. */
function isOvertaken({ changedAt, seenAt = Date.now() }: HandedOver, by: Note): boolean {
  const ofService = [by.changedAt, changedAt].map((time) => time && secondOf(time));
  const [later, own] = ofService;
  return later && own && later !== own ? later > own : by.cameAt > seenAt;
}

/** What deliveries are handing over at this moment: n8n has not accepted it yet, and the same event may come twice at once. */
const underWay = new LRUCache<string, Note>({ max: 10_000, ttl: 60_000 });

const rowKey = (owner: Owner, id: string): string => `${keyOf(owner)}:${id}`;

/** What was met last, whichever way, or is being handed over; for deliveries alone, because a poll must not rely on it. */
export const lastMet = (owner: Owner, id: string): HandedOver | undefined =>
  underWay.get(rowKey(owner, id)) ?? noteOf(owner, id);

export function beginHandOver(owner: Owner, id: string, met: HandedOver): void {
  underWay.set(rowKey(owner, id), noted(met, 'webhook'));
}

/** n8n has accepted it, which may take longer than all that has come of the record since. */
export function endHandOver(owner: Owner, id: string, met: HandedOver): void {
  const key = rowKey(owner, id);
  if (underWay.get(key)?.cameAt === met.seenAt) underWay.delete(key);
  const note = noteOf(owner, id);
  if (!note || !isOvertaken(met, note)) noteHandedOver(owner, id, met, 'webhook');
}
