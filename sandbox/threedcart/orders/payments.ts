import Big from 'big.js';
import type { Random } from '../../kit';
import { rounded, sum, type PaymentMethod } from '../../kit/shop';
import { fresh, TRANSACTION, type Order, type Transaction } from '../model';
import type { ThreeDCartStore } from '../store';
import { STATUS } from './statuses';

interface StoreMethod {
  name: string;
  id: string;
  onLine: boolean;
  /** Type of the transactions that it leaves; absent: it leaves none. */
  type?: 'Sale' | 'Authorize';
  status: number;
}

const CARD = { name: 'Secure Online Payment', id: '13', onLine: true, status: STATUS.new };

/** What of the payment methods that people choose this store offers. */
export const METHODS: Readonly<Record<PaymentMethod, StoreMethod>> = {
  'credit card': { ...CARD, type: 'Sale' },
  'credit card, authorized only': { ...CARD, type: 'Authorize' },
  'purchase order': { name: 'Purchase Order', id: '52', onLine: false, status: STATUS.unpaid },
  'bank transfer': { name: 'Bank Transfer', id: '53', onLine: false, status: STATUS.unpaid },
};

const REFUND = 'Refund';

export function transactionOf(
  store: ThreeDCartStore,
  order: Order,
  given: Partial<Transaction>,
): Transaction {
  const id = store.nextId('transaction');
  return fresh(TRANSACTION, {
    TransactionIndexID: id,
    OrderID: order.OrderID,
    TransactionID: `tx${id}`,
    TransactionMethod: order.BillingPaymentMethod,
    TransactionApproval: String(id * 7919)
      .padStart(6, '0')
      .slice(-6),
    TransactionGatewayID: Number(order.BillingPaymentMethodID) || 0,
    ...given,
  });
}

/** Most orders are paid at once, one of eight in two parts, and very few in three: as in the recording. */
function partsOf(random: Random): number {
  const draw = random();
  if (draw < 0.003) return 3;
  return draw < 0.137 ? 2 : 1;
}

/** Amounts that add up to the whole, to the cent. */
function split(total: number, parts: number): number[] {
  const each = rounded(new Big(total).div(parts));
  const others = Array.from({ length: parts - 1 }, () => each);
  return [rounded(new Big(total).minus(sum(others))), ...others];
}

/** Writes down how a new order was paid, and what status that gives it. */
export function payBy(
  store: ThreeDCartStore,
  order: Order,
  method: StoreMethod,
  random: Random,
): void {
  const parts = partsOf(random);
  const { type } = method;
  Object.assign(order, {
    OrderStatusID: method.status,
    BillingPaymentMethod: method.name,
    BillingOnLinePayment: method.onLine,
    BillingPaymentMethodID: method.id,
  });
  if (type === undefined) return;
  Object.assign(order, { CardType: 'Visa', CardNumber: '-1111' });
  for (const amount of split(order.OrderAmount, type === 'Sale' ? parts : 1)) {
    const given = { TransactionType: type, TransactionAmount: amount };
    const transaction = { ...given, TransactionDateTime: order.OrderDate };
    order.TransactionList.push(transactionOf(store, order, transaction));
  }
}

const amounts = ({ TransactionList }: Order, type: string): Big =>
  sum(
    TransactionList.filter(({ TransactionType }) => TransactionType === type).map(
      ({ TransactionAmount }) => TransactionAmount,
    ),
  );

/** What of an order has been paid. */
export const paidOf = (order: Order): Big => amounts(order, 'Sale');

/** What has been given back, whatever the sign it is told with. */
export const refundedOf = (order: Order): Big => amounts(order, REFUND).abs();

/** Takes what is still to be paid. */
export function collect(store: ThreeDCartStore, order: Order, time: string): void {
  const left = new Big(order.OrderAmount).minus(paidOf(order));
  if (left.lte(0)) return;
  const given = { TransactionType: 'Sale', TransactionAmount: left.toNumber() };
  const transaction = { ...given, TransactionDateTime: time };
  order.TransactionList.push(transactionOf(store, order, transaction));
}

export function giveBack(store: ThreeDCartStore, order: Order, value: Big, time: string): void {
  const signed = store.switches.refundSign === 'negative' ? value.neg() : value;
  const given = { TransactionType: REFUND, TransactionAmount: signed.toNumber() };
  const transaction = { ...given, TransactionDateTime: time };
  order.TransactionList.push(transactionOf(store, order, transaction));
}
