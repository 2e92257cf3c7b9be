import type { StatusCodes } from '../../../commerce/statuses';
import { textIn } from '../../../values';
import { momentOf } from '../../../feeds/records';
import { PAYMENT_CODES, SHIPPING_CODES } from '../statuses';
import type { Address, Order, OrderItem, Status, Transaction } from '../wire';
import type { AddressInfo, ComplexOrder, Payment, WholeOrder } from './wire';

/** A merchant's own status may have no code: its id stands for one, and is taken as one where a status is set. */
export function statusFrom(
  { id, code }: { id: number; code?: string | null },
  codes: StatusCodes<string>,
): Status {
  const shown = code?.trim() || String(id);
  const name = codes[shown]?.name ?? shown;
  return { id, code: shown, name, customer_name: name };
}

/** What a field of an address is called in 5.5. */
const ADDRESS_FIELDS: Readonly<Record<string, keyof Address>> = {
  title: 'title',
  firstname: 'firstname',
  lastname: 'lastname',
  phone: 'phone',
  address: 'street',
  city: 'city',
  zipcode: 'zipcode',
  country: 'country_code',
  state: 'state_name',
};

const NO_FIELD = new Set(['isDefaultBillingAddress', 'isDefaultShippingAddress', 'type']);

/** `state` is a code such as `TX` where the country has states, else a name. What the merchant has added is a field of its own. */
export function addressFrom(info: AddressInfo, more: Partial<Address> = {}): Address {
  const address: Record<string, unknown> = {
    is_billing: info['isDefaultBillingAddress'] === true,
    is_shipping: info['isDefaultShippingAddress'] === true,
  };
  const own: Array<{ name: string; value: string }> = [];
  for (const [name, given] of Object.entries(info)) {
    const value = textIn(given) ?? '';
    const field = ADDRESS_FIELDS[name];
    if (field) address[field] = value;
    else if (!NO_FIELD.has(name) && value !== '') own.push({ name, value });
  }
  return { ...address, ...more, custom_fields: own } as Address;
}

/** Both schemas tell the lines in one order; where they do not match, a line has no product rather than a wrong one. */
function productIds(whole: WholeOrder, complex: ComplexOrder): Array<number | null> {
  const lines = whole.items ?? [];
  const others = complex.items ?? [];
  const fits = lines.length === others.length;
  return lines.map(({ sku }, index) => {
    const other = others[index];
    return fits && (other?.sku ?? '') === (sku ?? '') ? other?.productId || null : null;
  });
}

function itemsFrom(whole: WholeOrder, complex: ComplexOrder): OrderItem[] {
  const ids = productIds(whole, complex);
  // Without `surcharges`: which taxes a line has is not told, and an empty list would say that it has none.
  return (whole.items ?? []).map((item, index) => ({
    id: item.item_id,
    product_id: ids[index],
    sku: item.sku,
    name: item.name,
    price: item.price,
    item_net_price: item.itemNetPrice,
    discounted_subtotal: item.discountedSubtotal,
    amount: item.amount,
    backordered_amount: item.backorderedAmount,
  }));
}

/** The customer's own profile; guests have none, or one that is marked as anonymous. */
function customerOf({ orig_profile: own }: WholeOrder): number | null {
  return own && own.anonymous !== true ? own.profile_id : null;
}

const WITH_ZONE = /(?:Z|[+-]\d\d:?\d\d)$/;

/**
 * When the order was last changed, by the document that was read first. Where it changed between the two, what was read
 * holds some of the new: it keeps the place that it has in the list, and comes again with its new date.
 */
function lastChange({ lastRenewDate: date }: WholeOrder, { updateDate }: ComplexOrder) {
  const [own, told] = [momentOf(date), momentOf(updateDate)];
  const isOlder = own !== undefined && told !== undefined && told < own;
  return isOlder && WITH_ZONE.test(updateDate ?? '') ? dateAt(told) : date;
}

/** As the dates of the default schema are written. */
const dateAt = (moment: number): string =>
  new Date(moment).toISOString().replace('.000Z', '+00:00');

/**
 * An order of the classic API as 5.5 writes one, so that mappings and templates read both alike. What it lacks, because
 * the classic API tells it nowhere: the variant and the taxes of a line (those of the order are there), the ids of
 * addresses, names of statuses that a merchant has added, and whole names of states.
 */
export function orderFrom(whole: WholeOrder, complex: ComplexOrder): Order {
  const { paymentStatus: payment, shippingStatus: shipping } = whole;
  const { billingInfo: billing, shippingInfo: delivery, customerInfo: customer } = complex;
  return {
    id: whole.order_id,
    order_number: whole.orderNumber,
    total: whole.total,
    sub_total: whole.subtotal,
    currency: whole.currency?.code,
    email: whole.profile?.login ?? customer?.email,
    items: itemsFrom(whole, complex),
    billing_address: billing && addressFrom(billing),
    shipping_address: delivery && addressFrom(delivery),
    create_date: whole.date,
    update_date: lastChange(whole, complex),
    payment_status: payment && statusFrom(payment, PAYMENT_CODES),
    shipping_status: shipping && statusFrom(shipping, SHIPPING_CODES),
    customer_id: customerOf(whole),
    order_profile_id: whole.profile?.profile_id,
    shipping_id: whole.shipping_id || null,
    shipping_method_name: whole.shipping_method_name,
    notes: whole.notes,
    admin_notes: whole.adminNotes,
    stock_status: whole.stockStatus,
    surcharges: whole.surcharges,
    tracking_numbers: (whole.trackingNumbers ?? []).map((each) => ({
      id: each.tracking_id,
      date: each.creationDate,
      value: each.value,
    })),
  };
}

/** @param currency of the order, which a payment does not repeat */
export function transactionFrom(
  payment: Payment,
  currency: string | null | undefined,
): Transaction {
  return {
    id: payment.transaction_id,
    public_id: payment.public_id,
    public_txn_id: payment.publicTxnId,
    method_id: payment.payment_method?.method_id,
    type: payment.type,
    date: payment.date,
    status: payment.status,
    name: payment.method_name,
    local_name: payment.method_local_name,
    currency,
    value: payment.value,
    note: payment.note,
    data: payment.data,
    backend_transactions: payment.backend_transactions,
  };
}
