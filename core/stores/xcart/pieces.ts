import type { RecordIdentity } from '../../feeds/records';
import type { RefundEntry } from './refunds';
import type { Transaction } from './wire';

/** What X-Cart keeps beside an order, or inside a payment of it. */
export const PAYMENTS: RecordIdentity<Transaction & { order_id: number }> = {
  platform: 'xcart',
  kind: 'payment',
  many: 'payments',
  idOf: ({ id }) => String(id),
};

export const REFUNDS: RecordIdentity<RefundEntry> = {
  platform: 'xcart',
  kind: 'refund',
  many: 'refunds',
  idOf: ({ payment_transaction_id: payment, id }) => `${payment}-${id ?? 0}`,
};
