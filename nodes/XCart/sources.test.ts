/** Products and customers that the node reads, on their way into Commerce Map, over both APIs. */
import type { IDataObject, INode } from 'n8n-workflow';

import { XCartApi } from '../../credentials/XCartApi.credentials';
import { XCART_CREDENTIALS } from '../../sandbox/xcart';
import { addressDefaults, newProfile } from '../../sandbox/xcart/resources/profile-defaults';
import { startTestStore, type TestStore } from '../../sandbox/xcart/test-store';
import { runNode } from '../../test/engine';
import { type Gateway, startGateway } from '../../test/suites/store/gateway';
import { CommerceMap } from '../CommerceMap/CommerceMap.node';
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

const ADMINISTRATOR = 1;
const NAMES = {
  ada: { firstname: 'Ada', lastname: 'Byron' },
  grace: { firstname: 'Grace', lastname: 'Hopper' },
};
let customers: number[];

/** Two customers beside the administrator, each with one address. */
beforeEach(() => {
  shop.xcart.reset();
  const { store } = shop.xcart;
  for (const id of store.profiles.keys()) if (id !== ADMINISTRATOR) store.profiles.delete(id);
  customers = (['ada', 'grace'] as const).map((name) => {
    const id = store.nextId('profile');
    const record = newProfile(id, { login: `${name}@example.com` }, new Date());
    const address = { ...addressDefaults(), ...NAMES[name], id: store.nextId('address') };
    record.addresses.set(address.id, { ...address, is_billing: true, country_code: 'US' });
    store.addProfile(record);
    return id;
  });
  gateway.reset();
});

describe.each([
  { api: 'rest', ofList: 1, ofOne: 1, forAddresses: 1 },
  // Nothing tells of a classic list that it has ended but an empty page.
  { api: 'classic', ofList: 2, ofOne: 1, forAddresses: 2 },
])('over the $api API', ({ api, ofList, ofOne, forAddresses }) => {
  const run = async (resource: string, operation: string, parameters: IDataObject = {}) =>
    await runNode({
      nodeType: new XCart(),
      parameters: { resource, operation, ...parameters } as INode['parameters'],
      credentialTypes: [new XCartApi()],
      credentials: {
        xCartApi: {
          ...{ api, storeUrl: gateway.url, storeName: 'main' },
          ...{ apiKey: XCART_CREDENTIALS.writeKey, version: '5.5.1' },
        },
      },
      input: [{}],
    });

  const mapped = async (from: string, to: string, input: IDataObject[]) => {
    const parameters = { operation: 'map', from, to };
    const done = await runNode({ nodeType: new CommerceMap(), parameters, input });
    if (done.error) throw done.error;
    return done.output();
  };

  const byId = (id: unknown) => ({ __rl: true, mode: 'id', value: String(id) });

  const WHOLE = { simplify: false, returnAll: true };

  it('customers keep their names, and no administrator becomes a contact', async () => {
    const list = await run('customer', 'getAll', WHOLE);
    expect(gateway.asked).toHaveLength(ofList + customers.length * forAddresses);
    expect(list.output().map(({ id }) => id)).toEqual(customers);
    const contacts = await mapped('xcart.profile', 'dataverse.contact', list.output());
    expect(contacts).toMatchObject([
      { contact: { firstname: 'Ada', lastname: 'Byron' }, source: { kind: 'customer' } },
      { contact: { firstname: 'Grace', lastname: 'Hopper' }, source: { store: 'main' } },
    ]);
    gateway.reset();
    const one = await run('customer', 'get', { customer: byId(customers[0]) });
    expect(gateway.asked).toHaveLength(ofOne + forAddresses);
    expect(await mapped('xcart.profile', 'dataverse.contact', one.output())).toMatchObject([
      { contact: { firstname: 'Ada', lastname: 'Byron' } },
    ]);
  });

  it('a limit counts customers alone', async () => {
    const first = await run('customer', 'getAll', { simplify: false, limit: 1 });
    expect(first.output().map(({ id }) => id)).toEqual([customers[0]]);
  });

  it('an administrator has no source, and is read without', async () => {
    const wrong = await run('customer', 'get', { customer: byId(ADMINISTRATOR) });
    expect(wrong.error).toMatchObject({
      message: 'This profile is that of an administrator, not of a customer',
      description: expect.stringContaining('Add Source') as string,
    });
    const plain = { customer: byId(ADMINISTRATOR), addSource: false };
    const [profile] = (await run('customer', 'get', plain)).output();
    expect(profile).toMatchObject({ id: ADMINISTRATOR, access_level: 100 });
    expect(profile).not.toHaveProperty('source');
  });

  it('what is asked for without source costs as little as before', async () => {
    const wanted = [ADMINISTRATOR, ...customers];
    for (const asked of [{ returnAll: true }, { ...WHOLE, addSource: false }]) {
      gateway.reset();
      const { output } = await run('customer', 'getAll', asked);
      expect(output().map(({ id }) => id)).toEqual(wanted);
      expect(gateway.asked).toHaveLength(ofList);
    }
  });

  it('products can be mapped', async () => {
    const one = await run('product', 'get', { product: byId(37) });
    const list = await run('product', 'getAll', { simplify: false, limit: 2 });
    const all = [...one.output(), ...list.output()];
    const products = await mapped('xcart.product', 'commerce.product', all);
    expect(products).toHaveLength(3);
    expect(products[0]).toMatchObject({
      sku: 'TS-1',
      source: { platform: 'xcart', store: 'main', kind: 'product', id: '37' },
    });
  });

  // REST lists no addresses of whoever is gone, and no error.
  if (api === 'rest') return;

  it('a customer who is deleted while the list is read is left out', async () => {
    const [gone, left] = customers;
    gateway.after = () => void shop.xcart.store.profiles.delete(gone ?? 0);
    const { output } = await run('customer', 'getAll', WHOLE);
    expect(output().map(({ id }) => id)).toEqual([left]);
  });
});
