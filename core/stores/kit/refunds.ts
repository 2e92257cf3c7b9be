/** How much of an order may be noted as given back, whatever its store calls payments and refunds. */
import { round } from 'lodash';

import { validationError } from '../../errors';
import type { RefundWish } from './orderWrites';

/** What has moved of an order's money already, in its currency; all 0 or more. */
export interface MoneyMoved {
  /** What came in. 0: nothing on record. */
  paid: number;
  /** What was given back. */
  back: number;
  /** The order's total, which counts where no payment is on record; undefined: the store does not say. */
  total?: number;
  /** Decimals of the currency. */
  decimals: number;
}

/**
 * What a wish comes to: its amount, or all that is left of what came in, with shipping and tax, for both were paid. A wish for
 * a part has to have a reference, or it could not be told from the same one sent again.
 *
 * @returns 0: nothing is left, so that a refund of everything that is repeated does nothing
 */
export function amountToGiveBack(
  { orderId, amount, reference }: Omit<RefundWish, 'reason'>,
  { paid, back, total, decimals }: MoneyMoved,
): number {
  if (amount !== undefined && reference === undefined) throw withoutReference();
  if (paid === 0 && amount === undefined) throw withoutPayment(orderId);
  const most = paid === 0 ? total : paid;
  if (most === undefined) return amount ?? 0;
  const left = round(most - back, decimals);
  if (amount !== undefined && round(amount, decimals) > left) throw tooMuch(amount, left, orderId);
  return Math.max(0, amount ?? left);
}

const withoutPayment = (orderId: string) =>
  validationError(
    `Order ${orderId} has no payment on record, so that nothing says how much "all of it" is`,
    'Give an Amount and a Reference, if money was given back that came in by other means.',
  );

const withoutReference = () =>
  validationError(
    'The refund of a part has no reference',
    'Give a Reference, such as the number of the credit memo: by it a refund that is sent again is not recorded twice.',
  );

const tooMuch = (amount: number, left: number, orderId: string) =>
  validationError(
    `A refund of ${amount} is more than the ${left} that are left of order ${orderId}`,
    'Check the amount, and whether a refund of this order was recorded under another reference.',
  );
