import { LRUCache } from 'lru-cache';

import type { HandedOver } from '../../../core/stores/kit/tracked';
import { contentHandedOver, keyOf, noteContent } from './memory';

type Owner = Parameters<typeof noteContent>[0];

const GONE = 'gone';

/** What this process has last met of a record that is followed by delta, by webhook or by poll. */
export function handedOver(owner: Owner, id: string): HandedOver | undefined {
  const text = contentHandedOver(owner, id);
  if (text === undefined) return undefined;
  if (text === GONE) return { version: '', print: '', isGone: true };
  const [version = '', print = '', changedAt = '', seenAt = ''] = text.split(' ');
  return {
    version,
    print,
    ...(changedAt !== '' && { changedAt: Number(changedAt) }),
    seenAt: Number(seenAt),
  };
}

export function noteHandedOver(
  owner: Owner,
  id: string,
  { version, print, changedAt, isGone }: HandedOver,
): void {
  noteContent(owner, id, isGone ? GONE : [version, print, changedAt ?? '', Date.now()].join(' '));
}

/** What deliveries are handing over at this moment: n8n has not accepted it yet, and the same event may come twice at once. */
const underWay = new LRUCache<string, HandedOver>({ max: 10_000, ttl: 60_000 });

const rowKey = (owner: Owner, id: string): string => `${keyOf(owner)}:${id}`;

/** What was met last, or is being handed over; for deliveries alone, because a poll must not rely on it. */
export const lastMet = (owner: Owner, id: string): HandedOver | undefined =>
  underWay.get(rowKey(owner, id)) ?? handedOver(owner, id);

export function beginHandOver(owner: Owner, id: string, met: HandedOver): void {
  underWay.set(rowKey(owner, id), { ...met, seenAt: Date.now() });
}

/** n8n has accepted it. */
export function endHandOver(owner: Owner, id: string, met: HandedOver): void {
  underWay.delete(rowKey(owner, id));
  noteHandedOver(owner, id, met);
}
