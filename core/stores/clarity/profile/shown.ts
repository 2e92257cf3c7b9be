/** Which of several names a deployment uses, learnt from records that it has. */
import { isObject, mergeWith } from 'lodash';

import { settle } from '../../../outcome';

/** As many show the names also of fields that some records leave out. */
export const ROWS_SHOWN = 10;

const isBlank = (value: unknown): boolean => value === undefined || value === null || value === '';

/** All that any of the records has; the first value counts. */
function together(records: readonly unknown[]): unknown {
  return mergeWith({}, ...records, (there: unknown, given: unknown) => {
    if (isBlank(given)) return there;
    if (isObject(there) || isObject(given)) return undefined;
    return isBlank(there) ? given : there;
  }) as unknown;
}

/**
 * Reads records once, however many ask. Where there are none, or the service refuses to list them, nothing is known. What may
 * pass rejects, because a field under the wrong name would be lost without a word.
 *
 * @param read the first records of a list, as the service sent them
 */
export function namesShown(read: () => Promise<unknown[]>): () => Promise<unknown> {
  let reading: Promise<unknown> | undefined;
  async function learn(): Promise<unknown> {
    const rows = await settle(read);
    if (rows.ok) return rows.value.length > 0 ? together(rows.value) : undefined;
    if (rows.error.retryable) throw rows.error;
    return undefined;
  }
  return async () => {
    reading ??= learn().catch((error: unknown) => {
      reading = undefined;
      throw error;
    });
    return await reading;
  };
}
