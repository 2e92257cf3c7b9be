import type { Condition, FieldRule } from '../../mapping/spec';
import { TRANSACTION_TYPES_BY_CODE } from '../../stores/threedcart/statuses';
import { currency, key, moment, money, needed, ornament, text } from '../parts';

const CURRENCY = '@source.currency';
const AMOUNT = money('amount', 'TransactionAmount', CURRENCY);

const IS_BELOW_0: Condition = { path: 'TransactionAmount', is: 'lessThan', value: 0 };

/** Taken back is what was only reserved. */
const IS_VOID: Condition = { path: 'TransactionType', is: 'in', value: ['Void', 'void', 'VOID'] };

/**
 * One movement of money, in the list of an order or alone. 3dcart lists what a payment service or a person has noted, without
 * a state of its own: what stands there took place. Amounts below 0 give money back, except where they take back what was
 * only reserved.
 */
export const PAYMENT_FIELDS: FieldRule[] = [
  text('id', 'TransactionIndexID'),
  key('orderId', '$.OrderID'),
  {
    to: 'type',
    from: 'TransactionType',
    transforms: [
      'trim',
      'lower',
      {
        type: 'lookup',
        table: { ...TRANSACTION_TYPES_BY_CODE },
        otherwise: 'value',
        value: 'other',
      },
    ],
    default: 'other',
  },
  { to: 'type', value: 'refund', when: { and: [IS_BELOW_0, { not: IS_VOID }] } },
  ornament('method', 'TransactionMethod'),
  { ...AMOUNT, default: 0 },
  { ...AMOUNT, transforms: [...(AMOUNT.transforms ?? []), 'negate'], when: IS_BELOW_0 },
  {
    ...needed(currency(CURRENCY)),
    note: 'A payment of 3dcart names no currency: it is the one in the credential',
  },
  { to: 'status', value: 'succeeded' },
  ornament('statusCode', 'TransactionType'),
  ornament('reference', 'TransactionID'),
  moment('date', 'TransactionDateTime'),
];
