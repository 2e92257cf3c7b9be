import { createHash } from 'node:crypto';

import type { XCart } from './client';
import { MAX_PAGE_SIZE } from './api';
import { readAscending, readDescending, timeOf, type Window } from './window';
import type { Order } from './wire';

export * from './webhook';

export type OrderEvent = 'order.created' | 'order.changed';

/** Where a record comes from; travels with it through a whole workflow. */
export interface Source {
  platform: 'xcart';
  /** The name that the credential gives the shop. */
  store: string;
  kind: 'order';
  id: string;
  event: OrderEvent | 'poll';
  /**
   * When the store was asked, ISO 8601. Dates of X-Cart have whole seconds: of two contents of the same second the
   * one that was read later is the newer one.
   */
  readAt: string;
}

export function orderSource(
  store: string,
  order: Order,
  event: Source['event'],
  readAt: number,
): Source {
  const id = String(order.id);
  return {
    platform: 'xcart',
    store,
    kind: 'order',
    id,
    event,
    readAt: new Date(readAt).toISOString(),
  };
}

/**
 * What a poll remembers. All times are milliseconds since the epoch by the clock of the store, so that a clock
 * that is wrong here loses nothing. It never goes further than the clock of this machine, though: an order dated
 * years ahead (a wrong import, a dead battery) would otherwise hide all others until then.
 */
export interface Watermark {
  /** What the watermark was made for: another store or another start begins anew. */
  origin: string;
  /** Nothing older is ever put out. */
  start: number;
  /** Everything older has been put out. */
  cursor: number;
  /** Where the cursor goes once this stretch has been read a second time. */
  pending?: number;
  /** Orders put out, in the stretch that will be read again: id to the fingerprint of what was put out. */
  seen: Record<string, string>;
  /** Orders that were there before the start, in the stretch just after `start`. */
  baseline: Record<string, string>;
}

export interface PollOptions {
  /** Stretch before the cursor that is read again, for orders whose transaction ended late. */
  overlapMs: number;
  /** Orders put out at most; the rest comes with the next poll. */
  max: number;
  /** X-Cart 5.5.1 and newer has `lastRenewDate[after]`; 5.5.0 does not. */
  modifiedSinceFilter: boolean;
  paymentStatus?: readonly string[];
  shippingStatus?: readonly string[];
  /** None: both. */
  events?: readonly OrderEvent[];
  /** When the poll has to be over, by the clock of this machine. */
  deadline?: number;
}

export interface OrderChange {
  order: Order;
  event: OrderEvent;
  /** When the store was asked for it, by the clock of this machine. */
  readAt: number;
}

export interface PollResult {
  watermark: Watermark;
  /** Oldest change first, each order once. */
  changes: OrderChange[];
  /** More were found than `max`. */
  more: boolean;
}

/** The content, not the date: two changes within one second have the same date. */
function fingerprint(order: Order): string {
  const digest = createHash('sha256').update(JSON.stringify(order)).digest('base64url');
  return `${timeOf(order)}:${digest.slice(0, 16)}`;
}

function timeIn(fingerprinted: string): number {
  return Number(fingerprinted.split(':', 1)[0]);
}

function fingerprints(orders: Order[]): Record<string, string> {
  return Object.fromEntries(orders.map((order) => [String(order.id), fingerprint(order)]));
}

function since({ start, cursor }: Pick<Watermark, 'start' | 'cursor'>, overlapMs: number): number {
  return Math.max(start, cursor - overlapMs);
}

/**
 * The first watermark. From a given moment, or from what the store holds now: its newest change is the start,
 * less the overlap, and the orders of that stretch are known already.
 */
export async function begin(
  client: XCart,
  origin: string,
  options: PollOptions,
  from?: Date,
): Promise<Watermark> {
  if (from) {
    const start = from.getTime();
    return { origin, start, cursor: start, seen: {}, baseline: {} };
  }
  const latest = await latestOrders(client, MAX_PAGE_SIZE);
  const [newest] = latest;
  if (newest === undefined) return { origin, start: 0, cursor: 0, seen: {}, baseline: {} };
  const cursor = Math.min(timeOf(newest), Date.now());
  const start = cursor - options.overlapMs;
  const { orders } = await readDescending(client, start, { ...options, max: Infinity });
  // What is placed between the two requests is new, also within the second of the newest.
  const latestIds = new Set(latest.map(({ id }) => id));
  const known = orders.filter((order) => latestIds.has(order.id) || timeOf(order) < timeOf(newest));
  // And what changed between them is changed.
  const baseline = { ...fingerprints(known), ...fingerprints(latest) };
  return { origin, start, cursor, seen: baseline, baseline };
}

/** The orders changed last, newest first. */
export async function latestOrders(
  client: XCart,
  limit: number,
  filter: Pick<PollOptions, 'paymentStatus' | 'shippingStatus'> = {},
): Promise<Order[]> {
  const query = {
    paymentStatus: filter.paymentStatus,
    shippingStatus: filter.shippingStatus,
    sort: { by: 'lastRenewDate', direction: 'desc' },
  } as const;
  for await (const page of client.orders.pages(query, { pageSize: limit })) {
    return page.slice(0, limit);
  }
  return [];
}

/**
 * Goes back to look at the last stretch once more and forgets what was put out: for when the last executions may
 * have died before they had written anything down. Never goes back before the start.
 */
export function rewind(watermark: Watermark, toMs: number): Watermark {
  const cursor = Math.max(watermark.start, Math.min(watermark.cursor, toMs));
  return { ...watermark, cursor, pending: undefined, seen: watermark.baseline };
}

/**
 * Orders placed or changed since the watermark, and the watermark for the next time. Nothing is missed:
 *
 * - The cursor is the newest date of the list as it was **at the start** of the reading, so that an order that
 *   changes while pages are read (and jumps to a page already read) is newer than the cursor and comes next time.
 * - The overlap reads the last stretch again; what is unchanged in it is dropped by its fingerprint.
 * - Pages shift under the reader. Moved back, an order shows up twice and is dropped by id. Moved forward, because
 *   an order before it was deleted or left the filter, it can slip through between two pages: therefore a stretch
 *   that took several pages is read a second time by the next poll before the cursor passes it.
 * - When there are more than `max`, the oldest are put out and the cursor stays behind the rest.
 */
export async function changedSince(
  client: XCart,
  watermark: Watermark,
  options: PollOptions,
): Promise<PollResult> {
  const from = since(watermark, options.overlapMs);
  const isKnown = (order: Order): boolean =>
    watermark.seen[String(order.id)] === fingerprint(order);
  const read = options.modifiedSinceFilter ? readAscending : readDescending;
  const window = await read(client, from, { ...options, isKnown });
  const next = advance(watermark, window);
  const keepFrom = since(next, options.overlapMs);
  const changes = window.orders
    .map((order): OrderChange => ({
      order,
      event: eventOf(order, watermark, from),
      readAt: window.readAt.get(order.id) ?? Date.now(),
    }))
    .filter(({ event }) => !options.events?.length || options.events.includes(event));
  return {
    watermark: { ...next, seen: stillNeeded(watermark.seen, window.orders, keepFrom) },
    changes,
    more: window.more,
  };
}

function eventOf(order: Order, { seen }: Watermark, from: number): OrderEvent {
  const placed = Date.parse(order.create_date ?? '');
  return String(order.id) in seen || placed < from ? 'order.changed' : 'order.created';
}

function advance(watermark: Watermark, { orders, newest, more, gapless }: Window): Watermark {
  const last = orders.at(-1);
  const found = more && last ? timeOf(last) : newest;
  if (found === undefined) return { ...watermark, pending: undefined };
  const reached = Math.min(found, Date.now());
  if (gapless) {
    return { ...watermark, cursor: Math.max(watermark.cursor, reached), pending: undefined };
  }
  const cursor = Math.max(watermark.cursor, watermark.pending ?? 0);
  return { ...watermark, cursor, pending: Math.max(cursor, reached) };
}

function stillNeeded(
  seen: Record<string, string>,
  orders: Order[],
  from: number,
): Record<string, string> {
  const all = { ...seen, ...fingerprints(orders) };
  return Object.fromEntries(Object.entries(all).filter(([, known]) => timeIn(known) >= from));
}
