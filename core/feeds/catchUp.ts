import { beginSweep, type Sweep } from './sweep';
import { cursorSince, type Trail } from './trail';
import type { Watermark } from './watermark';

/**
 * When and how far a trigger looks back at what it has put out, without n8n and without a clock of its own. n8n moves
 * the cursor of a poll when it hands out the items, before the workflow has run. What became of them, a trigger never
 * learns: an execution may not have come about (n8n's own database was locked), have been stopped before its Claim,
 * or have died with its process.
 */

/** How often a trigger looks back by itself, and how far: every record is put out a second time once. */
const SWEEP_EVERY_MS = 60 * 60_000;
const SWEEP_BACK_MS = 2 * SWEEP_EVERY_MS;
/** From a run being started to its Claim giving up. */
const BEFORE_A_FAILED_CLAIM_MS = 15 * 60_000;
/** After a look back that failed. */
const PAUSE_MS = 10 * 60_000;

/** What has to outlive the process. Moments are by the clock of this machine, in milliseconds since the epoch. */
export interface CatchUpMemory {
  trail?: Trail;
  /** The look back that is under way. */
  sweep?: Sweep;
  /** When the last look back of either kind began, and how far it reached. */
  sweptAt?: number;
  sweptSince?: number;
  /** When the last far look back began. */
  sweptFarAt?: number;
  /** No look back before this. */
  pausedUntil?: number;
}

/** What a trigger knows at the moment of a poll. */
export interface CatchUpSituation {
  now: number;
  /** How far the far look back goes; 0: nobody is to look back. */
  catchUpMs: number;
  /** Something behind the trigger tells what was put out before from what was not. */
  isFollowedByLedger: boolean;
  /** The process has looked back far since it, or the workflow in it, was started. */
  hasCaughtUp: boolean;
  /** When the oldest claim failed that nobody has looked back for. Asked only where it decides; asking takes it. */
  takeFailedClaim(): number | undefined;
}

export interface CatchUpPlan {
  memory: CatchUpMemory;
  /** A look back has begun now. */
  begins: boolean;
}

/** For a trigger that begins anew: nothing was put out so far, so that there is nothing to look back at. */
export function nothingPutOutYet(now: number): CatchUpMemory {
  return { sweptAt: now, sweptFarAt: now };
}

export interface LookBack {
  memory: CatchUpMemory;
  /** What was put out at this moment or later is to be put out again; undefined: it is not time for it. */
  since?: number;
}

/** Whether it is time to look back, and how far. */
export function planLookBack(memory: CatchUpMemory, situation: CatchUpSituation): LookBack {
  const { now, catchUpMs, isFollowedByLedger } = situation;
  if (catchUpMs === 0 || !isFollowedByLedger) return { memory: { trail: memory.trail } };
  const planned = { ...memory, sweptAt: memory.sweptAt ?? now };
  if (isPaused(memory, now)) return { memory: planned };
  const back = howFarBack(planned, situation);
  if (!back) return { memory: planned };
  const swept = { sweptAt: now, sweptSince: back.time, ...(back.isFar && { sweptFarAt: now }) };
  return { memory: { ...planned, ...swept }, since: back.time };
}

/** Begins a look back where it is time for one. */
export function planCatchUp(
  memory: CatchUpMemory,
  watermark: Watermark,
  situation: CatchUpSituation,
): CatchUpPlan {
  const { memory: planned, since } = planLookBack(memory, situation);
  if (since === undefined) return { memory: planned, begins: false };
  const from = cursorSince(memory.trail ?? [], since);
  const sweep = from === undefined ? memory.sweep : beginSweep(watermark, from, memory.sweep);
  return { memory: { ...planned, sweep }, begins: true };
}

/** How far to look back now, in time; undefined: not at all. */
function howFarBack(
  memory: CatchUpMemory,
  { now, catchUpMs, hasCaughtUp, takeFailedClaim }: CatchUpSituation,
): { time: number; isFar: boolean } | undefined {
  const { sweptAt = now, sweptFarAt = 0 } = memory;
  const isFar = !hasCaughtUp || now - sweptFarAt >= catchUpMs || sweptFarAt > now;
  if (isFar) return { time: now - catchUpMs, isFar };
  const failedAt = takeFailedClaim();
  if (failedAt !== undefined) return { time: beforeFailedClaim(failedAt, memory), isFar };
  const isTime = now - sweptAt >= SWEEP_EVERY_MS || sweptAt > now;
  return isTime ? { time: now - Math.min(SWEEP_BACK_MS, catchUpMs), isFar } : undefined;
}

/** What could not be claimed may itself have come from a look back. */
function beforeFailedClaim(failedAt: number, { sweptAt = 0, sweptSince = 0 }: CatchUpMemory) {
  const time = failedAt - BEFORE_A_FAILED_CLAIM_MS;
  return sweptAt >= time ? Math.min(time, sweptSince) : time;
}

export function isPaused({ pausedUntil = 0 }: CatchUpMemory, now: number): boolean {
  const left = pausedUntil - now;
  return left > 0 && left <= PAUSE_MS;
}

/** The look back goes on later: new records must not suffer from it. */
export function pauseCatchUp(memory: CatchUpMemory, now: number): CatchUpMemory {
  return { ...memory, pausedUntil: now + PAUSE_MS };
}
