import { type ServiceError, toServiceError } from './errors';
import { isCancelled } from './http/wait';

/** What became of one piece of work among many. */
export type Settled<T> = { ok: true; value: T } | { ok: false; error: ServiceError };

/** Does one piece of work. A failure is its outcome; only the end of the whole run is thrown. */
export async function settle<T>(work: () => T | Promise<T>): Promise<Settled<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (isCancelled(error)) throw error;
    return { ok: false, error: toServiceError(error) };
  }
}
