/** What becomes of an order once it is placed, as the node of every store tells its store: shipments and refunds. */
import { uniq } from 'lodash';
import type { INodeProperties } from 'n8n-workflow';

import { validationError } from '../../../core/errors';
import type { Outcome } from '../../../core/outcome';
import type { OrderSides } from '../../../core/stores/kit/orderSides';
import type { RefundWish, ShipmentWish } from '../../../core/stores/kit/orderWrites';
import { placesOf, standsFor } from '../../../core/stores/kit/rehearsal';
import { isBlank, numberIn, Unreadable } from '../../../core/values';
import type { Operation } from '../operation';
import type { OneItem } from '../steps';
import { flagOf } from '../typed';
import { backTo, conflictRule } from '../conflicts';
import {
  type OrderWish,
  readRule,
  type ToldWishes,
  withoutRule,
  writeChanged,
} from './changedOrders';
import { sentAtOf, textOf } from './given';
import type { Locator } from './locator';
import { writeNoted } from './notedOrders';
import { isPassedOn, whenNothing } from './nothing';
import { readToldStatus, type StatusAxis, statusField } from './orders';
import { ordersOperation } from './ordersOperation';
import type { OpenedStore, StoreService } from './service';

interface Told<Store, Wish, More extends object> {
  /** What a user has to know of this store; above the other fields. */
  notice?: string;
  /** What an item of this store says beside the usual. */
  more?: { fields: INodeProperties[]; read(one: OneItem): More };
  /**
   * Writes as few requests as the API of the store allows.
   *
   * @returns what is put out of each, in their order
   */
  write(store: Store, wishes: Array<Wish & More>): Promise<Array<Outcome<object>>>;
}

export interface ShipmentDefinition<Store, Order, More extends object> extends Omit<
  Told<Store, ShipmentWish, More>,
  'write'
> {
  /** How orders are taken against what a person has changed in the store; left out: they are written as they come. */
  sides?: OrderSides<Store, Order>;
  /**
   * Writes as few requests as the API of the store allows.
   *
   * @param known orders that were read already, by their ids
   * @returns what is put out of each, in their order
   */
  write(
    store: Store,
    wishes: Array<ShipmentWish & More>,
    known: ReadonlyMap<string, Order>,
  ): Promise<Array<Outcome<object>>>;
  /** What the store can take of a wish, where it cannot take all of it and an item says to do without. Left out: all. */
  taken?(store: Store, wish: ShipmentWish & More): ShipmentWish & More;
  /** The status that tells whether an order was shipped. */
  status: StatusAxis;
  /** The code that it usually gets. */
  shipped: string;
  /** The store keeps by what method and when goods were sent. */
  keepsDelivery: boolean;
}

function noticeField(displayName: string | undefined, name: string): INodeProperties[] {
  return displayName === undefined ? [] : [{ displayName, name, type: 'notice', default: '' }];
}

const trackingNumber: INodeProperties = {
  displayName: 'Tracking Number',
  name: 'trackingNumber',
  type: 'string',
  default: '',
  placeholder: 'e.g. 1Z999AA10123456784',
  description: 'Several with commas between: one parcel each',
};

const method: INodeProperties = {
  displayName: 'Shipping Method',
  name: 'method',
  type: 'string',
  default: '',
  placeholder: 'e.g. UPS Ground',
  description: 'Leave empty to keep what the order has',
};

const shippedAt: INodeProperties = {
  displayName: 'Shipped At',
  name: 'shippedAt',
  type: 'dateTime',
  default: '',
  description: 'When it was sent. Empty: now, where the store keeps the time.',
};

const setStatus: INodeProperties = {
  displayName: 'Set Status',
  name: 'setStatus',
  type: 'boolean',
  default: true,
  description: 'Whether to set the status of the order too',
};

export function addShipment<
  Store extends OpenedStore,
  Order extends object,
  More extends object = object,
>(
  service: StoreService<Store>,
  order: Locator<Store>,
  definition: ShipmentDefinition<NoInfer<Store>, Order, More>,
): Operation {
  const { notice, more, status, shipped, keepsDelivery, sides, taken, write } = definition;
  const field = statusField(status).name;
  type Wish = ShipmentWish & More & OrderWish;
  const wishes: ToldWishes<Wish> = {
    statusesOf: ({ status: code }) => ({ [field]: code }),
    shipmentOf: (wish) => wish,
    left: (wish, { statuses, isShipmentStanding }) => {
      const { [field]: code } = statuses;
      // Without a number, a store that keeps no more of a parcel has nothing to be told but the status.
      const isStanding = isShipmentStanding || (!wish.trackingNumber && !keepsDelivery);
      if (code === undefined && wish.status === undefined && !isShipmentStanding) return wish;
      if (code === undefined && isStanding) return undefined;
      return { ...wish, status: code, ...(isStanding && { isStanding }) };
    },
  };
  // A field that the store drops would promise what does not take place.
  const kept = keepsDelivery ? [method, shippedAt] : [];
  const newStatus = statusField(status, {
    displayName: `New ${status.displayName} Name or ID`,
    name: 'newStatus',
    default: shipped,
    displayOptions: { show: { setStatus: [true] } },
  });
  return ordersOperation<Store, Omit<ShipmentWish & OrderWish, 'orderId'> & More>(service, {
    name: 'Add Shipment',
    value: 'addShipment',
    action: 'Add shipments to orders',
    description: 'Tell the store that orders were shipped, all items at once',
    order,
    fields: [
      ...noticeField(notice, 'shipmentNotice'),
      trackingNumber,
      ...kept,
      ...(more?.fields ?? []),
      setStatus,
      newStatus,
    ],
    options: [...(sides ? [conflictRule(backTo(service.name))] : []), whenNothing],
    read: (one) => {
      const number = textOf(one, trackingNumber);
      if (number === undefined && isPassedOn(one)) return undefined;
      return {
        ...(more?.read(one) as More),
        rule: readRule(one),
        trackingNumber: number,
        ...(keepsDelivery && { method: textOf(one, method), shippedAt: sentAtOf(one, shippedAt) }),
        status: flagOf(setStatus.name, one.read<unknown>(setStatus.name, one.index))
          ? readToldStatus(one, newStatus.name, status)
          : undefined,
      };
    },
    write: async (store, all, run) => {
      const parcels = (all as Wish[]).map((wish) =>
        // What is never told is not compared either: it would stand in the order at no time.
        parcelsOf(taken ? { ...wish, ...taken(store, wish) } : wish, placesOf([wish])),
      );
      const items = parcels.flatMap((some, at) => some.map(() => run.items[at] ?? { json: {} }));
      const outcomes = await writeChanged(
        { shop: service.name, store, sides, wishes, run: { ...run, items } },
        parcels.flat(),
        async (left, known) => await write(store, left.map(withoutRule), known),
      );
      return parcels.map((some) => oneOutcome(outcomes.splice(0, some.length)));
    },
  });
}

/** A wish for each tracking number: mappings join those of one shipment with commas. */
function parcelsOf<Wish extends ShipmentWish>(wish: Wish, places: readonly number[]): Wish[] {
  const numbers = uniq((wish.trackingNumber ?? '').split(',').map((each) => each.trim())).filter(
    (each) => each !== '',
  );
  const all = numbers.length > 1 ? numbers : [numbers[0] ?? wish.trackingNumber];
  return all.map((trackingNumber) => standsFor({ ...wish, trackingNumber }, places));
}

/** What became of all parcels of an item: the first that failed, else what was written of the last one. */
function oneOutcome(outcomes: Array<Outcome<object>>): Outcome<object> {
  const isWritten = (each: Outcome<object>): boolean =>
    each.ok && (each.value as { outcome?: unknown }).outcome !== 'unchanged';
  const first = outcomes.find(({ ok }) => !ok) ?? outcomes.findLast(isWritten) ?? outcomes[0];
  return first as Outcome<object>;
}

export interface RefundDefinition<Store, Order, More extends object> extends Omit<
  Told<Store, RefundWish, More>,
  'write'
> {
  /** By which an order is known when it comes back; left out: what a refund makes of it is a change. */
  sides?: OrderSides<Store, Order>;
  /**
   * Writes as few requests as the API of the store allows.
   *
   * @param known orders that were read already, by their ids
   * @returns what is put out of each, in their order
   */
  write(
    store: Store,
    wishes: Array<RefundWish & More>,
    known: ReadonlyMap<string, Order>,
  ): Promise<Array<Outcome<object>>>;
  /** The store keeps why and by which number money was given back. */
  keepsReason: boolean;
}

const amount: INodeProperties = {
  displayName: 'Amount',
  name: 'amount',
  type: 'number',
  typeOptions: { minValue: 0, numberPrecision: 4 },
  default: 0,
  description:
    'What was given back, in the currency of the order. 0: all that was paid and not given back yet. Empty is refused.',
};

const reference: INodeProperties = {
  displayName: 'Reference',
  name: 'reference',
  type: 'string',
  default: '',
  placeholder: 'e.g. CM-1042',
  description:
    'Needed where Amount is not 0. By which this refund is told from others, such as the number of the credit memo. A refund whose reference the order has already is not recorded again.',
};

const reason: INodeProperties = {
  displayName: 'Reason',
  name: 'reason',
  type: 'string',
  default: '',
  placeholder: 'e.g. Returned goods',
};

/** @returns undefined: all that was paid. Only 0 says so, because an expression that finds nothing would give back everything. */
function amountOf({ read, index }: OneItem): number | undefined {
  const value = read<unknown>(amount.name, index);
  if (isBlank(value)) {
    throw validationError(
      'Amount is empty',
      'Enter what was given back, or 0 where all of it was. If Amount is an expression, check the field that it reads.',
    );
  }
  const number = numberIn(value);
  if (number !== undefined && number >= 0) return number === 0 ? undefined : number;
  throw validationError(
    `Amount takes a number of 0 or more, not ${number ?? new Unreadable('a number', value).found}`,
    'Give what was given back as a positive number, with a point before the decimals.',
  );
}

export function recordRefund<
  Store extends OpenedStore,
  Order extends object,
  More extends object = object,
>(
  service: StoreService<Store>,
  order: Locator<Store>,
  { notice, more, keepsReason, sides, write }: RefundDefinition<NoInfer<Store>, Order, More>,
): Operation {
  const kept = keepsReason ? [reference, reason] : [];
  return ordersOperation<Store, Omit<RefundWish, 'orderId'> & More>(service, {
    name: 'Record Refund',
    value: 'recordRefund',
    action: 'Record refunds of orders',
    description: 'Note in the store that money was given back, all items at once; moves no money',
    order,
    fields: [...noticeField(notice, 'refundNotice'), amount, ...kept, ...(more?.fields ?? [])],
    read: (one) => ({
      ...(more?.read(one) as More),
      amount: amountOf(one),
      ...(keepsReason && {
        reference: textOf(one, reference),
        reason: textOf(one, reason),
      }),
    }),
    write: async (store, wishes, run) =>
      await writeNoted(
        { store, sides, run },
        wishes,
        async (known) => await write(store, wishes, known),
      ),
  });
}
