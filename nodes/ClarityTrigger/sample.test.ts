/** Which record a test run brings: the one of the number or SKU that Clarity shows, or of its id. */
import { startCase } from 'lodash';
import type { INodeParameters } from 'n8n-workflow';

import { ClarityApi } from '../../credentials/ClarityApi.credentials';
import { type HttpServer, type Reply, startHttpServer } from '../../test/support/httpServer';
import { publish } from '../../test/support/trigger';
import { ClarityTrigger } from './ClarityTrigger.node';

const ORDERS = [
  { orderId: '7', orderNumber: 'SO-1042' },
  { orderId: '8', orderNumber: '7' },
  { orderId: '9', orderNumber: '9' },
];
const PRODUCTS = [{ productId: '3', sku: 'TS-100', name: 'Shirt' }];
const ASKED_BY_NUMBER =
  '{"extends":"brief","resources":{"orders":{"list":{"where":{"orderNumber":"number"}}}}}';

let shop: HttpServer;

function answer(url: string): Reply {
  const { pathname, searchParams } = new URL(url, 'http://shop');
  const [, , , list = '', id] = pathname.split('/');
  const all: Array<Record<string, string>> = list === 'orders' ? ORDERS : PRODUCTS;
  if (id !== undefined) {
    const one = all.find((record) => Object.values(record)[0] === decodeURIComponent(id));
    // A service whose ids are numbers refuses a text.
    return one ? { body: one } : { status: /^\d+$/.test(id) ? 404 : 400, body: { message: 'no' } };
  }
  const number = searchParams.get('number');
  const page = Number(searchParams.get('page') ?? '1');
  const rows = all.filter(({ orderNumber }) => number === null || orderNumber === number);
  return { body: { items: page > 1 ? [] : rows, data: page > 1 ? [] : rows } };
}

beforeEach(async () => {
  shop = await startHttpServer(({ url }) => answer(url));
});

afterEach(async () => await shop.close());

async function sampled(parameters: INodeParameters, profileText?: string) {
  const trigger = publish({
    trigger: new ClarityTrigger(),
    parameters,
    credentialType: new ClarityApi(),
    credential: {
      apiUrl: shop.origin,
      apiKey: 'key',
      authentication: 'apiKey',
      storeName: 'main',
      profile: profileText === undefined ? 'brief' : 'own',
      profileText,
    },
    id: 'sampled',
  });
  return await trigger.poll('manual');
}

const asked = () => shop.received.map(({ url }) => decodeURIComponent(url));

describe.each<[string, string | undefined]>([
  ['the list cannot be asked for', undefined],
  ['the list can be asked for', ASKED_BY_NUMBER],
])('an order by its number, which %s', (_, profile) => {
  test('is found by what the shop shows, before another one whose id that is', async () => {
    expect(await sampled({ testNumber: 'SO-1042' }, profile)).toMatchObject([{ orderId: '7' }]);
    expect(await sampled({ testNumber: '7' }, profile)).toMatchObject([{ orderId: '8' }]);
  });

  test('is found by its id, where that is no number', async () => {
    expect(await sampled({ testNumber: '8' }, profile)).toMatchObject([{ orderId: '8' }]);
  });

  test('that there is not is said to be none', async () => {
    await expect(sampled({ testNumber: 'SO-1' }, profile)).rejects.toMatchObject({
      message: 'The store has no order SO-1',
      description: expect.stringMatching(/^Enter in Order for Test Runs a number/) as string,
    });
  });
});

test('an order whose id is its number costs one request', async () => {
  expect(await sampled({ testNumber: '9' })).toMatchObject([{ orderId: '9' }]);
  expect(asked()).toEqual(['/api/v1/orders/9']);
});

test('the list is asked for the one number where it can be', async () => {
  await sampled({ testNumber: 'SO-1042' }, ASKED_BY_NUMBER);
  expect(asked()).toEqual([expect.stringContaining('number=SO-1042')]);
});

test('a product is found by its SKU, and by its id', async () => {
  for (const testNumber of ['TS-100', '3']) {
    expect(await sampled({ triggerOn: 'product', testNumber })).toMatchObject([{ productId: '3' }]);
  }
});

test('the panel asks for what a record is found by', () => {
  const asks = new ClarityTrigger().description.properties
    .filter(({ name }) => name === 'testNumber')
    .map(({ displayName, description }) => `${displayName}: ${description?.split('. ')[0] ?? ''}`);
  expect(asks).toEqual([
    'Order for Test Runs: Number of the one order that a test run brings, whatever is chosen below',
    'Product for Test Runs: SKU of the one product that a test run brings, whatever is chosen below',
    ...['customer', 'payment', 'shipment', 'return', 'stock level'].map(
      (one) =>
        `${startCase(one)} for Test Runs: ID of the one ${one} that a test run brings, whatever is chosen below, as Get Many of the store's node shows it; its number or SKU may be another`,
    ),
  ]);
});
