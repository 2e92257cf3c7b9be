import type { RecordIdentity } from '../../feeds/records';
import type { Shipment, Transaction } from './wire';

/** What stands in an order and can be read alone. The ids of shipments begin with 0 in each order. */
interface OfOrder {
  OrderID: number;
}

export const PAYMENTS: RecordIdentity<Transaction & OfOrder> = {
  platform: 'threedcart',
  kind: 'payment',
  many: 'payments',
  idOf: ({ OrderID, TransactionIndexID }) => `${OrderID}-${TransactionIndexID ?? 0}`,
};

export const SHIPMENTS: RecordIdentity<Shipment & OfOrder> = {
  platform: 'threedcart',
  kind: 'shipment',
  many: 'shipments',
  idOf: ({ OrderID, ShipmentID }) => `${OrderID}-${ShipmentID ?? 0}`,
  volatile: ['ShipmentLastUpdate'],
};
