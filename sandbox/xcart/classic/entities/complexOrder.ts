import { sum } from '../../../kit/shop';
import { REGION_CODES } from '../../../seed';
import type { AddressView, OrderItemView, OrderRecord, SurchargeView } from '../../model';
import type { ClassicCall } from '../entity';

const valueOf = (surcharges: readonly SurchargeView[], type: string): number =>
  sum(surcharges.filter((each) => each.type === type).map(({ value }) => value)).toNumber();

const HAS_OWN_NAME = new Set(['tax', 'discount', 'shipping']);

/** An address by the names of its fields, old names kept (`address` is the street), without an id of its own. */
export function complexAddress(address: AddressView): object {
  return {
    title: address.title,
    firstname: address.firstname,
    lastname: address.lastname,
    address: address.street,
    city: address.city,
    country: address.country_code,
    state: REGION_CODES[address.state_name] ?? address.state_name,
    zipcode: address.zipcode,
    phone: address.phone,
    ...Object.fromEntries(address.custom_fields.map(({ name, value }) => [name, value])),
    isDefaultShippingAddress: address.is_shipping,
    isDefaultBillingAddress: address.is_billing,
  };
}

function item(line: OrderItemView, { store }: ClassicCall): object {
  const product = store.products.get(line.product_id ?? 0)?.view;
  return {
    sku: line.sku ?? '',
    productId: line.product_id ?? 0,
    name: line.name,
    description: product?.description ?? '',
    shortDescription: product?.brief_description ?? '',
    attributes: [],
    price: line.price,
    weight: product?.weight ?? 0,
    quantity: line.amount,
    subtotal: line.price * line.amount,
    total: line.discounted_subtotal,
    releaseDate: product?.arrival_date ?? null,
    URL: product ? `https://shop.example/${product.clean_url}` : '',
    enabled: product?.enabled ?? false,
    freeShipping: product?.free_shipping ?? false,
  };
}

/** `subtotal` is the total without shipping here, and not the sum of the lines as in the default schema. */
export function complexOrder(
  { view, transactions, details }: OrderRecord,
  call: ClassicCall,
): object {
  const { surcharges, billing_address: billing, shipping_address: shipping } = view;
  const shippingCost = valueOf(surcharges, 'shipping');
  const customer = call.store.profiles.get(view.customer_id ?? view.order_profile_id ?? 0)?.view;
  const others = surcharges.filter(({ type }) => !HAS_OWN_NAME.has(type));
  return {
    orderId: view.id,
    orderNumber: view.order_number,
    subtotal: view.total - shippingCost,
    total: view.total,
    shippingCost,
    paymentFee: 0,
    taxAmount: Math.round(valueOf(surcharges, 'tax') * 100) / 100,
    discountValue: valueOf(surcharges, 'discount'),
    otherSurcharges: Object.fromEntries(
      others.map(({ code, name, value }) => [code, { name, value }]),
    ),
    currency: view.currency,
    items: view.items.map((line) => item(line, call)),
    orderDate: view.create_date,
    updateDate: view.update_date,
    trackingNumber: view.tracking_numbers[0]?.value ?? '',
    customerNotes: view.notes,
    adminNotes: view.admin_notes,
    coupon: [],
    customerInfo: {
      profileId: customer?.id ?? 0,
      isAnonymous: !view.customer_id,
      login: view.email,
      email: view.email,
      status: customer?.status ?? 'E',
      isAdmin: customer?.access_level === 100,
      addedDate: customer?.create_date ?? 0,
      membership: '',
      firstname: billing?.firstname ?? '',
      lastname: billing?.lastname ?? '',
    },
    billingInfo: billing && complexAddress(billing),
    shippingInfo: shipping && complexAddress(shipping),
    paymentMethod: transactions[0]?.name ?? '',
    paymentStatus: view.payment_status?.code ?? '',
    shippingMethod: view.shipping_method_name,
    shippingStatus: view.shipping_status?.code ?? '',
    transactions: transactions.map((each) => ({
      id: each.public_id,
      type: each.type,
      value: each.value,
      status: each.status,
      human_status: each.status,
      method: each.name,
      note: each.note,
    })),
    details: details.map(({ id, name, value }) => ({ code: id, label: name, value })),
  };
}
