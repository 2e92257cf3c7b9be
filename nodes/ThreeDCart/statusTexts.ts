import { LRUCache } from 'lru-cache';

import type { ThreeDCart } from '../../core/stores/threedcart/client';
import {
  readStatusTexts,
  type StatusTexts,
  withStatusText,
} from '../../core/stores/threedcart/statusTexts';
import type { Order } from '../../core/stores/threedcart/wire';
import type { Store } from './connection';

/**
 * The names of the statuses of stores, by their API and address. A store that sends webhooks would else be asked twice for each
 * order, and takes two requests a second; runs that begin a minute later have the new name of a status. That there are none is not
 * kept: another credential of the same store may be let read them.
 */
const known = new LRUCache<string, StatusTexts>({ max: 1000, ttl: 60_000 });

/** What an opened store was asked, so that a run, a poll or a delivery asks once, though it may read many orders at a time. */
const asked = new WeakMap<ThreeDCart, Promise<StatusTexts>>();

function read({ client, key }: Store): Promise<StatusTexts> {
  const reading = readStatusTexts(client);
  asked.set(client, reading);
  reading.then(
    (texts) => texts.size > 0 && known.set(key, texts),
    // A later order of the same run may meet a store that is well again.
    () => asked.delete(client),
  );
  return reading;
}

/** Orders with what the merchant calls their status: one request for all of them, and none within a minute of the last. */
export async function withStatusTexts(store: Store, orders: Order[]): Promise<Order[]> {
  const texts = known.get(store.key) ?? (await (asked.get(store.client) ?? read(store)));
  return orders.map((order) => withStatusText(order, texts));
}
