import type { OrderItemView, OrderView } from '../model';
import type { XCartStore } from '../store';

/** Who holds the stock of a line: the variant, when it has an amount of its own, or else the product. */
function holderOf(store: XCartStore, item: OrderItemView): { amount: number } | undefined {
  const product = item.product_id === null ? undefined : store.products.get(item.product_id);
  if (product === undefined || !product.view.inventory_traceable) return undefined;
  const variant = item.variant === null ? undefined : product.variants.get(item.variant);
  return variant !== undefined && !variant.default_amount ? variant : product.view;
}

/** Takes from stock; a negative number puts back. Stock never falls below zero. */
export function takeStock(store: XCartStore, item: OrderItemView, amount: number): void {
  const holder = holderOf(store, item);
  if (holder !== undefined) holder.amount = Math.max(0, holder.amount - amount);
}

export function takeOrderStock(store: XCartStore, order: OrderView): void {
  for (const item of order.items) takeStock(store, item, item.amount);
}

const SHIPPED: ReadonlySet<string> = new Set(['S', 'D']);

/** Declined and cancelled orders hold no stock, refunded ones only when they were shipped. */
function holdsStock(paymentCode: string | undefined, shippingCode: string | undefined): boolean {
  if (paymentCode === 'D' || paymentCode === 'C') return false;
  return paymentCode !== 'R' || SHIPPED.has(shippingCode ?? '');
}

/** Moves stock when a change of the payment status frees or takes it. */
export function moveStock(store: XCartStore, order: OrderView, paymentBefore?: string): void {
  const shipping = order.shipping_status?.code;
  const before = holdsStock(paymentBefore, shipping);
  const after = holdsStock(order.payment_status?.code, shipping);
  if (before === after) return;
  for (const item of order.items) takeStock(store, item, after ? item.amount : -item.amount);
}
