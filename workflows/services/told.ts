/** What a store is told of its orders by another system, in the words of its node: the same in every store. */
import type { Destination, Setting, Write } from './service';

interface Words {
  /** As the documents of the store are called: "xcart". */
  platform: string;
  /** Node type within the package: "xCart". */
  node: string;
}

interface ToldOrders extends Words {
  /** As the node calls the status that says how far the goods are: "shipping status". */
  status: { noun: string; operation: string; field: string };
  /** What *Add Shipment* of this store takes beside number and status, such as the date. */
  shipment: Record<string, unknown>;
  setup: readonly string[];
}

/** As a person drags a field onto another. */
const dragged = (field: string): string => `={{ $json.${field} }}`;

const ORDER_ID = 'orderId';
const SHIPMENT = 'shipment';
const TOLD = 'told';

const ORDER = { __rl: true, mode: 'id', value: dragged(ORDER_ID) };

/** Most changes of an order say nothing new of it to a store, and who has changed the same in both is asked in the panel. */
const optionsOf = (outputField: string, whenBothChanged: 'source' | 'target' = 'source') => ({
  outputField,
  whenBothChanged,
  whenNothing: 'pass',
});

const statusWrite = (
  { noun, operation, field }: ToldOrders['status'],
  options = optionsOf(TOLD),
): Write => ({
  verb: 'Update',
  noun,
  parameters: {
    resource: 'order',
    operation,
    order: ORDER,
    [field]: dragged(field),
    options,
  },
});

const shipmentWrite = (more: ToldOrders['shipment']): Write => ({
  verb: 'Add',
  noun: SHIPMENT,
  parameters: {
    resource: 'order',
    operation: 'addShipment',
    order: ORDER,
    trackingNumber: dragged('trackingNumber'),
    ...more,
    newStatus: dragged('newStatus'),
    options: optionsOf(SHIPMENT),
  },
});

const recordOf = ({ platform }: Words): Destination['record'] => ({
  system: platform,
  table: 'order',
  idField: ORDER_ID,
  outcomeField: `${TOLD}.outcome`,
});

const TRACKING: Setting = {
  name: 'settings.trackingNumbers',
  noun: 'your own column of tracking numbers',
  into: { target: 'commerce.shipment:trackingNumbers' },
  isInPlace: true,
};

/** What the store's nodes of *Add Shipment* take where it keeps by what way and when goods were sent. */
export const DELIVERY = { method: dragged('method'), shippedAt: dragged('shippedAt') };

/** The number goes first: the status tells the customer that the goods are on their way, and by then it has to be there. */
export function toldOrders({ status, shipment, setup, ...words }: ToldOrders): Destination {
  const { platform, node } = words;
  return {
    node,
    documents: [
      { noun: SHIPMENT, document: `${platform}.addShipment`, settings: [TRACKING] },
      { noun: 'status', document: `${platform}.updateStatus`, settings: [] },
    ],
    writes: [shipmentWrite(shipment), statusWrite(status)],
    record: recordOf(words),
    note: 'First the tracking numbers, then the status. What stands there is not written again; an order of which there is nothing to tell passes.',
    setup,
  };
}

/**
 * Where the store has a status for money alone, an invoice that is paid is that status. It knows nothing of money that the
 * store has taken or given back itself, so that the store wins.
 */
export function toldInvoices({
  status,
  ...words
}: Words & Pick<ToldOrders, 'status'>): Destination {
  return {
    node: words.node,
    documents: [{ document: `${words.platform}.updateStatus`, settings: [] }],
    writes: [statusWrite(status, optionsOf(TOLD, 'target'))],
    record: recordOf(words),
    note: 'What stands there is not written again; an invoice that is not paid passes.',
    setup: [],
  };
}
