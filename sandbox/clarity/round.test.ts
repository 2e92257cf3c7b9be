import { createHmac } from 'node:crypto';
import Big from 'big.js';
import { CLARITY_CREDENTIALS } from './credentials';
import { startReceiver, type Receiver } from '../test-receiver';
import { startTestShop, type TestShop } from './test-shop';

/** A client that knows the reference of the project (3.1) and nothing else of the shop: addresses, headers, names. */

interface Page<T> {
  items: T[];
  page: number;
  pageSize: number;
  total: number;
}

interface Order {
  orderId: string;
  customerId: string | null;
  orderDate: string;
  status: string;
  totalAmount: number;
  currency: string;
  lineItems: Array<{
    sku: string;
    quantity: number;
    unitPrice: number;
    tax: number;
    discount: number;
  }>;
  paymentInfo: { method: string; amount: number; status: string };
  shippingAmount?: number;
  handlingAmount?: number;
  externalId: string | null;
  modifiedDate: string;
}

let shop: TestShop;
let receiver: Receiver;
let api: string;

beforeAll(async () => {
  [shop, receiver] = await Promise.all([startTestShop(), startReceiver()]);
  api = `${shop.url}/api/v1`;
});

afterAll(async () => {
  await receiver.close();
  await shop.close();
});

async function token(): Promise<string> {
  const response = await fetch(`${shop.url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: CLARITY_CREDENTIALS.clientId,
      client_secret: CLARITY_CREDENTIALS.clientSecret,
    }),
  });
  const { access_token: given } = (await response.json()) as { access_token: string };
  return given;
}

test('an order round: listen, receive, read, tell its number, write stock, ship', async () => {
  const headers = { authorization: `Bearer ${await token()}`, 'content-type': 'application/json' };
  const send = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(api + path, { method, headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
    return (response.status === 204 ? undefined : await response.json()) as T;
  };

  const secret = 'round-secret';
  await send('POST', '/webhooks', { event: 'order.created', url: `${receiver.url}/hook`, secret });
  const started = new Date(Date.now() - 1000).toISOString();
  shop.clarity.place({ count: 3, lines: 2 });
  await shop.clarity.hooks.sender.idle();

  expect(receiver.received).toHaveLength(3);
  const told = receiver.received.map(({ headers: sent, text }) => {
    const signature = createHmac('sha256', secret).update(text).digest('hex');
    expect(sent['x-clarity-signature']).toBe(`sha256=${signature}`);
    expect(Math.abs(Number(sent['x-clarity-timestamp']) - Date.now() / 1000)).toBeLessThan(60);
    const message = JSON.parse(text) as { id: string; event: string; data: Order };
    expect(message.event).toBe('order.created');
    expect(message.id).toMatch(/./);
    return message.data.orderId;
  });

  const found: Order[] = [];
  for (let page = 1, total = 1; found.length < total; page += 1) {
    const query = `modifiedSince=${encodeURIComponent(started)}&page=${page}&pageSize=2`;
    const list = await send<Page<Order>>('GET', `/orders?${query}`);
    found.push(...list.items);
    total = list.total;
  }
  expect(found.map(({ orderId }) => orderId).sort()).toEqual(told.sort());

  for (const order of found) {
    const lines = order.lineItems.reduce(
      (sum, { quantity, unitPrice, tax, discount }) =>
        sum.plus(new Big(unitPrice).times(quantity)).plus(tax).minus(discount),
      new Big(0),
    );
    const charges = new Big(order.shippingAmount ?? 0).plus(order.handlingAmount ?? 0);
    expect(lines.plus(charges).toFixed(2)).toBe(new Big(order.totalAmount).toFixed(2));
  }

  const [first] = found as [Order];
  const named = await send<Order>('PATCH', `/orders/${first.orderId}`, { externalId: 'SO-1' });
  expect(named).toMatchObject({ orderId: first.orderId, externalId: 'SO-1' });
  expect(Date.parse(named.modifiedDate)).toBeGreaterThan(Date.parse(first.modifiedDate));
  const upserted = await send<Order>('PUT', '/orders/by-key/SO-1', { status: 'shipped' });
  expect(upserted).toMatchObject({ orderId: first.orderId, status: 'shipped' });

  await send('PATCH', '/inventory/bulk', [{ sku: 'MUG-BLUE', warehouse: 'MAIN', quantity: 7 }]);
  const stock = await send<Page<{ sku: string; warehouse: string; quantity: number }>>(
    'GET',
    `/inventory?modifiedSince=${encodeURIComponent(started)}&pageSize=200`,
  );
  expect(stock.items).toContainEqual(
    expect.objectContaining({ sku: 'MUG-BLUE', warehouse: 'MAIN', quantity: 7 }),
  );
  const shipment = { orderId: first.orderId, trackingNumber: '1Z999' };
  expect(await send('POST', '/shipments', shipment)).toMatchObject(shipment);
});
