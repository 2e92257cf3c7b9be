import { LRUCache } from 'lru-cache';
import type { INode } from 'n8n-workflow';

import type { HookIds } from '../../../core/webhooks/hooks';

/**
 * What this process remembers of its triggers. None of it is needed for correctness: after a restart it is empty, the
 * first poll looks back, and a record that is then handed over again is recognised further on (Sync Ledger).
 */

const HOUR_MS = 3_600_000;

interface Owner {
  getNode(): INode;
  getWorkflow(): { id?: string };
}

/** Of one trigger in one workflow, as the address of its webhook is. */
export function keyOf(owner: Owner): string {
  return `${owner.getWorkflow().id ?? ''}:${owner.getNode().id}`;
}

/** Triggers that have caught up since this process, or the workflow in it, was started. */
const caughtUp = new Set<string>();

export function hasCaughtUp(owner: Owner): boolean {
  return caughtUp.has(keyOf(owner));
}

export function markCaughtUp(owner: Owner): void {
  caughtUp.add(keyOf(owner));
}

/** The workflow was published: its next poll catches up. */
export function forgetCatchUp(owner: Owner): void {
  caughtUp.delete(keyOf(owner));
}

/** Triggers whose last poll left records for the next one. */
const behind = new Set<string>();

export function markBehind(owner: Owner, isBehind: boolean): void {
  if (isBehind) behind.add(keyOf(owner));
  else behind.delete(keyOf(owner));
}

/** Whether a poll of this process has come to the end of what there is, so that the next one brings all that is new. */
export function isUpToDate(owner: Owner): boolean {
  return caughtUp.has(keyOf(owner)) && !behind.has(keyOf(owner));
}

/** How often a record was announced that the store does not have. */
const missing = new LRUCache<string, number>({ max: 10_000, ttl: HOUR_MS });

/** @returns how often this was said of the record within the last hour, this time included */
export function countMissing(owner: Owner, id: string): number {
  const key = `${keyOf(owner)}:${id}`;
  const count = (missing.get(key) ?? 0) + 1;
  missing.set(key, count);
  return count;
}

const deliveries = new LRUCache<string, true>({ max: 10_000, ttl: 24 * HOUR_MS });

/** A delivery whose records were handed over to a workflow. */
export function wasHandedOver(owner: Owner, delivery: string | undefined): boolean {
  return delivery !== undefined && deliveries.has(`${keyOf(owner)}:${delivery}`);
}

export function markHandedOver(owner: Owner, delivery: string | undefined): void {
  if (delivery !== undefined) deliveries.set(`${keyOf(owner)}:${delivery}`, true);
}

const contents = new LRUCache<string, string>({ max: 20_000, ttl: 24 * HOUR_MS });

/** Digest of the content that a webhook last handed over of a record; undefined where none of this process has. */
export function contentHandedOver(owner: Owner, id: string): string | undefined {
  return contents.get(`${keyOf(owner)}:${id}`);
}

export function noteContent(owner: Owner, id: string, digest: string): void {
  contents.set(`${keyOf(owner)}:${id}`, digest);
}

/** What a dry run has handed over is not handed over: it comes again. */
export function forgetHandedOver(owner: Owner): void {
  for (const cache of [deliveries, contents]) {
    for (const key of [...cache.keys()]) {
      if (key.startsWith(`${keyOf(owner)}:`)) cache.delete(key);
    }
  }
}

/** Webhooks that a trigger has made in its store. */
export interface MadeHooks {
  secret: string;
  ids: HookIds;
  /** Address of the store that has given the ids; left out: an earlier build has kept none. */
  store?: string;
}

const made = new LRUCache<string, MadeHooks>({ max: 10_000 });

/** What this process has last made or found for the trigger; undefined: nothing since it was started or unpublished. */
export function madeHooks(owner: Owner): MadeHooks | undefined {
  return made.get(keyOf(owner));
}

export function noteHooks(owner: Owner, hooks: MadeHooks): void {
  made.set(keyOf(owner), hooks);
}

export function forgetHooks(owner: Owner): void {
  made.delete(keyOf(owner));
}
