import { renew } from '../dates';
import type { Document, LineItem } from '../model';
import type { ClarityStore } from '../store';

/** Warehouses that the shop begins with, the one that orders are served from first. */
export const WAREHOUSES = ['MAIN', 'EAST'] as const;

const rowsOf = (store: ClarityStore, sku: string): Document[] =>
  [...store.warehouses].flatMap((name) => store.byUnique('inventory', sku, name) ?? []);

/** Pieces of a SKU in all warehouses of the shop; undefined where it has none of it in its books. */
export function stockOf(store: ClarityStore, sku: string): number | undefined {
  const rows = rowsOf(store, sku);
  if (rows.length === 0) return undefined;
  return rows.reduce((all, { quantity }) => all + Number(quantity), 0);
}

export function setQuantity(store: ClarityStore, row: Document, quantity: number, now: Date): void {
  if (row.quantity === quantity) return;
  row.quantity = quantity;
  renew(row, now);
  store.raise('inventory.updated', 'inventory', row);
}

/** Takes pieces of a SKU where there are any, and the rest from the main warehouse, which can fall below zero. */
function takeStock(store: ClarityStore, sku: string, pieces: number, now: Date): void {
  const rows = rowsOf(store, sku);
  const main = rows[0];
  if (main === undefined || pieces === 0) return;
  const able = rows.find(({ quantity }) => Number(quantity) >= pieces) ?? main;
  setQuantity(store, able, Number(able.quantity) - pieces, now);
}

const FREES_STOCK: ReadonlySet<string> = new Set(['canceled', 'declined']);

const holdsStock = (status: string): boolean => !FREES_STOCK.has(status);

/** The lines for which pieces are out of stock: none of an order that was given up. */
export interface Held {
  status: string;
  lineItems: ReadonlyArray<Pick<LineItem, 'sku' | 'quantity'>>;
}

const NOTHING: Held = { status: 'canceled', lineItems: [] };

/** Takes what an order holds now and has not held before, and puts back what it holds no more. */
export function moveStock(
  store: ClarityStore,
  after: Held,
  now: Date,
  before: Held = NOTHING,
): void {
  const pieces = new Map<string, number>();
  for (const [{ status, lineItems }, sign] of [[before, -1] as const, [after, 1] as const]) {
    if (!holdsStock(status)) continue;
    for (const { sku, quantity } of lineItems) {
      pieces.set(sku, (pieces.get(sku) ?? 0) + sign * quantity);
    }
  }
  for (const [sku, taken] of pieces) takeStock(store, sku, taken, now);
}

/** Sets what of a SKU is in the main warehouse, and empties the others. */
export function setStock(store: ClarityStore, sku: string, amount: number, now: Date): void {
  for (const [index, row] of rowsOf(store, sku).entries()) {
    setQuantity(store, row, index === 0 ? amount : 0, now);
  }
}
