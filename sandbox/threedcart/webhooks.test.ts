import { startReceiver, type Receiver } from '../test-receiver';
import { EVENT_NAMES, eventsOf } from './events';
import type { Webhook } from './model';
import { startTestStore, type TestStore } from './test-store';

let store: TestStore;
let receiver: Receiver;

beforeAll(async () => {
  store = await startTestStore({ now: () => new Date('2024-05-02T14:00:06Z') });
  receiver = await startReceiver();
});

afterAll(async () => {
  await store.close();
  await receiver.close();
});

beforeEach(() => {
  store.service.reset();
  store.context.faults.clear();
  receiver.received.length = 0;
  receiver.answers.length = 0;
});

const typeOf = (event: keyof typeof EVENT_NAMES): number | undefined =>
  store.service.store.events().find(({ EventName }) => EventName === EVENT_NAMES[event])?.EventType;

async function listen(event: keyof typeof EVENT_NAMES, given: object = {}): Promise<string> {
  const Url = `${receiver.url}/${event}?key=s`;
  const body = { Name: 'test', Url, EventType: typeOf(event), Enabled: true, Format: 'JSON' };
  const answer = await store.ask<Array<{ Value: string }>>('/Webhooks', {
    method: 'POST',
    body: { ...body, ...given },
  });
  expect(answer).toMatchObject({
    status: 201,
    body: [{ Key: 'Id', Status: '201', Message: 'Created successfully' }],
  });
  return answer.body[0]?.Value ?? '';
}

const idle = (): Promise<void> => store.service.webhooks.idle();

describe('the API', () => {
  test('tells the events by names, with numbers of its own', async () => {
    const { body } = await store.ask('/Webhooks/Events?limit=50');
    expect(body).toEqual(eventsOf(1));
    expect(await store.ask('/Webhooks/Events?name=order%20new')).toMatchObject({
      body: [{ EventName: 'Order New', EventType: typeOf('orderNew') }],
    });
    store.service.setSwitches({ eventSeed: 99 });
    expect((await store.ask('/Webhooks/Events?limit=50')).body).toEqual(eventsOf(99));
    expect(eventsOf(99)).not.toEqual(eventsOf(1));
  });

  test('registers, shows, changes and deletes', async () => {
    const id = await listen('orderNew');
    expect((await store.ask(`/Webhooks/${id}`)).body).toEqual([
      {
        Id: Number(id),
        Name: 'test',
        Url: `${receiver.url}/orderNew?key=s`,
        EventType: typeOf('orderNew'),
        DateCreated: '05/02/2024 10:00',
        DateUpdated: '05/02/2024 10:00',
        Format: 'JSON',
        Enabled: true,
      },
    ]);
    const body = { Id: Number(id), Enabled: false, EventType: typeOf('productNew') };
    await store.ask('/Webhooks', { method: 'PUT', body: [body] });
    expect((await store.ask<Webhook[]>('/Webhooks?enabled=0')).body).toMatchObject([
      { Enabled: false, EventType: typeOf('orderNew') },
    ]);
    expect((await store.ask('/Webhooks?enabled=1')).status).toBe(404);
    expect((await store.ask('/Webhooks?enabled=-1&name=tes')).status).toBe(200);
    expect((await store.ask(`/Webhooks/${id}`, { method: 'DELETE' })).status).toBe(200);
    expect((await store.ask('/Webhooks')).status).toBe(404);
  });

  test.each([
    { Url: 'nowhere' },
    { EventType: 9999 },
    { Format: 'CSV' },
    { Name: 'x'.repeat(81) },
    { Name: '' },
  ])('refuses %j', async (given) => {
    const body = { Name: 'test', Url: receiver.url, EventType: typeOf('orderNew'), ...given };
    const answer = await store.ask('/Webhooks', { method: 'POST', body });
    expect(answer).toMatchObject({ status: 400, body: [{ Key: 'Error', Value: '' }] });
  });
});

test('a delivery is an array with the order as GET shows it, and says nothing else', async () => {
  await listen('orderNew');
  await listen('orderUpdated');
  const [order] = store.service.place({ count: 1 });
  await idle();
  expect(receiver.received.map(({ path }) => path)).toEqual(['/orderNew?key=s']);
  expect(JSON.parse(receiver.received[0]?.text ?? '')).toEqual(
    (await store.ask(`/Orders/${order?.OrderID}`)).body,
  );
  const names = Object.keys(receiver.received[0]?.headers ?? {});
  expect(names.filter((name) => name.startsWith('x-'))).toEqual([]);
});

test('it can be a bare object, and XML', async () => {
  store.service.setSwitches({ webhookBody: 'object' });
  await listen('orderNew');
  await listen('orderNew', { Format: 'XML', Url: `${receiver.url}/xml` });
  const [order] = store.service.place({ count: 1 });
  await idle();
  const [json, xml] = receiver.received.sort((one, other) => one.path.localeCompare(other.path));
  expect(JSON.parse(json?.text ?? '')).toMatchObject({ OrderID: order?.OrderID });
  expect(xml?.headers['content-type']).toBe('application/xml');
  expect(xml?.text).toContain(`<OrderID>${order?.OrderID}</OrderID>`);
});

test('writes by the API come back, unless a switch says otherwise; a new status has an event of its own', async () => {
  await listen('orderUpdated');
  await listen('orderStatus');
  const [order] = store.service.place({ count: 1, state: 'paid' }, false);
  const write = (body: object): ReturnType<TestStore['ask']> =>
    store.ask(`/Orders/${order?.OrderID}`, { method: 'PUT', body });
  await write({ InternalComments: 'x' });
  await write({ OrderStatusID: 2 });
  await idle();
  const paths = receiver.received.map(({ path }) => path).sort();
  expect(paths).toEqual(['/orderStatus?key=s', '/orderUpdated?key=s', '/orderUpdated?key=s']);
  store.service.setSwitches({ webhookOnApiWrite: false });
  await write({ OrderStatusID: 3 });
  await idle();
  expect(receiver.received).toHaveLength(3);
});

test('a new status is told by its own event alone where a switch says so', async () => {
  store.service.setSwitches({ statusChangeIsUpdate: false });
  await listen('orderUpdated');
  await listen('orderStatus');
  const [order] = store.service.place({ count: 1, state: 'paid' }, false);
  if (order === undefined) throw new Error('No order was placed');
  const write = (body: object): ReturnType<TestStore['ask']> =>
    store.ask(`/Orders/${order.OrderID}`, { method: 'PUT', body });
  await write({ OrderStatusID: 2 });
  store.service.change(order, { orderStatus: 3 });
  await idle();
  expect(receiver.received.map(({ path }) => path)).toEqual(Array(2).fill('/orderStatus?key=s'));
  await write({ InternalComments: 'x' });
  await idle();
  expect(receiver.received[2]?.path).toBe('/orderUpdated?key=s');
});

test('a customer is told of as GET shows it, without the password', async () => {
  await listen('customerNew');
  const body = { Email: 'new@example.com', Password: 'a secret' };
  await store.ask('/Customers', { method: 'POST', body });
  await idle();
  const [{ text } = { text: '' }] = receiver.received;
  const [customer] = JSON.parse(text) as Array<{ CustomerID: number; Password: string }>;
  expect(customer?.Password).toBe('');
  expect([customer]).toEqual((await store.ask(`/Customers/${customer?.CustomerID}`)).body);
});

test('products and customers are told too, and who is disabled hears nothing', async () => {
  await listen('productUpdated');
  await listen('customerNew');
  await listen('customerNew', { Enabled: false });
  await store.ask('/Products/12', { method: 'PUT', body: { SKUInfo: { Stock: 1 } } });
  await store.ask('/Customers', { method: 'POST', body: { Email: 'new@example.com' } });
  await idle();
  const bodies = receiver.received.map(({ text }) => JSON.parse(text) as object);
  expect(bodies).toHaveLength(2);
  expect(bodies).toEqual(
    expect.arrayContaining([
      [expect.objectContaining({ SKUInfo: expect.objectContaining({ CatalogID: 12, Stock: 1 }) })],
      [expect.objectContaining({ Email: 'new@example.com' })],
    ]),
  );
});

test('one try alone, unless a switch says more; and the faults lose and double', async () => {
  await listen('orderNew');
  receiver.answers.push(500);
  store.service.place({ count: 1 });
  await idle();
  expect(receiver.received).toHaveLength(1);
  store.service.setSwitches({ webhookRetries: 1 });
  receiver.answers.push(500);
  store.service.place({ count: 1 });
  await idle();
  expect(receiver.received).toHaveLength(3);
  store.context.faults.configure({ webhooks: { lose: 1 } });
  store.service.place({ count: 1 });
  store.context.faults.configure({ webhooks: { duplicate: 1 } });
  store.service.place({ count: 1 });
  await idle();
  expect(receiver.received).toHaveLength(5);
  expect(store.service.webhooks.deliveries().map(({ status }) => status)).toEqual([
    'failed',
    'delivered',
    'lost',
    'delivered',
    'delivered',
  ]);
});

test('an app is told of the store that installs it, on the clock of the host', async () => {
  store.service.setSwitches({ timeZone: 'Europe/Berlin' });
  expect(await store.service.install(`${receiver.url}/app`, 'AUTHORIZE')).toBe(200);
  expect(JSON.parse(receiver.received[0]?.text ?? '')).toEqual({
    PublicKey: 'sandbox-threedcart-public-key',
    TimeStamp: '05-02-2024 10:00:06',
    TokenKey: 'sandbox-threedcart-token',
    Action: 'AUTHORIZE',
    SecureURL: 'https://shop-3dcart.example',
  });
});
