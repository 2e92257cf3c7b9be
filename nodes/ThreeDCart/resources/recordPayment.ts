import { round } from 'lodash';
import type { INodeProperties } from 'n8n-workflow';

import { validationError } from '../../../core/errors';
import { orderSides } from '../../../core/stores/threedcart/orderSides';
import { type PaymentWish, recordPayments } from '../../../core/stores/threedcart/payments';
import { PAYMENT_TYPES, type PaymentType } from '../../../core/stores/threedcart/statuses';
import { numberIn, Unreadable } from '../../../core/values';
import { moment, number, text } from '../../shared/entry';
import { momentOf, textOf } from '../../shared/records/given';
import { writeNoted } from '../../shared/records/notedOrders';
import { ordersOperation } from '../../shared/records/ordersOperation';
import type { OneItem } from '../../shared/steps';
import { type Store, threeDCart } from '../connection';
import { orderLocator } from '../locators';

const amount = number('Amount', 'amount', {
  required: true,
  typeOptions: { minValue: 0, numberPrecision: 4 },
  description: 'What came in, in the currency of the order',
});

const reference = text('Reference', 'reference', {
  required: true,
  placeholder: 'e.g. pi_3MtwBw',
  description:
    'By which this payment is told from others, such as the ID that the payment service gave it. Money that the order has under this reference already is not recorded again.',
});

const type: INodeProperties = {
  displayName: 'Type',
  name: 'type',
  type: 'options',
  options: [
    { name: 'Authorization', value: 'Auth', description: 'Reserved, and not taken yet' },
    { name: 'Capture', value: 'Capture', description: 'Taken of what was reserved' },
    { name: 'Sale', value: 'Sale', description: 'Taken at once' },
    { name: 'Void', value: 'Void', description: 'A reservation that was given up' },
  ],
  default: 'Sale',
};

const method = text('Payment Method', 'method', {
  placeholder: 'e.g. Bank transfer',
  description: 'Leave empty to take the one of the order',
});

const paidAt = moment('Paid At', 'paidAt', { description: 'Leave empty for now' });

function amountOf({ read, index }: OneItem): number {
  const value = read<unknown>(amount.name, index);
  const paid = numberIn(value);
  // What an expression adds up has more decimals than any currency: 0.1 + 0.2.
  const exact = paid === undefined ? undefined : round(paid, 4);
  if (exact !== undefined && exact > 0) return exact;
  throw validationError(
    `Amount takes a number above 0, not ${exact ?? new Unreadable('a number', value).found}`,
    'Give what came in. What was given back is recorded with Order: Record Refund.',
  );
}

function typeOf({ read, index }: OneItem): PaymentType {
  const value = read<unknown>(type.name, index);
  const known = Object.keys(PAYMENT_TYPES) as PaymentType[];
  const chosen = known.find((each) => each === value);
  if (chosen !== undefined) return chosen;
  throw validationError(
    `Type takes ${known.join(', ')}, not ${new Unreadable('a type', value).found}`,
    'Choose one from the list, or let Commerce Map make it of a common payment.',
  );
}

function referenceOf(one: OneItem): string {
  const given = textOf(one, reference);
  if (given !== undefined) return given;
  throw validationError(
    'The payment has no reference',
    'Give a Reference, such as the ID of the payment service: by it a payment that is sent again is not recorded twice.',
  );
}

/** Neither X-Cart's API nor Clarity's orders take single payments: those of Clarity are records of their own. */
export const recordPayment = ordersOperation<Store, Omit<PaymentWish, 'orderId'>>(threeDCart, {
  name: 'Record Payment',
  value: 'recordPayment',
  action: 'Record payments of orders',
  description: 'Note in the store that money came in, all items at once; moves no money',
  order: orderLocator,
  fields: [amount, reference, type, method, paidAt],
  read: (one) => ({
    amount: amountOf(one),
    reference: referenceOf(one),
    type: typeOf(one),
    method: textOf(one, method),
    paidAt: momentOf(one, paidAt),
  }),
  write: async (store, wishes, run) =>
    await writeNoted(
      { store, sides: orderSides, run },
      wishes,
      async (known) => await recordPayments(store.client, store.zone, wishes, known),
    ),
});
