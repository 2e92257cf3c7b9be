import type { INodeProperties } from 'n8n-workflow';

import type { RecordQuery } from '../../../core/stores/clarity/client';
import { ofProfile } from '../../../core/stores/clarity/feed';
import { PAYMENTS, RETURNS, SHIPMENTS } from '../../../core/stores/clarity/pieces';
import type { ResourceName } from '../../../core/stores/clarity/profile/schema';
import type { WireRecord } from '../../../core/stores/clarity/wire';
import type { RecordType } from '../../../core/stores/kit/records';
import { moment, number, text } from '../../shared/entry';
import type { Resource } from '../../shared/operation';
import type { RecordKind } from '../../shared/records/kind';
import type { Locator } from '../../shared/records/locator';
import { recordOperations } from '../../shared/records/operations';
import { clarity, type Store } from '../connection';
import {
  addressLocator,
  couponLocator,
  invoiceLocator,
  paymentLocator,
  returnLocator,
  shipmentLocator,
} from '../locators';
import { list, upsert } from './common';

/** Fields of records of which only the profile knows more. */
const SIMPLE = ['orderId', 'customerId', 'code', 'type', 'status', 'amount', 'trackingNumber'];

/** Of records that presets make and read: what the panel shows of them, and how one is known. */
interface Known {
  optional?: INodeProperties[];
  source?: RecordType<WireRecord>;
}

const OF_ORDER = [text('External ID', 'externalId'), text('Order ID', 'orderId')];

const PAYMENT: Known = {
  optional: [
    ...OF_ORDER,
    number('Amount', 'amount', { typeOptions: { numberPrecision: 4 } }),
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
  optional: [
    ...OF_ORDER,
    text('Method', 'method', { placeholder: 'e.g. UPS Ground' }),
    moment('Shipped At', 'shippedAt'),
    text('Status', 'status', { placeholder: 'e.g. shipped' }),
    text('Tracking Number', 'trackingNumber'),
  ],
  source: SHIPMENTS as RecordType<WireRecord>,
};

function plain(
  name: string,
  many: ResourceName,
  locator: Locator<Store, WireRecord>,
  { source, ...known }: Known = {},
): Resource {
  const one = name.toLowerCase();
  const kind: RecordKind<Store, WireRecord, RecordQuery> = {
    one,
    many,
    locator,
    list,
    simple: [`${one}Id`, ...SIMPLE, 'modifiedDate'],
    ...known,
    ...(source && { source: ({ client }: Store) => ofProfile(source, client.profile) }),
    open: ({ client }) => client.resource(many),
  };
  return { name, value: one, operations: [...recordOperations(clarity, kind), upsert(one, many)] };
}

export const address = plain('Address', 'addresses', addressLocator);
export const coupon = plain('Coupon', 'coupons', couponLocator);
export const invoice = plain('Invoice', 'invoices', invoiceLocator);
export const payment = plain('Payment', 'payments', paymentLocator, PAYMENT);
export const returned = plain('Return', 'returns', returnLocator, {
  source: RETURNS as RecordType<WireRecord>,
});
export const shipment = plain('Shipment', 'shipments', shipmentLocator, SHIPMENT);
