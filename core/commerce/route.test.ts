import fc from 'fast-check';

import { PAYMENT_CODES, SHIPPING_CODES } from '../stores/xcart/statuses';
import {
  type AxisTable,
  DEFAULT_ACTIONS,
  decideByState,
  ROUTE_ACTIONS,
  type RouteAction,
  routeByState,
  type RouteHistory,
  type StateTable,
} from './route';
import type { OrderState } from './state';

const NEW: RouteHistory = { isWritten: false, refunded: 0 };
const WRITTEN: RouteHistory = { isWritten: true, refunded: 0 };

const defaults = (axis: 'payment' | 'shipping'): AxisTable => {
  const codes = axis === 'payment' ? PAYMENT_CODES : SHIPPING_CODES;
  const actions = DEFAULT_ACTIONS[axis] as Record<string, RouteAction>;
  const known = Object.entries(codes).map(
    ([code, { status }]) => [code, actions[status] ?? 'hold'] as const,
  );
  return { known: new Map(known), own: new Map(), other: actions.unknown ?? 'hold' };
};

const DEFAULTS: StateTable = { payment: defaults('payment'), shipping: defaults('shipping') };

function stateOf(payment: string, shipping: string, more: Partial<OrderState> = {}): OrderState {
  return {
    number: '1001',
    payment: PAYMENT_CODES[payment]?.status ?? 'unknown',
    paymentCode: payment,
    paymentName: PAYMENT_CODES[payment]?.name ?? payment,
    shipping: SHIPPING_CODES[shipping]?.status ?? 'unknown',
    shippingCode: shipping,
    shippingName: SHIPPING_CODES[shipping]?.name ?? shipping,
    total: 138.07,
    currency: 'USD',
    ...more,
  };
}

const PAYMENTS: Record<string, RouteAction> = {
  Q: 'hold',
  A: 'write',
  PP: 'write',
  P: 'write',
  D: 'hold',
  C: 'cancel',
  R: 'refund',
  OWN: 'hold',
};
const SHIPPINGS: Record<string, RouteAction> = {
  N: 'write',
  P: 'write',
  S: 'write',
  D: 'write',
  WND: 'cancel',
  R: 'write',
  WFA: 'hold',
  NBA: 'write',
  OWN: 'write',
};
const STRONGEST: RouteAction[] = ['cancel', 'hold', 'refund', 'draft', 'write'];
const pairs = Object.entries(PAYMENTS).flatMap(([payment, one]) =>
  Object.entries(SHIPPINGS).map(([shipping, other]) => {
    const wanted = STRONGEST.find((action) => action === one || action === other) ?? 'write';
    return [payment, shipping, wanted] as const;
  }),
);

test.each(pairs)('X-Cart, payment %s and shipping %s: %s', (payment, shipping, wanted) => {
  expect(decideByState(stateOf(payment, shipping), DEFAULTS).action).toBe(wanted);
  expect(routeByState(stateOf(payment, shipping), DEFAULTS, NEW, 'Dynamics 365').way).toBe(wanted);
});

const all = ROUTE_ACTIONS.flatMap((one) => ROUTE_ACTIONS.map((other) => [one, other] as const));
test.each(all)('of %s and %s the stronger is done', (one, other) => {
  const only = (action: RouteAction): AxisTable => ({
    known: new Map(),
    own: new Map(),
    other: action,
  });
  const wanted = STRONGEST.find((action) => action === one || action === other);
  const table = { payment: only(one), shipping: only(other) };
  expect(decideByState(stateOf('P', 'N'), table).action).toBe(wanted);
});

describe('the statuses of a merchant', () => {
  const own = new Map<string, RouteAction>([
    ['wire transfer', 'write'],
    ['lay', 'cancel'],
    ['p', 'cancel'],
    ['bestellt', 'draft'],
  ]);
  const table: StateTable = { payment: { ...defaults('payment'), own } };
  const actionFor = (code: string, name: string) =>
    decideByState(stateOf(code, 'N', { paymentName: name }), table).action;

  test.each([
    ['by name', 'WT', 'Wire Transfer', 'write'],
    ['whatever its capitals and blanks', 'WT', ' WIRE transfer ', 'write'],
    ['however many blanks it has', 'WT', 'Wire\u00a0  Transfer', 'write'],
    ['by code', 'LAY', 'Layaway', 'cancel'],
    ['by the known code in small letters, with blanks', ' d ', 'DECLINED', 'hold'],
    ['by the code of a status that every shop has', 'P', 'Paid', 'cancel'],
    ['by name before code', 'P', 'Wire Transfer', 'write'],
    ['by name also where a status of every shop is called otherwise', 'Q', 'Bestellt', 'draft'],
    ['otherwise as any other', 'ZZ', 'Odd', 'hold'],
  ])('%s', (_how, code, name, action) => {
    expect(actionFor(code, name)).toBe(action);
  });
});

describe('an order without a status', () => {
  const { paymentCode: _code, paymentName: _name, payment: _word, ...bare } = stateOf('P', 'N');

  test('waits where the shop has such a status', () => {
    expect(routeByState(bare, DEFAULTS, NEW, 'Dynamics 365')).toEqual({
      way: 'hold',
      action: 'hold',
      reason:
        'The order has no payment status: held until that changes. Change this in Route by State.',
    });
  });

  test('is written where the shop has none', () => {
    const { way } = routeByState(bare, { shipping: defaults('shipping') }, NEW, 'Dynamics 365');
    expect(way).toBe('write');
    expect(routeByState(bare, {}, NEW, 'Dynamics 365')).toEqual({
      way: 'write',
      action: 'write',
      reason: 'Written',
    });
  });
});

describe('the reason', () => {
  const reasonOf = (state: OrderState, history: RouteHistory) =>
    routeByState(state, DEFAULTS, history, 'Dynamics 365').reason;

  test.each([
    ['D', 'N', NEW, 'Payment is Declined: held until it is paid. Change this in Route by State.'],
    [
      'D',
      'N',
      WRITTEN,
      'Payment is Declined: held until it is paid. The order stands in Dynamics 365 as it was sent last. Change this in Route by State.',
    ],
    [
      'P',
      'WFA',
      NEW,
      'Shipping is Waiting for Approval: held until that changes. Change this in Route by State.',
    ],
    [
      'C',
      'N',
      WRITTEN,
      'Payment is Cancelled: cancelled in Dynamics 365. Change this in Route by State.',
    ],
    [
      'C',
      'N',
      NEW,
      'Payment is Cancelled, and the order was never written: nothing is written to Dynamics 365. Change this in Route by State.',
    ],
    [
      'P',
      'WND',
      { refunded: 0 },
      'Shipping is Will Not Deliver: cancelled in Dynamics 365. Change this in Route by State.',
    ],
    ['P', 'N', NEW, 'Payment is Paid: written'],
  ])('of payment %s and shipping %s', (payment, shipping, history, reason) => {
    expect(reasonOf(stateOf(payment, shipping), history)).toBe(reason);
  });
});

describe('refunds', () => {
  const routed = (more: Partial<OrderState>, seen = 0, payment = 'P') =>
    routeByState(
      stateOf(payment, 'N', more),
      DEFAULTS,
      { isWritten: true, refunded: seen },
      'Dynamics 365',
    );

  test('a part that was given back is told with its amount, and what the ledger is to keep', () => {
    expect(routed({ refunded: 20 })).toEqual({
      way: 'refund',
      action: 'refund',
      reason: 'Payment is Paid: written. Refund of 20.00 USD in the shop (20.00 of 138.07)',
      remark: 'Refund of 20.00 USD in the shop (20.00 of 138.07)',
      refund: { amount: 20, total: 20, currency: 'USD' },
    });
  });

  test('is told once; a further amount is told alone', () => {
    expect(routed({ refunded: 20 }, 20)).toMatchObject({ way: 'write', action: 'write' });
    expect(routed({ refunded: 20 }, 20)).not.toHaveProperty('refund');
    expect(routed({ refunded: 25 }, 20)).toMatchObject({
      way: 'refund',
      refund: { amount: 5, total: 25 },
      remark: 'Refund of 5.00 USD in the shop (25.00 of 138.07)',
    });
    expect(routed({ refunded: 20 }, 25)).not.toHaveProperty('refund');
  });

  test('Refunded without a refund that the shop lists is the whole order', () => {
    const whole = { amount: 138.07, total: 138.07, currency: 'USD' };
    expect(routed({}, 0, 'R').refund).toEqual(whole);
    expect(routed({ refunded: 0 }, 0, 'R').refund).toEqual(whole);
    expect(routed({ refunded: 20 }, 0, 'R').refund).toMatchObject({ amount: 20 });
    expect(routed({}, 138.07, 'R')).toMatchObject({ way: 'write' });
    const inPart = routed({ payment: 'partiallyRefunded' }, 0, 'R');
    expect(inPart).not.toHaveProperty('refund');
    expect(inPart.remark).toMatch(/^Refunded in part .* not say here how much$/);
  });

  test('goes with a cancellation, and waits with what is held', () => {
    expect(routed({ refunded: 20 }, 0, 'C')).toMatchObject({
      way: 'cancel',
      refund: { amount: 20 },
      remark:
        'Payment is Cancelled: cancelled in Dynamics 365. Change this in Route by State. Refund of 20.00 USD in the shop (20.00 of 138.07)',
    });
    const held = routed({ refunded: 20 }, 0, 'D');
    expect(held).not.toHaveProperty('refund');
    expect(held).not.toHaveProperty('remark');
  });

  test('what is told adds up to what was given back, to the last minor unit', () => {
    const cents = fc.array(fc.integer({ min: 0, max: 100_000 }), { maxLength: 8 });
    fc.assert(
      fc.property(cents, (parts) => {
        let given = 0;
        let seen = 0;
        let told = 0;
        for (const part of parts) {
          given += part;
          const { refund } = routed({ refunded: given / 100 }, seen);
          told += Math.round((refund?.amount ?? 0) * 100);
          seen = refund?.total ?? seen;
        }
        expect(told).toBe(given);
      }),
    );
  });
});
