/** How an order stands, in words that every shop has. */
export const ORDER_STATES = ['paid', 'unpaid', 'declined', 'canceled'] as const;

export type OrderState = (typeof ORDER_STATES)[number];

/** An order as every shop can tell of it, so that demo, tests and bench need not know which shop it is. */
export interface ShopOrder {
  /** As the shop's API has it, as text. */
  id: string;
  /** What people call it by. */
  number: string;
  /** First and last name of who pays; empty where the shop knows none. */
  customer: string;
  email: string;
  currency: string;
  total: number;
  /** Given back so far. */
  refunded: number;
  /** `other`: a state that these words do not know. */
  state: OrderState | 'other';
  /** What the shop calls that state. */
  status: string;
  /** `sku` is null where the product has been deleted since. */
  items: Array<{ sku: string | null; quantity: number; price: number }>;
  /** As the shop's API gives it. */
  document: object;
}
