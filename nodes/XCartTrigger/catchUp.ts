import type { IPollFunctions, IWebhookFunctions } from 'n8n-workflow';

import { cursorSince, type Trail } from '../../core/stores/kit/trail';
import { beginSweep, type Sweep } from '../../core/stores/xcart/sweep';
import type { Watermark } from '../../core/stores/xcart/events';
import { takeUnclaimed } from '../shared/unclaimed';
import { hasCaughtUp, markCaughtUp } from './memory';

/** How often the trigger looks back by itself, and how far: every order is put out a second time once. */
const SWEEP_EVERY_MS = 60 * 60_000;
const SWEEP_BACK_MS = 2 * SWEEP_EVERY_MS;
/** From a run being started to its Claim giving up. */
const BEFORE_A_FAILED_CLAIM_MS = 15 * 60_000;
/** After a look back that failed. */
const PAUSE_MS = 10 * 60_000;

/** What n8n keeps of it, in the node's static data. */
export interface CatchUpMemory {
  trail?: Trail;
  sweep?: Sweep;
  /** When the last look back of either kind began, and how far it reached. */
  sweptAt?: number;
  sweptSince?: number;
  sweptFarAt?: number;
  /** No look back before this. */
  pausedUntil?: number;
}

/** Node types behind which a Sync Ledger may be: another workflow's nodes are not seen from here. */
const LEDGER_MAY_FOLLOW = /\.(syncLedger|executeWorkflow)$/;

/**
 * Whether something behind the trigger tells what was put out before from what was not. Without it, to put orders
 * out again would be to send them twice.
 */
export function isFollowedByLedger(context: IPollFunctions | IWebhookFunctions): boolean {
  const following = context.getChildNodes(context.getNode().name);
  return following.some(({ type, disabled }) => !disabled && LEDGER_MAY_FOLLOW.test(type));
}

/**
 * How far to look back now, in time; undefined: not at all. n8n moves the cursor of a poll when it hands out the
 * items, before the workflow has run. What became of them, a trigger never learns: an execution may not have come
 * about (n8n's own database was locked), have been stopped before its Claim, or have died with its process.
 */
function since(context: IPollFunctions, memory: CatchUpMemory, catchUpMs: number, now: number) {
  const { sweptAt = now, sweptFarAt = 0 } = memory;
  const isFar = !hasCaughtUp(context) || now - sweptFarAt >= catchUpMs || sweptFarAt > now;
  if (isFar) return { time: now - catchUpMs, isFar };
  const failedAt = takeUnclaimed(context.getWorkflow().id ?? '');
  if (failedAt !== undefined) return { time: beforeFailedClaim(failedAt, memory), isFar };
  const isTime = now - sweptAt >= SWEEP_EVERY_MS || sweptAt > now;
  return isTime ? { time: now - Math.min(SWEEP_BACK_MS, catchUpMs), isFar } : undefined;
}

/** What could not be claimed may itself have come from a look back. */
function beforeFailedClaim(failedAt: number, { sweptAt = 0, sweptSince = 0 }: CatchUpMemory) {
  const time = failedAt - BEFORE_A_FAILED_CLAIM_MS;
  return sweptAt >= time ? Math.min(time, sweptSince) : time;
}

/** For a trigger that begins anew: nothing was put out so far. */
export function upToDate(context: IPollFunctions): CatchUpMemory {
  markCaughtUp(context);
  return { sweptAt: Date.now(), sweptFarAt: Date.now() };
}

/** Begins a look back where it is time for one. */
export function planCatchUp(
  context: IPollFunctions,
  memory: CatchUpMemory,
  watermark: Watermark,
  catchUpMs: number,
): CatchUpMemory {
  const now = Date.now();
  if (catchUpMs === 0 || !isFollowedByLedger(context)) return { trail: memory.trail };
  const planned = { ...memory, sweptAt: memory.sweptAt ?? now };
  if (isPaused(memory)) return planned;
  const back = since(context, planned, catchUpMs, now);
  if (!back) return planned;
  markCaughtUp(context);
  const from = cursorSince(memory.trail ?? [], back.time);
  const sweep = from === undefined ? memory.sweep : beginSweep(watermark, from, memory.sweep);
  const swept = { sweptAt: now, sweptSince: back.time, ...(back.isFar && { sweptFarAt: now }) };
  return { ...planned, sweep, ...swept };
}

export function isPaused({ pausedUntil = 0 }: CatchUpMemory): boolean {
  const left = pausedUntil - Date.now();
  return left > 0 && left <= PAUSE_MS;
}

/** The look back goes on later: new orders must not suffer from it. */
export function pauseCatchUp(memory: CatchUpMemory): CatchUpMemory {
  return { ...memory, pausedUntil: Date.now() + PAUSE_MS };
}
