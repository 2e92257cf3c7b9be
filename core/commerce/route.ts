import { add, formatAmount, subtract } from './money';
import type { OrderState } from './state';
import {
  type OrderStatus,
  type PaymentStatus,
  type ShippingStatus,
  STATUS_AXES,
  type StatusAxis,
} from './statuses';

/**
 * What becomes of an order by where it stands in the shop, the weakest first: where the status of the payment and that
 * of the goods want different things, the stronger one is done.
 */
export const ROUTE_ACTIONS = ['write', 'draft', 'refund', 'hold', 'cancel'] as const;

export type RouteAction = (typeof ROUTE_ACTIONS)[number];

/** The ways out. A draft is written, too. */
export type RouteWay = Exclude<RouteAction, 'draft'>;

type AxisDefaults<Status extends string> = Readonly<Record<Status, RouteAction>>;

/** By the words of the common model, so that the statuses of a store need no table of their own. */
export const DEFAULT_ACTIONS: {
  readonly order: AxisDefaults<OrderStatus>;
  readonly payment: AxisDefaults<PaymentStatus>;
  readonly shipping: AxisDefaults<ShippingStatus>;
} = {
  order: {
    incomplete: 'hold',
    open: 'write',
    onHold: 'hold',
    completed: 'write',
    cancelled: 'cancel',
    unknown: 'hold',
  },
  payment: {
    pending: 'hold',
    authorized: 'write',
    partiallyPaid: 'write',
    paid: 'write',
    declined: 'hold',
    cancelled: 'cancel',
    partiallyRefunded: 'refund',
    refunded: 'refund',
    unknown: 'hold',
  },
  shipping: {
    unfulfilled: 'write',
    processing: 'write',
    onHold: 'hold',
    backordered: 'write',
    partiallyShipped: 'write',
    shipped: 'write',
    delivered: 'write',
    returned: 'write',
    cancelled: 'cancel',
    unknown: 'write',
  },
};

/** What is done for the statuses of one axis. */
export interface AxisTable {
  /** By the codes that every shop of the platform has, as `knownCode` writes them. */
  known: ReadonlyMap<string, RouteAction>;
  /** By the names and codes that this merchant gave, as `ownStatus` writes them; they go before the known ones. */
  own: ReadonlyMap<string, RouteAction>;
  /** Any other status, and none at all. */
  other: RouteAction;
}

/** An axis that the shop does not have is left out, and decides nothing. */
export type StateTable = Partial<Record<StatusAxis, AxisTable>>;

/** A status as a merchant may write it: capitals, and how many blanks stand where, mean nothing. */
export const ownStatus = (text: string): string =>
  text.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();

/** No shop has two codes that differ in their capitals alone. */
export const knownCode = (code: string): string => code.trim().toUpperCase();

interface Decided {
  action: RouteAction;
  /** Where the order stands on the axis that decided: "Payment is Declined". Empty: the shop has no status at all. */
  standing: string;
  /** In the model's words. */
  status?: string;
}

const AXIS_WORDS: Record<StatusAxis, string> = {
  order: 'The order',
  payment: 'Payment',
  shipping: 'Shipping',
};

/**
 * The merchant's own row comes first, by name and then by code: somebody wrote it for this status, and a shop may have
 * given one that every shop has, such as the custom ones of 3dcart, a meaning of its own.
 */
function actionOn({ known, own, other }: AxisTable, code?: string, name?: string): RouteAction {
  const rowOf = (text?: string) => (text === undefined ? undefined : own.get(ownStatus(text)));
  const standard = code === undefined ? undefined : known.get(knownCode(code));
  return rowOf(name) ?? rowOf(code) ?? standard ?? other;
}

function decideOn(axis: StatusAxis, table: AxisTable, state: OrderState): Decided {
  const code = state[`${axis}Code`];
  const name = state[`${axis}Name`];
  const called = name ?? code;
  return {
    action: actionOn(table, code, name),
    standing:
      called === undefined ? `The order has no ${axis} status` : `${AXIS_WORDS[axis]} is ${called}`,
    status: state[axis],
  };
}

const strength = ({ action }: Decided): number => ROUTE_ACTIONS.indexOf(action);

const NOTHING_DECIDES: Decided = { action: 'write', standing: '' };

/** What the axis with the strongest action says. A shop without any status says nothing against writing. */
export function decideByState(state: OrderState, table: StateTable): Decided {
  let decided: Decided | undefined;
  for (const axis of STATUS_AXES) {
    const axisTable = table[axis];
    if (axisTable === undefined) continue;
    const one = decideOn(axis, axisTable, state);
    if (decided === undefined || strength(one) > strength(decided)) decided = one;
  }
  return decided ?? NOTHING_DECIDES;
}

/** What is known of the order from before. */
export interface RouteHistory {
  /** Whether it stands in the target; absent: nobody knows. */
  isWritten?: boolean;
  /** How much of what was given back has been put out and acted upon. */
  refunded: number;
}

export interface NewRefund {
  /** What was given back since the last time. */
  amount: number;
  /** All that was given back so far. */
  total: number;
  currency: string;
}

export interface Routed {
  way: RouteWay;
  /** `draft` is a way of writing, `refund` a write of which a new amount was given back. */
  action: RouteAction;
  /** It is written as a draft, whatever was given back. */
  isDraft?: boolean;
  /** A sentence, for people. */
  reason: string;
  /** What the ledger is to keep of it, where something happened that people ask for later. */
  remark?: string;
  refund?: NewRefund;
}

const CHANGE = 'Change this in Route by State.';

/**
 * All that was given back. Staff set an order to Refunded also where they gave the money back by other means, and the
 * shop lists no refund then: the status says that it was the whole order.
 */
function refundedIn({ refunded = 0, total, payment }: OrderState, action: RouteAction): number {
  if (refunded > 0 || action !== 'refund' || payment === 'partiallyRefunded') return refunded;
  return total;
}

function newRefund(
  state: OrderState,
  action: RouteAction,
  { refunded: seen }: RouteHistory,
): NewRefund | undefined {
  // What is held comes again; then it is told.
  if (action === 'hold') return undefined;
  const total = refundedIn(state, action);
  const amount = subtract(total, seen);
  return amount > 0 ? { amount, total: add(total), currency: state.currency } : undefined;
}

function refundRemark({ amount, total, currency }: NewRefund, state: OrderState): string {
  const plain = (value: number): string => formatAmount(value, currency).split(' ', 1).join('');
  const of = `${plain(total)} of ${plain(state.total)}`;
  return `Refund of ${formatAmount(amount, currency)} in the shop (${of})`;
}

/** Whoever looks at the order in the ledger is to see it also after a later change. */
function refundedRemark({ refunded = 0, total, currency }: OrderState): string | undefined {
  if (refunded <= 0) return undefined;
  const given = formatAmount(refunded, currency);
  return `Refunded in the shop: ${given} of ${formatAmount(total, currency)}`;
}

/** A status alone may say that money was given back, and the document of the order not how much. */
function unsaidRemark(
  { refunded = 0, payment }: OrderState,
  action: RouteAction,
): string | undefined {
  if (action !== 'refund' || payment !== 'partiallyRefunded' || refunded > 0) return undefined;
  return 'Refunded in part in the shop, which does not say here how much';
}

function untilWhen(status?: string): string {
  if (status === 'pending' || status === 'declined') return 'until it is paid';
  return 'until that changes';
}

type Words = (decided: Decided, target: string, isWritten?: boolean) => string;

const REASONS: Record<RouteAction, Words> = {
  write: ({ standing }) => (standing === '' ? 'Written' : `${standing}: written`),
  draft: ({ standing }) => `${standing}: written as a draft. ${CHANGE}`,
  refund: ({ standing }) => `${standing}: written`,
  hold: ({ standing, status }, target, isWritten) => {
    const there = isWritten ? ` The order stands in ${target} as it was sent last.` : '';
    return `${standing}: held ${untilWhen(status)}.${there} ${CHANGE}`;
  },
  cancel: ({ standing }, target, isWritten) =>
    isWritten === false
      ? `${standing}, and the order was never written: nothing is written to ${target}. ${CHANGE}`
      : `${standing}: cancelled in ${target}. ${CHANGE}`,
};

const wayOf = (action: RouteAction, refund?: NewRefund): RouteWay => {
  if (action === 'hold' || action === 'cancel') return action;
  return refund ? 'refund' : 'write';
};

/**
 * What becomes of an order, and why. An amount that was given back is told once, beside whatever else is done; an order
 * of which nothing new was given back is written as any other.
 *
 * @param target what people call the system that is written to
 */
export function routeByState(
  state: OrderState,
  table: StateTable,
  history: RouteHistory,
  target: string,
): Routed {
  const decided = decideByState(state, table);
  const { action } = decided;
  const refund = newRefund(state, action, history);
  const way = wayOf(action, refund);
  const told = refund && refundRemark(refund, state);
  const why = REASONS[action](decided, target, history.isWritten);
  const money =
    action === 'hold' ? undefined : (told ?? refundedRemark(state) ?? unsaidRemark(state, action));
  const remarks = [action === 'cancel' && why, money].filter((text) => text);
  return {
    way,
    action: action === 'draft' && !refund ? action : way,
    ...(action === 'draft' && { isDraft: true }),
    reason: told ? `${why.replace(/\.$/, '')}. ${told}` : why,
    ...(remarks.length > 0 && { remark: remarks.join(' ') }),
    ...(refund && { refund }),
  };
}
