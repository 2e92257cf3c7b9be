import { type ServiceError, toServiceError } from './errors';
import { isCancelled } from './http/wait';

/**
 * What became of one piece of work among many: its value, or a failure that concerns this piece alone. The one result
 * type of the project.
 */
export type Outcome<T> = { ok: true; value: T } | { ok: false; error: ServiceError };

function failed(error: unknown): { ok: false; error: ServiceError } {
  if (isCancelled(error)) throw error;
  return { ok: false, error: toServiceError(error) };
}

/** Does one piece of work. A failure is its outcome; only the end of the whole run is thrown. */
export async function settle<T>(work: () => T | Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return failed(error);
  }
}

/** The same of work that waits for nothing: for thousands of small pieces, waiting is a good part of the time. */
export function settleNow<T>(work: () => T): Outcome<T> {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    return failed(error);
  }
}
