import type { AdvancedOption, Product } from './model';
import { KEYS, startTestStore, type TestStore } from './test-store';

let store: TestStore;
let now = new Date('2024-05-02T14:00:06Z');

beforeAll(async () => {
  store = await startTestStore({ now: () => now });
});

afterAll(() => store.close());

beforeEach(() => store.service.reset());

async function productOf(sku: string, version = 'v2'): Promise<Product> {
  const path = `//3dCartWebAPI/${version}/Products?sku=${sku}`;
  const { body } = await store.ask<Product[]>(path);
  expect(body).toHaveLength(1);
  return body[0] as Product;
}

const put = (path: string, body: unknown): ReturnType<TestStore['ask']> =>
  store.ask(path, { method: 'PUT', body });

test('a product shows SKU, price and stock in one of its keys, and its variants by a misspelt one', async () => {
  const product = await productOf('TS-1');
  expect(Object.keys(product).slice(0, 4)).toEqual([
    'SKUInfo',
    'MFGID',
    'ShortDescription',
    'ManufacturerID',
  ]);
  expect(product).toMatchObject({
    SKUInfo: { SKU: 'TS-1', Name: 'T-shirt', Price: 19.99, Currency: 'USD' },
    UserID: null,
    InventoryControl: -1,
    ExtraField13: '',
    PriceLevel10Hide: false,
  });
  expect(product.AdvancedOptionList.map(({ AdvancedOptionSufix: sku }) => sku)).toEqual([
    'TS-RED-M',
    'TS-RED-L',
    'TS-BLK-M',
    'TS-BLK-XL',
  ]);
  const codes = product.AdvancedOptionList.map(({ AdvancedOptionCode: code }) => code);
  const options = product.OptionSetList[0]?.OptionList.map(({ OptionID }) => String(OptionID));
  expect(codes).toEqual(options);
  const older = await productOf('TS-1', 'v1');
  expect(older).not.toHaveProperty('ManufacturerName');
  expect(older.SKUInfo).not.toHaveProperty('Currency');
});

test('stock of products is written many at once, below zero too, and moves the last update', async () => {
  const shirt = await productOf('TS-LONG');
  const mug = await productOf('MUG-BLUE');
  now = new Date('2024-05-03T10:00:00Z');
  const answer = await put('/Products', [
    { SKUInfo: { CatalogID: shirt.SKUInfo.CatalogID, Stock: 40 } },
    { SKUInfo: { CatalogID: 9999, Stock: 40 } },
    { SKUInfo: { CatalogID: String(mug.SKUInfo.CatalogID), Stock: '-3' } },
  ]);
  expect(answer).toMatchObject({
    status: 200,
    body: [
      { Key: 'CatalogID', Value: String(shirt.SKUInfo.CatalogID), Status: '200' },
      { Key: 'Error', Status: '404' },
      { Key: 'CatalogID', Value: String(mug.SKUInfo.CatalogID) },
    ],
  });
  expect(await productOf('TS-LONG')).toEqual({
    ...shirt,
    SKUInfo: { ...shirt.SKUInfo, Stock: 40 },
    LastUpdate: '2024-05-03T06:00:00',
  });
  expect(store.service.stock('MUG-BLUE')).toBe(-3);
});

test('stock of variants is written below their product alone, by their code', async () => {
  const product = await productOf('TS-1');
  const [red, large] = product.AdvancedOptionList as [AdvancedOption, AdvancedOption];
  const path = `/Products/${product.SKUInfo.CatalogID}/AdvancedOptions`;
  const { AdvancedOptionCode, AdvancedOptionSufix } = red;
  await put(path, [{ AdvancedOptionCode, AdvancedOptionSufix, AdvancedOptionStock: 5 }]);
  await put(`${path}/${large.AdvancedOptionCode}`, { AdvancedOptionStock: 7 });
  expect([store.service.stock('TS-RED-M'), store.service.stock('TS-RED-L')]).toEqual([5, 7]);
  expect(store.service.stock('TS-1')).toBe(product.SKUInfo.Stock);
  const { body } = await store.ask<AdvancedOption[]>(path);
  expect(body[0]).toEqual({ ...red, AdvancedOptionStock: 5 });
  expect((await put('/Products/9999/AdvancedOptions', [{}])).status).toBe(404);
});

test('an order takes from the variant and leaves the parent alone', () => {
  const parent = store.service.stock('HOOD-1');
  const total = (): number =>
    (store.service.stock('HOOD-GRY-M') ?? 0) + (store.service.stock('HOOD-GRY-XL') ?? 0);
  const before = total();
  const sold = store.service
    .place({ count: 60, state: 'paid' }, false)
    .flatMap(({ OrderItemList }) => OrderItemList)
    .filter(({ ItemID }) => ItemID.startsWith('HOOD-'))
    .reduce((sum, { ItemQuantity }) => sum + ItemQuantity, 0);
  expect(sold).toBeGreaterThan(0);
  expect(total()).toBe(before - sold);
  expect(store.service.stock('HOOD-1')).toBe(parent);
});

test('products are filtered, made, and deleted; a SKU is taken once', async () => {
  const body = { SKUInfo: { SKU: 'NEW-1', Name: 'New', Price: 3.5, Stock: 2 }, Hide: true };
  const made = await store.ask<Array<{ Value: string }>>('/Products', { method: 'POST', body });
  expect(made).toMatchObject({ status: 201, body: [{ Key: 'CatalogID', Status: '201' }] });
  const again = await store.ask('/Products', { method: 'POST', body });
  expect(again).toMatchObject({ status: 400, body: [{ Key: 'Error' }] });
  const path = `/Products/${made.body[0]?.Value}`;
  expect(await store.ask('/Products?hide=1&priceto=4')).toMatchObject({
    body: [{ SKUInfo: { SKU: 'NEW-1' } }],
  });
  expect(await store.ask(`${path}/skuinfo`)).toMatchObject({ body: [{ SKU: 'NEW-1' }] });
  expect(await store.ask('/Products?countonly=1&hide=-1')).toMatchObject({
    body: { TotalCount: 63 },
  });
  expect((await store.ask('/Products/skuinfo?limit=500')).body).toHaveLength(63);
  expect((await store.ask(path, { method: 'DELETE' })).status).toBe(200);
  expect((await store.ask(path)).status).toBe(404);
});

test('categories hold products', async () => {
  const { body } = await store.ask<Array<{ CategoryID: number }>>('/Categories');
  expect(body).toHaveLength(6);
  const path = `/Categories/${body[0]?.CategoryID}/Products?countonly=1`;
  expect(await store.ask(path)).toMatchObject({ body: { TotalCount: 10 } });
  const product = await productOf('TS-LONG');
  const below = `/Products/${product.SKUInfo.CatalogID}`;
  expect((await store.ask(`${below}/Categories`)).body).toEqual(product.CategoryList);
  expect((await store.ask(`${below}/Images`)).status).toBe(404);
});

describe('customers', () => {
  test('have their street under another name than orders, and are found by e-mail', async () => {
    const { body } = await store.ask('/Customers?email=ADA.BYRON@example.com');
    expect(body).toMatchObject([
      {
        BillingAddress1: '1 Main St',
        BillingState: 'TX',
        BillingPhoneNumber: '512-555-0100',
        BillingTaxID: null,
        Password: '',
      },
    ]);
  });

  test('are made once for an e-mail, changed, and deleted', async () => {
    const body = { Email: 'new@example.com', BillingFirstName: 'New', Password: 'p' };
    const made = await store.ask<Array<{ Value: string }>>('/Customers', { method: 'POST', body });
    expect(made.status).toBe(201);
    expect((await store.ask('/Customers', { method: 'POST', body })).status).toBe(400);
    const path = `/Customers/${made.body[0]?.Value}`;
    await put(path, { BillingCity: 'Austin' });
    expect(await store.ask(path)).toMatchObject({
      body: [{ BillingFirstName: 'New', BillingCity: 'Austin', Password: '' }],
    });
    const book = { method: 'POST', body: { Address1: '2 Oak' } };
    expect((await store.ask(`${path}/CustomerAddressBooks`, book)).status).toBe(201);
    expect((await store.ask(`${path}/CustomerAddressBooks`)).body).toHaveLength(1);
    const older = `//3dCartWebAPI/v1${path}/CustomerAddressBooks`;
    expect((await store.ask(older)).status).toBe(404);
    expect((await store.ask(path, { method: 'DELETE' })).status).toBe(200);
    expect((await store.ask(path)).status).toBe(404);
  });
});

describe('XML', () => {
  const headers = { ...KEYS, accept: 'application/xml', 'content-type': 'text/xml' };

  test('comes to whoever accepts it', async () => {
    const answer = await store.ask<string>('/Products?sku=TS-1', { headers });
    expect(answer.type).toBe('application/xml; charset=utf-8');
    expect(answer.text).toContain('<ArrayOfProduct');
    expect(answer.text).toContain('<Product><SKUInfo><CatalogID>12</CatalogID>');
    expect(answer.text).toContain('<AdvancedOptionSufix>TS-BLK-XL</AdvancedOptionSufix>');
    expect(answer.text).toContain('<UserID i:nil="true"');
    const text = await store.ask('/Products?sku=TS-1', {
      headers: { ...KEYS, accept: 'text/json' },
    });
    expect(text.type).toBe('text/json; charset=utf-8');
  });

  test('is read as its content type says', async () => {
    const text =
      '<?xml version="1.0"?><ArrayOfProduct><Product><SKUInfo><CatalogID>12</CatalogID>' +
      '<Name>A &amp; B &lt;b&gt;</Name><Stock>-4</Stock></SKUInfo><Hide>true</Hide></Product></ArrayOfProduct>';
    const answer = await store.ask<string>('/Products', { method: 'PUT', text, headers });
    expect(answer.text).toContain('<Key>CatalogID</Key><Value>12</Value><Status>200</Status>');
    expect(store.service.store.products.get(12)).toMatchObject({
      SKUInfo: { Name: 'A & B <b>', Stock: -4 },
      Hide: true,
    });
    const broken = await store.ask('/Products', { method: 'PUT', text: '<a>', headers });
    expect(broken.status).toBe(400);
  });

  test('an order goes there and back', async () => {
    const [order] = store.service.place({ count: 1, lines: 2 }, false);
    const { text } = await store.ask(`/Orders/${order?.OrderID}`, { headers });
    const [, document = ''] = /(<Order>.*<\/Order>)/s.exec(text) ?? [];
    expect(document).toContain('<OrderItemList><OrderItem><CatalogID>');
    const made = await store.ask<string>('/Orders', { method: 'POST', text: document, headers });
    expect(made.status).toBe(201);
    const copy = [...store.service.store.orders.values()].at(-1);
    expect(copy?.OrderAmount).toBe(order?.OrderAmount);
    expect(copy?.OrderItemList.map(({ ItemID }) => ItemID)).toEqual(
      order?.OrderItemList.map(({ ItemID }) => ItemID),
    );
  });
});
