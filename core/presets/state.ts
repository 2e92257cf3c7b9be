import type { FieldRule } from '../mapping/spec';

/** A status in the model's words, and beside it what the shop itself says. */
function status(to: string, from: string): FieldRule[] {
  return ['', 'Code', 'Name'].map((side) => ({ to: `${to}${side}`, from: `${from}${side}` }));
}

/**
 * Where the order stands in the shop (`core/commerce/state.ts`), for whoever decides what becomes of it: the same group
 * in every half that leads from the common order to a target.
 */
export const ORDER_STATE: FieldRule = {
  to: 'state',
  fields: [
    { to: 'number', from: 'number' },
    ...status('order', 'status'),
    ...status('payment', 'paymentStatus'),
    ...status('shipping', 'shippingStatus'),
    { to: 'total', from: 'totals.total' },
    {
      to: 'refunded',
      from: 'payments[type=refund,status=succeeded].amount',
      aggregate: 'sum',
      when: { path: 'payments', is: 'exists' },
    },
    { to: 'currency', from: 'currency' },
  ],
};
