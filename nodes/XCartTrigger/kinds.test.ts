/** Products and customers, which X-Cart can be asked for in no other way than all of them. */
import type { IDataObject } from 'n8n-workflow';

import { DOCUMENTS, findPreset } from '../../core/presets';
import { compileMapping } from '../../core/mapping/compile';
import { XCartApi } from '../../credentials/XCartApi.credentials';
import { XCART_CREDENTIALS } from '../../sandbox/xcart';
import { startTestStore, type TestStore } from '../../sandbox/xcart/test-store';
import { publish, type RunningTrigger } from '../../test/support/trigger';
import { XCartTrigger } from './XCartTrigger.node';

const { writeKey: apiKey, webhookSecret } = XCART_CREDENTIALS;

let store: TestStore;
let workflows = 0;

beforeEach(async () => {
  store = await startTestStore();
  workflows += 1;
});

afterEach(async () => await store.close());

function start(triggerOn: string, parameters: IDataObject = {}): RunningTrigger {
  return publish({
    trigger: new XCartTrigger(),
    credentialType: new XCartApi(),
    credential: {
      storeUrl: store.url,
      storeName: 'main',
      apiKey,
      version: '5.5.0',
      webhookSecret,
    },
    parameters: {
      triggerOn,
      ...parameters,
    } as RunningTrigger['workflow']['nodes'][string]['parameters'],
    id: `kinds of X-Cart ${workflows}`,
  });
}

async function write(method: string, path: string, body: object): Promise<number> {
  const answer = await store.ask<{ id: number }>(`/api${path}`, { method, body });
  expect(answer.status).toBeLessThan(300);
  return answer.body.id;
}

const NEW_PRODUCT = { sku: 'KITE', name: 'Kite', price: 12.5 };
const NEW_CUSTOMER = { login: 'ada@example.com', password: 'not-a-secret' };
const ADDRESS = {
  is_billing: true,
  firstname: 'Ada',
  lastname: 'Byron',
  street: '1 Main St',
  city: 'Austin',
  zipcode: '78701',
  country_code: 'US',
  state_name: 'Texas',
};

async function placeCustomer(login = NEW_CUSTOMER.login): Promise<number> {
  const id = await write('POST', '/profiles', { ...NEW_CUSTOMER, login });
  await write('POST', `/profiles/${id}/addresses`, ADDRESS);
  return id;
}

/** What the preset makes of an item for the common model. */
function mapped(item: IDataObject | undefined, from: string, to: string): object | undefined {
  const preset = findPreset(from, to);
  const { source, ...document } = item ?? {};
  const result =
    preset &&
    compileMapping(preset, { documents: DOCUMENTS }).map(document, {
      source: source as { store: string },
    });
  return result?.ok ? result.document : undefined;
}

const deliver = async (trigger: RunningTrigger, event: string, id: number) =>
  await trigger.deliver(JSON.stringify({ event, id }), { 'X-Webhook-Secret': webhookSecret });

it('puts out new and changed products, as the preset reads them', async () => {
  const trigger = start('product');
  expect(await trigger.poll()).toBeNull();
  const id = await write('POST', '/products', NEW_PRODUCT);
  const [created] = (await trigger.poll()) ?? [];
  expect(created).toMatchObject({
    ...NEW_PRODUCT,
    source: { kind: 'product', id: String(id), version: created?.update_date },
  });
  expect(mapped(created, 'xcart.product', 'commerce.product')).toMatchObject({
    sku: 'KITE',
    name: 'Kite',
  });
  await write('PUT', `/products/${id}`, { price: 13 });
  expect(await trigger.poll()).toMatchObject([{ id, price: 13 }]);
  expect(await trigger.poll()).toBeNull();
});

it('puts out customers with their addresses, for one request each, and no administrators', async () => {
  const trigger = start('customer');
  await trigger.poll();
  await write('POST', '/profiles', { ...NEW_CUSTOMER, login: 'x@example.com', access_level: 100 });
  const id = await placeCustomer();
  const [customer, ...others] = (await trigger.poll()) ?? [];
  expect(others).toEqual([]);
  expect(customer).toMatchObject({ id, addresses: [ADDRESS], source: { kind: 'customer' } });
  expect(mapped(customer, 'xcart.profile', 'commerce.customer')).toMatchObject({
    email: NEW_CUSTOMER.login,
    firstName: 'Ada',
    lastName: 'Byron',
    address: { city: 'Austin' },
  });
  const delivered = await deliver(trigger, 'customer.created', id);
  expect(delivered.items).toMatchObject([{ ...customer, source: { event: 'customer.created' } }]);
});

it('takes an administrator for no customer, whoever says so', async () => {
  const admin = { ...NEW_CUSTOMER, login: 'x@example.com', access_level: 100 };
  const id = await write('POST', '/profiles', admin);
  const trigger = start('customer');
  expect(await deliver(trigger, 'customer.created', id)).toMatchObject({ status: 200, items: [] });
  await expect(start('customer', { testNumber: String(id) }).poll('manual')).rejects.toThrow(
    `The store has no customer ${id}`,
  );
});

it('ignores what it is told of orders', async () => {
  const trigger = start('product');
  expect(await deliver(trigger, 'order.created', 1)).toMatchObject({
    status: 200,
    body: { reason: 'this workflow takes products' },
    items: [],
  });
});

it('shows customers with their addresses in a test run', async () => {
  const id = await placeCustomer();
  const shown = await start('customer').poll('manual');
  expect(shown?.at(-1)).toMatchObject({ id, addresses: [ADDRESS], source: { event: 'sample' } });
});
