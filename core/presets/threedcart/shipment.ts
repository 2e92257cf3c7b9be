import type { FieldRule, MappingSpec } from '../../mapping/spec';
import { SHIPMENT_BY_CODE } from '../../stores/threedcart/statuses';
import { key, money, ornament, partOf, text } from '../parts';
import { address, SHIPMENT } from './address';
import { statusOf } from './parts';

/** One delivery, in the list of an order or alone. */
export const SHIPMENT_FIELDS: FieldRule[] = [
  text('id', 'ShipmentID'),
  key('orderId', '$.OrderID'),
  { ...statusOf('status', 'ShipmentOrderStatus', SHIPMENT_BY_CODE), default: 'pending' },
  text('statusCode', 'ShipmentOrderStatus'),
  ornament('method', 'ShipmentMethodName'),
  {
    to: 'trackingNumbers',
    from: 'ShipmentTrackingCode',
    split: ',',
    transforms: ['trim'],
    otherwise: 'omit',
    when: { path: 'ShipmentTrackingCode', is: 'exists' },
  },
  {
    to: 'shippedAt',
    from: 'ShipmentShippedDate',
    transforms: [{ type: 'dateTime', sourceFormat: 'M/d/yyyy' }],
    otherwise: 'omit',
  },
  { ...money('cost', 'ShipmentCost', '@source.currency'), otherwise: 'omit' },
  { to: 'address', fields: address('Shipment', SHIPMENT) },
];

export const THREEDCART_SHIPMENT: MappingSpec = {
  from: 'threedcart.shipment',
  to: 'commerce.shipment',
  fields: [...partOf('threedcart', 'ShipmentID'), ...SHIPMENT_FIELDS],
};
