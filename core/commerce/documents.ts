import { bookOrder } from './booking';
import { documentType, type Settings, type TellField } from '../documents';
import { type Customer, customerSchema } from './customer';
import { keepOneMailbox } from './mailbox';
import { COMMON_ORDER, fieldLabel, orderLabel } from './labels';
import { completeLines } from './lines';
import { leaveOutNobody } from './nobody';
import { type Order, orderSchema } from './order';
import { orderStatusSchema } from './orderStatus';
import { paymentSchema } from './payment';
import { productSchema } from './product';
import { refundSchema } from './refund';
import {
  SAMPLE_CUSTOMER,
  SAMPLE_ORDER,
  SAMPLE_ORDER_STATUS,
  SAMPLE_PAYMENT,
  SAMPLE_PRODUCT,
  SAMPLE_REFUND,
  SAMPLE_SHIPMENT,
} from './samples';
import { settleAmounts } from './settle';
import { completeShipment, shipmentSchema } from './shipment';
import { recordSourceSchema, shopOrderSchema } from './source';
import { checkTotals } from './totals';

/** Who the customer is, however the shop wrote it down. */
function completeCustomer(customer: Customer, tell: TellField): void {
  keepOneMailbox(customer, tell);
  leaveOutNobody(customer, tell);
}

/**
 * A counter sale may name nobody at all: it is a legal order, with a customer of whom nothing is known. What its amounts come
 * to, and how they are booked, is worked out last, from all that rows have said of them.
 */
function completeOrder(order: Order, { prices }: Settings, tell: TellField): void {
  order.customer ??= {};
  completeLines(order, tell);
  completeCustomer(order.customer, (field, message) => tell(`customer.${field}`, message));
  bookOrder(settleAmounts(order, tell), prices, tell);
}

/**
 * What payments, shipments and refunds have beside what they are in an order: alone, they say which shop they are of, and
 * where they come from elsewhere, which order of which shop they are about.
 */
const ofRecord = { source: recordSourceSchema.optional(), shopOrder: shopOrderSchema.optional() };

/** The documents of the common model: what every store's become, and every business system's are made of. */
export const COMMERCE_DOCUMENTS = [
  documentType({
    name: 'commerce.order',
    displayName: COMMON_ORDER,
    phrase: 'common order',
    schema: orderSchema,
    sample: SAMPLE_ORDER,
    complete: completeOrder,
    completes: {
      'booked.freight': ['totals.shipping', 'totals.handling', 'totals.fees'],
      'booked.discount': ['totals.discount'],
      'totals.lines': ['lines[*].unitPrice', 'lines[*].quantity'],
      'lines[*].amount': ['lines[*].unitPrice', 'lines[*].quantity'],
      'lines[*].booked.unitPrice': ['lines[*].unitPrice'],
      'lines[*].booked.discount': ['lines[*].unitPrice', 'lines[*].quantity'],
      'lines[*].booked.tax': ['lines[*].tax', 'totals.tax', 'totals.includedTax'],
    },
    computed: ['booked', 'lines[*].booked'],
    label: orderLabel,
    check: checkTotals,
    reads: [
      'number',
      'currency',
      'customer.id',
      'customer.email',
      ...['id', 'quantity', 'unitPrice', 'discount', 'amount', 'tax', 'includedTax'].map(
        (name) => `lines[*].${name}`,
      ),
      'surcharges',
      'totals',
    ],
  }),
  documentType({
    name: 'commerce.customer',
    displayName: 'Common Customer',
    phrase: 'common customer',
    schema: customerSchema,
    label: fieldLabel,
    sample: SAMPLE_CUSTOMER,
    complete: (customer, _settings, tell) => completeCustomer(customer, tell),
    reads: ['id', 'email'],
  }),
  documentType({
    name: 'commerce.product',
    displayName: 'Common Product',
    phrase: 'common product',
    schema: productSchema,
    label: fieldLabel,
    sample: SAMPLE_PRODUCT,
  }),
  documentType({
    name: 'commerce.payment',
    displayName: 'Common Payment',
    phrase: 'common payment',
    schema: paymentSchema.extend(ofRecord),
    label: fieldLabel,
    sample: SAMPLE_PAYMENT,
  }),
  documentType({
    name: 'commerce.shipment',
    displayName: 'Common Shipment',
    phrase: 'common shipment',
    schema: shipmentSchema.extend(ofRecord),
    label: fieldLabel,
    sample: SAMPLE_SHIPMENT,
    complete: completeShipment,
    reads: ['trackingNumbers'],
  }),
  documentType({
    name: 'commerce.orderStatus',
    displayName: 'Common Order Status',
    phrase: 'common order status',
    schema: orderStatusSchema.extend(ofRecord),
    label: fieldLabel,
    sample: SAMPLE_ORDER_STATUS,
  }),
  documentType({
    name: 'commerce.refund',
    displayName: 'Common Refund',
    phrase: 'common refund',
    schema: refundSchema.extend(ofRecord),
    label: fieldLabel,
    sample: SAMPLE_REFUND,
  }),
];
