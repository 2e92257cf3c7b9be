import { TRANSACTION_STATUS_BY_CODE, TRANSACTION_TYPES_BY_CODE } from './statuses';
import type { Transaction } from './wire';

/** Money that a shop has given back for an order, or has tried to. Named as X-Cart names it. */
export interface RefundEntry {
  order_id: number;
  /** The payment that was given back, whole or in part. */
  payment_transaction_id: number;
  payment_method: string | null;
  id: number | null;
  /** `refund`, `refundPart` or `refundMulti`; modules add none. */
  type: string;
  /** X-Cart's letter, such as `S`. */
  status: string | null;
  /** The money has gone; else it is still to go, or never will. */
  succeeded: boolean;
  /** What was given back, in `currency`; positive. */
  value: number | null;
  currency: string | null;
  date: string | null;
}

/**
 * Refunds are no records of their own in X-Cart 5.5: they stand in a payment among whatever else was done with it
 * (`backend_transactions`). The status of the payment itself says nothing of them.
 */
export function refundsIn(orderId: number, payments: Transaction[]): RefundEntry[] {
  return payments.flatMap((payment) =>
    (payment.backend_transactions ?? []).flatMap(({ id, type, status, value, date }) => {
      if (!type || TRANSACTION_TYPES_BY_CODE[type] !== 'refund') return [];
      return [
        {
          order_id: orderId,
          payment_transaction_id: payment.id,
          payment_method: payment.name ?? null,
          id: id ?? null,
          type,
          status: status ?? null,
          succeeded: TRANSACTION_STATUS_BY_CODE[status ?? ''] === 'succeeded',
          value: value ?? null,
          currency: payment.currency ?? null,
          date: date ?? null,
        },
      ];
    }),
  );
}
