import { createHash } from 'node:crypto';

import type { WholeOrder } from './wire';

/** Ten pages of orders: about 2 MB. */
const MOST = 500;

/** By store, order and what a list tells of it. For all executions of the process: each poll opens the store anew. */
const known = new Map<string, Promise<WholeOrder>>();

/**
 * What the store told of an order, as long as the list tells the same of it, with the date of its last change: a poll
 * reads the newest page each time, and would ask for each of its orders again.
 *
 * @param row what the list has told
 */
export async function rememberedOrder(
  store: string,
  row: object,
  read: () => Promise<WholeOrder>,
): Promise<WholeOrder> {
  const key = createHash('sha256')
    .update(`${store} ${JSON.stringify(row)}`)
    .digest('base64url');
  const before = known.get(key);
  const reading = before ?? read();
  known.delete(key);
  known.set(key, reading);
  const [oldest] = known.keys();
  if (known.size > MOST && oldest !== undefined) known.delete(oldest);
  try {
    return await reading;
  } catch (error) {
    known.delete(key);
    throw error;
  }
}
