import type { OrderState, PaymentMethod, ShopOrder } from '../../kit/shop';
import type { OrderDocument } from '../model';

/** Words of an order's status. The reference names none; others can be written through the API. */
export interface Standing {
  status: string;
  payment: string;
}

export const STATES: Readonly<Record<OrderState, Standing>> = {
  paid: { status: 'processing', payment: 'captured' },
  unpaid: { status: 'pending', payment: 'pending' },
  declined: { status: 'declined', payment: 'failed' },
  canceled: { status: 'canceled', payment: 'voided' },
};

/** How a new order stands by the way it is paid. */
export const METHODS: Readonly<Record<PaymentMethod, Standing & { method: string }>> = {
  'credit card': { method: 'Credit card', ...STATES.paid },
  'credit card, authorized only': {
    method: 'Credit card',
    status: 'pending',
    payment: 'authorized',
  },
  'purchase order': { method: 'Purchase order', ...STATES.unpaid },
  'bank transfer': { method: 'Bank transfer', ...STATES.unpaid },
};

/** The order's state in words that every shop has: by its status where that ends it, else by its payment. */
export function stateOf({ status, paymentInfo }: OrderDocument): ShopOrder['state'] {
  if (status === 'declined' || paymentInfo.status === 'failed') return 'declined';
  if (status === 'canceled') return 'canceled';
  if (paymentInfo.status === 'captured' || paymentInfo.status === 'partiallyRefunded')
    return 'paid';
  return paymentInfo.status === 'pending' ? 'unpaid' : 'other';
}
