/** Creates whose answer is lost, over both APIs of the sandbox. */
import { XCART_CREDENTIALS } from '../../../sandbox/xcart';
import { startTestStore, type TestStore } from '../../../sandbox/xcart/test-store';
import { type Gateway, startGateway } from '../../../test/suites/store/gateway';
import { fetchTransport } from '../../http/fetch';
import { openXCart } from './open';

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

const PAGE = { status: 502, headers: { 'content-type': 'text/html' }, body: '<h1>502</h1>' };
const NOT_JSON = { status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>OK</h1>' };

/** The shop carries it out, and nobody is told. */
const loseAnswers = (instead = PAGE): void => {
  gateway.after = ({ method }) => (method === 'POST' ? instead : undefined);
};
const posts = (): number => gateway.asked.filter(({ method }) => method === 'POST').length;

describe.each(['rest', 'classic'] as const)('over the %s API', (api) => {
  const open = (storeUrl = gateway.url) =>
    openXCart({
      api,
      storeUrl,
      apiKey: XCART_CREDENTIALS.writeKey,
      send: fetchTransport(),
    });
  const skus = () => [...shop.xcart.store.products.values()].map(({ view }) => view.sku);

  it.each([PAGE, NOT_JSON])('finds the product that was made: $status', async (lost) => {
    loseAnswers(lost);
    const { products } = open();
    const document = { sku: 'N-1', name: 'New', price: 9.5, amount: 3, weight: 0.25 };
    const made = await products.create({ ...document, arrival_date: '2024-05-01' });
    expect(made).toMatchObject({ sku: 'N-1', id: expect.any(Number) as number });
    expect(await products.get(made.id)).toMatchObject({ sku: 'N-1', price: 9.5 });
    expect(posts()).toBe(1);
    expect(skus().filter((sku) => sku === 'N-1')).toHaveLength(1);
  });

  const MINUTE_MS = 60_000;
  it.each<[string, object, number]>([
    ['says something else', { price: 7 }, 1],
    ['was made half an hour before', { price: 5 }, 30],
  ])('takes no product of the same SKU that %s for the new one', async (_, more, minutes) => {
    const { products } = open();
    const document = { sku: 'N-1', name: 'New', price: 5 };
    await products.create(document);
    const there = [...shop.xcart.store.products.values()].find(({ view }) => view.sku === 'N-1');
    const madeAt = new Date(Date.now() - minutes * MINUTE_MS)
      .toISOString()
      .replace(/\.\d+Z/, '+0000');
    if (there) there.view.create_date = madeAt;
    gateway.before = ({ method }) => (method === 'POST' ? PAGE : undefined);
    await expect(products.create({ ...document, ...more })).rejects.toMatchObject({
      class: 'held',
      code: 'IN_DOUBT',
    });
  });

  it('holds what is not there, and what nobody can look for', async () => {
    gateway.before = ({ method }) => (method === 'POST' ? PAGE : undefined);
    const { products, profiles } = open();
    await expect(products.create({ sku: 'N-1', name: 'New' })).rejects.toMatchObject({
      class: 'held',
      status: 502,
      message: expect.stringContaining('X-Cart did not say whether it made this product') as string,
      fix: expect.stringMatching(/Requeue.*Discard/) as string,
    });
    gateway.before = () => PAGE;
    await expect(profiles.create({ login: 'new@example.com' })).rejects.toMatchObject({
      class: 'held',
      message: expect.stringContaining('this customer') as string,
    });
    expect(posts()).toBe(2);
  });

  it('takes no old record of the same key for the new one', async () => {
    gateway.before = ({ method }) => (method === 'POST' ? PAGE : undefined);
    const [old] = shop.xcart.store.products.values();
    const document = { sku: old?.view.sku, name: 'Another' };
    await expect(open().products.create(document)).rejects.toMatchObject({ class: 'held' });
  });

  it('leaves a refusal as it is, and what never reached the store', async () => {
    const [old] = shop.xcart.store.products.values();
    const document = { sku: old?.view.sku, name: 'Another' };
    await expect(open().products.create(document)).rejects.toMatchObject({ class: 'duplicate' });
    expect(gateway.asked).toHaveLength(1);
    const away = await startGateway(() => shop.url);
    await away.close();
    await expect(open(away.url).products.create(document)).rejects.toMatchObject({
      class: 'transient',
      code: 'ECONNREFUSED',
    });
  });
});

describe('a customer', () => {
  const login = 'New.One@example.com';
  const create = async (api: 'rest' | 'classic') =>
    await openXCart({
      api,
      storeUrl: gateway.url,
      apiKey: XCART_CREDENTIALS.writeKey,
      send: fetchTransport(),
    }).profiles.create({ login, language: 'en' });
  const there = () =>
    [...shop.xcart.store.profiles.values()].filter(({ view }) => view.login === login);

  it('is found over the classic API', async () => {
    loseAnswers();
    const { id } = await create('classic');
    expect(there().map(({ view }) => view.id)).toEqual([id]);
    expect(posts()).toBe(1);
  });

  it('is held where two are there that it might be', async () => {
    gateway.after = ({ method }) => {
      if (method !== 'POST') return undefined;
      const [made] = there();
      const { profiles } = shop.xcart.store;
      if (made) profiles.set(9_999, { ...made, view: { ...made.view, id: 9_999 } });
      return PAGE;
    };
    await expect(create('classic')).rejects.toMatchObject({ class: 'held' });
    expect(there()).toHaveLength(2);
  });

  it('is held over the REST API, where it might be the copy of an order', async () => {
    loseAnswers();
    await expect(create('rest')).rejects.toMatchObject({ class: 'held', status: 502 });
    expect(gateway.asked).toHaveLength(1);
  });
});

it('finds a product whose classes and memberships go in by name', async () => {
  const store = openXCart({
    storeUrl: gateway.url,
    apiKey: XCART_CREDENTIALS.writeKey,
    send: fetchTransport(),
  });
  await store.at('product_classes').create({ name: 'Shirts' });
  await store.at('memberships').create({ name: 'Dealers' });
  loseAnswers();
  const document = { sku: 'N-1', name: 'New', product_class: 'Shirts', memberships: ['Dealers'] };
  expect(await store.products.create(document)).toMatchObject({
    product_class: { name: 'Shirts' },
    memberships: [{ name: 'Dealers' }],
  });
});

it('makes nothing else twice either', async () => {
  loseAnswers();
  const store = openXCart({
    storeUrl: gateway.url,
    apiKey: XCART_CREDENTIALS.writeKey,
    send: fetchTransport(),
  });
  const creates = [
    async () => await store.at('coupons').create({ code: 'SPRING', value: 10 }),
    async () => await store.categories.create({ name: 'Hats' }),
    async () => await store.addresses(3).create({ firstname: 'Ada', lastname: 'Byron' }),
    async () => await store.variants(37).create({ sku: 'V-1' }),
  ];
  for (const create of creates) {
    await expect(create()).rejects.toMatchObject({ class: 'held', status: 502 });
  }
  expect(posts()).toBe(creates.length);
});
