import type { Random } from '../../kit';
import {
  drawOrders,
  priceIn,
  type BasketLine,
  type DrawnOrder,
  type Offer,
  type ShopWish,
  type Tax,
} from '../../kit/shop';
import type { Document, LineItem, OrderDocument } from '../model';
import type { ClarityStore } from '../store';
import { addressOf, customerIdOf, groupOf } from './parties';
import { addPayment, capture } from './payments';
import { METHODS, STATES } from './states';
import { moveStock } from './stock';
import { recalculate } from './totals';

/** What may be asked of the orders to place. Whatever is left out is drawn. */
export interface OrderWish extends ShopWish {
  currency?: string;
  /** The status as it is, whatever the state. */
  status?: string;
}

interface ProductOffer extends Offer {
  product: Document;
}

const offersIn = (store: ClarityStore): ProductOffer[] =>
  store
    .all('products')
    .filter(({ active }) => active === true)
    .map((product) => ({ sku: String(product.sku), product }));

const lineOf = (
  store: ClarityStore,
  { offer, quantity }: BasketLine<ProductOffer>,
  currency: string,
): LineItem => ({
  lineId: store.nextId('lines'),
  sku: offer.sku,
  name: String(offer.product.name),
  quantity,
  unitPrice: priceIn(currency, Number(offer.product.price)),
  tax: 0,
  discount: 0,
  category: String(offer.product.category),
});

/** A VAT comes to the prices as a sales tax does, unless the switch says that it can be inside them. */
const isIncluded = (store: ClarityStore, tax: Tax | undefined): boolean =>
  store.switches.includedTax && tax?.included === true;

const couponsOf = (discount: number): string[] =>
  discount === 0 ? [] : [`SAVE${Math.round(discount * 100)}`];

function documentOf(
  store: ClarityStore,
  drawn: DrawnOrder<ProductOffer>,
  { currency = 'USD', status, state }: OrderWish,
): OrderDocument {
  const { buyer, charges, placedAt } = drawn;
  const method = METHODS[drawn.payment];
  const standing = state === undefined ? method : STATES[state];
  if (drawn.skipsId) store.nextId('orders');
  const orderId = store.nextId('orders');
  store.rules.set(orderId, { taxRate: charges.tax?.rate ?? 0, discount: charges.discount });
  const order: OrderDocument = {
    orderId,
    customerId: customerIdOf(store, buyer, placedAt),
    orderDate: placedAt.toISOString(),
    status: status ?? standing.status,
    totalAmount: 0,
    currency,
    shippingAmount: priceIn(currency, charges.shipping.price),
    handlingAmount: priceIn(currency, charges.handling),
    discountAmount: 0,
    taxIncluded: isIncluded(store, charges.tax),
    shippingAddress: addressOf(
      drawn.recipient ?? buyer.person,
      drawn.recipient?.email ?? buyer.email,
    ),
    billingAddress: addressOf(buyer.person, buyer.email),
    lineItems: drawn.lines.map((line) => lineOf(store, line, currency)),
    paymentInfo: {
      method: method.method,
      transactionId: null,
      amount: 0,
      status: standing.payment,
    },
    couponCodes: couponsOf(charges.discount),
    customerGroup: groupOf(buyer.person),
    externalId: null,
    modifiedDate: placedAt.toISOString(),
  };
  recalculate(store, order);
  order.paymentInfo.amount = order.totalAmount;
  return order;
}

/** Puts a new order into the books: stock, money, and what listeners are told. */
export function enter(store: ClarityStore, order: OrderDocument, now: Date): void {
  const { status, amount } = order.paymentInfo;
  store.put('orders', order);
  if (status === 'captured') capture(store, order, now);
  else if (status === 'authorized') addPayment(store, order, { amount, status }, now);
  store.raise('order.created', 'orders', order);
  moveStock(store, order, now);
}

/** Places orders, oldest first. They are made from what the shop sells at this moment. */
export const placeOrders = (
  store: ClarityStore,
  random: Random,
  wish: OrderWish,
  now: Date,
): OrderDocument[] =>
  drawOrders(random, offersIn(store), wish, now).map((drawn) => {
    const order = documentOf(store, drawn, wish);
    enter(store, order, drawn.placedAt);
    return order;
  });
