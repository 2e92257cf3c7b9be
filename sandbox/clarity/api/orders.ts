import type { LineItem, OrderDocument } from '../model';
import type { ClarityStore } from '../store';
import { Refusal, type FieldError, invalid } from './refusals';

type Given = Record<string, unknown>;
type GivenLine = Partial<LineItem> & { sku: string; quantity: number };

/** A line as it was sent, with what the shop knows of it and what the line before it said. */
function lineOf(
  store: ClarityStore,
  given: GivenLine,
  index: number,
  before: readonly LineItem[],
  errors: FieldError[],
): LineItem {
  const product = store.byUnique('products', given.sku);
  if (product === undefined) {
    errors.push({
      pointer: `#/lineItems/${index}/sku`,
      detail: `There is no product with the SKU ${given.sku}.`,
    });
  }
  const known = before.find(({ lineId, sku }) => lineId === given.lineId || sku === given.sku);
  const line = {
    lineId: given.lineId ?? known?.lineId ?? store.nextId('lines'),
    name: String(product?.name),
    unitPrice: Number(product?.price),
    tax: 0,
    discount: 0,
    category: String(product?.category),
    ...known,
    ...given,
  };
  return line;
}

/** The lines as they were sent. Taxes and discounts that are written out are no longer computed. */
export function linesFrom(
  store: ClarityStore,
  { lineItems }: Given,
  order?: OrderDocument,
): LineItem[] | undefined {
  if (lineItems === undefined) return undefined;
  const errors: FieldError[] = [];
  const given = lineItems as GivenLine[];
  const lines = given.map((line, index) =>
    lineOf(store, line, index, order?.lineItems ?? [], errors),
  );
  if (errors.length > 0) throw invalid(errors);
  if (order && given.some(({ tax, discount }) => tax !== undefined || discount !== undefined)) {
    store.rules.delete(order.orderId);
  }
  return lines;
}

/** An order that somebody makes through the API. Its sums are computed, whatever was sent. */
export function orderFrom(store: ClarityStore, given: Given, now: Date): OrderDocument {
  const lineItems = linesFrom(store, given);
  if (lineItems === undefined) throw new Refusal(422, 'An order needs lines.');
  const customer = store.get('customers', String(given.customerId));
  const billing = given.billingAddress ?? customer?.billingAddress ?? {};
  return {
    orderId: store.nextId('orders'),
    customerId: null,
    orderDate: now.toISOString(),
    status: 'pending',
    totalAmount: 0,
    currency: 'USD',
    shippingAmount: 0,
    handlingAmount: 0,
    discountAmount: 0,
    taxIncluded: false,
    shippingAddress: billing,
    billingAddress: billing,
    couponCodes: [],
    customerGroup: String(customer?.customerGroup ?? ''),
    externalId: null,
    modifiedDate: now.toISOString(),
    ...given,
    lineItems,
    paymentInfo: {
      method: '',
      transactionId: null,
      amount: null,
      status: 'pending',
      ...(given.paymentInfo as object | undefined),
    },
  } as unknown as OrderDocument;
}
