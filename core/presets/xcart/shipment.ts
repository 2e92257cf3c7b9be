import { mapValues } from 'lodash';

import type { ShipmentStatus, ShippingStatus } from '../../commerce/statuses';
import { codesTo } from '../../commerce/statuses';
import type { MappingSpec } from '../../mapping/spec';
import { SHIPPING_CODES } from '../../stores/xcart/statuses';
import { key, moment, money, ornament, partOf, text } from '../parts';
import { addressAt } from './address';

/** What a status of all goods says of the one delivery that an order is. */
const OF_ONE: Readonly<Partial<Record<ShippingStatus, ShipmentStatus>>> = {
  partiallyShipped: 'shipped',
  shipped: 'shipped',
  delivered: 'delivered',
  returned: 'returned',
  cancelled: 'cancelled',
};

const STATUS_BY_CODE = mapValues(
  codesTo(SHIPPING_CODES, 'status'),
  (status) => OF_ONE[status] ?? 'pending',
);

/** X-Cart has no shipments: an order is one, with all of its tracking numbers. */
export const XCART_SHIPMENT: MappingSpec = {
  from: 'xcart.order',
  to: 'commerce.shipment',
  fields: [
    ...partOf('xcart', 'id'),
    key('id', 'id'),
    key('orderId', 'id'),
    { to: 'status', from: 'shipping_status.code', lookup: STATUS_BY_CODE, default: 'unknown' },
    text('statusCode', 'shipping_status.code'),
    text('statusName', 'shipping_status.name'),
    ornament('method', 'shipping_method_name'),
    ornament('trackingNumbers', 'tracking_numbers[*].value'),
    moment('shippedAt', 'tracking_numbers[0].date'),
    {
      ...money('cost', 'surcharges[type=shipping,include!=true].value', 'currency'),
      aggregate: 'sum',
    },
    { to: 'address', fields: addressAt((name) => `shipping_address.${name}`) },
    {
      to: 'lines',
      each: 'items',
      fields: [
        text('lineId', 'id'),
        { to: 'sku', from: 'sku', transforms: ['trimEnds'] },
        { to: 'quantity', from: 'amount', transforms: ['number'], required: true },
      ],
    },
  ],
};
