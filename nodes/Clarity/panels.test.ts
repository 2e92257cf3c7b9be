/** What is entered field by field: the same in each profile, and the same comes back. */
import { omit } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { ClarityApi } from '../../credentials/ClarityApi.credentials';
import { CLARITY_CREDENTIALS } from '../../sandbox/clarity/credentials';
import type { OrderDocument } from '../../sandbox/clarity/model/documents';
import { startTestShop, type TestShop } from '../../sandbox/clarity/test-shop';
import { runNode } from '../../test/engine';
import { Clarity } from './Clarity.node';

let shop: TestShop;

beforeEach(async () => {
  shop = await startTestShop();
});

afterEach(async () => await shop.close());

const { apiKey, userName, password } = CLARITY_CREDENTIALS;
const CREDENTIALS: Record<string, IDataObject> = {
  brief: { authentication: 'apiKey', apiKey },
  cef: { authentication: 'session', userName, password },
};
const PROFILES = Object.keys(CREDENTIALS);

async function run(profile: string, parameters: IDataObject): Promise<IDataObject[]> {
  const clarityApi = { ...CREDENTIALS[profile], apiUrl: shop.url, profile, storeName: 'main' };
  const done = await runNode({
    nodeType: new Clarity(),
    parameters: parameters as never,
    credentialTypes: [new ClarityApi()],
    credentials: { clarityApi },
    input: [{}],
  });
  expect(done.error).toBeUndefined();
  return done.output();
}

const creating = (resource: string, additionalFields: IDataObject): IDataObject => ({
  resource,
  operation: 'create',
  fieldsFrom: 'define',
  additionalFields,
});

const PLACE = {
  line1: '1 Main St',
  city: 'Austin',
  state: 'TX',
  postalCode: '78701',
  country: 'US',
};
const PERSON = { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com' };

test.each(PROFILES)('an order with its items, addresses and discount (%s)', async (profile) => {
  // By it the profile learns which of several names the shop uses.
  shop.clarity.place({ count: 1 });
  const [made] = await run(
    profile,
    creating('order', {
      currency: 'USD',
      lineItems: { row: [{ sku: 'TS-LONG', quantity: 2, unitPrice: 10, tax: 1, discount: 0.5 }] },
      billingAddress: { row: { ...PERSON, ...PLACE } },
      shippingAddress: { row: { ...PERSON, ...PLACE, city: 'Dallas' } },
      discountTotal: 1.25,
      shippingTotal: 3,
    }),
  );
  expect(made?.orderId).toBeDefined();
  expect(made).toMatchObject({ billingAddress: { state: 'TX' }, shippingAddress: { state: 'TX' } });
  const kept = shop.clarity.order(String(made?.orderId));
  const address = {
    ...PERSON,
    street1: '1 Main St',
    city: 'Austin',
    postalCode: '78701',
    countryCode: 'US',
  };
  expect(kept).toMatchObject({
    lineItems: [{ sku: 'TS-LONG', quantity: 2, unitPrice: 10, tax: 1, discount: 0.5 }],
    billingAddress: address,
    shippingAddress: { ...address, city: 'Dallas' },
    discountAmount: 1.25,
    shippingAmount: 3,
    totalAmount: 22.25,
  });
});

test.each(PROFILES)(
  'an item without a price costs what the product costs (%s)',
  async (profile) => {
    shop.clarity.place({ count: 1 });
    const [made] = await run(
      profile,
      creating('order', { lineItems: { row: [{ sku: 'TS-LONG', quantity: 2 }] } }),
    );
    const [line] = shop.clarity.order(String(made?.orderId))?.lineItems ?? [];
    expect(line).toMatchObject({ sku: 'TS-LONG', quantity: 2 });
    expect(line?.unitPrice).toBeGreaterThan(0);
    expect(line?.name).toMatch(/\S/);
  },
);

test.each(PROFILES)('a phone number leaves the rest of an address (%s)', async (profile) => {
  const [order] = shop.clarity.place({ count: 1 });
  if (!order) throw new Error('The shop has placed no order');
  const { city, street1 } = order.billingAddress;
  expect(city).not.toBe('');
  await run(profile, {
    resource: 'order',
    operation: 'update',
    order: { __rl: true, mode: 'id', value: order.orderId },
    fieldsFrom: 'define',
    additionalFields: { billingAddress: { row: { phone: '1' } } },
  });
  expect(shop.clarity.order(order.orderId)).toMatchObject({
    billingAddress: { city, street1, phone: '1' },
  });
});

const ENTERED: ReadonlyArray<[resource: string, entered: IDataObject, shown?: IDataObject]> = [
  ['coupon', { code: 'ONE', name: 'One', type: 'percent', value: 5, active: true }],
  ['address', PLACE],
  [
    'invoice',
    {
      orderId: '1001',
      invoiceNumber: 'I-1',
      invoiceDate: '2026-11-25T14:00:00.000Z',
      totalAmount: 12.5,
      currency: 'USD',
      status: 'open',
    },
  ],
  [
    'return',
    {
      orderId: '1001',
      reason: 'Too small',
      status: 'requested',
      lineItems: { row: [{ sku: 'TS-LONG', quantity: 1 }] },
    },
    { lineItems: [{ sku: 'TS-LONG', quantity: 1 }] },
  ],
];

describe.each(ENTERED)('%s', (resource, entered, shown = {}) => {
  test.each(PROFILES)('comes back by the names of the panel (%s)', async (profile) => {
    shop.clarity.place({ count: 1 });
    const [made] = await run(profile, creating(resource, entered));
    const id = made?.[`${resource}Id`];
    const located = { __rl: true, mode: 'id', value: String(id) };
    const [read] = await run(profile, { resource, operation: 'get', [resource]: located });
    expect(read).toMatchObject({ ...entered, ...shown });
    const listed = await run(profile, {
      resource,
      operation: 'getAll',
      returnAll: true,
      simplify: true,
    });
    const [simple] = listed.filter((each) => String(each[`${resource}Id`]) === String(id));
    expect(simple).toMatchObject(omit(entered, 'lineItems'));
  });
});

async function paymentsOf(profile: string, orderId: string): Promise<IDataObject[]> {
  const located = { __rl: true, mode: 'id', value: orderId };
  return await run(profile, { resource: 'order', operation: 'getPayments', order: located });
}

describe('the payments of an order', () => {
  let order: OrderDocument;

  beforeEach(() => {
    const [placed] = shop.clarity.place({ count: 1, state: 'paid' });
    if (!placed) throw new Error('The shop has placed no order');
    order = placed;
  });

  test.each(PROFILES)('with what was given back, as records of their own (%s)', async (profile) => {
    shop.clarity.refund(order, 1.25);
    const { orderId, paymentInfo } = order;
    const payments = await paymentsOf(profile, orderId);
    expect(payments).toMatchObject([
      { orderId, amount: paymentInfo.amount, status: 'captured' },
      { orderId, amount: 1.25, status: 'refunded' },
    ]);
    for (const { paymentId, source } of payments) {
      expect(paymentId).toEqual(expect.stringMatching(/./));
      expect(source).toMatchObject({ kind: 'payment', id: paymentId });
    }
  });

  test.each(PROFILES)('that it tells of itself have no source (%s)', async (profile) => {
    for (const { paymentId } of shop.clarity.store.all('payments')) {
      shop.clarity.store.drop('payments', String(paymentId));
    }
    const { orderId, paymentInfo } = order;
    const paid = { orderId, amount: paymentInfo.amount };
    const [own, ...others] = await paymentsOf(profile, orderId);
    expect(own).toMatchObject(paid);
    expect(own).not.toHaveProperty('source');
    expect(others).toEqual([]);
    shop.clarity.refund(order, 1.25);
    const [still, refund] = await paymentsOf(profile, orderId);
    expect(still).toMatchObject(paid);
    expect(still).not.toHaveProperty('source');
    expect(refund).toMatchObject({
      orderId,
      amount: 1.25,
      source: { kind: 'payment', id: refund?.['paymentId'] },
    });
  });
});
