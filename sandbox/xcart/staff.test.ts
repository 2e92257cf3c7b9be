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
  return { status: response.status, json: (text === '' ? undefined : JSON.parse(text)) as unknown };
}

const place = async (wish: object): Promise<OrderView[]> =>
  (await control('POST', '/orders', wish)).json as OrderView[];

test('dates orders as asked, one after the other', async () => {
  const placed = await place({ count: 3, at: '2026-01-31T10:00:00Z', everySeconds: 60 });
  expect(placed.map(({ create_date: date }) => date)).toEqual([
    '2026-01-31T10:00:00+00:00',
    '2026-01-31T10:01:00+00:00',
    '2026-01-31T10:02:00+00:00',
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
    expect(json).toMatchObject({ update_date: '2026-01-31T10:00:00+00:00' });
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
