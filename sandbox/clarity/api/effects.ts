import { noteShipment, settle, standingOf, type Before } from '../orders/change';
import { noteRefunds } from '../orders/payments';
import { renew } from '../dates';
import type { Document, OrderDocument, Resource } from '../model';
import type { ClarityStore } from '../store';

/** What follows from a document that was made or changed through the API. */
type Effect<Past = Document> = (
  store: ClarityStore,
  document: Document,
  now: Date,
  past: Past,
) => void;

/** Money that came or went back moves its order. */
function notePayment(store: ClarityStore, payment: Document, now: Date, past?: Document): void {
  const { status } = payment;
  if (past?.status === status) return;
  if (status === 'captured') store.raise('payment.captured', 'payments', payment);
  const order = store.order(String(payment.orderId));
  if (order === undefined || (status !== 'captured' && status !== 'refunded')) return;
  if (status === 'captured') order.paymentInfo.status = 'captured';
  noteRefunds(store, order);
  renew(order, now);
  store.raise('order.updated', 'orders', order);
}

export const CREATED: Readonly<Partial<Record<Resource, Effect<undefined>>>> = {
  products: (store, product) => {
    if (store.switches.productUpdatedOnCreate) store.raise('product.updated', 'products', product);
  },
  customers: (store, customer) => store.raise('customer.created', 'customers', customer),
  inventory: (store, row) => store.raise('inventory.updated', 'inventory', row),
  payments: notePayment,
  shipments: noteShipment,
  returns: (store, asked) => store.raise('return.requested', 'returns', asked),
};

export const CHANGED: Readonly<Partial<Record<Resource, Effect>>> = {
  products: (store, product) => store.raise('product.updated', 'products', product),
  customers: (store, customer) => store.raise('customer.updated', 'customers', customer),
  inventory: (store, row) => store.raise('inventory.updated', 'inventory', row),
  payments: notePayment,
  orders: (store, order, now, past) =>
    settle(store, order as OrderDocument, pastOf(past as OrderDocument), now),
};

const pastOf = (past: OrderDocument): Before => standingOf(past);
