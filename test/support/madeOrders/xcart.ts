import fc from 'fast-check';

import { orderSchema } from '../../../core/stores/xcart/wire';
import { type BuiltOrder, decimal, DIGITS, shopOrder } from '../shopOrders';
import {
  addressRead,
  buyersEmail,
  lineName,
  lineSku,
  type MadeOrder,
  orBlank,
  orMissing,
  type OrderMaker,
} from './made';

const address = fc.record({
  id: fc.constantFrom(0, 88),
  firstname: orBlank('Ada', 'Zoë'),
  lastname: orBlank('Byron'),
  street: orBlank('1 Main St', '1 Main St\nFlat 2'),
  city: orBlank('Austin'),
  country_code: orBlank('US', 'us', 'XX'),
  state: fc.constantFrom(0, 43, null),
  state_name: orBlank('Texas'),
  phone: orBlank('512-555-0100', 'call me'),
  // An empty list and what it does not have, PHP writes alike.
  custom_fields: fc.constantFrom([], null, [{ name: 'company', value: 'Acme' }]),
});

const GIVES_BACK: ReadonlySet<string> = new Set(['refund', 'refundPart', 'refundMulti']);

const backendTransaction = fc.record({
  id: fc.nat(3),
  type: fc.constantFrom('sale', 'auth', 'capturePart', 'void', 'getInfo', 'own', ...GIVES_BACK),
  status: fc.constantFrom('S', 'S', 'S', 'F', 'I', 'W', 'C', 'V', 'Card', null),
  units: fc.nat(2_000),
  /** Stores write an amount as a number, or as a text. */
  isText: fc.boolean(),
});

type Backend = typeof backendTransaction extends fc.Arbitrary<infer T> ? T : never;

const transaction = fc.record({
  id: fc.nat(3),
  name: orBlank('Credit card'),
  parts: orMissing(fc.array(backendTransaction, { maxLength: 3 })),
});

type Transaction = typeof transaction extends fc.Arbitrary<infer T> ? T : never;

const line = fc.record({
  name: lineName,
  sku: lineSku,
  product_id: fc.constantFrom(0, 37, null),
  variant: fc.constantFrom(0, 512, null, undefined),
});

const status = (...codes: string[]) =>
  fc.constantFrom(null, ...codes.map((code) => ({ id: 0, code, name: code })));

/** What an order says beside its amounts. */
const said = fc.record({
  customer_id: fc.constantFrom(null, 0, 0, 15, undefined),
  email: buyersEmail,
  billing_address: orMissing(address),
  shipping_address: orMissing(address),
  payment_status: status('P', 'R', 'OWN'),
  shipping_status: status('N', 'S', 'OWN'),
  shipping_id: fc.constantFrom(0, 3, null),
  notes: orBlank('<b>Ring</b> twice'),
  lines: fc.array(line, { minLength: 20, maxLength: 20 }),
  trackingNumbers: orMissing(fc.subarray(['1Z999', '1Z998', 'JD-7'])),
  /** Undefined: *Add Payments* has not read them. */
  transactions: fc.option(fc.array(transaction, { maxLength: 3 }), { nil: undefined }),
});

type Said = typeof said extends fc.Arbitrary<infer T> ? T : never;

const refundedUnits = (transactions: readonly Transaction[]): number =>
  transactions
    .flatMap(({ parts }) => parts ?? [])
    .filter(({ type, status: state }) => GIVES_BACK.has(type) && state === 'S')
    .reduce((all, { units }) => all + units, 0);

function paymentsOf(transactions: readonly Transaction[], digits: number): object[] {
  const value = ({ units, isText }: Backend): number | string => {
    const amount = decimal(BigInt(units), digits);
    return isText ? amount.toFixed(4) : amount;
  };
  return transactions.map(({ id, name, parts }) => ({
    id,
    name,
    // 5.5.0 writes the name of the method there.
    status: name,
    backend_transactions: parts?.map((one) => ({
      id: one.id,
      type: one.type,
      status: one.status,
      value: value(one),
    })),
  }));
}

interface Items {
  items: object[];
}

function made(built: BuiltOrder, more: Said): MadeOrder {
  const { currency, onTop, included, lineTax } = built;
  const { lines, trackingNumbers, transactions, ...order } = more;
  const digits = DIGITS[currency];
  const { items } = built.order as Items;
  const used = items.map((_, at) => lines[at % lines.length] as Said['lines'][number]);
  const document = {
    ...built.order,
    ...order,
    // The first line of the table has a number as good as any.
    items: items.map((item, at) => ({
      ...item,
      ...used[at],
      id: at,
      name: used[at]?.name.written,
    })),
    tracking_numbers: trackingNumbers?.map((value, id) => ({ id, value })),
    ...(transactions && { payment_transactions: paymentsOf(transactions, digits) }),
  };
  return {
    document: orderSchema.parse(document),
    wanted: {
      currency,
      digits,
      total: built.total,
      ...(onTop !== undefined && { tax: decimal(onTop, digits) }),
      includedTax: decimal(included, digits),
      customerId: more.customer_id ? '15' : undefined,
      email: addressRead(more.email),
      names: used.map(({ name }) => name.read),
      skus: used.map(({ sku }) => sku?.trim() || undefined),
      trackingNumbers: trackingNumbers ?? [],
      refunded: transactions && decimal(BigInt(refundedUnits(transactions)), digits),
    },
    // Of four decimals some are cut off and some are not: a unit more or less may be one that was.
    ...(onTop !== undefined && { otherwiseRead: [Number(lineTax)] }),
  };
}

export const XCART_ORDERS: OrderMaker = {
  name: 'X-Cart',
  platform: 'xcart',
  total: 'total',
  orders: fc.tuple(shopOrder, said).map(([built, more]) => made(built, more)),
};
