import type { CategoryView, ProductView, ProfileView, VariantView } from './model';
import { startTestStore, type Answer, type Ask, type TestStore } from './test-store';

let store: TestStore;

beforeEach(async () => {
  store = await startTestStore();
});

afterEach(() => store.close());

const post = <T>(path: string, body: unknown): Promise<Answer<T>> =>
  store.ask<T>(path, { method: 'POST', body });

const put = <T>(path: string, body: unknown): Promise<Answer<T>> =>
  store.ask<T>(path, { method: 'PUT', body });

const detail = (text: string): object => ({ detail: expect.stringContaining(text) });

describe('products', () => {
  test('the whole catalogue can be paged through', async () => {
    const skus: string[] = [];
    for (let page = 1; ; page += 1) {
      const path = `/api/products?itemsPerPage=25&page=${page}`;
      const { body } = await store.ask<ProductView[]>(path);
      if (body.length === 0) break;
      skus.push(...body.map(({ sku }) => sku));
    }
    expect(skus).toHaveLength(62);
    expect(new Set(skus).size).toBe(62);
  });

  test('there is no filter by SKU, but there is an order', async () => {
    const { body } = await store.ask<ProductView[]>('/api/products?sku=TS-1&order[price]=desc');
    expect(body).toHaveLength(30);
    const prices = body.map(({ price }) => price);
    expect(prices).toEqual([...prices].sort((left, right) => right - left));
  });

  test('POST fills in defaults: a thousand pieces in stock', async () => {
    const { status, body } = await post<ProductView>('/api/products', {
      sku: 'N-1',
      name: 'Neu ß',
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({ sku: 'N-1', amount: 1000, enabled: true, images: [] });
    expect((await store.ask(`/api/products/${body.id}`)).body).toEqual(body);
  });

  test('which kind of meta description it has, a product takes and never tells', async () => {
    const document = { sku: 'N-1', name: 'Neu', meta_description_type: 'C' };
    const { body: made } = await post<ProductView>('/api/products', document);
    const answers = [
      made,
      (await store.ask(`/api/products/${made.id}`)).body,
      (await put(`/api/products/${made.id}`, { meta_description: 'New' })).body,
      ...(await store.ask<object[]>('/api/products?itemsPerPage=100')).body,
    ];
    expect(answers).toHaveLength(66);
    for (const answer of answers) {
      expect(answer).toHaveProperty('meta_description');
      expect(answer).not.toHaveProperty('meta_description_type');
    }
    // Taken all the same: a write that says nothing of it leaves it.
    expect(store.xcart.store.products.get(made.id)?.view.meta_description_type).toBe('C');
  });

  test('PUT is partial and absolute', async () => {
    const { body: before } = await store.ask<ProductView>('/api/products/38');
    const { status, body } = await put<ProductView>('/api/products/38', { amount: 7 });
    expect(status).toBe(200);
    expect(body).toEqual({ ...before, amount: 7, update_date: body.update_date });
    expect((await put<ProductView>('/api/products/38', { amount: 7 })).body.amount).toBe(7);
  });

  test('classes and memberships are names on the way in and objects on the way out', async () => {
    const names = { product_class: 'Tools', tax_class: 'Reduced rate', memberships: ['Partner'] };
    const { body } = await put<ProductView>('/api/products/38', names);
    expect(body.product_class).toMatchObject({ name: 'Tools' });
    expect(body.memberships).toMatchObject([{ name: 'Partner', enabled: true }]);
    const echo = await put('/api/products/38', body);
    expect(echo.status).toBe(400);
  });

  test.each([
    [{ sku: 'TS-1', name: 'x' }, 'Input validations failed: SKU TS-1 is not unique'],
    [{ sku: 'TS-RED-M', name: 'x' }, 'SKU TS-RED-M is not unique'],
    [{ name: 'x' }, 'sku: This value should not be blank.'],
    [{ sku: 'A'.repeat(33), name: 'x' }, 'sku: This value is too long.'],
    [{ sku: 'A', name: '' }, 'name: This value is too short.'],
    [{ sku: 'A', name: 'x', amount: -1 }, 'amount: This value should be greater than'],
    [{ sku: 'A', name: 'x', product_class: 'No' }, 'Product class with name "No" not found'],
    [{ sku: 'A', name: 'x', arrival_date: 'soon' }, 'arrival_date'],
  ])('POST %j is a 400', async (body, reason) => {
    const answer = await post('/api/products', body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject(detail(reason));
    expect(store.xcart.store.products.size).toBe(62);
  });

  test.each<[Ask, number, string]>([
    [
      { text: '{"amount":7}', headers: { 'content-type': 'text/plain' } },
      415,
      'The content-type "text/plain" is not supported. Supported MIME types are "application/json", ' +
        '"application/ld+json", "text/html".',
    ],
    [{ text: '{"amount":', headers: { 'content-type': 'application/json' } }, 400, 'Syntax error'],
    [{ body: [1] }, 400, 'Expected IRI or document for resource "Product", "array" given.'],
    [{ body: { amount: '7' } }, 400, 'The type of the "amount" attribute must be "int", "string"'],
    [{ body: { price: null } }, 400, 'The type of the "price" attribute must be "float", "NULL"'],
  ])('PUT %j → %i', async (ask, status, text) => {
    const answer = await store.ask('/api/products/38', { ...ask, method: 'PUT' });
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject(detail(text));
  });

  test('an unknown product is a 404 before its body is looked at', async () => {
    const headers = { 'content-type': 'text/plain' };
    const answer = await store.ask('/api/products/9', { method: 'PUT', text: 'x', headers });
    expect(answer.status).toBe(404);
  });

  test('a deleted product is gone and its SKU free', async () => {
    const gone = await store.ask('/api/products/37', { method: 'DELETE' });
    expect([gone.status, gone.body]).toEqual([204, '']);
    expect((await store.ask('/api/products/37')).status).toBe(404);
    expect((await post('/api/products', { sku: 'TS-1', name: 'x' })).status).toBe(201);
  });
});

describe('below a product', () => {
  test('variants have stock of their own', async () => {
    const { body } = await store.ask<VariantView[]>('/api/products/37/variants');
    expect(body.map(({ sku }) => sku)).toContain('TS-RED-M');
    const path = `/api/products/37/variants/${body[0]?.id}`;
    const changed = await put<VariantView>(path, { amount: 5 });
    expect(changed.body).toEqual({ ...body[0], amount: 5 });
    expect((await put(path, { sku: 'MUG-BLUE' })).body).toMatchObject(detail('SKU must be unique'));
  });

  test('a new variant belongs to its product', async () => {
    const attribute = await post<{ id: number }>('/api/attributes_checkbox', { name: 'Gift box' });
    const values = `/api/products/38/attributes_checkbox/${attribute.body.id}/values`;
    const value = await post<{ id: number }>(values, { value: true });
    const variant = { sku: 'V-1', attribute_checkbox_values: [value.body.id] };
    const { status, body } = await post<VariantView>('/api/products/38/variants', variant);
    expect(status).toBe(201);
    expect(body).toMatchObject({ ...variant, default_amount: false });
    const path = `/api/products/38/variants/${body.id}`;
    const later = await put<VariantView>(path, { attribute_checkbox_values: [] });
    expect(later.body).toEqual(body);
    expect((await post('/api/products/38/variants', { sku: 'V-3' })).body).toMatchObject(
      detail('Variant must have attribute values'),
    );
    expect((await store.ask(path, { method: 'DELETE' })).status).toBe(204);
    expect((await store.ask(path)).status).toBe(404);
    const orphan = await post('/api/products/9/variants', { sku: 'V-2' });
    expect(orphan.status).toBe(400);
    expect(orphan.body).toMatchObject(detail('Product with ID 9 not found'));
  });

  test('images come from an address or as base64', async () => {
    const path = '/api/products/38/images';
    const made = await post<{ id: number }>(path, { externalUrl: 'https://example.com/a.png' });
    expect(made.status).toBe(201);
    expect((await post(path, { alt: 'nothing' })).status).toBe(400);
    const changed = await put(`${path}/${made.body.id}`, { alt: 'Front' });
    expect(changed.body).toMatchObject({ alt: 'Front', url: 'https://example.com/a.png' });
    expect((await store.ask(path)).status).toBe(405);
    expect((await store.ask<ProductView>('/api/products/38')).body.images).toHaveLength(1);
  });

  test('wholesale prices of products and of variants', async () => {
    const price = { quantity_range_begin: 10, price: 15, membership: 1 };
    const path = '/api/products/37/wholesale_prices';
    const made = await post<{ id: number }>(path, price);
    expect(made.body).toEqual({ ...price, id: made.body.id, type: 'price' });
    expect((await post(path, price)).body).toMatchObject(
      detail('Combination of "Quantity range begin" and "Membership" fields must be unique'),
    );
    expect((await put(`${path}/${made.body.id}`, { price: 14 })).body).toMatchObject({ price: 14 });
    expect((await post(path, { ...price, membership: 9 })).body).toMatchObject(
      detail('Membership with ID 9 not found'),
    );
    expect((await post('/api/products/37/variants/512/wholesale_prices', price)).status).toBe(201);
    const list = await store.ask<object[]>('/api/products/37/variants/512/wholesale_prices');
    expect(list.body).toHaveLength(1);
  });
});

describe('categories', () => {
  test('are created, moved, counted and filled', async () => {
    const made = await post<CategoryView>('/api/categories', { name: 'Gifts', parent: 2 });
    expect(made.status).toBe(201);
    const path = `/api/categories/${made.body.id}`;
    const moved = await put(`${path}/move`, { parent: 3, position: 5 });
    expect(moved.body).toMatchObject({ parent: 3, position: 5 });
    expect((await post(`${path}/products`, { product_id: 38 })).status).toBe(201);
    expect((await store.ask(`${path}/products`)).body).toEqual([{ product_id: 38 }]);
    expect((await store.ask('/api/categories/3/stats')).body).toEqual({
      subcategories_count_all: 1,
      subcategories_count_enabled: 1,
    });
    expect((await store.ask(`${path}/products/38`, { method: 'DELETE' })).status).toBe(204);
    expect((await put(path, { parent: 999 })).body).toMatchObject(
      detail('Category with ID 999 not found'),
    );
  });

  test('are listed by parent', async () => {
    const { body } = await store.ask<CategoryView[]>('/api/categories?parent=1');
    expect(body).toHaveLength(6);
  });
});

describe('profiles', () => {
  test('come with the first order; clones are not listed', async () => {
    store.xcart.place({ count: 20, customers: 2 });
    const { body } = await store.ask<ProfileView[]>('/api/profiles?login=EXAMPLE.com');
    const customers = body.filter(({ access_level }) => access_level === 0);
    // Two of these orders, and two of the open carts.
    expect(customers).toHaveLength(4);
    const path = `/api/profiles/${customers[0]?.id}/addresses`;
    const addresses = await store.ask<object[]>(path);
    expect(addresses.body[0]).toMatchObject({ is_billing: true, firstname: expect.any(String) });
  });

  test('are checked like every input', async () => {
    const login = 'new.person@example.com';
    const made = await post<ProfileView>('/api/profiles', { login, password: 'longenough' });
    expect(made.status).toBe(201);
    expect(made.body).not.toHaveProperty('password');
    expect((await post('/api/profiles', { login })).status).toBe(400);
    expect((await post('/api/profiles', { login: 'nobody' })).body).toMatchObject(
      detail('login: This value is not a valid email address.'),
    );
    const path = `/api/profiles/${made.body.id}/addresses`;
    const address = await post<{ id: number }>(path, { firstname: 'Ada', country_code: 'US' });
    expect(address.status).toBe(201);
    expect((await put(`${path}/${address.body.id}`, { city: 'Austin' })).body).toMatchObject({
      firstname: 'Ada',
      city: 'Austin',
    });
  });
});
