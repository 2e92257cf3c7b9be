import type { RecordIdentity } from '../kit/records';
import type { WireRecord } from './wire';

/** Records beside the orders, by the names that the API profile gives the service's documents. */
function ofOrders(one: 'payment' | 'shipment'): RecordIdentity<WireRecord> {
  return {
    platform: 'clarity',
    kind: one,
    many: `${one}s`,
    idOf: (record) => String(record[`${one}Id`] ?? ''),
    versionOf: ({ modifiedDate }) => (modifiedDate ? String(modifiedDate) : undefined),
    volatile: ['modifiedDate'],
  };
}

export const PAYMENTS = ofOrders('payment');
export const SHIPMENTS = ofOrders('shipment');
