/** What the control API lets the shop's staff do, and the REST API nobody. */
import { type RunningSandbox, startSandbox } from '../start';
import type { OrderView } from '.';

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});

afterAll(async () => await sandbox.stop());

beforeEach(() => sandbox.reset());

async function control(method: string, path: string, body?: object) {
  const response = await fetch(`${sandbox.control.url}/xcart${path}`, {
    method,
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  const json = (text === '' ? undefined : JSON.parse(text)) as unknown;
  return { status: response.status, json: Array.isArray(json) ? json.map(bare) : bare(json) };
}

/** An order as the REST API shows it, without the words that every shop has; any other answer as it is. */
const bare = (answer: unknown): unknown => (answer as { document?: OrderView })?.document ?? answer;

const place = async (wish: object): Promise<OrderView[]> =>
  (await control('POST', '/orders', wish)).json as OrderView[];

test('dates orders as asked, one after the other', async () => {
  const placed = await place({ count: 3, at: '2026-01-31T10:00:00Z', everySeconds: 60 });
  expect(placed.map(({ create_date: date }) => date)).toEqual([
    '2026-01-31T10:00:00+0000',
    '2026-01-31T10:01:00+0000',
    '2026-01-31T10:02:00+0000',
  ]);
  expect(placed.every((order) => order.update_date === order.create_date)).toBe(true);
  expect(await control('POST', '/orders', { at: 'soon' })).toMatchObject({ status: 400 });
});

test('changes an order twice within one second', async () => {
  const [order] = await place({ lines: 1 });
  const at = '2026-01-31T10:00:00Z';
  const totals = [];
  for (let change = 0; change < 2; change += 1) {
    const { json } = await control('POST', `/orders/${order?.id}/change`, { at });
    expect(json).toMatchObject({ update_date: '2026-01-31T10:00:00+0000' });
    totals.push((json as OrderView).total);
  }
  expect(totals[1]).toBeGreaterThan(totals[0] ?? Infinity);
});

test('deletes an order', async () => {
  const [order] = await place({});
  expect(await control('DELETE', `/orders/${order?.id}`)).toMatchObject({ status: 204 });
  expect(await control('DELETE', `/orders/${order?.id}`)).toMatchObject({ status: 404 });
  expect((await control('GET', '/orders')).json).toEqual([]);
});

test('tells and sets the stock of products and variants', async () => {
  for (const sku of ['MUG-BLUE', 'TS-RED-L']) {
    await control('PUT', '/stock', { sku, amount: 7 });
    expect((await control('GET', `/stock/${sku}`)).json).toMatchObject({ sku, amount: 7 });
  }
  expect(await control('GET', '/stock/NO-SUCH-SKU')).toMatchObject({ status: 404 });
});

describe('orders as real shops have them', () => {
  const oddAddress = {
    firstname: 'Ada\u0001',
    street: 'Care of X\nBuilding 7\nFloor 3\nRoom 12\nGate B',
    countryCode: 'XI',
    company: 'A & B <Ltd>',
  };

  test('take wishes of every kind at once', async () => {
    const [order] = await place({
      count: 1,
      lines: 2,
      guest: true,
      email: 'kim@example.com',
      customerId: 0,
      currency: 'EUR',
      paid: true,
      notes: 'call\u000b me',
      adminNotes: 'VIP',
      address: oddAddress,
      deletedProducts: 1,
      surcharges: [
        { type: 'wrapping', code: 'GW', value: 4 },
        { type: 'handling', value: -5 },
        { type: 'discount', value: 2 },
      ],
      taxes: [{ rate: 0.2, included: true }],
    });
    expect(order).toMatchObject({
      customer_id: 0,
      email: 'kim@example.com',
      currency: 'EUR',
      notes: 'call\u000b me',
      admin_notes: 'VIP',
      payment_status: { code: 'P' },
      billing_address: { country_code: 'XI', street: oddAddress.street, firstname: 'Ada\u0001' },
      shipping_address: { custom_fields: [{ name: 'company', value: 'A & B <Ltd>' }] },
      items: [{ sku: expect.any(String) }, { sku: null, product_id: null }],
    });
    expect(await control('GET', `/orders/${order?.id}`)).toEqual({ status: 200, json: order });
  });

  test('change later, in any of that', async () => {
    const [order] = await place({ lines: 1 });
    const change = {
      address: { countryCode: 'EL' },
      customerId: null,
      deletedProducts: 1,
      surcharges: [{ type: 'wrapping', value: 4 }],
      taxes: [],
      lineDiscount: 0.1,
      adminNotes: 'Call first',
    };
    const { json } = await control('POST', `/orders/${order?.id}/change`, change);
    expect(json).toMatchObject({
      customer_id: null,
      billing_address: { country_code: 'EL' },
      items: [{ sku: null, amount: order?.items[0]?.amount }],
      admin_notes: 'Call first',
    });
  });

  test.each([
    ['payment', ['D', 'Q', 'C', 'R']],
    ['shipping', ['WFA', 'WND', 'N']],
  ])('go through the states of %s one after the other, each a change', async (axis, codes) => {
    const [order] = await place({ paid: true, [`${axis}Status`]: 'P' });
    let { update_date: last } = order as OrderView;
    for (const code of codes) {
      const path = `/orders/${order?.id}/change`;
      const { json } = await control('POST', path, { [`${axis}Status`]: code });
      expect(json).toMatchObject({ [`${axis}_status`]: { code } });
      expect(Date.parse((json as OrderView).update_date)).toBeGreaterThan(Date.parse(last));
      last = (json as OrderView).update_date;
    }
  });

  test('are given back in parts, never more than was paid', async () => {
    const [order] = await place({ paid: true });
    const refund = (value?: number) =>
      control('POST', `/orders/${order?.id}/refund`, value === undefined ? {} : { value });
    expect(await refund(1.25)).toMatchObject({ json: { payment_status: { code: 'P' } } });
    expect(await refund(order?.total)).toMatchObject({ status: 400 });
    expect(await refund()).toMatchObject({ json: { payment_status: { code: 'R' } } });
    expect(await refund()).toMatchObject({ status: 400 });
  });

  test.each([
    [{ taxes: [{ rate: 19 }] }, 'taxes.0.rate'],
    [{ taxes: Array.from({ length: 4 }, () => ({ rate: 0.1 })) }, 'taxes'],
    [
      {
        taxes: [
          { name: 'VAT', rate: 0.1 },
          { name: 'VAT', rate: 0.2 },
        ],
      },
      'different names',
    ],
    [{ surcharges: [{ type: 'tax', value: 1 }] }, 'ask for a tax by'],
    [{ address: { country: 'XI' } }, 'unknown field'],
    [{ currency: 'CHF' }, 'currency'],
    [{ email: 'nobody' }, 'email'],
    [{ customerId: -1 }, 'customerId'],
  ])('are refused as %j', async (wish, text) => {
    const { status, json } = await control('POST', '/orders', wish);
    expect(status).toBe(400);
    expect((json as { error: string }).error).toContain(text);
  });
});
