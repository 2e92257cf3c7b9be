/** The node where the credential says that the store speaks the classic API of 5.0 to 5.4. */
import type { INode } from 'n8n-workflow';

import { XCartApi } from '../../credentials/XCartApi.credentials';
import { startTestStore, type TestStore } from '../../sandbox/xcart/test-store';
import { runNode } from '../../test/engine';
import { type Gateway, startGateway } from '../../test/suites/store/gateway';
import { KEY } from '../../test/support/xcartSandbox';
import { XCart } from './XCart.node';

let shop: TestStore;
let gateway: Gateway;

beforeAll(async () => {
  shop = await startTestStore();
  gateway = await startGateway(() => shop.url);
});
afterAll(async () => {
  await gateway.close();
  await shop.close();
});
beforeEach(() => {
  shop.xcart.reset();
  gateway.reset();
});

const run = async (parameters: object, input: object[] = [{}], apiKey: string = KEY) =>
  await runNode({
    nodeType: new XCart(),
    parameters: parameters as INode['parameters'],
    credentialTypes: [new XCartApi()],
    credentials: { xCartApi: { api: 'classic', storeUrl: gateway.url, storeName: 'old', apiKey } },
    input,
    onError: 'continueErrorOutput',
  });

const placed = (count: number): number[] => shop.xcart.place({ count }).map(({ id }) => id);
const byId = (name: string, value: unknown) => ({ [name]: { __rl: true, mode: 'id', value } });

test('ships orders with their tracking numbers and statuses', async () => {
  const [first, second] = placed(2);
  const added = await run(
    {
      resource: 'order',
      operation: 'addShipment',
      ...byId('order', '={{ $json.id }}'),
      trackingNumber: '={{ $json.tracking }}',
    },
    [{ id: first, tracking: '1Z1' }, { id: second }, { id: 99, tracking: '1Z2' }],
  );
  expect(added.output(0)).toMatchObject([
    { id: first, tracking_number: { value: '1Z1' }, shipping_status: { code: 'S' } },
    { id: second, shipping_status: { code: 'S' } },
  ]);
  expect(added.output(1)).toMatchObject([{ id: 99, details: { class: 'not-found' } }]);
  expect(shop.xcart.order(first ?? 0)?.view.tracking_numbers).toMatchObject([{ value: '1Z1' }]);
});

test.each([
  [
    'an order by its last change',
    {
      resource: 'order',
      operation: 'getAll',
      filters: { changedAfter: '2024-05-01T00:00:00Z' },
    },
    'filter for orders by their last change',
  ],
  [
    'an address that is written',
    {
      resource: 'address',
      operation: 'create',
      ...byId('customer', '1'),
      firstname: 'Ada',
      lastname: 'Byron',
    },
    'way to write an address by the names of its fields',
  ],
  [
    'statistics',
    { resource: 'category', operation: 'getStats', ...byId('category', '1') },
    'statistics of categories',
  ],
])('says in clear words that there is no %s', async (_what, parameters, words) => {
  const { output } = await run(parameters);
  expect(output(1)).toMatchObject([
    { error: `The classic API of X-Cart has no ${words}`, details: { fix: expect.any(String) } },
  ]);
  expect(gateway.asked.filter(({ method }) => method !== 'GET')).toEqual([]);
});

test('shows the key in no failure', async () => {
  const [id] = placed(1);
  const secret = 'key-that-nobody-may-see';
  const get = { resource: 'order', operation: 'get', ...byId('order', String(id)) };
  const refused = await run(get, [{}], secret);
  gateway.after = () => ({ reset: true });
  const broken = await run(
    { ...get, order: { __rl: true, mode: 'number', value: '5' } },
    [{}],
    secret,
  );
  const failures = [refused, broken].map(({ output, error }) => [output(1), error]);
  expect(refused.output(1)).toMatchObject([{ details: { class: 'permission' } }]);
  expect(broken.output(1)).toMatchObject([{ details: { class: 'transient' } }]);
  expect(JSON.stringify(failures)).not.toContain(secret);
  // It was there, where the store looks for it.
  expect(gateway.asked[0]?.url).toContain(secret);
}, 30_000);

test('deletes what it was told to and nothing else, whatever the id is', async () => {
  const products = shop.xcart.store.products.size;
  const ids = ['', ' ', '0', '/', 'all', '37/../38', '1e3'];
  const input = ids.map((id) => ({ id }));
  const remove = {
    resource: 'product',
    operation: 'delete',
    ...byId('product', '={{ $json.id }}'),
  };
  const { output } = await run(remove, input);
  expect(output(1)).toHaveLength(ids.length);
  expect(shop.xcart.store.products.size).toBe(products);
  expect(gateway.asked.filter(({ method }) => method === 'DELETE')).toEqual([]);
  await run({ ...remove, ...byId('product', '37') });
  expect(shop.xcart.store.products.size).toBe(products - 1);
});
