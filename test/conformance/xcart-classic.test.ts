/** The classic client of X-Cart 5.0 to 5.4 against the classic API of the sandbox, over real HTTP. */
import { omit, pick } from 'lodash';

import { compileMapping } from '../../core/mapping';
import { findPreset } from '../../core/presets';
import { fetchTransport } from '../../core/http/fetch';
import { createSend } from '../../core/http/send';
import type { HttpRequest } from '../../core/http/types';
import { firstRows } from '../../core/http/pages';
import { writeStock } from '../../core/stores/kit/stock';
import { begin, readChanges } from '../../core/feeds/poll';
import type { XCart } from '../../core/stores/xcart/client';
import { orderFeed } from '../../core/stores/xcart/feed';
import { openXCart } from '../../core/stores/xcart/open';
import { addShipments } from '../../core/stores/xcart/orderWrites';
import { stockOf } from '../../core/stores/xcart/stock';
import type { Order } from '../../core/stores/xcart/wire';
import { XCART_CREDENTIALS } from '../../sandbox/xcart';
import { startTestStore, type TestStore } from '../../sandbox/xcart/test-store';

const { readKey, writeKey } = XCART_CREDENTIALS;

let shop: TestStore;
let asked: HttpRequest[];
let client: XCart;

beforeAll(async () => {
  shop = await startTestStore();
});
afterAll(async () => await shop.close());
beforeEach(() => {
  shop.xcart.reset();
  asked = [];
  client = clientWith(writeKey);
});

function clientWith(apiKey: string, api: 'rest' | 'classic' = 'classic'): XCart {
  const send = createSend({ transport: fetchTransport(), retry: { baseMs: 10 } });
  return openXCart({
    api,
    storeUrl: shop.url,
    apiKey,
    send: async (request) => {
      asked.push(request);
      return await send(request);
    },
  });
}

const placed = (wish: object = {}) => {
  const [order] = shop.xcart.place({ count: 1, lines: 2, ...wish });
  if (order === undefined) throw new Error('No order was placed');
  return order;
};

const recordOf = (id: number) => {
  const record = shop.xcart.order(id);
  if (record === undefined) throw new Error(`No order ${id}`);
  return record;
};

describe('an order', () => {
  /** What the classic API does not tell, and what each writes in its own way; the rest is as 5.5 tells it. */
  const told = (order: Order) => {
    const addressOf = (address: Order['billing_address']) =>
      omit(address, ['id', 'type', 'state', 'state_name', 'is_work', 'title']);
    const statusOf = (status: Order['payment_status']) => pick(status, ['id', 'code']);
    const moment = (date?: string | null) => Date.parse(date ?? '');
    return {
      ...order,
      items: order.items?.map((item) => omit(item, ['variant', 'surcharges', 'update_date'])),
      billing_address: addressOf(order.billing_address),
      shipping_address: addressOf(order.shipping_address),
      payment_status: statusOf(order.payment_status),
      shipping_status: statusOf(order.shipping_status),
      create_date: moment(order.create_date),
      update_date: moment(order.update_date),
      tracking_numbers: order.tracking_numbers?.map(({ id, value }) => [id, value]),
    };
  };

  it.each([
    ['of a customer', {}],
    ['of a guest', { guest: true }],
    ['in a currency without decimals', { currency: 'JPY' }],
    ['with taxes inside and on top', { taxes: [{ rate: 0.1, included: true }, { rate: 0.2 }] }],
    ['with a discount', { discount: true }],
  ])('%s is read as 5.5 writes it', async (_what, wish) => {
    const { id, order_number: number } = placed(wish);
    shop.xcart.ship(recordOf(id), '1Z1');
    const order = await client.orders.get(id);
    expect(told(order)).toEqual(told(await clientWith(writeKey, 'rest').orders.get(id)));
    expect(await client.orders.byNumber(String(number))).toEqual(order);
    expect(await firstRows((page) => client.orders.pages({}, page), 5)).toContainEqual(order);
  });

  it('comes to the same in the common model', async () => {
    const { id } = placed({ taxes: [{ rate: 0.2 }], discount: true });
    const preset = findPreset('xcart.order', 'commerce.order');
    const mapped = async (api: XCart) => {
      const result = preset && compileMapping(preset).map(await api.orders.get(id), context);
      if (!result?.ok) throw result?.error ?? new Error('There is no preset');
      const { lines, ...order } = result.document as { lines: object[] };
      const compared = ['number', 'placedAt', 'updatedAt', 'currency', 'status', 'paymentStatus'];
      return {
        ...pick(order, [...compared, 'customer', 'totals', 'surcharges']),
        lines: lines.map((line) => omit(line, ['variantId', 'tax', 'includedTax'])),
      };
    };
    const context = { source: { store: 'main' } };
    expect(await mapped(client)).toEqual(await mapped(clientWith(writeKey, 'rest')));
  });

  it('of a guest has no customer, also where the store names an anonymous one', async () => {
    const { id } = placed({ guest: true });
    shop.xcart.setSwitches({ classicGuestsHaveProfile: true });
    expect((await client.orders.get(id)).customer_id).toBeNull();
  });

  it('is found by date, status and e-mail address', async () => {
    const first = placed({ at: new Date('2024-05-01T00:00:00Z'), paid: true });
    placed({ at: new Date('2024-05-03T00:00:00Z'), paid: false });
    const ids = async (query: object) =>
      (await firstRows((page) => client.orders.pages(query, page), 10)).map(({ id }) => id);
    expect(await ids({ placedBefore: new Date('2024-05-02T00:00:00Z') })).toEqual([first.id]);
    expect(await ids({ placedAfter: new Date('2024-05-02T00:00:00Z') })).not.toContain(first.id);
    expect(await ids({ paymentStatus: ['P', 'A'], placedAfter: new Date(0) })).toContain(first.id);
    expect(await ids({ email: first.email })).toContain(first.id);
    await expect(ids({ changedAfter: new Date() })).rejects.toThrow(
      'The classic API of X-Cart has no filter for orders by their last change',
    );
  });

  it('gets its statuses by their ids', async () => {
    const { id } = placed();
    expect(await client.orders.setShippingStatus(id, 'D')).toMatchObject({ code: 'D' });
    expect(await client.orders.setPaymentStatus(id, 'R')).toMatchObject({ code: 'R' });
    expect(shop.xcart.order(id)?.view).toMatchObject({
      payment_status: { code: 'R' },
      shipping_status: { code: 'D' },
    });
    await expect(client.orders.setPaymentStatus(id, 'ZZ')).rejects.toThrow('no payment status');
    await expect(client.orders.setPaymentStatus(99, 'P')).rejects.toMatchObject({
      class: 'not-found',
    });
  });

  it('gets a tracking number once, and with it its status', async () => {
    const { id } = placed();
    const wish = { orderId: String(id), trackingNumber: '1Z999', status: 'S' };
    const shipped = async () => await addShipments(client, [wish]);
    expect(await shipped()).toMatchObject([
      {
        ok: true,
        value: { id, shipping_status: { code: 'S' }, tracking_number: { value: '1Z999' } },
      },
    ]);
    await shipped();
    expect(
      await addShipments(client, [{ orderId: String(id), trackingNumber: '1Z2' }]),
    ).toMatchObject([{ ok: true }]);
    expect(shop.xcart.order(id)?.view.tracking_numbers.map(({ value }) => value)).toEqual([
      '1Z999',
      '1Z2',
    ]);
  });

  it('gets all tracking numbers before the status that its customer is told', async () => {
    const { id } = placed();
    const orderId = String(id);
    await addShipments(client, [
      { orderId, trackingNumber: '1Z1', status: 'S' },
      { orderId, trackingNumber: '1Z2', status: 'S' },
    ]);
    const written = asked.filter(({ method }) => method !== 'GET').map(({ url }) => url);
    const isTracking = written.map((url) => url.includes('ordertrackingnumber'));
    expect(isTracking.slice(0, 2)).toEqual([true, true]);
    expect(isTracking.slice(2)).not.toContain(true);
  });

  it('has payments with the movements of money in them, and a history', async () => {
    const { id } = placed({ paid: true });
    shop.xcart.refund(recordOf(id), 5);
    const [payment] = await client.orders.transactions(id);
    expect(payment).toMatchObject({
      currency: 'USD',
      backend_transactions: [{ type: 'sale' }, { type: 'refundPart', value: 5, status: 'S' }],
    });
    expect((await client.orders.history(id)).length).toBeGreaterThan(0);
  });
});

describe('the feed', () => {
  const options = { overlapMs: 300_000, max: 100 };

  it('puts out what changed, and asks again only for what did', async () => {
    shop.xcart.place({ count: 10, at: new Date('2024-05-01T00:00:00Z'), everySeconds: 60 });
    const start = await begin(orderFeed(client), 'shop', options);
    const order = shop.xcart.orders()[3];
    shop.xcart.change(recordOf(order?.id ?? 0), {});
    asked = [];
    const { changes } = await readChanges(orderFeed(client), start, options);
    expect(changes.map(({ record, event }) => [record.id, event])).toEqual([
      [order?.id, 'order.changed'],
    ]);
    // The list, and the one order that the list tells otherwise than before.
    expect(asked).toHaveLength(2);
  });
});

describe('products', () => {
  it('come with names, dates and stock', async () => {
    const modern = clientWith(writeKey, 'rest');
    const [wanted] = await firstRows((page) => modern.products.pages({}, page), 1);
    const [product] = await firstRows((page) => client.products.pages({}, page), 1);
    expect(product).toMatchObject({
      id: wanted?.id,
      sku: wanted?.sku,
      name: wanted?.name,
      amount: wanted?.amount,
    });
    const whole = await client.products.get(wanted?.id ?? 0);
    expect(whole).toEqual(product);
    const all = await firstRows(
      (page) => client.products.pages({ sort: { by: 'name', direction: 'asc' } }, page),
      500,
    );
    expect(all).toHaveLength(
      (await firstRows((page) => modern.products.pages({}, page), 500)).length,
    );
    expect(all.every(({ name }) => Boolean(name))).toBe(true);
  });

  it('are made and changed by the names of 5.5, and what cannot be written is refused', async () => {
    const made = await client.products.create({
      sku: 'NEW',
      name: 'New',
      price: 4.5,
      amount: 7,
      inventory_traceable: true,
    });
    expect(made).toMatchObject({ sku: 'NEW', name: 'New', price: 4.5, amount: 7 });
    const changed = await client.products.update(made.id, { description: 'Soft', enabled: false });
    expect(changed).toMatchObject({ name: 'New', description: 'Soft', enabled: false });
    await expect(client.products.update(made.id, { tax_class: 'Reduced rate' })).rejects.toThrow(
      'The classic API of X-Cart has no way to write tax_class',
    );
    await expect(client.products.create({ sku: 'NEW', name: 'New' })).rejects.toMatchObject({
      class: 'duplicate',
    });
    await client.products.remove(made.id);
    await expect(client.products.get(made.id)).rejects.toMatchObject({ class: 'not-found' });
  });

  it('take stock by SKU, variants too', async () => {
    const { store } = shop.xcart;
    const holder = [...store.products.values()].find(({ variants }) => variants.size > 0);
    const sku = [...(holder?.variants.values() ?? [])].at(-1)?.sku ?? '';
    const outcomes = await writeStock(stockOf(client), [
      { sku: 'PAN-24', amount: 3 },
      { sku, amount: 4 },
      { sku: 'NOBODY', amount: 5 },
    ]);
    expect(outcomes).toMatchObject([{ ok: true }, { ok: true }, { ok: false }]);
    expect([shop.xcart.stockHolder('PAN-24')?.amount, shop.xcart.stockHolder(sku)?.amount]).toEqual(
      [3, 4],
    );
  });
});

describe('customers and categories', () => {
  it('are found, also where the store ignores the date', async () => {
    const { customer_id: id, email } = placed();
    const query = async (given: object) =>
      await firstRows((page) => client.profiles.pages(given, page), 50);
    expect(await query({ email })).toMatchObject([{ id, login: email }]);
    expect(await query({ addedAfter: new Date(Date.now() + 60_000) })).toEqual([]);
    const made = await client.profiles.create({ login: 'new@example.com', status: 'D' });
    expect(await client.profiles.update(made.id, { status: 'E' })).toMatchObject({ status: 'E' });
    await expect(client.profiles.update(made.id, { password: 'secret-1' })).rejects.toThrow(
      'no way to set a password',
    );
  });

  it('has addresses with ids and texts', async () => {
    const { customer_id: id } = placed();
    const modern = await firstRows(
      () =>
        clientWith(writeKey, 'rest')
          .addresses(id ?? 0)
          .pages(),
      5,
    );
    const [address] = await firstRows(() => client.addresses(id ?? 0).pages(), 5);
    expect(address).toMatchObject({
      id: modern[0]?.id,
      street: modern[0]?.street,
      country_code: modern[0]?.country_code,
    });
    expect(await client.addresses(id ?? 0).get(address?.id ?? 0)).toEqual(address);
    await expect(client.addresses(id ?? 0).create({})).rejects.toThrow(
      'by the names of its fields',
    );
  });

  it('puts products into categories and takes them out', async () => {
    const made = await client.categories.create({ name: 'New', parent: 1, position: 5 });
    expect(await client.categories.get(made.id)).toMatchObject({
      name: 'New',
      parent: 1,
      position: 5,
    });
    const [product] = await firstRows((page) => client.products.pages({}, page), 1);
    await client.categories.addProduct(made.id, product?.id ?? 0);
    expect(shop.xcart.store.categories.get(made.id)?.products.size).toBe(1);
    await client.categories.removeProduct(made.id, product?.id ?? 0);
    expect(shop.xcart.store.categories.get(made.id)?.products.size).toBe(0);
    const below = await firstRows((page) => client.categories.pages({ parent: 1 }, page), 50);
    expect(below.map(({ name }) => name)).toContain('New');
    await client.categories.remove(made.id);
    await expect(client.categories.get(made.id)).rejects.toMatchObject({ class: 'not-found' });
    await expect(client.categories.stats(1)).rejects.toThrow('no statistics');
    expect(() => client.carts.pages()).toThrow('no way to read carts');
  });
});

it('tells keys that may not write, and deletes nothing but what it was told to', async () => {
  const reader = clientWith(readKey);
  const { id } = placed();
  placed();
  expect((await reader.orders.get(id)).id).toBe(id);
  await expect(reader.orders.setPaymentStatus(id, 'P')).rejects.toMatchObject({
    class: 'permission',
  });
  const products = shop.xcart.store.products.size;
  await expect(client.products.remove('')).rejects.toMatchObject({ class: 'validation' });
  await expect(client.products.remove('0')).rejects.toMatchObject({ class: 'validation' });
  expect(shop.xcart.store.products.size).toBe(products);
  expect(asked.filter(({ method }) => method === 'DELETE')).toEqual([]);
});
