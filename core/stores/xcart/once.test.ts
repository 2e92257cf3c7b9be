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
  const logins = () => [...shop.xcart.store.profiles.values()].map(({ view }) => view.login);

  it.each([PAGE, NOT_JSON])(
    'finds the product and the customer that were made: $status',
    async (lost) => {
      loseAnswers(lost);
      const { products, profiles } = open();
      const made = await products.create({ sku: 'N-1', name: 'New' });
      expect(made).toMatchObject({ sku: 'N-1', id: expect.any(Number) as number });
      expect(await products.get(made.id)).toMatchObject({ sku: 'N-1' });
      const customer = await profiles.create({ login: 'New.One@example.com' });
      expect(customer.login).toBe('New.One@example.com');
      expect(await profiles.get(customer.id)).toMatchObject({ login: 'New.One@example.com' });
      expect(posts()).toBe(2);
      expect(skus().filter((sku) => sku === 'N-1')).toHaveLength(1);
      expect(logins().filter((login) => login === 'New.One@example.com')).toHaveLength(1);
    },
  );

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
