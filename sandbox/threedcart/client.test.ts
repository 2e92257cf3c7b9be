import { THREEDCART_CREDENTIALS } from './credentials';
import type { Order, Product } from './model';
import { startTestStore, type TestStore } from './test-store';

/**
 * The requests of two independent clients as they make them: paths, names of headers, queries and bodies.
 * `bq-anand/3dcart-workflows` (Apache-2.0) was recorded against the real API, with v1;
 * `skuvault-integrations/3dCartAccess` (2024) speaks v2, and its store address has no scheme.
 */
let store: TestStore;

beforeAll(async () => {
  store = await startTestStore();
});

afterAll(() => store.close());

beforeEach(() => store.service.reset());

const { secureUrl, privateKey, token } = THREEDCART_CREDENTIALS;

const HEADERS = {
  v1: { SecureUrl: secureUrl, PrivateKey: privateKey, Token: token },
  v2: { SecureURL: secureUrl.replace('https://', ''), PrivateKey: privateKey, Token: token },
};

interface Response<T> {
  status: number;
  body: T;
}

/** Its binding: JSON both ways, and an element `Error` is a failure whatever the status. */
async function request<T>(
  method: string,
  url: string,
  { qs, json }: { qs?: Record<string, string | number>; json?: unknown } = {},
  version: keyof typeof HEADERS = 'v1',
): Promise<Response<T>> {
  const pairs = Object.entries(qs ?? {}).map(([name, value]): [string, string] => [
    name,
    String(value),
  ]);
  const query = new URLSearchParams(pairs).toString();
  const { status, body } = await store.ask<T>(
    `//3dCartWebAPI/${version}${url}${query === '' ? '' : `?${query}`}`,
    {
      method,
      text: json === undefined ? undefined : JSON.stringify(json),
      headers: {
        ...HEADERS[version],
        accept: 'application/json',
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      },
    },
  );
  const [first] = Array.isArray(body) ? (body as Array<{ Key?: string; Message?: string }>) : [];
  if (first?.Key === 'Error') throw new Error(first.Message);
  return { status, body };
}

test('it reads ten orders from an offset of 0', async () => {
  store.service.place({ count: 12 }, false);
  const { status, body } = await request<Order[]>('GET', '/Orders', {
    qs: { offset: 0, limit: 10 },
  });
  expect(status).toBe(200);
  expect(body).toHaveLength(10);
  expect(body.every(({ OrderID }) => OrderID > 0)).toBe(true);
});

test('it asks for the total, and then for pages of 100 from record 1', async () => {
  store.service.place({ count: 306, at: new Date('2024-05-02T12:00:00Z') }, false);
  const days = { datestart: '05/01/2024', dateend: '05/02/2024' };
  const { body: total } = await request<{ TotalCount: number }>('GET', '/Orders', {
    qs: { countonly: 1, ...days },
  });
  expect(total).toEqual({ TotalCount: 306 });
  const read: number[] = [];
  for (let offset = 1; offset <= total.TotalCount; offset += 100) {
    const page = await request<Order[]>('GET', '/Orders', { qs: { limit: 100, offset, ...days } });
    read.push(...page.body.map(({ OrderID }) => OrderID));
  }
  expect(read).toHaveLength(306);
  expect(read).toEqual([...new Set(read)].sort((one, other) => one - other));
});

test('it looks one order up and writes its comments back, in a list', async () => {
  const [placed] = store.service.place({ count: 1 }, false) as [Order];
  const before = structuredClone(placed);
  const { body: orders } = await request<Order[]>('GET', '/Orders', {
    qs: { OrderId: placed.OrderID },
  });
  const json = orders.map(({ OrderID, InternalComments }) => ({
    OrderID: String(OrderID),
    InternalComments: `Ada - now\r\nComment: hello\r\n\r\n${InternalComments}`,
  }));
  const { status, body } = await request('PUT', '/Orders', { json });
  expect(status).toBe(200);
  expect(body).toEqual([
    {
      Key: 'OrderID',
      Value: String(placed.OrderID),
      Status: '200',
      Message: 'updated successfully',
    },
  ]);
  const changed = Object.entries(placed).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key as keyof Order]),
  );
  expect(changed.map(([key]) => key)).toEqual(['LastUpdate', 'ShipmentList', 'InternalComments']);
});

test.each(['/CustomerGroups', '/Customers', '/Categories', '/Products'])(
  'it counts and reads %s',
  async (url) => {
    const { body } = await request<{ TotalCount: number }>('GET', url, { qs: { countonly: 1 } });
    const { body: rows } = await request<object[]>('GET', url, { qs: { limit: 100, offset: 1 } });
    expect(rows).toHaveLength(body.TotalCount);
  },
);

test.each(['/Distributors', '/Manufacturers', '/StoreSettings'])(
  '%s are none here',
  async (url) => {
    const end = 'Offset amount exceeds the total number of records';
    const count = await request('GET', url, { qs: { countonly: 1 } });
    expect(count.body).toEqual({ TotalCount: 0 });
    await expect(request('GET', url, { qs: { limit: 100, offset: 1 } })).rejects.toThrow(end);
    await expect(request('GET', `${url}/1`)).rejects.toThrow(end);
  },
);

describe('a client of stock', () => {
  const END = 'Offset amount exceeds the total number of records';

  /** Pages of as many as the resource gives, until the end is refused. */
  async function all<T>(url: string, size: number, qs: Record<string, string> = {}): Promise<T[]> {
    const rows: T[] = [];
    for (let offset = 1; ; offset += size) {
      const page = await request<T[]>(
        'GET',
        url,
        { qs: { limit: size, offset, ...qs } },
        'v2',
      ).catch((error: Error) => {
        if (error.message.includes(END)) return undefined;
        throw error;
      });
      if (page === undefined) return rows;
      rows.push(...page.body);
    }
  }

  test('reads all products and writes the stock of a hundred at once, that of variants apart', async () => {
    const products = await all<Product>('/Products', 200);
    expect(products).toHaveLength(62);
    const written = products.map(({ SKUInfo }) => ({
      SKUInfo: { CatalogID: SKUInfo.CatalogID, Stock: 7 },
    }));
    const { body } = await request<object[]>('PUT', '/Products', { json: written }, 'v2');
    expect(body).toHaveLength(62);
    const [parent] = products.filter(({ AdvancedOptionList }) => AdvancedOptionList.length > 0);
    const json = parent?.AdvancedOptionList.map(({ AdvancedOptionCode, AdvancedOptionSufix }) => ({
      AdvancedOptionCode,
      AdvancedOptionSufix,
      AdvancedOptionStock: 5,
    }));
    const path = `/Products/${parent?.SKUInfo.CatalogID}/AdvancedOptions`;
    await request('PUT', path, { json }, 'v2');
    expect([store.service.stock('MUG-BLUE'), store.service.stock('TS-RED-M')]).toEqual([7, 5]);
  });

  test('reads what was updated in a day by asking up to the next', async () => {
    store.service.place(
      { count: 301, at: new Date('2024-05-02T12:00:00Z'), everySeconds: 1 },
      false,
    );
    const days = { lastupdatestart: '05/02/2024', lastupdateend: '05/03/2024' };
    expect(await all<Order>('/Orders', 300, days)).toHaveLength(301);
    const sameDay = { lastupdatestart: '05/02/2024', lastupdateend: '05/02/2024' };
    expect(await all<Order>('/Orders', 300, sameDay)).toEqual([]);
  });
});
