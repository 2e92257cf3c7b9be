import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { RecordQuery } from '../../../core/stores/clarity/client';
import { ofProfile } from '../../../core/stores/clarity/feed';
import { PAYMENTS, RETURNS, SHIPMENTS } from '../../../core/stores/clarity/pieces';
import type { ResourceName } from '../../../core/stores/clarity/profile/schema';
import type { WireRecord } from '../../../core/stores/clarity/wire';
import type { RecordType } from '../../../core/feeds/records';
import { flag, moment, number, text } from '../../shared/entry';
import type { Resource } from '../../shared/operation';
import type { RecordKind } from '../../shared/records/kind';
import type { Locator } from '../../shared/records/locator';
import { recordOperations } from '../../shared/records/operations';
import { rows, withRows } from '../../shared/rows';
import { clarity, type Store } from '../connection';
import {
  addressLocator,
  couponLocator,
  invoiceLocator,
  paymentLocator,
  returnLocator,
  shipmentLocator,
} from '../locators';
import { ADDRESS_FIELDS } from './addressFields';
import { list, upsert } from './common';

/** What the panel shows of such records. */
interface Known {
  optional: INodeProperties[];
  /** Fields of the simplified output, beside the id and the date of the last change. */
  simple: readonly string[];
  document?: (fields: IDataObject) => object;
  /** Of those that triggers follow: how one is known. */
  source?: RecordType<WireRecord>;
}

const MONEY = { typeOptions: { numberPrecision: 4 } };

const OF_ORDER = [text('External ID', 'externalId'), text('Order ID', 'orderId')];

const PAYMENT: Known = {
  simple: ['orderId', 'type', 'status', 'amount', 'currency'],
  optional: [
    ...OF_ORDER,
    number('Amount', 'amount', MONEY),
    text('Currency', 'currency', { placeholder: 'e.g. USD' }),
    moment('Date', 'date'),
    text('Method', 'method', { placeholder: 'e.g. Credit card' }),
    text('Reason', 'reason', { description: 'Why money was given back' }),
    text('Status', 'status', { placeholder: 'e.g. captured' }),
    text('Transaction ID', 'transactionId', { description: "The payment service's own" }),
    text('Type', 'type', { placeholder: 'e.g. sale' }),
  ],
  source: PAYMENTS as RecordType<WireRecord>,
};

const SHIPMENT: Known = {
  simple: ['orderId', 'status', 'method', 'trackingNumber', 'shippedAt'],
  optional: [
    ...OF_ORDER,
    text('Method', 'method', { placeholder: 'e.g. UPS Ground' }),
    moment('Shipped At', 'shippedAt'),
    text('Status', 'status', { placeholder: 'e.g. shipped' }),
    text('Tracking Number', 'trackingNumber'),
  ],
  source: SHIPMENTS as RecordType<WireRecord>,
};

const items = rows({
  displayName: 'Items',
  name: 'lineItems',
  each: 'Item',
  values: [number('Quantity', 'quantity', { default: 1 }), text('SKU', 'sku')],
});

const RETURN: Known = {
  simple: ['orderId', 'status', 'reason'],
  optional: [
    ...OF_ORDER,
    items.field,
    text('Reason', 'reason', { placeholder: 'e.g. Too small' }),
    text('Status', 'status', { placeholder: 'e.g. requested' }),
  ],
  document: withRows(items),
  source: RETURNS as RecordType<WireRecord>,
};

const COUPON: Known = {
  simple: ['code', 'name', 'type', 'value', 'active', 'startDate', 'endDate'],
  optional: [
    flag('Active', 'active', 'the coupon can be used', { default: true }),
    text('Code', 'code', { placeholder: 'e.g. SPRING' }),
    moment('End Date', 'endDate'),
    text('External ID', 'externalId'),
    text('Name', 'name'),
    moment('Start Date', 'startDate'),
    text('Type', 'type', { placeholder: 'e.g. percent' }),
    number('Value', 'value', { ...MONEY, description: 'In percent or as an amount, as Type says' }),
  ],
};

const ADDRESS: Known = {
  simple: [
    'customerId',
    'firstName',
    'lastName',
    'name',
    'company',
    'line1',
    'city',
    'state',
    'postalCode',
    'country',
  ],
  optional: [
    ...ADDRESS_FIELDS,
    text('Customer ID', 'customerId'),
    text('External ID', 'externalId'),
  ],
};

const INVOICE: Known = {
  simple: ['orderId', 'invoiceNumber', 'invoiceDate', 'totalAmount', 'currency', 'status'],
  optional: [
    ...OF_ORDER,
    text('Currency', 'currency', { placeholder: 'e.g. USD' }),
    text('Customer ID', 'customerId'),
    moment('Due Date', 'dueDate'),
    moment('Invoice Date', 'invoiceDate'),
    text('Invoice Number', 'invoiceNumber'),
    text('Status', 'status', { placeholder: 'e.g. open' }),
    number('Total Amount', 'totalAmount', MONEY),
  ],
};

function plain(
  name: string,
  many: ResourceName,
  locator: Locator<Store, WireRecord>,
  { source, simple, ...known }: Known,
): Resource {
  const one = name.toLowerCase();
  const kind: RecordKind<Store, WireRecord, RecordQuery> = {
    one,
    many,
    locator,
    list,
    simple: [`${one}Id`, ...simple, 'modifiedDate'],
    ...known,
    ...(source && { source: ({ client }: Store) => ofProfile(source, client.profile) }),
    open: ({ client }) => client.resource(many),
  };
  return { name, value: one, operations: [...recordOperations(clarity, kind), upsert(one, many)] };
}

export const address = plain('Address', 'addresses', addressLocator, ADDRESS);
export const coupon = plain('Coupon', 'coupons', couponLocator, COUPON);
export const invoice = plain('Invoice', 'invoices', invoiceLocator, INVOICE);
export const payment = plain('Payment', 'payments', paymentLocator, PAYMENT);
export const returned = plain('Return', 'returns', returnLocator, RETURN);
export const shipment = plain('Shipment', 'shipments', shipmentLocator, SHIPMENT);
