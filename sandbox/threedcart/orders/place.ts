import Big from 'big.js';
import type { Random } from '../../kit';
import { drawOrders, rounded, type DrawnOrder, type ShopWish } from '../../kit/shop';
import { storeTime } from '../api/dates';
import {
  fresh,
  ORDER,
  PROMOTION,
  SHIPMENT,
  type Item,
  type Order,
  type Promotion,
  type Shipment,
} from '../model';
import type { ThreeDCartStore } from '../store';
import { THREEDCART_CREDENTIALS } from '../credentials';
import { STATE_STATUS } from './change';
import { itemOf, offersIn, type ProductOffer } from './items';
import { billingOf, shippingOf } from './parties';
import { METHODS, payBy } from './payments';
import { holdsStock, STATUS } from './statuses';
import { moveStock } from './stock';
import { goodsTotal, recalculate } from './totals';

/** What may be asked of the orders to place. Whatever is left out is drawn. */
export interface OrderWish extends ShopWish {
  /** All come from guests. */
  guest?: boolean;
  /** Of all buyers; absent: each their own. */
  email?: string;
  /** What stands before the invoice number. */
  prefix?: string;
  /** Of each order; absent: two where the goods go to somebody else and there are three lines or more. */
  shipments?: number;
  /** `OrderStatusID`, whatever the payment method; absent: as the method leaves it. */
  orderStatus?: number;
  comments?: string;
}

type Drawn = DrawnOrder<ProductOffer>;

const PREFIX = 'AB-';

/** An order whose payment failed has its last update before its date, as most recorded ones have. */
const NOT_COMPLETED_SECONDS = 90;

/** With more than one shipment each has its share of the lines; the first has the id 0, whatever the order. */
function shipmentsOf(
  store: ThreeDCartStore,
  { buyer, charges, recipient = buyer.person, lines }: Drawn,
  wanted: number | undefined,
  items: readonly Item[],
): Shipment[] {
  const goesElsewhere = recipient !== buyer.person;
  const count = wanted ?? (goesElsewhere && lines.length > 2 ? 2 : 1);
  const shipments = Array.from({ length: count }, (_unused, index) =>
    fresh(SHIPMENT, {
      ...shippingOf(index === 0 ? recipient : buyer.person),
      ShipmentID: index === 0 ? 0 : store.nextId('shipment'),
      ShipmentNumber: index + 1,
      ShipmentCost: rounded(
        new Big(charges.shipping.price).plus(index === 0 ? charges.handling : 0),
      ),
      ShipmentMethodName: charges.shipping.method,
    }),
  );
  items.forEach((item, index) => {
    const shipment = shipments[index % count];
    if (shipment === undefined) return;
    item.ItemShipmentID = shipment.ShipmentID;
    shipment.ShipmentWeight = rounded(
      new Big(item.ItemWeight).times(item.ItemQuantity).plus(shipment.ShipmentWeight),
    );
  });
  return shipments;
}

interface Discount {
  PromotionList: Promotion[];
  OrderDiscount: number;
  OrderDiscountCoupon: number;
  OrderDiscountPromotion: number;
}

/** Small discounts are coupons, middling ones promotions, large ones both. */
function discountOf(goods: Big, share: number): Discount {
  const total = rounded(goods.times(share));
  const coupon = share > 0.1 ? rounded(new Big(total).div(3)) : share < 0.1 ? total : 0;
  const promotion = rounded(new Big(total).minus(coupon));
  const rows = [
    { PromotionID: 3, PromotionName: 'SPRING', Coupon: 'SPRING', DiscountAmount: coupon },
    { PromotionID: 4, PromotionName: 'Garden days', DiscountAmount: promotion },
  ];
  return {
    PromotionList: rows
      .filter(({ DiscountAmount }) => DiscountAmount > 0)
      .map((row) => fresh(PROMOTION, row)),
    OrderDiscount: total,
    OrderDiscountCoupon: coupon,
    OrderDiscountPromotion: promotion,
  };
}

const FEDERAL_SHARE = 0.05;

/** Canada's taxes are two. A tax inside the prices is not told at all: the order has no place for it. */
function taxesOf(
  goods: Big,
  discount: number,
  { charges: { tax }, buyer }: Drawn,
): Pick<Order, 'SalesTax' | 'SalesTax2'> {
  if (tax === undefined || tax.included) return { SalesTax: 0, SalesTax2: 0 };
  const taxed = goods.minus(discount);
  const whole = rounded(taxed.times(tax.rate));
  if (buyer.person.countryCode !== 'CA') return { SalesTax: whole, SalesTax2: 0 };
  const federal = rounded(taxed.times(FEDERAL_SHARE));
  return { SalesTax: federal, SalesTax2: rounded(new Big(whole).minus(federal)) };
}

function customerId(store: ThreeDCartStore, { buyer }: Drawn): number {
  if (buyer.guest) return 0;
  for (const { customer } of store.customers.values()) {
    if (customer.Email === buyer.person.email) return customer.CustomerID;
  }
  return 0;
}

function documentOf(store: ThreeDCartStore, drawn: Drawn, wish: OrderWish): Order {
  const { buyer, placedAt, skipsId } = drawn;
  const time = store.time(placedAt);
  const items = drawn.lines.map((line) => itemOf(store, line, time));
  if (skipsId) store.nextId('order');
  const id = store.nextId('order');
  const goods = goodsTotal(items);
  const discount = discountOf(goods, drawn.charges.discount);
  const order = fresh(ORDER, {
    InvoiceNumberPrefix: wish.prefix ?? PREFIX,
    InvoiceNumber: store.nextId('invoice'),
    OrderID: id,
    CustomerID: customerId(store, drawn),
    OrderDate: time,
    LastUpdate: time,
    ContinueURL: `${THREEDCART_CREDENTIALS.secureUrl}/continue_order.asp?orderkey=${id.toString(16)}`,
    ...billingOf(buyer.person, wish.email ?? buyer.email),
    ShipmentList: shipmentsOf(store, drawn, wish.shipments, items),
    OrderItemList: items,
    ...discount,
    ...taxesOf(goods, discount.OrderDiscount, drawn),
    CustomerComments: wish.comments ?? '',
  });
  recalculate(order);
  return order;
}

/** What the state that is wished for makes of the payment that was drawn. */
function paymentFor({ state }: OrderWish, { payment }: Drawn): Drawn['payment'] {
  if (state === undefined || state === 'canceled') return payment;
  return state === 'unpaid' ? 'bank transfer' : 'credit card';
}

/** The checkout was never finished: there is no payment, and the method is not told. */
function leaveIncomplete(store: ThreeDCartStore, order: Order, placedAt: Date): void {
  const before = new Date(placedAt.getTime() - NOT_COMPLETED_SECONDS * 1000);
  Object.assign(order, {
    BillingPaymentMethod: '',
    BillingOnLinePayment: false,
    BillingPaymentMethodID: '',
    CardType: '',
    CardNumber: '',
    TransactionList: [],
    LastUpdate: storeTime(before, store.switches.timeZone),
  });
}

function checkOut(
  store: ThreeDCartStore,
  order: Order,
  wish: OrderWish,
  drawn: Drawn,
  random: Random,
): void {
  payBy(store, order, METHODS[paymentFor(wish, drawn)], random);
  const state = wish.state === undefined ? undefined : STATE_STATUS[wish.state];
  if (wish.state === 'declined') order.TransactionList = [];
  order.OrderStatusID = wish.orderStatus ?? state ?? order.OrderStatusID;
  if (order.OrderStatusID === STATUS.notCompleted) leaveIncomplete(store, order, drawn.placedAt);
  for (const shipment of order.ShipmentList) {
    shipment.ShipmentOrderStatus = order.OrderStatusID;
    shipment.ShipmentLastUpdate = order.LastUpdate;
  }
  if (holdsStock(order.OrderStatusID)) moveStock(store, order, 1);
  store.orders.set(order.OrderID, order);
}

const withGuests = (wish: OrderWish): OrderWish =>
  wish.guest === true ? { ...wish, guests: wish.count } : wish;

/** Places orders, oldest first. They are made from what the store sells at this moment. */
export const placeOrders = (
  store: ThreeDCartStore,
  random: Random,
  wish: OrderWish,
  now: Date,
): Order[] =>
  drawOrders(random, offersIn(store), withGuests(wish), now).map((drawn) => {
    const order = documentOf(store, drawn, wish);
    checkOut(store, order, wish, drawn, random);
    return order;
  });
