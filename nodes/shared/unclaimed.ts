/**
 * Runs of this process whose Claim has failed: the ledger was locked, or the disk full. What a trigger has put out is
 * then known to nobody but the trigger, which looks back as soon as it can. Runs on other workers are not seen here;
 * for them the trigger looks back from time to time anyway.
 */
interface Trouble {
  /** First and last failure of each run: n8n tries a failed node again within the same run. */
  failed: Map<string, { first: number; last: number }>;
  /** How often was looked back for nothing, and when last. */
  looks: number;
  lookedAt: number;
}

const troubles = new Map<string, Trouble>();

/** As long as a run may still be trying: the patience of the ledger, and n8n's longest wait between two tries. */
const STILL_TRYING_MS = 30_000;
const FIRST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 15 * 60_000;

/** The claim of a run has failed. */
export function reportUnclaimed(workflow: string, run: string, now = Date.now()): void {
  const trouble = troubles.get(workflow) ?? { failed: new Map(), looks: 0, lookedAt: 0 };
  const first = trouble.failed.get(run)?.first ?? now;
  trouble.failed.set(run, { first, last: now });
  troubles.set(workflow, trouble);
}

/** The claim of a run has succeeded, at once or in the end. */
export function reportClaimed(workflow: string, run: string): void {
  const trouble = troubles.get(workflow);
  if (!trouble) return;
  trouble.failed.delete(run);
  trouble.looks = 0;
  if (trouble.failed.size === 0) troubles.delete(workflow);
}

/**
 * When the oldest claim failed that nobody has looked back for yet. Undefined: there is none, or it is not yet time;
 * while nothing gets better, the looks become rarer.
 */
export function takeUnclaimed(workflow: string, now = Date.now()): number | undefined {
  const trouble = troubles.get(workflow);
  const runs = [...(trouble?.failed.values() ?? [])];
  if (!trouble || runs.length === 0) return undefined;
  if (runs.some(({ last }) => now - last < STILL_TRYING_MS)) return undefined;
  const wait = Math.min(FIRST_WAIT_MS * 2 ** (trouble.looks - 1), LONGEST_WAIT_MS);
  if (trouble.looks > 0 && now - trouble.lookedAt < wait) return undefined;
  trouble.failed.clear();
  trouble.looks += 1;
  trouble.lookedAt = now;
  return Math.min(...runs.map(({ first }) => first));
}
