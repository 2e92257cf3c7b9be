import type { FieldRule, MappingSpec, TransformCall } from '../../mapping/spec';
import {
  TRANSACTION_STATUS_BY_WORD,
  TRANSACTION_TYPES_BY_WORD,
} from '../../stores/clarity/statuses';
import { currency, key, moment, needed, ornament, partOf, text } from '../parts';
import { refund, signed, withNone } from '../signed';
import { wordIn, wordOf } from './parts';

/** Of the order around a payment, or of the payment that stands alone. */
const CURRENCY = 'currency ?? $.currency ?? @source.currency';

/** Some deployments write what was given back with a minus, whatever its type. */
const SIGNED = signed('amount', 'type', CURRENCY);

/** What a payment is whose type is not said: one that was given back gives back. */
const TYPE_BY_STATUS = { Authorized: 'authorization', Refunded: 'refund' };

const status = (other: string): TransformCall[] => wordIn(TRANSACTION_STATUS_BY_WORD, other);

/** One movement of money, in the list of an order or as a record of its own. */
export const PAYMENT_FIELDS: FieldRule[] = [
  text('id', 'paymentId'),
  key('orderId', '$.orderId'),
  { to: 'type', from: 'status', transforms: wordIn(TYPE_BY_STATUS, 'sale'), default: 'sale' },
  {
    to: 'type',
    from: 'type',
    transforms: wordIn(TRANSACTION_TYPES_BY_WORD, 'other'),
    when: { path: 'type', is: 'exists' },
  },
  SIGNED.refund,
  ornament('method', 'method'),
  ...withNone(SIGNED.amount, { default: 0 }),
  needed(currency(CURRENCY)),
  { to: 'status', from: 'status', transforms: status('unknown') },
  text('statusCode', 'status'),
  text('reference', 'transactionId'),
  moment('date', 'date'),
];

export const CLARITY_PAYMENT: MappingSpec = {
  from: 'clarity.payment',
  to: 'commerce.payment',
  fields: [...partOf('clarity', 'paymentId'), ...PAYMENT_FIELDS],
};

/** Types and statuses of payments that give money back. Of what was refunded in part nobody knows how much. */
const GIVES_BACK = { Refund: 'refund', Credit: 'refund', Refunded: 'refund' };

/** What is made by *Record Refund* has a key of its own: the order's id and the reference. */
export const CLARITY_REFUND = refund('clarity', {
  record: 'paymentId',
  id: 'externalId ?? paymentId',
  orderId: 'orderId',
  signed: SIGNED,
  type: 'type ?? status',
  types: wordOf(GIVES_BACK),
  currency: needed(currency(CURRENCY)),
  status: [{ to: 'status', from: 'status', transforms: status('unknown') }],
  reason: 'reason',
  date: 'date',
});
