/** The previews of what X-Cart has beside orders, products and customers; see `previews.test.ts`. */
import { pick } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { XCartApi } from '../../credentials/XCartApi.credentials';
import { XCart } from '../../nodes/XCart/XCart.node';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { runNode } from '../engine';
import { expectPreview } from './previews';

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(async () => await sandbox.stop());

const nodeType = new XCart();
/** What each kind of attribute has; the values of two kinds have nothing in common, and no preview. */
const VARYING: Readonly<Record<string, string[]>> = {
  attribute: ['id', 'position', 'name'],
  attributeValue: [],
};

const byId = (id: unknown) => ({ __rl: true, mode: 'id', value: String(id) });

async function of(
  resource: string,
  operation: string,
  parameters: IDataObject = {},
): Promise<IDataObject & { id?: unknown }> {
  const { url: storeUrl, writeKey: apiKey } = sandbox.xcart;
  const chosen = { resource, operation, ...parameters };
  const run = await runNode({
    nodeType,
    parameters: chosen as Parameters<typeof runNode>[0]['parameters'],
    input: [{}],
    credentialTypes: [new XCartApi()],
    credentials: { xCartApi: { storeUrl, apiKey, storeName: 'main', version: '5.5.0' } },
  });
  if (run.error) throw run.error;
  const kept = VARYING[resource];
  if (kept?.length !== 0) {
    expectPreview(
      nodeType,
      chosen,
      kept ? run.output().map((one) => pick(one, kept)) : run.output(),
    );
  }
  return run.output()[0] ?? {};
}

const product = byId(38);
const URL_FILE = { fileFrom: 'url', url: 'https://x.example/a.png' };
const NAMED = { name: 'Preview' };

const RECORDS: Array<[string, IDataObject, IDataObject]> = [
  ['membership', {}, NAMED],
  ['productClass', {}, NAMED],
  ['productTag', {}, NAMED],
  ['taxClass', {}, NAMED],
  ['attributeGroup', {}, NAMED],
  ['attribute', { kind: 'text', of: 'store' }, NAMED],
  ['coupon', {}, { code: 'PREVIEW' }],
  ['saleDiscount', {}, { ...NAMED, value: 5 }],
  ['volumeDiscount', {}, { value: 5, subtotal_range_begin: 100 }],
  ['review', { product }, { reviewer_name: 'Ada', rating: 4 }],
  ['relatedProduct', { product }, { product_id: 39 }],
  ['wholesalePrice', { product, pricesOf: 'product' }, { quantity_range_begin: 9, price: 1 }],
  ['image', { product }, URL_FILE],
  ['attachment', { product }, { title: 'Manual', ...URL_FILE }],
];
const CHANGE: Readonly<Record<string, IDataObject>> = {
  attachment: { title: 'Guide' },
  coupon: { value: 1 },
  image: { position: 2 },
  relatedProduct: { position: 2 },
  review: { rating: 5 },
  saleDiscount: { value: 6 },
  volumeDiscount: { value: 6 },
  wholesalePrice: { price: 2 },
};

test.each(RECORDS)('%s', async (resource, where, fields) => {
  const { id } = await of(resource, 'create', { ...where, ...fields });
  const which = { ...where, [resource]: byId(id) };
  await of(resource, 'get', which);
  await of(resource, 'getAll', where);
  const additionalFields = CHANGE[resource] ?? { name: 'Changed' };
  await of(resource, 'update', { ...which, fieldsFrom: 'define', additionalFields });
});

test('options and values of attributes, and the variants that they make', async () => {
  const kind = { kind: 'select', of: 'store' };
  const { id } = await of('attribute', 'create', { ...kind, name: 'Size' });
  const attribute = byId(id);
  const option = await of('attributeOption', 'create', { ...kind, attribute, value: 'M' });
  const which = { ...kind, attribute, attributeOption: byId(option.id) };
  await of('attributeOption', 'get', which);
  await of('attributeOption', 'getAll', { ...kind, attribute });
  const additionalFields = { position: 2 };
  await of('attributeOption', 'update', { ...which, fieldsFrom: 'define', additionalFields });
  const select = { product, kind: 'select', attribute };
  const made = await of('attributeValue', 'create', {
    ...select,
    additionalFields: { option_id: option.id },
  });
  const value = { ...select, attributeValue: byId(made.id) };
  await of('attributeValue', 'get', value);
  await of('attributeValue', 'getAll', select);
  await of('attributeValue', 'update', { ...value, fieldsFrom: 'define', additionalFields });
  const variant = await of('variant', 'create', {
    product,
    sku: 'PREVIEW-M',
    additionalFields: { attribute_select_values: String(made.id) },
  });
  const changed = { product, variant: byId(variant.id) };
  await of('variant', 'update', {
    ...changed,
    fieldsFrom: 'define',
    additionalFields: { amount: 2 },
  });
  await of('variant', 'setImage', { ...changed, ...URL_FILE });
});

test('pages: categories and what is featured there', async () => {
  const category = byId(2);
  await of('category', 'setPicture', { category, picture: 'icon', ...URL_FILE });
  await of('category', 'getPicture', { category, picture: 'icon' });
  await of('category', 'getProducts', { category });
  await of('category', 'getStats', { category });
  await of('featuredProduct', 'add', { product, page: 'front' });
  await of('featuredProduct', 'getAll', { page: 'front' });
  await of('featuredProduct', 'remove', { product, page: 'front' });
});

test('parts of orders, and carts', async () => {
  const place = await fetch(`${sandbox.control.url}/xcart/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ count: 1, lines: 2, customers: 1, notify: false }),
  });
  const [placed] = (await place.json()) as Array<{ id: string }>;
  await fetch(`${sandbox.control.url}/xcart/orders/${placed?.id}/refund`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ value: 1 }),
  });
  const order = byId(placed?.id);
  await of('order', 'getRefunds', { order });
  await of('order', 'getDetails', { order });
  const { id } = await of('cart', 'getAll');
  await of('cart', 'get', { cart: byId(id) });
});
