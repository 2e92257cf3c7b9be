import { codesTo } from '../../commerce/statuses';
import type { FieldRule, MappingSpec } from '../../mapping/spec';
import { ORDER_CODES, PAYMENT_BY_CODE, SHIPPING_BY_CODE } from '../../stores/threedcart/statuses';
import { buyer, orderHead, orderLine } from '../orderParts';
import { currency, names, needed, number, ornament, text } from '../parts';
import { address, BILLING, SHIPMENT } from './address';
import { statusOf } from './parts';
import { PAYMENT_FIELDS } from './payment';
import { SHIPMENT_FIELDS } from './shipment';

const FIRST_SHIPMENT = 'ShipmentList[0].Shipment';
const NUMBER = '{InvoiceNumberPrefix}{InvoiceNumber ?? OrderID}';

/** A list that stores of 2015 may lack. */
const listOf = (each: string, fields: FieldRule[]): Omit<FieldRule, 'to'> => ({
  each,
  fields,
  when: { path: each, is: 'exists' },
});

/** The code of the variant stands behind a comma: `,11`. */
const VARIANT: FieldRule = {
  to: 'variantId',
  from: 'ItemOptions',
  split: ',',
  aggregate: 'join',
  separator: ',',
};

/** What the customer was asked at the checkout (documentation of Orders/{id}/Questions). */
const QUESTION_FIELDS: FieldRule[] = [
  text('id', 'QuestionID'),
  text('question', 'QuestionTitle'),
  text('answer', 'QuestionAnswer'),
];

/** Of several deliveries each has the lines that name it; 0 is the first one (recorded answers). One delivery is the whole order. */
const LINES_OF_SHIPMENT: FieldRule = {
  to: 'lines',
  each: '$.OrderItemList[ItemShipmentID=^.ShipmentID]',
  when: { path: '$.ShipmentList[1]', is: 'exists' },
  fields: [
    text('lineId', 'ItemIndexID'),
    { to: 'sku', from: 'ItemID', transforms: ['trimEnds'] },
    needed(number('quantity', 'ItemQuantity')),
  ],
};

/** Stores of 2015 lack fields that newer ones have. */
const orNothing = (from: string) => ({ from, default: 0 });

/**
 * 3dcart writes OrderAmount = Σ (unit price + option price) × quantity + Σ cost of the shipments + the three sales taxes −
 * the discount (all of 306 recorded orders). It names no sub-total, and no currency: that is the store's, which the
 * credential says.
 */
export const THREEDCART_ORDER: MappingSpec = {
  from: 'threedcart.order',
  to: 'commerce.order',
  fields: [
    ...orderHead({
      platform: 'threedcart',
      id: 'OrderID',
      name: `3dcart ${NUMBER}`,
      number: { template: NUMBER, transforms: ['trim'] },
      placedAt: 'OrderDate',
      updatedAt: 'LastUpdate',
      currency: {
        ...currency('@source.currency'),
        note: 'An order of 3dcart names no currency: it is the one in the credential',
      },
    }),
    {
      to: 'status',
      from: 'OrderStatusID',
      lookup: codesTo(ORDER_CODES, 'status'),
      default: 'unknown',
    },
    text('statusCode', 'OrderStatusID'),
    statusOf('statusName', 'OrderStatusID', codesTo(ORDER_CODES, 'name')),
    {
      ...ornament('statusName', 'OrderStatusText'),
      when: { path: 'OrderStatusText', is: 'exists' },
    },
    statusOf('paymentStatus', 'OrderStatusID', PAYMENT_BY_CODE),
    statusOf('shippingStatus', 'OrderStatusID', SHIPPING_BY_CODE),
    buyer({
      id: 'CustomerID',
      email: 'BillingEmail',
      names: names(
        `BillingFirstName ?? ${FIRST_SHIPMENT}FirstName`,
        `BillingLastName ?? ${FIRST_SHIPMENT}LastName`,
      ),
      company: 'BillingCompany',
      phone: `BillingPhoneNumber ?? ${FIRST_SHIPMENT}Phone`,
      country: `BillingCountry ?? ${FIRST_SHIPMENT}Country`,
    }),
    { to: 'billingAddress', fields: address('Billing', BILLING) },
    { to: 'shippingAddress', fields: address(FIRST_SHIPMENT, SHIPMENT) },
    ornament('shippingMethod', `${FIRST_SHIPMENT}MethodName`),
    ornament('paymentMethod', 'BillingPaymentMethod'),
    text('externalId', 'AlternateOrderID'),
    text('customerNote', 'CustomerComments'),
    text('staffNote', 'InternalComments'),
    // A shipment of several parcels has several in one text.
    { ...ornament('trackingNumbers', 'ShipmentList[*].ShipmentTrackingCode'), split: ',' },
    ornament('couponCodes', 'PromotionList[*].Coupon'),
    {
      to: 'lines',
      each: 'OrderItemList',
      fields: [
        ...orderLine({
          id: 'ItemIndexID',
          productId: 'CatalogID',
          sku: 'ItemID',
          name: 'ItemDescription',
          quantity: 'ItemQuantity',
        }),
        {
          to: 'unitPrice',
          calculate: { add: ['ItemUnitPrice', orNothing('ItemOptionPrice')] },
          required: true,
          note: 'The price of the options comes on top of the unit price',
        },
        number('optionPrice', 'ItemOptionPrice'),
        VARIANT,
      ],
    },
    { to: 'surcharges', value: [] },
    { ...listOf('QuestionList', QUESTION_FIELDS), to: 'questions' },
    { ...listOf('TransactionList', PAYMENT_FIELDS), to: 'payments' },
    { ...listOf('ShipmentList', [...SHIPMENT_FIELDS, LINES_OF_SHIPMENT]), to: 'shipments' },
    {
      to: 'totals',
      fields: [
        { to: 'shipping', from: 'ShipmentList[*].ShipmentCost', aggregate: 'sum' },
        { to: 'handling', value: 0 },
        {
          to: 'tax',
          calculate: {
            add: [orNothing('SalesTax'), orNothing('SalesTax2'), orNothing('SalesTax3')],
          },
        },
        { to: 'discount', from: 'OrderDiscount', transforms: ['number'], default: 0 },
        needed(number('total', 'OrderAmount')),
      ],
    },
  ],
};
