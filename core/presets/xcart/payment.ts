import type { FieldRule, MappingSpec } from '../../mapping/spec';
import { TRANSACTION_STATUS_BY_CODE, TRANSACTION_TYPES_BY_CODE } from '../../stores/xcart/statuses';
import { currency, key, moment, money, needed, ornament, partOf, text } from '../parts';

/** What a movement of money does, and how far it has come. */
export function movement(typeFrom: string, statusFrom: string): FieldRule[] {
  return [
    { to: 'type', from: typeFrom, lookup: TRANSACTION_TYPES_BY_CODE, default: 'other' },
    { to: 'status', from: statusFrom, lookup: TRANSACTION_STATUS_BY_CODE, default: 'unknown' },
    { to: 'statusCode', from: statusFrom },
  ];
}

/**
 * Each movement of money of an order; there only where *Add Payments* has read them. X-Cart 5.5.0 writes the name of the
 * method in the status of a transaction, so that only what it holds inside counts.
 */
export const ORDER_PAYMENTS: FieldRule = {
  to: 'payments',
  each: 'payment_transactions[*].backend_transactions[*]',
  when: { path: 'payment_transactions', is: 'exists' },
  fields: [
    key('id', 'id'),
    key('orderId', '$.id'),
    ...movement('type', 'status'),
    // What asks a bank for the state of a payment moves no money, and may state none.
    { ...money('amount', 'value', '$.currency'), default: 0 },
    needed(currency('$.currency')),
    moment('date', 'date'),
  ],
};

/** Of a whole payment: of what was done with it, what went well says how far it has come. */
const STATUS = 'backend_transactions[status=S].status ?? backend_transactions[0].status';

export const XCART_PAYMENT: MappingSpec = {
  from: 'xcart.payment',
  to: 'commerce.payment',
  fields: [
    ...partOf('xcart', 'id'),
    key('id', 'id'),
    key('orderId', 'order_id'),
    ...movement('type', STATUS),
    ornament('method', 'name'),
    { ...money('amount', 'value', 'currency'), required: true },
    needed(currency('currency')),
    text('reference', 'public_txn_id'),
    moment('date', 'date'),
  ],
};

export const XCART_REFUND: MappingSpec = {
  from: 'xcart.refund',
  to: 'commerce.refund',
  fields: [
    ...partOf('xcart', 'id'),
    needed(key('id', 'id')),
    needed(key('orderId', 'order_id')),
    key('paymentId', 'payment_transaction_id'),
    { ...money('amount', 'value', 'currency'), required: true },
    needed(currency('currency')),
    { to: 'status', from: 'status', lookup: TRANSACTION_STATUS_BY_CODE, default: 'unknown' },
    moment('refundedAt', 'date'),
  ],
};
