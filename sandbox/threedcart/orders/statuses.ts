import type { OrderStatus } from '../model';

/** The statuses of 3dcart by their numbers. */
export const STATUS = {
  new: 1,
  processing: 2,
  partial: 3,
  shipped: 4,
  cancel: 5,
  hold: 6,
  notCompleted: 7,
  unpaid: 11,
  review: 12,
} as const;

type Row = readonly [id: number, definition: string, label?: string];

/** Some labels are this merchant's own: what a status is only its definition and number tell. */
const ROWS: readonly Row[] = [
  [1, 'New'],
  [2, 'Processing', 'Being packed'],
  [3, 'Partial'],
  [4, 'Shipped', 'On its way'],
  [5, 'Cancel', 'Cancelled'],
  [6, 'Hold'],
  [7, 'Not Completed'],
  [8, 'Custom 1', 'Awaiting pick-up'],
  [9, 'Custom 2'],
  [10, 'Custom 3'],
  [11, 'Unpaid', 'Waiting for payment'],
  [12, 'Review'],
];

export const STATUSES: readonly OrderStatus[] = ROWS.map(
  ([id, definition, label = definition]) => ({
    OrderStatusID: id,
    Sorting: id,
    StatusDefinition: definition,
    StatusText: label,
    Visible: id !== STATUS.notCompleted,
  }),
);

/** Orders that were cancelled or never completed hold no stock. */
export const holdsStock = (status: number): boolean =>
  status !== STATUS.cancel && status !== STATUS.notCompleted;
