import { LRUCache } from 'lru-cache';

import {
  readStatusTexts,
  type StatusTexts,
  withStatusText,
} from '../../core/stores/threedcart/statusTexts';
import type { Order } from '../../core/stores/threedcart/wire';
import type { Store } from './connection';

/**
 * The names of the statuses of stores, by their API and address. A store that sends webhooks would else be asked twice for each
 * order, and takes two requests a second; a status that is renamed is called so a minute later.
 */
const known = new LRUCache<string, StatusTexts>({ max: 1000, ttl: 60_000 });

/** Orders with what the merchant calls their status: one request for all of them, and none within a minute of the last. */
export async function withStatusTexts({ client, key }: Store, orders: Order[]): Promise<Order[]> {
  const texts = known.get(key) ?? (await readStatusTexts(client));
  known.set(key, texts, { noUpdateTTL: true });
  return orders.map((order) => withStatusText(order, texts));
}
