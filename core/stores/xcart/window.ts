import { ServiceError, validationError } from '../../errors';
import type { OrderQuery, XCart } from './client';
import { isLastPage } from '../kit/pages';
import { MAX_PAGE_SIZE } from './api';
import type { Order } from './wire';

export interface WindowOptions {
  /** Orders to keep at most: the oldest. */
  max: number;
  paymentStatus?: readonly string[];
  shippingStatus?: readonly string[];
  deadline?: number;
  /** Put out before, and unchanged since. */
  isKnown?: (order: Order) => boolean;
}

/** What changed since a moment, as it was found. */
export interface Window {
  /** Oldest change first, each once, without the known ones. */
  orders: Order[];
  /** When each of them was asked for, by the clock of this machine. */
  readAt: Map<number, number>;
  /** Date of the newest change in the list when the reading began; undefined if there was none. */
  newest?: number;
  /** There are newer ones than the last of `orders`. */
  more: boolean;
  /** Nothing can have slipped through between two pages. */
  gapless: boolean;
}

/** When an order was last changed, in ms since the epoch; 0 where the store does not say. */
export function timeOf({ update_date: updated, create_date: placed }: Order): number {
  const time = Date.parse(updated ?? placed ?? '');
  return Number.isNaN(time) ? 0 : time;
}

function filtersOf({ paymentStatus, shippingStatus }: WindowOptions): OrderQuery {
  return { paymentStatus, shippingStatus };
}

function checkDeadline(deadline: number | undefined): void {
  if (deadline === undefined || Date.now() < deadline) return;
  throw new ServiceError('The store has more changed orders than it can send within one poll', {
    class: 'transient',
    fix: 'Choose a later Start From. For X-Cart 5.5.1 or newer, set X-Cart Version in the credential: it can then be asked for the oldest changes alone. Older orders can be read with the X-Cart node (Order → Get Many).',
  });
}

function checkSorted(page: Order[], direction: 1 | -1): void {
  const times = page.filter(({ update_date: updated }) => updated).map(timeOf);
  if (
    times.every((time, index) => index === 0 || (time - (times[index - 1] ?? 0)) * direction >= 0)
  ) {
    return;
  }
  throw validationError(
    'The store does not sort orders by their last change, so that changed orders cannot be found',
    'Check which module of the store changes the REST API for orders. X-Cart 5.5 sorts by order[lastRenewDate].',
  );
}

/**
 * X-Cart 5.5.0: there is no filter for "changed since", but the list can be sorted by it. Newest first, until what
 * comes is older. Pages are read one after the other: read side by side, an order could slip between them.
 */
export async function readDescending(
  client: XCart,
  from: number,
  options: WindowOptions,
): Promise<Window> {
  const visited = new Set<number>();
  const kept = new Map<number, Order>();
  const readAt = new Map<number, number>();
  let newest: number | undefined;
  let pages = 0;
  let more = false;
  let askedAt = Date.now();
  const query = {
    ...filtersOf(options),
    sort: { by: 'lastRenewDate', direction: 'desc' },
  } as const;
  for await (const page of client.orders.pages(query)) {
    pages += 1;
    checkSorted(page, -1);
    newest ??= page[0] && timeOf(page[0]);
    const inside = page.filter((order) => timeOf(order) >= from);
    for (const order of inside) {
      if (visited.has(order.id)) continue;
      visited.add(order.id);
      if (options.isKnown?.(order)) continue;
      kept.set(order.id, order);
      readAt.set(order.id, askedAt);
      if (kept.size > options.max) {
        more = true;
        dropFirst(kept);
      }
    }
    if (inside.length < page.length) break;
    checkDeadline(options.deadline);
    askedAt = Date.now();
  }
  return { orders: [...kept.values()].reverse(), readAt, newest, more, gapless: pages <= 1 };
}

/** The newest of those kept: the map keeps the order of reading, newest first. */
function dropFirst(kept: Map<number, Order>): void {
  for (const key of kept.keys()) {
    kept.delete(key);
    return;
  }
}

/**
 * X-Cart 5.5.1 and newer: oldest change first, from a moment on. The next page begins at the date of the last
 * order, not at a page number, so that nothing can shift away; a page number is needed only where more than a
 * whole page changed within one second.
 */
export async function readAscending(
  client: XCart,
  from: number,
  options: WindowOptions,
): Promise<Window> {
  const visited = new Set<number>();
  const orders: Order[] = [];
  const readAt = new Map<number, number>();
  let newest: number | undefined;
  let at = from;
  let pageNumber = 1;
  for (;;) {
    const askedAt = Date.now();
    const page = await onePage(client, at, pageNumber, options);
    checkSorted(page, 1);
    checkFiltered(page, at);
    for (const order of page) {
      if (visited.has(order.id)) continue;
      visited.add(order.id);
      if (options.isKnown?.(order)) continue;
      if (orders.length >= options.max) return { orders, readAt, more: true, gapless: true };
      orders.push(order);
      readAt.set(order.id, askedAt);
    }
    const last = page.at(-1);
    newest = last ? timeOf(last) : newest;
    if (!last || isLastPage(page.length, MAX_PAGE_SIZE)) {
      return { orders, readAt, newest, more: false, gapless: true };
    }
    pageNumber = timeOf(last) > at ? 1 : pageNumber + 1;
    at = timeOf(last);
    checkDeadline(options.deadline);
  }
}

async function onePage(
  client: XCart,
  at: number,
  page: number,
  options: WindowOptions,
): Promise<Order[]> {
  const query: OrderQuery = {
    ...filtersOf(options),
    changedAfter: new Date(at),
    sort: { by: 'lastRenewDate', direction: 'asc' },
  };
  for await (const rows of client.orders.pages(query, { page })) return rows;
  return [];
}

function checkFiltered(page: Order[], from: number): void {
  const first = page[0];
  // Dates have whole seconds.
  if (!first || timeOf(first) >= from - 1000) return;
  throw validationError(
    'The store sends orders that were changed earlier than asked for: it does not know this filter',
    'Set X-Cart Version in the X-Cart API credential to 5.5.0.',
  );
}
