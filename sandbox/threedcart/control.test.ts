import type { FastifyInstance } from 'fastify';
import { createControl } from '../control/app';
import { listen } from '../kit';
import type { ShopOrder } from '../kit/shop';
import { askerOf, type Answer } from '../test-ask';
import { threedcartControl } from './control';
import type { Order } from './model';
import { startTestStore, type TestStore } from './test-store';

let store: TestStore;
let app: FastifyInstance;
let url: string;

beforeAll(async () => {
  store = await startTestStore({ now: () => new Date('2024-05-02T14:00:06Z') });
  app = createControl(store.context, () => store.service.reset());
  threedcartControl(app, store.service);
  url = await listen(app, 0);
});

afterAll(async () => {
  await app.close();
  await store.close();
});

beforeEach(() => store.service.reset());

type Placed = ShopOrder & { document: Order };

const control = <T>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body: object = {},
): Promise<Answer<T>> =>
  askerOf(`${url}/threedcart`)(path, method === 'GET' ? { method } : { method, body });

async function placeOne(wish: object = {}): Promise<Placed> {
  const given = { count: 1, lines: 2, state: 'paid', ...wish };
  const { body } = await control<Placed[]>('POST', '/orders', given);
  return body[0] as Placed;
}

test('an order is told of in words that every shop has', async () => {
  const { document, ...order } = await placeOne();
  expect(order).toEqual({
    id: String(document.OrderID),
    number: `AB-${document.InvoiceNumber}`,
    customer: `${document.BillingFirstName} ${document.BillingLastName}`,
    email: document.BillingEmail,
    currency: 'USD',
    total: document.OrderAmount,
    refunded: 0,
    state: 'paid',
    status: 'New',
    items: document.OrderItemList.map((item) => ({
      sku: item.ItemID,
      quantity: item.ItemQuantity,
      price: Number((item.ItemUnitPrice + item.ItemOptionPrice).toFixed(2)),
    })),
  });
  expect((await control('GET', `/orders/${order.id}`)).body).toEqual({ ...order, document });
});

test.each([
  ['paid', 1, 'New'],
  ['unpaid', 11, 'Waiting for payment'],
  ['declined', 6, 'Hold'],
  ['canceled', 5, 'Cancelled'],
])('%s is the status %d', async (state, OrderStatusID, status) => {
  const expected = { state, status, document: { OrderStatusID } };
  expect(await placeOne({ state })).toMatchObject(expected);
  const { id } = await placeOne({ state: state === 'paid' ? 'unpaid' : 'paid' });
  const changed = await control('POST', `/orders/${id}/change`, { state });
  expect(changed.body).toMatchObject(expected);
});

test('an order is shipped, paid back and deleted', async () => {
  const { id, total } = await placeOne();
  const shipped = await control('POST', `/orders/${id}/ship`, {});
  expect(shipped.body).toMatchObject({ state: 'paid', status: 'On its way' });
  const refunded = await control<Placed>('POST', `/orders/${id}/refund`, { value: 1.25 });
  expect(refunded.body).toMatchObject({ refunded: 1.25, total });
  expect((await control('POST', `/orders/${id}/refund`, { value: total })).status).toBe(400);
  expect((await control('DELETE', `/orders/${id}`)).status).toBe(204);
  expect((await control('GET', `/orders/${id}`)).status).toBe(404);
});

test('money that is only reserved is neither paid nor unpaid', async () => {
  const { body } = await control<Placed[]>('POST', '/orders', { count: 40 });
  const reserved = body.filter(({ document }) =>
    document.TransactionList.some(({ TransactionType }) => TransactionType === 'Authorize'),
  );
  expect(new Set(reserved.map(({ state }) => state))).toEqual(new Set(['other']));
});

test('stock may be negative, of products and of variants', async () => {
  for (const sku of ['MUG-BLUE', 'TS-RED-M', 'TS-1']) {
    const { body } = await control('PUT', '/stock', { sku, amount: -7 });
    expect(body).toEqual({ sku, amount: -7 });
  }
  expect((await control('PUT', '/stock', { sku: 'NO', amount: 1 })).status).toBe(404);
  const { body } = await control<string[]>('POST', '/products', { count: 3 });
  expect((await control('GET', `/stock/${body[2]}`)).body).toMatchObject({ amount: 0 });
  const found = await store.ask(`/Products?sku=${body[2]}`);
  expect(found).toMatchObject({ status: 200, body: [{ SKUInfo: { SKU: body[2] } }] });
  const more = await control<string[]>('POST', '/products', { count: 9, variants: 7 });
  expect(more.body).toHaveLength(9);
  const parents = ['BULK-V1', 'BULK-V2'].map(
    (sku) => store.service.store.holderOf(sku)?.product.AdvancedOptionList ?? [],
  );
  const held = parents.flat().map(({ AdvancedOptionSufix: sku }) => sku);
  expect(held).toEqual(more.body.slice(0, 7));
  await control('PUT', '/stock', { sku: held[6], amount: 4 });
  expect((await control('GET', `/stock/${held[6]}`)).body).toMatchObject({ amount: 4 });
});

test('a webhook is sent once more to whoever has registered for it, or to nobody', async () => {
  const { id } = await placeOne();
  expect(await control('POST', `/orders/${id}/notify`)).toMatchObject({
    status: 409,
    body: { error: expect.stringContaining('POST /3dCartWebAPI/v2/Webhooks') },
  });
  const [event] = store.service.store.events().filter(({ EventName }) => EventName === 'Order New');
  const body = { Name: 'n', Url: 'http://127.0.0.1:9/hook', EventType: event?.EventType };
  await store.ask('/Webhooks', { method: 'POST', body });
  expect((await control('GET', '/hooks')).body).toEqual([{ event: 'Order New', url: body.Url }]);
  const [first] = (await control<Array<{ deliveryId: string }>>('POST', `/orders/${id}/notify`))
    .body;
  await control('POST', `/orders/${id}/notify`);
  const { body: sent } = await control<object[]>('GET', '/deliveries');
  expect(sent).toHaveLength(2);
  expect(sent[1]).toMatchObject({ deliveryId: first?.deliveryId, recordId: Number(id) });
});
