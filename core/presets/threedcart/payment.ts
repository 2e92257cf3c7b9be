import { pickBy } from 'lodash';

import type { FieldRule, MappingSpec } from '../../mapping/spec';
import { TRANSACTION_TYPES_BY_CODE } from '../../stores/threedcart/statuses';
import { currency, key, moment, needed, ornament, partOf, text } from '../parts';
import { refund, signed, withNone } from '../signed';

const CURRENCY = '@source.currency';
const SIGNED = signed('TransactionAmount', 'TransactionType', CURRENCY);

const CURRENCY_FIELD: FieldRule = {
  ...needed(currency(CURRENCY)),
  note: 'A payment of 3dcart names no currency: it is the one in the credential',
};

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
  SIGNED.refund,
  ornament('method', 'TransactionMethod'),
  ...withNone(SIGNED.amount, { default: 0 }),
  CURRENCY_FIELD,
  { to: 'status', value: 'succeeded' },
  ornament('statusCode', 'TransactionType'),
  ornament('reference', 'TransactionID'),
  moment('date', 'TransactionDateTime'),
];

export const THREEDCART_PAYMENT: MappingSpec = {
  from: 'threedcart.payment',
  to: 'commerce.payment',
  fields: [...partOf('threedcart', 'TransactionIndexID'), ...PAYMENT_FIELDS],
};

/** Types that say of an amount of 0 or more that it was given back. */
const GIVES_BACK = pickBy(TRANSACTION_TYPES_BY_CODE, (type) => type === 'refund');

export const THREEDCART_REFUND = refund('threedcart', {
  record: 'TransactionIndexID',
  // Several refunds of one payment may bear the id of that payment.
  id: 'TransactionReference ?? TransactionIndexID',
  orderId: 'OrderID',
  signed: SIGNED,
  type: 'TransactionType',
  types: ['trim', 'lower', { type: 'lookup', table: GIVES_BACK }],
  currency: CURRENCY_FIELD,
  status: [{ to: 'status', value: 'succeeded' }],
  reason: 'TransactionResponseText',
  date: 'TransactionDateTime',
});
