import { LRUCache } from 'lru-cache';

/**
 * Orders that webhooks of this process have handed over and that are neither done nor failed yet. n8n starts an
 * execution for each delivery, all at the same time, and each of them holds about 15 MB: a shop's busiest minute, or
 * a slow Dynamics 365, would take all memory there is. What ends in another process is forgotten after a while.
 */
const FORGOTTEN_AFTER_MS = 2 * 60_000;
const MOST = 10_000;

const underway = new Map<string, LRUCache<string, true>>();

export function noteUnderway(workflow: string, key: string): void {
  const known = underway.get(workflow) ?? new LRUCache({ max: MOST, ttl: FORGOTTEN_AFTER_MS });
  underway.set(workflow, known);
  known.set(key, true);
}

/** @param keys `platform:store:kind:id` */
export function noteSettled(workflow: string, keys: string[]): void {
  const known = underway.get(workflow);
  for (const key of keys) known?.delete(key);
}

export function countUnderway(workflow: string): number {
  const known = underway.get(workflow);
  known?.purgeStale();
  return known?.size ?? 0;
}
