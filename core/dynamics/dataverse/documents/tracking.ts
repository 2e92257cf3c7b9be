/**
 * Plain Sales has no shipments: by what carrier, under which numbers and when an order was sent stands in columns of the
 * sales order, whose names are a matter of choice.
 */
export const TRACKING_COLUMNS = {
  carrier: {
    name: 'Carrier',
    label: 'Carrier',
    description: 'Who delivers the order, or the way of shipping',
    type: 'text',
    maxLength: 100,
  },
  numbers: {
    name: 'TrackingNumbers',
    label: 'Tracking Numbers',
    description: 'Tracking number of each parcel, with commas between',
    type: 'text',
    maxLength: 500,
  },
  shippedOn: {
    name: 'ShippedOn',
    label: 'Shipped On',
    description: 'When the order was handed to the carrier',
    type: 'dateTime',
  },
} as const;

/** Logical name of a column: `new_trackingnumbers`. */
export const trackingColumn = (prefix: string, name: string): string =>
  `${prefix}_${name}`.toLowerCase();

const ENDS = Object.values(TRACKING_COLUMNS).map(({ name }) => `_${name.toLowerCase()}`);

/** Whether a column is one of them, whatever its prefix. */
export const isTrackingColumn = (name: string): boolean => ENDS.some((end) => name.endsWith(end));
