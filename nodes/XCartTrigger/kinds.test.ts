/** Products and customers, which X-Cart can be asked for in no other way than all of them. */
import type { IDataObject } from 'n8n-workflow';

import { DOCUMENTS, findPreset } from '../../core/presets';
import { compileMapping } from '../../core/mapping/compile';
import { XCartApi } from '../../credentials/XCartApi.credentials';
import { XCART_CREDENTIALS } from '../../sandbox/xcart';
import { startTestStore, type TestStore } from '../../sandbox/xcart/test-store';
import { startHttpServer } from '../../test/support/httpServer';
import { publish, type RunningTrigger } from '../../test/support/trigger';
import { XCartTrigger } from './XCartTrigger.node';

const { writeKey: apiKey, webhookSecret } = XCART_CREDENTIALS;

let store: TestStore;
let workflows = 0;

beforeEach(async () => {
  store = await startTestStore();
});

afterEach(async () => await store.close());

/** Each of them is a workflow of its own. */
function start(triggerOn: string, parameters: IDataObject = {}): RunningTrigger {
  workflows += 1;
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

describe('the webhook add-on of the store', () => {
  interface Told {
    body: string;
    headers: Record<string, string>;
  }

  let receiver: Awaited<ReturnType<typeof startHttpServer>>;

  beforeEach(async () => {
    receiver = await startHttpServer(() => ({ body: {} }));
    store.xcart.webhooks.configure({ url: receiver.origin, secret: webhookSecret });
  });

  afterEach(async () => await receiver.close());

  /** What the add-on has sent since it was asked last. */
  async function told(): Promise<Told[]> {
    await store.xcart.webhooks.idle();
    return receiver.received
      .splice(0)
      .map(({ body, headers }) => ({ body, headers: headers as Record<string, string> }));
  }

  async function received(trigger: RunningTrigger): Promise<IDataObject[]> {
    const items: IDataObject[] = [];
    for (const { body, headers } of await told()) {
      items.push(...(await trigger.deliver(body, headers)).items);
    }
    return items;
  }

  const eventsOf = (items: IDataObject[] | null): unknown[] =>
    (items ?? []).map(({ id, source }) => [(source as IDataObject).event, id]);

  /** Once made, once changed. */
  async function change(kind: string): Promise<number> {
    if (kind === 'customer') {
      const id = await write('POST', '/profiles', NEW_CUSTOMER);
      await write('POST', `/profiles/${id}/addresses`, ADDRESS);
      return id;
    }
    const id = await write('POST', '/products', NEW_PRODUCT);
    await write('PUT', `/products/${id}`, { price: 13 });
    return id;
  }

  it.each(['product', 'customer'])(
    'tells of a %s, which is received by webhook, by poll, or by both',
    async (kind) => {
      const [byWebhook, both, byPoll] = ['webhook', 'both', 'poll'].map((receiveBy) =>
        start(kind, { receiveBy }),
      ) as [RunningTrigger, RunningTrigger, RunningTrigger];
      await both.poll();
      await byPoll.poll();
      const id = await change(kind);
      const deliveries = await told();
      const items = async (trigger: RunningTrigger): Promise<IDataObject[]> =>
        (await Promise.all(deliveries.map(({ body, headers }) => trigger.deliver(body, headers))))
          .map((answer) => answer.items)
          .flat();
      const created = [`${kind}.created`, id];
      const changed = [`${kind}.changed`, id];
      expect(eventsOf(await items(byWebhook))).toEqual([created, changed]);
      expect(eventsOf(await items(both))).toEqual([created, changed]);
      expect(eventsOf(await byPoll.poll())).toEqual([['poll', id]]);
    },
  );

  it('starts nothing in a workflow that follows orders', async () => {
    const trigger = start('order');
    await change('product');
    await change('customer');
    expect(await received(trigger)).toEqual([]);
    store.xcart.place({ count: 1 });
    expect(await received(trigger)).toHaveLength(1);
  });

  it('may tell of orders alone, and the poll brings the rest', async () => {
    store.xcart.setSwitches({ webhookOnRecords: false });
    const trigger = start('product');
    await trigger.poll();
    const id = await change('product');
    expect(await told()).toEqual([]);
    expect(await trigger.poll()).toMatchObject([{ id, price: 13 }]);
  });
});
