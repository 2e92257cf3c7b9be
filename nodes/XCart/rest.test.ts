/** What X-Cart 5.5 has beside orders, products and customers, each operation on the sandbox. */
import type { IBinaryKeyData, IDataObject, INode } from 'n8n-workflow';

import { XCartApi } from '../../credentials/XCartApi.credentials';
import { XCART_CREDENTIALS } from '../../sandbox/xcart';
import { startTestStore, type TestStore } from '../../sandbox/xcart/test-store';
import { editorContext, type NodeRun, runNode } from '../../test/engine';
import { XCart } from './XCart.node';

let store: TestStore;

beforeAll(async () => {
  store = await startTestStore();
});

beforeEach(() => store.xcart.reset());

afterAll(async () => await store.close());

const credential = (apiKey: string) => ({
  xCartApi: { storeUrl: store.url, storeName: 'b2c', apiKey, version: '5.5.0' },
});

const run = async (
  resource: string,
  operation: string,
  parameters: IDataObject = {},
  input: object[] = [{}],
  {
    apiKey = XCART_CREDENTIALS.writeKey,
    binary,
  }: { apiKey?: string; binary?: IBinaryKeyData } = {},
): Promise<NodeRun> =>
  await runNode({
    nodeType: new XCart(),
    parameters: { resource, operation, ...parameters } as INode['parameters'],
    credentialTypes: [new XCartApi()],
    credentials: credential(apiKey),
    input,
    binary,
  });

/** The items that come out; a failure of the node is the test's. */
async function out(...asked: Parameters<typeof run>): Promise<IDataObject[]> {
  const done = await run(...asked);
  if (done.error) throw done.error;
  return done.output();
}

const fixOf = ({ error }: NodeRun): unknown =>
  (error as { description?: unknown } | undefined)?.description;

const byId = (id: unknown) => ({ __rl: true, mode: 'id', value: String(id) });

/** Resource → what it stands below, what is entered for a new one, and what is changed then. */
const THINGS: Array<[string, IDataObject, IDataObject, IDataObject, IDataObject]> = [
  ['membership', {}, { name: 'Gold' }, {}, { enabled: false }],
  ['productClass', {}, { name: 'Shoes' }, {}, { name: 'Boots' }],
  ['productTag', {}, { name: 'new' }, {}, { name: 'old' }],
  ['taxClass', {}, { name: 'Books' }, {}, { name: 'Papers' }],
  ['attributeGroup', {}, { name: 'Sizes' }, { position: 5 }, { name: 'Measures' }],
  [
    'coupon',
    {},
    { code: 'SPRING26' },
    { value: 10, memberships: '1, 2', date_range_end: '2027-01-01T00:00:00' },
    { categories: [3], enabled: false },
  ],
  ['saleDiscount', {}, { name: 'Sale', value: 5 }, { products: '38' }, { value: 7 }],
  [
    'volumeDiscount',
    {},
    { value: 5, subtotal_range_begin: 100 },
    { membership: 0, type: '$' },
    { membership: 1 },
  ],
  ['review', { product: byId(38) }, { reviewer_name: 'Ada', rating: 4 }, {}, { response: 'Hi' }],
  ['relatedProduct', { product: byId(38) }, { product_id: 39 }, {}, { position: 2 }],
  [
    'wholesalePrice',
    { product: byId(37), pricesOf: 'product' },
    { quantity_range_begin: 10, price: 15 },
    { membership: 1 },
    { price: 14 },
  ],
  [
    'wholesalePrice',
    { product: byId(37), pricesOf: 'variant', variant: byId(512) },
    { quantity_range_begin: 10, price: 15 },
    {},
    { type: 'percent' },
  ],
  ['attribute', { kind: 'hidden', of: 'product' }, { name: 'Origin' }, {}, { position: 4 }],
  [
    'attribute',
    { kind: 'checkbox', of: 'product', product: byId(38) },
    { name: 'Gift box' },
    {},
    { name: 'In a box' },
  ],
  [
    'attribute',
    { kind: 'text', of: 'productClass', productClass: byId(1) },
    { name: 'Care' },
    { groupId: 3 },
    { name: 'Washing' },
  ],
];

test.each(THINGS)('%s of %j', async (resource, where, required, additionalFields, change) => {
  const fields = { fieldsFrom: 'define', ...required, additionalFields };
  const [made] = await out(resource, 'create', { ...where, ...fields });
  expect(made).toMatchObject({ ...required, id: expect.any(Number) as number });
  const which = { ...where, [resource]: byId(made?.id) };
  const changes = { fieldsFrom: 'define', additionalFields: change };
  const [changed] = await out(resource, 'update', { ...which, ...changes });
  expect(changed).toEqual({ ...made, ...change });
  expect(await out(resource, 'get', which)).toEqual([changed]);
  const list = await out(resource, 'getAll', { ...where, returnAll: true, simplify: false });
  expect(list).toContainEqual(changed);
  expect(await out(resource, 'delete', which)).toEqual([{ deleted: true }]);
  expect((await run(resource, 'get', which)).error?.message).toMatch(/404/);
});

describe('what is entered', () => {
  it('makes lists of ids of texts, and no membership of 0', async () => {
    const additionalFields = { memberships: '1; 2', products: '38 39', zones: '' };
    const [coupon] = await out('coupon', 'create', { code: 'AUTUMN', additionalFields });
    expect(coupon).toMatchObject({ memberships: [1, 2], products: [38, 39], zones: [] });
    const price = { quantity_range_begin: 2, price: 1, additionalFields: { membership: 0 } };
    const below = { product: byId(38), pricesOf: 'product' };
    const [made] = await out('wholesalePrice', 'create', { ...below, ...price });
    expect(made).toMatchObject({ membership: null });
  });

  it('is refused before the store is asked where it is no id', async () => {
    const additionalFields = { memberships: 'Gold' };
    const { error } = await run('coupon', 'create', { code: 'AUTUMN', additionalFields });
    expect(error?.message).toMatch(/memberships is not a list of IDs: "Gold"/);
  });

  it('may be the input item', async () => {
    const input = [{ code: 'FROM-CRM', value: 5, source: { platform: 'x' } }];
    const [made] = await out('coupon', 'create', { fieldsFrom: 'input' }, input);
    expect(made).toMatchObject({ code: 'FROM-CRM', value: 5 });
  });
});

it('says that a key can only read, and what is there already', async () => {
  const gold = { name: 'Gold' };
  const { readKey } = XCART_CREDENTIALS;
  const refused = await run('membership', 'create', gold, [{}], { apiKey: readKey });
  expect(refused.error).toMatchObject({
    message: expect.stringContaining('403') as string,
    description: expect.stringContaining('enter the read/write key') as string,
  });
  await out('membership', 'create', gold);
  expect(fixOf(await run('membership', 'create', gold))).toMatch(/in the store already/);
});

it('tells an add-on that is off from a record that is not there', async () => {
  expect(fixOf(await run('coupon', 'get', { coupon: byId(99) }))).toMatch(/^Check the ID/);
  store.xcart.setSwitches({ addOns: false });
  const off = await run('coupon', 'get', { coupon: byId(99) });
  expect(fixOf(off)).toMatch(/check that the add-on for this is on/);
  expect((await run('membership', 'getAll')).error).toBeUndefined();
});

describe('an attribute', () => {
  it('has options, of which values of a product are made, which make a variant', async () => {
    const kind = { kind: 'select', of: 'store' };
    const [attribute] = await out('attribute', 'create', { ...kind, name: 'Size' });
    const of = { ...kind, attribute: byId(attribute?.id) };
    const [option] = await out('attributeOption', 'create', { ...of, value: 'M' });
    const [big] = await out('attributeOption', 'update', {
      ...of,
      attributeOption: byId(option?.id),
      fieldsFrom: 'define',
      additionalFields: { value: 'L' },
    });
    expect(big).toEqual({ ...option, value: 'L' });
    const value = { product: byId(38), kind: 'select', attribute: byId(attribute?.id) };
    const additionalFields = { option_id: option?.id, price_modifier: 2 };
    const [made] = await out('attributeValue', 'create', { ...value, additionalFields });
    expect(made).toMatchObject({ option: big, price_modifier: 2 });
    expect(await out('attributeValue', 'getAll', { ...value, returnAll: true })).toEqual([made]);
    const [variant] = await out('variant', 'create', {
      product: byId(38),
      sku: 'MUG-L',
      additionalFields: { attribute_select_values: String(made?.id) },
    });
    expect(variant).toMatchObject({ sku: 'MUG-L', attribute_select_values: [made?.id] });
  });

  it('of a text has one value a product, which needs no id', async () => {
    const [attribute] = await out('attribute', 'create', {
      kind: 'text',
      of: 'store',
      name: 'Care',
    });
    const value = { product: byId(38), kind: 'text', attribute: byId(attribute?.id) };
    const [made] = await out('attributeValue', 'create', {
      ...value,
      additionalFields: { value: 'Cold wash' },
    });
    const change = { fieldsFrom: 'define', additionalFields: { editable: true } };
    const [changed] = await out('attributeValue', 'update', { ...value, ...change });
    expect(changed).toEqual({ ...made, editable: true });
    expect(await out('attributeValue', 'getAll', { ...value, returnAll: true })).toEqual([changed]);
    expect(await out('attributeValue', 'get', value)).toEqual([changed]);
    expect(await out('attributeValue', 'delete', value)).toEqual([{ deleted: true }]);
  });

  it('of yes or no has what is entered as yes', async () => {
    const kind = { kind: 'checkbox', of: 'store' };
    const [attribute] = await out('attribute', 'create', { ...kind, name: 'Gift box' });
    const [made] = await out('attributeValue', 'create', {
      product: byId(38),
      kind: 'checkbox',
      attribute: byId(attribute?.id),
      additionalFields: { yes: true },
    });
    expect(made).toMatchObject({ value: true });
  });

  it('is chosen from a list of where it stands', async () => {
    await out('attribute', 'create', { kind: 'text', of: 'store', name: 'Care' });
    await out('attribute', 'create', {
      kind: 'text',
      of: 'product',
      product: byId(38),
      name: 'Own',
    });
    const names = async (method: string, resource: string, given: IDataObject) => {
      const parameters = { resource, operation: 'get', ...given };
      const context = editorContext({
        nodeType: new XCart(),
        parameters: parameters as INode['parameters'],
        credentialTypes: [new XCartApi()],
        credentials: credential(XCART_CREDENTIALS.readKey),
      });
      const { listSearch } = new XCart().methods;
      const { results } = await (listSearch[method]?.call(context) ?? { results: [] });
      return results.map(({ name }) => name);
    };
    const own = { kind: 'text', of: 'product', product: byId(38) };
    expect(await names('searchAttributes', 'attribute', own)).toEqual(['Own']);
    expect(await names('searchAttributes', 'attribute', { kind: 'text', of: 'store' })).toEqual([
      'Care',
    ]);
    expect(await names('searchAttributes', 'attribute', { kind: 'text', of: 'product' })).toEqual(
      [],
    );
    expect(await names('searchAttributesOfProduct', 'attributeValue', own)).toEqual([
      'Own',
      'Care',
    ]);
  });
});

/** A file as a node before would put it out. */
const binary: IBinaryKeyData = {
  data: {
    data: Buffer.from('picture').toString('base64'),
    mimeType: 'image/png',
    fileName: 'front.png',
  },
};

describe('files', () => {
  const fromUrl = { fileFrom: 'url', url: 'https://x.example/a.png' };
  const product = byId(38);

  it('become images of a product, by address or from the input', async () => {
    const additionalFields = { alt: 'Front' };
    const [byUrl] = await out('image', 'create', { product, ...fromUrl, additionalFields });
    expect(byUrl).toMatchObject({ url: 'https://x.example/a.png', alt: 'Front' });
    const file = { product, fileFrom: 'binary', binaryPropertyName: 'data' };
    const [byFile] = await out('image', 'create', file, [{}], { binary });
    expect(byFile).toMatchObject({ url: '/images/product/front.png' });
    const image = byId(byFile?.id);
    const change = { fieldsFrom: 'define', additionalFields: { position: 3 } };
    const [changed] = await out('image', 'update', { product, image, ...change });
    expect(await out('image', 'getAll', { product, returnAll: true })).toEqual([byUrl, changed]);
    expect(await out('image', 'get', { product, image })).toEqual([changed]);
    expect(await out('image', 'delete', { product, image })).toEqual([{ deleted: true }]);
  });

  it('are named where the item does not hold them', async () => {
    const wanted = { product, fileFrom: 'binary', binaryPropertyName: 'photo' };
    const missing = await run('image', 'create', wanted, [{}], { binary });
    expect(missing.error?.message).toMatch(/no file in the field "photo"/);
    expect(fixOf(missing)).toMatch(/Its files are in: data/);
    const noUrl = await run('image', 'create', { product, fileFrom: 'url', url: 'a.png' });
    expect(noUrl.error?.message).toMatch(/URL is not a web address/);
  });

  it('become attachments, whose words can be changed', async () => {
    const file = { product, title: 'Manual', fileFrom: 'binary', binaryPropertyName: 'data' };
    const [made] = await out('attachment', 'create', file, [{}], { binary });
    expect(made).toMatchObject({ title: 'Manual', url: '/files/attachments/front.png' });
    const attachment = byId(made?.id);
    const change = { fieldsFrom: 'define', additionalFields: { title: 'Guide' } };
    const [changed] = await out('attachment', 'update', { product, attachment, ...change });
    expect(changed).toEqual({ ...made, title: 'Guide' });
    const [byUrl] = await out('attachment', 'create', { product, title: 'Map', ...fromUrl });
    const list = await out('attachment', 'getAll', { product, returnAll: true });
    expect(list).toEqual([changed, byUrl]);
  });

  it('become pictures of a category and of a variant', async () => {
    const category = byId(2);
    const icon = { category, picture: 'icon', alt: 'Tools' };
    const [made] = await out('category', 'setPicture', { ...icon, ...fromUrl });
    expect(made).toMatchObject({ alt: 'Tools', url: fromUrl.url });
    expect(await out('category', 'getPicture', icon)).toEqual([made]);
    await out('category', 'deletePicture', icon);
    expect((await run('category', 'getPicture', icon)).error?.message).toMatch(/404/);
    const variant = { product: byId(37), variant: byId(512) };
    const [changed] = await out('variant', 'setImage', { ...variant, ...fromUrl, alt: 'Red' });
    expect(changed).toMatchObject({ id: 512, image: { url: fromUrl.url, alt: 'Red' } });
  });
});

test.each([{ page: 'front' }, { page: 'category', category: byId(2) }])(
  'featured products of %j',
  async (page) => {
    const add = await out('featuredProduct', 'add', { product: byId(38), ...page });
    expect(add).toEqual([{ product_id: 38 }]);
    await out('featuredProduct', 'add', { product: byId(39), ...page });
    const all = await out('featuredProduct', 'getAll', { ...page, returnAll: true });
    expect(all).toEqual([{ product_id: 38 }, { product_id: 39 }]);
    const gone = await out('featuredProduct', 'remove', { product: byId(38), ...page });
    expect(gone).toEqual([{ product_id: 38, removed: true }]);
  },
);

it('lists the products of a category', async () => {
  const [first] = await out('category', 'getProducts', { category: byId(2), limit: 1 });
  expect(first).toEqual({ product_id: expect.any(Number) as number });
});

describe('orders and carts', () => {
  it('tell refunds one by one', async () => {
    const [placed] = store.xcart.place({ count: 1, lines: 3 }, false);
    const record = store.xcart.order(placed?.id ?? 0);
    if (!record) throw new Error('No order was placed');
    store.xcart.refund(record, 1.5);
    store.xcart.refund(record, 2);
    const refunds = await out('order', 'getRefunds', { order: byId(record.view.id) });
    expect(refunds).toMatchObject([
      { order_id: record.view.id, value: 1.5, succeeded: true, currency: record.view.currency },
      { value: 2, type: 'refundPart' },
    ]);
    expect(await out('order', 'getDetails', { order: byId(record.view.id) })).toEqual(
      record.details.map((detail) => ({ order_id: record.view.id, ...detail })),
    );
  });

  it('can be read before they are orders', async () => {
    const carts = await out('cart', 'getAll', { returnAll: true });
    expect(carts).toHaveLength(2);
    const cart = byId(carts[0]?.id);
    const [whole] = await out('cart', 'get', { cart });
    expect(whole).toMatchObject({ id: carts[0]?.id, items: expect.any(Array) as object[] });
    for (const part of ['getDetails', 'getHistory', 'getPaymentTransactions'])
      expect((await run('cart', part, { cart })).error).toBeUndefined();
  });
});
