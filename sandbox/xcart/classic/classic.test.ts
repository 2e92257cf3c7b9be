import { XCART_CREDENTIALS } from '../credentials';
import type { OrderView } from '../model';
import { type Answer, type Ask, startTestStore, type TestStore } from '../test-store';

let shop: TestStore;
const { readKey, writeKey } = XCART_CREDENTIALS;

beforeAll(async () => {
  shop = await startTestStore(() => new Date('2024-05-02T10:00:00Z'));
});
afterAll(async () => await shop.close());
beforeEach(() => shop.xcart.reset());

type Row = Record<string, unknown>;

/** Asks as the documentation writes its examples. */
const ask = async <T = Row>(
  query: string,
  given: Ask & { apiKey?: string } = {},
): Promise<Answer<T>> => {
  const { apiKey = writeKey, ...more } = given;
  return await shop.ask<T>(`/admin.php?target=RESTAPI&_key=${apiKey}&${query}`, {
    key: '',
    ...more,
  });
};

const placed = (): OrderView => {
  const [order] = shop.xcart.place({ count: 1, lines: 2 });
  if (order === undefined) throw new Error('No order was placed');
  return order;
};

describe('keys', () => {
  it.each([
    ['an unknown key', 'nobody', '_path=order', {}, 403],
    ['no key', '', '_path=order', {}, 403],
    ['an unknown class', writeKey, '_path=nonsense', {}, 404],
    ['an unknown class and key', 'nobody', '_path=nonsense', {}, 404],
    ['the read key that writes', readKey, '_path=product/37', { method: 'PUT', body: {} }, 403],
    [
      'a write in the complex schema',
      writeKey,
      '_path=order/1&_schema=complex&_method=put',
      {},
      403,
    ],
    ['a class that has no complex schema', writeKey, '_path=category&_schema=complex', {}, 403],
  ])('answers %s with a status alone', async (_what, apiKey, query, given, status) => {
    expect(await ask(query, { apiKey, ...given })).toMatchObject({ status, body: '' });
  });

  it('lets the read key read', async () => {
    expect(await ask('_path=product', { apiKey: readKey })).toMatchObject({ status: 200 });
  });

  it('shows the page for people where nobody asks for the API', async () => {
    expect(await shop.ask('/admin.php')).toMatchObject({ status: 200, type: /html/ });
  });
});

describe('reading', () => {
  it('gives a list the own fields alone, and one record its relations', async () => {
    const order = placed();
    const [row] = (await ask<Row[]>('_path=order')).body;
    expect(row).toMatchObject({ order_id: order.id, date: 1714644000, orderNumber: '1001' });
    expect(row).not.toHaveProperty('items');
    const { body } = await ask(`_path=order/${order.id}`);
    expect(body).toMatchObject({
      order_id: order.id,
      total: order.total,
      subtotal: order.sub_total,
      paymentStatus: { id: expect.any(Number) as number, code: order.payment_status?.code },
      items: order.items.map(({ id, sku }) => ({ item_id: id, sku })),
      currency: { code: 'USD' },
    });
  });

  it('gives the complex schema with codes and addresses', async () => {
    const order = placed();
    const { body } = await ask(`_path=order/${order.id}&_schema=complex`);
    const shipping = order.surcharges.find(({ type }) => type === 'shipping')?.value ?? 0;
    expect(body).toMatchObject({
      orderId: order.id,
      subtotal: order.total - shipping,
      paymentStatus: order.payment_status?.code,
      billingInfo: { address: order.billing_address?.street },
      items: order.items.map(({ product_id: productId, amount }) => ({
        productId,
        quantity: amount,
      })),
    });
  });

  it('has null for what is not there', async () => {
    expect(await ask('_path=order/99')).toMatchObject({ status: 200, body: null });
    expect(await ask('_path=order/99&_method=put&model[notes]=x')).toMatchObject({ body: null });
    expect(await ask('_path=order/99', { method: 'DELETE' })).toMatchObject({ body: null });
  });

  it('filters, sorts and cuts, and ignores conditions that it does not know', async () => {
    shop.xcart.place({ count: 5, at: new Date('2024-05-01T00:00:00Z'), everySeconds: 60 });
    const ids = async (cnd: string) =>
      (await ask<Row[]>(`_path=order&${cnd}`)).body.map(({ order_id: id }) => id);
    expect(await ids('_cnd[orderBy][0]=o.order_id&_cnd[orderBy][1]=desc')).toEqual([
      1046, 1045, 1044, 1043, 1042,
    ]);
    expect(await ids('_cnd[limit][0]=1&_cnd[limit][1]=2')).toEqual([1043, 1044]);
    expect(await ids('_cnd[date][0]=1714521660&_cnd[date][1]=1714521720')).toEqual([1043, 1044]);
    expect(await ids('_cnd[orderNumber]=1003')).toEqual([1044]);
    expect(await ids('_cnd[nonsense]=1')).toHaveLength(5);
    const bad = await ask('_path=order&_cnd[orderBy][0]=o.nonsense');
    expect(bad.status).toBe(400);
    expect(bad.headers.get('x-rest-error')).toContain('o.nonsense');
  });

  it('counts what it sends, and sends nothing twice to who knows it', async () => {
    const first = await ask('_path=product');
    expect(first.headers.get('x-result-count')).toBe(
      String((first.body as unknown as Row[]).length),
    );
    const etag = first.headers.get('etag') ?? '';
    const again = await ask('_path=product', { headers: { 'if-none-match': etag } });
    expect(again).toMatchObject({ status: 304, body: '' });
  });
});

describe('writing', () => {
  it('sets a status by its id, and not by its code', async () => {
    const { id } = placed();
    await ask(`_path=order/${id}&_method=put&model[shippingStatus][id]=3`);
    expect(shop.xcart.order(id)?.view.shipping_status?.code).toBe('S');
    await ask(`_path=order/${id}&_method=put&model[shippingStatus]=N`);
    expect(shop.xcart.order(id)?.view.shipping_status?.code).toBe('S');
    const body = { paymentStatus: { id: 99 } };
    expect(await ask(`_path=order/${id}`, { method: 'PUT', body })).toMatchObject({ status: 400 });
  });

  it('takes a form, JSON and the method of a header', async () => {
    const product = shop.xcart.store.productBySku('PAN-24');
    const path = `_path=product/${product?.view.id}`;
    await ask(path, { method: 'PUT', body: { amount: 1 } });
    expect(product?.view.amount).toBe(1);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    await ask(path, { method: 'PUT', text: 'model[amount]=2', headers: form });
    expect(product?.view.amount).toBe(2);
    const override = { ...form, 'x-http-method-override': 'PUT' };
    await ask(path, { method: 'POST', text: 'amount=3', headers: override });
    expect(product?.view.amount).toBe(3);
    const broken = await ask(path, {
      method: 'PUT',
      text: '{',
      headers: { 'content-type': 'application/json' },
    });
    expect(broken.status).toBe(400);
    expect(broken.headers.get('x-rest-error')).toBe('Input data is incorrect');
  });

  it('makes one record at /0, and many without it', async () => {
    const one = { sku: 'NEW-1', price: 5, translations: [{ code: 'en', name: 'New' }] };
    expect(await ask('_path=product/0', { method: 'POST', body: one })).toMatchObject({
      body: { sku: 'NEW-1', translations: [{ name: 'New' }] },
    });
    const many = [{ sku: 'NEW-2' }, { sku: 'NEW-3' }];
    expect(await ask('_path=product', { method: 'POST', body: many })).toMatchObject({
      body: [{ sku: 'NEW-2' }, { sku: 'NEW-3' }],
    });
    expect(await ask('_path=product/0', { method: 'POST', body: one })).toMatchObject({
      status: 400,
    });
  });

  it('keeps tracking numbers as records of their own', async () => {
    const order = placed();
    const body = { order: { order_id: order.id }, value: '1Z1' };
    const made = await ask('_path=ordertrackingnumber/0', { method: 'POST', body });
    expect(made.body).toMatchObject({ value: '1Z1', order: { order_id: order.id } });
    const { view } = shop.xcart.order(order.id) ?? {};
    expect(view?.tracking_numbers).toMatchObject([{ value: '1Z1' }]);
    expect(view?.update_date).toBe(order.update_date);
  });

  it('deletes one with an id, and ALL without', async () => {
    const first = placed();
    placed();
    placed();
    expect((await ask(`_path=order/${first.id}`, { method: 'DELETE' })).body).toBe(true);
    expect(shop.xcart.orders()).toHaveLength(2);
    expect((await ask('_path=order', { method: 'DELETE' })).body).toBe(2);
    expect(shop.xcart.orders()).toHaveLength(0);
  });
});
