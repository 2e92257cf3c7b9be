/** How an order stands in its store, for taking what comes in against what a person has changed there. */
import { isEqual, startCase } from 'lodash';

import { ServiceError } from '../../errors';
import { canonicalJson } from '../../ledger/hash';
import type { FieldsSaid, HeldField } from '../../sync/fieldChanges';
import type { Columns } from '../../sync/threeWay';
import type { RecordType } from '../../feeds/records';
import { momentOfSent, type SentAt } from './sentAt';

/** What is about to be written to an order. */
export interface ToldChange {
  /** Codes by the name of their field, such as `paymentStatus`; only those that change. */
  statuses: Readonly<Record<string, string>>;
  /** Parcels that are told of, in their order. */
  shipments: readonly ToldShipment[];
}

export interface ToldShipment {
  trackingNumber?: string;
  method?: string;
  shippedAt?: SentAt;
  status?: string;
}

/** What a write makes of an order. */
export interface Written<Order> {
  /** The contents that it may have by the write alone, the last one for good. */
  after: readonly Order[];
  /**
   * Where the store adds what nobody knows beforehand: whether the order, read again, differs by nothing else. Left out: all is
   * known.
   */
  isOwn?(read: Order): boolean;
}

/** What the kit has to know of the orders of a store. */
export interface OrderSides<Store, Order> {
  type(store: Store): RecordType<Order>;
  read(store: Store, id: string): Promise<Order>;
  /** The codes of its statuses, by the names of the fields that set them. */
  statuses(order: Order): Readonly<Record<string, string | null | undefined>>;
  /** Whether two codes are spellings of one. Default: no two are. */
  isSameStatus?(one: string, other: string): boolean;
  /** What a code of one of its statuses says in the words of the common model: of the order, of money and of goods. */
  meanings?(field: string, code: string): ReadonlyArray<string | undefined>;
  /** Those that stand in the order itself; left out: the store keeps them elsewhere. */
  trackingNumbers?(order: Order): string[];
  written(store: Store, order: Order, change: ToldChange): Written<Order>;
  /**
   * Whether an order, read again, differs from what it was by nothing but movements of money that were written into it. Left out:
   * the store moves no order by these.
   *
   * @param notes what was put out of each movement, in their order
   */
  movedBy?(store: Store, order: Order, notes: readonly object[]): (read: Order) => boolean;
  /** What is put out of an order to which nothing was written. */
  shown(order: Order): object;
}

const SHIPMENT = 'Shipment ';

/** What people call a field: `Payment Status`. */
export const fieldLabel = (field: string): string =>
  field.startsWith(SHIPMENT) ? field : startCase(field);

/** A shipment as a field of its order: there may be several, and each is there or not. */
export interface ShipmentField {
  field: string;
  /** What is said of it. */
  value: string;
  /** What stands there; null: no such shipment. */
  standing: string | null;
}

/**
 * A shipment is known by its tracking number. Where the store keeps shipments apart from the order, it is known by when it was
 * sent as well, and what was confirmed of it stands there: to look for it would be a request more for each.
 *
 * @returns undefined where nothing tells the shipment from another
 */
export function shipmentField<Store, Order>(
  { trackingNumbers }: Pick<OrderSides<Store, Order>, 'trackingNumbers'>,
  order: Order,
  { trackingNumber, method, shippedAt }: ToldShipment,
  confirmed: Columns | undefined,
): ShipmentField | undefined {
  const date = shippedAt && momentOfSent(shippedAt);
  const key = trackingNumber ?? (trackingNumbers ? undefined : date);
  if (key === undefined) return undefined;
  const field = `${SHIPMENT}${key}`;
  if (trackingNumbers) {
    const isThere = trackingNumbers(order).includes(key);
    return { field, value: key, standing: isThere ? key : null };
  }
  const known = confirmed?.[field];
  const value = JSON.stringify([key, method ?? null, date ?? null]);
  return { field, value, standing: typeof known === 'string' ? known : null };
}

/** How the fields of an order are compared. One that is called off is so in whichever of the shop's words. */
export function sameField<Store, Order>({
  isSameStatus = (one, other) => one === other,
  meanings = () => [],
}: Pick<OrderSides<Store, Order>, 'isSameStatus' | 'meanings'>) {
  return (field: string, one: unknown, other: unknown): boolean => {
    if (field.startsWith(SHIPMENT) || typeof one !== 'string' || typeof other !== 'string') {
      return isEqual(one, other);
    }
    const isOff = (code: string): boolean => meanings(field, code).includes('cancelled');
    return isSameStatus(one, other) || (isOff(one) && isOff(other));
  };
}

const SENT = ['shipped', 'delivered', 'returned'] as const;
const GIVEN_BACK = ['refunded', 'partiallyRefunded'] as const;

/** What has taken place, and no word that is said for the first time may undo unasked; by the words that would. */
const TAKEN_PLACE: Readonly<Record<string, readonly string[]>> = {
  partiallyPaid: ['paid', ...GIVEN_BACK],
  paid: GIVEN_BACK,
  ...Object.fromEntries(
    ['processing', 'onHold', 'partiallyShipped'].map((word) => [word, [...SENT, 'cancelled']]),
  ),
  shipped: ['delivered', 'returned'],
  delivered: ['returned'],
  cancelled: SENT,
};

/** Whether a code would undo what another one says, that stands in the order. */
export function undoingIn<Store, Order>({
  meanings = () => [],
}: Pick<OrderSides<Store, Order>, 'meanings'>) {
  return (field: string, standing: unknown, value: unknown): boolean => {
    if (typeof standing !== 'string' || typeof value !== 'string') return false;
    const stands = meanings(field, standing);
    const undone = meanings(field, value).flatMap((word) => TAKEN_PLACE[word ?? ''] ?? []);
    return undone.some((word) => stands.includes(word));
  };
}

/** Whether two contents of an order differ by nothing but some fields, given as dot paths without places in lists. */
export function differOnlyBy(fields: readonly string[]) {
  const ignore = new Set(fields);
  return (one: unknown, other: unknown): boolean =>
    canonicalJson(one, { ignore }) === canonicalJson(other, { ignore });
}

const quoted = (value: unknown): string => (value === null ? 'nothing' : `"${String(value)}"`);

function heldText({ field, sent, source, target }: HeldField, shop: string): string {
  return `${fieldLabel(field)} was sent as ${quoted(sent)}, ${shop} has ${quoted(target)} now, and the source says ${quoted(source)}`;
}

/** A person is to decide, and nothing of what the item says is written until then. */
export function undecidedOrder(
  orderId: string,
  { held }: Pick<FieldsSaid, 'held'>,
  shop: string,
): ServiceError {
  const said = held.map((field) => heldText(field, shop)).join('; ');
  return new ServiceError(
    `Order ${orderId} was changed in the source and in ${shop} since it was sent last: ${said}`,
    {
      class: 'held',
      code: 'CONFLICT',
      fix: `Set the order in ${shop} or the source to what it is to be, or requeue the record in the Sync Ledger with Conflicts: Source Wins writes what comes in, Target Wins leaves ${shop} as it is.`,
    },
  );
}
