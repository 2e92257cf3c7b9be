/** What the node of every store can do with an order beyond reading it, worded alike. */
import { camelCase } from 'lodash';
import type { INodeProperties } from 'n8n-workflow';

import { validationError } from '../../../core/errors';
import { type StatusWish, writeStatuses } from '../../../core/stores/kit/orderWrites';
import type { OrderSides } from '../../../core/stores/kit/orderSides';
import type { Writes } from '../../../core/stores/kit/writes';
import { isBlank } from '../../../core/values';
import type { Operation } from '../operation';
import { backTo, conflictRule } from '../conflicts';
import type { OneItem } from '../steps';
import {
  type OrderWish,
  readRule,
  type ToldWishes,
  withoutRule,
  writeChanged,
} from './changedOrders';
import type { Locator } from './locator';
import { ordersOperation } from './ordersOperation';
import { isPassedOn, whenNothing } from './nothing';
import { type OrderPieces, orderPieces } from './pieces';
import type { OpenedStore, StoreService } from './service';

export function getOrderHistory<
  Store extends OpenedStore,
  Row extends object,
  Named extends object,
>(service: StoreService<Store>, pieces: OrderPieces<Store, Row, Named>): Operation {
  const words = {
    name: 'Get History',
    value: 'getHistory',
    action: 'Get order history',
    description: 'Get what happened to an order, one item for each entry',
  };
  return orderPieces(service, words, pieces);
}

/** @param note what a reader has to know of this store's payments; a sentence */
export function getOrderPayments<
  Store extends OpenedStore,
  Row extends object,
  Named extends object,
>(service: StoreService<Store>, pieces: OrderPieces<Store, Row, Named>, note?: string): Operation {
  const description = 'Get the payments of an order, one item each';
  const words = {
    name: 'Get Payments',
    value: 'getPaymentTransactions',
    action: 'Get order payments',
    description: note ? `${description}. ${note}` : description,
  };
  return orderPieces(service, words, { one: 'payment', ...pieces });
}

/** One of the statuses that an order has in a store. */
export interface StatusAxis {
  /** As a field is called: `Payment Status`, or `Status` where an order has one alone. */
  displayName: string;
  /** Name of the node's method that lists the codes. */
  method: string;
  /** What a code looks like; merchants add codes of their own, so that no list is complete. */
  codes: { pattern: RegExp; problem: string; example: string };
}

const MANY =
  'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>';
const ONE =
  'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>';

/** Entry of *Filters*: `Payment Status` is read from `paymentStatuses`. */
export function statusFilter({ displayName, method }: StatusAxis): INodeProperties {
  return {
    displayName: `${displayName} Names or IDs`,
    name: `${camelCase(displayName)}es`,
    type: 'multiOptions',
    typeOptions: { loadOptionsMethod: method },
    default: [],
    description: MANY,
  };
}

export function readStatus({ read, index }: OneItem, name: string, { codes }: StatusAxis): string {
  const code = String(read<unknown>(name, index) ?? '').trim();
  if (codes.pattern.test(code)) return code;
  throw validationError(
    `The status code "${code.slice(0, 20)}" ${codes.problem}`,
    `Choose a status from the list, or give its code, such as ${codes.example}.`,
  );
}

/** The field of one status, of which a list is shown. */
export function statusField(
  { displayName, method }: StatusAxis,
  more: Partial<INodeProperties> = {},
): INodeProperties {
  return {
    displayName: `${displayName} Name or ID`,
    name: camelCase(displayName),
    type: 'options',
    typeOptions: { loadOptionsMethod: method },
    default: '',
    required: true,
    description: ONE,
    ...more,
  };
}

/** An empty field says nothing where the node is told to take it so. */
const saysNothing = (one: OneItem, name: string): boolean =>
  isPassedOn(one) && isBlank(one.read<unknown>(name, one.index));

/** The code in a field; undefined: it is empty, and the node is told to pass such items on. */
export const readToldStatus = (one: OneItem, name: string, axis: StatusAxis): string | undefined =>
  saysNothing(one, name) ? undefined : readStatus(one, name, axis);

export interface StatusUpdate<Store, Order> {
  description: string;
  /** How orders are taken against what a person has changed in the store; left out: they are written as they come. */
  sides?: OrderSides<Store, Order>;
  /** Writes statuses, and gives what is put out of each. */
  write(store: Store): Writes<StatusWish, object>;
}

export function updateOrderStatus<Store extends OpenedStore, Order extends object>(
  service: StoreService<Store>,
  order: Locator<Store>,
  axis: StatusAxis,
  { description, sides, write }: StatusUpdate<NoInfer<Store>, Order>,
): Operation {
  const { displayName } = axis;
  const field = statusField(axis);
  const wishes: ToldWishes<StatusWish & OrderWish> = {
    statusesOf: ({ status }) => ({ [field.name]: status }),
    left: (wish, { statuses }) => (Object.hasOwn(statuses, field.name) ? wish : undefined),
  };
  return ordersOperation(service, {
    name: `Update ${displayName}`,
    value: `update${displayName.replaceAll(' ', '')}`,
    action: `Update order ${displayName.toLowerCase()}`,
    description,
    order,
    fields: [field],
    options: [...(sides ? [conflictRule(backTo(service.name))] : []), whenNothing],
    read: (one) => {
      const status = readToldStatus(one, field.name, axis);
      return status === undefined ? undefined : { status, rule: readRule(one) };
    },
    write: async (store, all, run) =>
      await writeChanged({ shop: service.name, store, sides, wishes, run }, all, async (left) => {
        const written = await writeStatuses(write(store), left.map(withoutRule));
        return written.map((each) =>
          each.ok ? { ok: true, value: { ...each.value, outcome: 'updated' } } : each,
        );
      }),
  });
}
