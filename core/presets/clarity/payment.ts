import type { Condition, FieldRule, TransformCall } from '../../mapping/spec';
import {
  TRANSACTION_STATUS_BY_WORD,
  TRANSACTION_TYPES_BY_WORD,
} from '../../stores/clarity/statuses';
import { currency, key, moment, money, needed, ornament, text } from '../parts';
import { wordIn } from './parts';

/** Of the order around a payment, or of the payment that stands alone. */
const CURRENCY = 'currency ?? $.currency ?? @source.currency';
const AMOUNT = money('amount', 'amount', CURRENCY);

/** Some deployments write what was given back with a minus, whatever its type. */
const IS_BELOW_0: Condition = { path: 'amount', is: 'lessThan', value: 0 };

/** Taken back is what was only reserved. */
const IS_VOID: Condition = { path: 'type', is: 'in', value: ['Void', 'void', 'VOID'] };

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
  { to: 'type', value: 'refund', when: { and: [IS_BELOW_0, { not: IS_VOID }] } },
  ornament('method', 'method'),
  { ...AMOUNT, default: 0 },
  { ...AMOUNT, transforms: [...(AMOUNT.transforms ?? []), 'negate'], when: IS_BELOW_0 },
  needed(currency(CURRENCY)),
  { to: 'status', from: 'status', transforms: status('unknown') },
  text('statusCode', 'status'),
  text('reference', 'transactionId'),
  moment('date', 'date'),
];
