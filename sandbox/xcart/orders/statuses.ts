import type { StatusView } from '../model';

type Row = readonly [code: string, name: string, customerName?: string];

const PAYMENT: readonly Row[] = [
  ['Q', 'Awaiting payment'],
  ['A', 'Authorized'],
  ['PP', 'Partially paid'],
  ['P', 'Paid'],
  ['D', 'Declined'],
  ['C', 'Cancelled'],
  ['R', 'Refunded'],
];

const SHIPPING: readonly Row[] = [
  ['N', 'New'],
  ['P', 'Processing'],
  ['S', 'Shipped'],
  ['D', 'Delivered'],
  ['WND', 'Will not deliver'],
  ['R', 'Returned'],
  ['WFA', 'Waiting for approve'],
  ['NBA', 'New, backordered'],
];

const table = (rows: readonly Row[]): ReadonlyMap<string, StatusView> =>
  new Map(
    rows.map(([code, name, customerName = name], index) => [
      code,
      { id: index + 1, code, name, customer_name: customerName },
    ]),
  );

/** The two axes of an order's state. `P` is Paid on the one and Processing on the other. */
export const STATUSES = { payment: table(PAYMENT), shipping: table(SHIPPING) } as const;

export type StatusAxis = keyof typeof STATUSES;

/** A status that is known to exist: for the sandbox's own use. */
export function statusOf(axis: StatusAxis, code: string): StatusView {
  const status = STATUSES[axis].get(code);
  if (status === undefined) throw new Error(`No ${axis} status ${code}`);
  return status;
}
