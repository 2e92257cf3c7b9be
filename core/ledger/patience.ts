import { toServiceError } from '../errors';
import { type Clock, isCancelled, systemClock } from '../http/wait';

const TRIES = 5;
const WAIT_MS = 5000;

/** Whether a moment later all may be well. What is not understood may be, too: n8n's own database is busy, say. */
function mayPass(error: unknown): boolean {
  if (isCancelled(error)) return false;
  const failure = toServiceError(error);
  return failure.retryable || failure.class === 'unknown';
}

/**
 * Works with a ledger, which is a file: what holds it up (a backup, a full disk) is mostly gone in seconds. It stands here
 * and not in n8n's _Retry On Fail_, which waits as long for what only a person can repair, and takes an item with a field
 * `error` for a failure of the node. Throws what the last try has thrown, and at once what time does not heal.
 *
 * @param work has to bear being done twice
 */
export async function patiently<T>(
  work: () => Promise<T>,
  signal?: AbortSignal,
  clock: Pick<Clock, 'sleep'> = systemClock,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries === TRIES || !mayPass(error)) throw error;
    }
    await clock.sleep(WAIT_MS, signal);
  }
}
