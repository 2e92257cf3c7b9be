import type { RecordQuery } from '../../../core/stores/clarity/client';
import { PAYMENTS, SHIPMENTS } from '../../../core/stores/clarity/pieces';
import type { ResourceName } from '../../../core/stores/clarity/profile/schema';
import type { WireRecord } from '../../../core/stores/clarity/wire';
import type { RecordIdentity } from '../../../core/stores/kit/records';
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

function plain(
  name: string,
  many: ResourceName,
  locator: Locator<Store, WireRecord>,
  source?: RecordIdentity<WireRecord>,
): Resource {
  const one = name.toLowerCase();
  const kind: RecordKind<Store, WireRecord, RecordQuery> = {
    one,
    many,
    locator,
    list,
    simple: [`${one}Id`, ...SIMPLE, 'modifiedDate'],
    source,
    open: ({ client }) => client.resource(many),
  };
  return { name, value: one, operations: [...recordOperations(clarity, kind), upsert(one, many)] };
}

export const address = plain('Address', 'addresses', addressLocator);
export const coupon = plain('Coupon', 'coupons', couponLocator);
export const invoice = plain('Invoice', 'invoices', invoiceLocator);
export const payment = plain('Payment', 'payments', paymentLocator, PAYMENTS);
export const returned = plain('Return', 'returns', returnLocator);
export const shipment = plain('Shipment', 'shipments', shipmentLocator, SHIPMENTS);
