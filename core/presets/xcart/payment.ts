import type { FieldRule } from '../../mapping/spec';
import { TRANSACTION_STATUS_BY_CODE, TRANSACTION_TYPES_BY_CODE } from '../../stores/xcart/statuses';
import { currency, key, moment, money, needed } from '../parts';

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
