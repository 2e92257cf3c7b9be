import { setTimeout as sleep } from 'node:timers/promises';

/** What one question can take of the patience at most. */
const LONGEST_STEP_MS = 5_000;

/**
 * Asks until the answer is yes; false when the patience has come to its end. A machine that was put to sleep between
 * two questions loses seconds by it and not all of its patience.
 */
export async function waitUntil(
  condition: () => Promise<boolean> | boolean,
  patienceMs: number,
  everyMs = 200,
): Promise<boolean> {
  for (let waited = 0; ;) {
    const asked = Date.now();
    if (await condition()) return true;
    if (waited >= patienceMs) return false;
    await sleep(everyMs);
    waited += Math.min(Date.now() - asked, LONGEST_STEP_MS);
  }
}
