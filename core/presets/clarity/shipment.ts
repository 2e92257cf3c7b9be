import type { ShipmentStatus } from '../../commerce/statuses';
import type { MappingSpec } from '../../mapping/spec';
import { key, moment, ornament, partOf, text } from '../parts';
import { wordIn } from './parts';

/** As shops commonly say it (assumed, as all words for statuses of Clarity). */
const STATUS_BY_WORD: Readonly<Record<string, ShipmentStatus>> = {
  Pending: 'pending',
  Processing: 'pending',
  Shipped: 'shipped',
  Delivered: 'delivered',
  Returned: 'returned',
  Cancelled: 'cancelled',
};

export const CLARITY_SHIPMENT: MappingSpec = {
  from: 'clarity.shipment',
  to: 'commerce.shipment',
  fields: [
    ...partOf('clarity', 'shipmentId'),
    text('id', 'shipmentId'),
    key('orderId', 'orderId'),
    { to: 'status', from: 'status', transforms: wordIn(STATUS_BY_WORD, 'unknown') },
    text('statusCode', 'status'),
    ornament('method', 'method'),
    {
      to: 'trackingNumbers',
      from: 'trackingNumber',
      split: ',',
      transforms: ['trim'],
      otherwise: 'omit',
      when: { path: 'trackingNumber', is: 'exists' },
    },
    moment('shippedAt', 'shippedAt'),
  ],
};
