import { XCART_CREDENTIALS } from './credentials';
import { startTestStore, type TestStore } from './test-store';

let store: TestStore;

beforeAll(async () => {
  store = await startTestStore();
});

beforeEach(() => store.xcart.reset());

afterAll(() => store.close());

const post = <T = { id: number }>(path: string, body: unknown) =>
  store.ask<T>(path, { method: 'POST', body });
const put = <T = object>(path: string, body: unknown) =>
  store.ask<T>(path, { method: 'PUT', body });
const del = (path: string) => store.ask(path, { method: 'DELETE' });
const detail = (text: string) => ({ detail: expect.stringContaining(text) as string });

test.each<[string, object, object]>([
  ['/api/memberships', { name: 'New one' }, { name: 'Other' }],
  ['/api/tax_classes', { name: 'New one' }, { name: 'Other' }],
  ['/api/product_classes', { name: 'New one' }, { name: 'Other' }],
  ['/api/product_tags', { name: 'New one' }, { name: 'Other' }],
  ['/api/attribute_groups', { name: 'New one' }, { position: 5 }],
  ['/api/attributes_text', { name: 'Care' }, { position: 5 }],
  ['/api/attributes_hidden', { name: 'Origin' }, { position: 5 }],
  ['/api/product_classes/1/attributes_checkbox', { name: 'Washable' }, { groupId: 1 }],
  ['/api/products/38/attributes_select', { name: 'Size' }, { displayMode: 'B' }],
  ['/api/coupons', { code: 'SPRING', value: 10 }, { enabled: false }],
  ['/api/volume_discounts', { value: 5, membership: 1 }, { subtotal_range_begin: 100 }],
  ['/api/sale_discounts', { name: 'Sale', value: 5 }, { categories: [2] }],
  ['/api/products/38/reviews', { reviewer_name: 'Ada', rating: 5 }, { response: 'Thanks' }],
  ['/api/products/38/related_products', { product_id: 39 }, { position: 3 }],
  [
    '/api/products/38/attachments',
    { title: 'Manual', external_url: 'https://x.example/m.pdf' },
    { title: 'Guide' },
  ],
])('%s', async (path, fields, change) => {
  const made = await post(path, { ...fields, unknown: 1 });
  expect(made.status).toBe(201);
  expect(made.body).not.toHaveProperty('unknown');
  const one = `${path}/${made.body.id}`;
  expect((await put(one, change)).body).toEqual({ ...made.body, ...change });
  expect((await store.ask<object[]>(path)).body).toContainEqual({ ...made.body, ...change });
  const reader = { key: XCART_CREDENTIALS.readKey };
  expect((await store.ask(one, { ...reader, method: 'DELETE' })).status).toBe(403);
  expect((await del(one)).status).toBe(204);
  expect((await store.ask(one, reader)).status).toBe(404);
});

test.each<[string, object, string]>([
  ['/api/memberships', { name: 'Partner' }, "'Partner' membership already exists"],
  ['/api/products/38/related_products', { product_id: 38 }, 'cannot be linked to itself'],
  ['/api/products/38/related_products', { product_id: 999 }, 'Product with ID 999 not found'],
  ['/api/products/38/attachments', { title: 'Manual' }, "or 'external_url' are required"],
  ['/api/products/38/reviews', { reviewer_name: 'Ada', profile: 99 }, 'Profile with ID 99'],
  ['/api/products/999/reviews', { reviewer_name: 'Ada' }, 'Product with ID 999 not found'],
  ['/api/volume_discounts', { membership: 77 }, 'Membership with ID 77 not found'],
  [
    '/api/coupons',
    { code: 'AUTUMN', date_range_begin: '2026-10-02', date_range_end: '2026-10-01' },
    'Field "date_range_begin" must be less than "date_range_end"',
  ],
])('%s refuses %j', async (path, fields, reason) => {
  const answer = await post(path, fields);
  expect(answer.status).toBe(400);
  expect(answer.body).toMatchObject(detail(reason));
});

test('a plain entity that is not valid answers 422 with violations', async () => {
  const answer = await post('/api/coupons', { code: 'ABC' });
  expect(answer.status).toBe(422);
  expect(answer.body).toMatchObject({
    detail: 'code: This value is too short. It should have 4 characters or more.',
    violations: [{ propertyPath: 'code' }],
  });
});

test('a file comes from an address or as base64, and cannot be replaced', async () => {
  const path = '/api/products/38/attachments';
  const file = { title: 'Manual', attachment: 'JVBERi0=', filename: 'manual.pdf' };
  const { body } = await post<{ id: number; url: string }>(path, file);
  expect(body).toEqual({
    id: body.id,
    title: 'Manual',
    description: '',
    position: 0,
    access: 'A',
    url: '/files/attachments/manual.pdf',
  });
  const changed = await put(`${path}/${body.id}`, { external_url: 'https://x.example/other.pdf' });
  expect(changed.body).toEqual(body);
});

describe('values of attributes', () => {
  test('a select takes one of its options and may have several values', async () => {
    const attribute = await post('/api/attributes_select', { name: 'Size' });
    const options = `/api/attributes_select/${attribute.body.id}/options`;
    const option = await post(options, { value: 'M' });
    const values = `/api/products/38/attributes_select/${attribute.body.id}/values`;
    const value = await post(values, { option_id: option.body.id, price_modifier: 2 });
    expect(value.body).toMatchObject({
      option: { id: option.body.id, value: 'M' },
      price_modifier: 2,
      price_modifier_type: 'percent',
    });
    expect((await post(values, { option_id: 999 })).body).toMatchObject(
      detail('Attribute option with ID 999 not found'),
    );
    const variant = { sku: 'V-9', attribute_select_values: [value.body.id] };
    expect((await post('/api/products/38/variants', variant)).status).toBe(201);
    expect(
      (await post('/api/products/38/variants', { ...variant, sku: 'V-8' })).body,
    ).toMatchObject(detail('Variant with specified attribute values already exists'));
  });

  test('a text has one value a product', async () => {
    const attribute = await post('/api/attributes_text', { name: 'Care' });
    const path = `/api/products/38/attributes_text/${attribute.body.id}/values`;
    expect((await store.ask(path)).status).toBe(404);
    expect((await post(path, { value: 'Cold wash' })).status).toBe(201);
    expect((await post(path, { value: 'Again' })).status).toBe(400);
    expect((await put(path, { editable: true })).body).toMatchObject({
      value: 'Cold wash',
      editable: true,
    });
    expect((await del(path)).status).toBe(204);
    expect((await del(path)).status).toBe(404);
  });
});

test.each(['/api/front_page/featured', '/api/categories/2/featured'])(
  '%s shows products first, all at once',
  async (path) => {
    for (let id = 38; id < 41; id += 1) await post(path, { product_id: id });
    expect((await store.ask(`${path}?itemsPerPage=1&page=2`)).body).toEqual(
      [38, 39, 40].map((id) => ({ product_id: id })),
    );
    expect((await del(`${path}/39`)).status).toBe(204);
    expect((await del(`${path}/39`)).status).toBe(404);
    expect((await post(path, { product_id: 999 })).status).toBe(400);
  },
);

test('a category has an icon and a banner', async () => {
  const path = '/api/categories/2/icon';
  expect((await store.ask(path)).status).toBe(404);
  const made = await post(path, { alt: 'Tools', attachment: 'iVBORw0=', filename: 'tools.png' });
  expect(made.body).toEqual({
    id: made.body.id,
    alt: 'Tools',
    url: '/images/category/tools.png',
    width: 800,
    height: 600,
  });
  expect((await put(path, { alt: 'x' })).status).toBe(405);
  expect((await store.ask('/api/categories/2')).body).toMatchObject({ icon: made.body });
  expect((await del(path)).status).toBe(204);
  expect(
    (await post('/api/categories/99/banner', { externalUrl: 'https://x.example/b.png' })).body,
  ).toMatchObject(detail('Category with ID 99 not found'));
});
