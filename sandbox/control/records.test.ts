import { startSandbox, type RunningSandbox } from '../start';
import { askerOf, type Answer } from '../test-ask';

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});

afterAll(() => sandbox.stop());

beforeEach(async () => {
  await control('POST', '/reset');
  await control('PUT', '/threedcart/switches', { requestsPerSecond: 0 });
});

const control = <T = unknown>(method: string, path: string, body?: object): Promise<Answer<T>> =>
  askerOf(sandbox.control.url)<T>(path, { method, body });

/** The address of a record in the API of its shop, and what opens it. */
function api(shop: string, kinds: string, id: string): [string, Record<string, string>] {
  const { xcart, threedcart, clarity } = sandbox;
  switch (shop) {
    case 'xcart':
      return [
        `${xcart.url}/api/${kinds === 'products' ? 'products' : 'profiles'}/${id}`,
        { 'x-auth-token': xcart.readKey },
      ];
    case 'threedcart': {
      const { url, secureUrl, privateKey, token } = threedcart;
      const headers = { secureurl: secureUrl, privatekey: privateKey, token };
      const path = `${kinds === 'products' ? 'Products' : 'Customers'}/${id}`;
      return [`${url}/3dCartWebAPI/v2/${path}`, headers];
    }
    default:
      return [`${clarity.url}/api/v1/${kinds}/${id}`, { 'x-api-key': clarity.readKey }];
  }
}

async function shown(shop: string, kinds: string, id: string): Promise<Answer<object>> {
  const [url, headers] = api(shop, kinds, id);
  return await askerOf(url)<object>('', { headers });
}

interface WithId {
  id: string;
}

const kinds = ['products', 'customers'];
const doors = ['xcart', 'threedcart', 'clarity'].flatMap((shop) =>
  kinds.map((each) => ({ shop, kinds: each })),
);

describe.each(doors)('$kinds of $shop', ({ shop, kinds }) => {
  const path = `/${shop}/records/${kinds}`;
  const ids = async (): Promise<string[]> =>
    (await control<WithId[]>('GET', path)).body.map(({ id }) => id);

  test('come, change in what the API shows, and go', async () => {
    const before = await ids();
    const placed = (await control<WithId[]>('POST', path, { count: 2 })).body.map(({ id }) => id);
    expect(await ids()).toEqual([...before, ...placed]);
    const [first = '', second = ''] = placed;
    const fresh = await shown(shop, kinds, first);
    expect(fresh.status).toBe(200);
    const other = await shown(shop, kinds, second);
    expect((await control('POST', `${path}/${first}/change`)).status).toBe(200);
    expect((await shown(shop, kinds, first)).body).not.toEqual(fresh.body);
    expect((await shown(shop, kinds, second)).body).toEqual(other.body);
    expect((await control('DELETE', `${path}/${first}`)).status).toBe(204);
    expect((await shown(shop, kinds, first)).status).toBe(404);
    expect((await control('DELETE', path)).status).toBe(204);
    expect(await ids()).toEqual([]);
  });

  test('that are not there are no error of the sandbox', async () => {
    for (const [method, place] of [
      ['POST', '/x/change'],
      ['DELETE', '/x'],
    ] as const) {
      expect(await control(method, `${path}${place}`)).toMatchObject({
        status: 404,
        body: { error: '"id": there is no x' },
      });
    }
    expect((await control('POST', path, { counts: 1 })).status).toBe(400);
  });
});

describe('what is told', () => {
  interface Delivery {
    event: string;
  }

  /** Nobody has to receive it: what is on its way is listed. */
  const told = async (shop: string): Promise<string[]> =>
    (await control<Delivery[]>('GET', `/${shop}/deliveries`)).body.map(({ event }) => event);

  async function live(shop: string): Promise<void> {
    for (const each of kinds) {
      const path = `/${shop}/records/${each}`;
      const [placed] = (await control<WithId[]>('POST', path)).body;
      await control('POST', `${path}/${placed?.id}/change`);
      await control('DELETE', `${path}/${placed?.id}`);
    }
  }

  test('of X-Cart is what comes and changes, where its add-on tells of more than orders', async () => {
    await control('PUT', '/xcart/webhook', { url: 'http://127.0.0.1:1/', secret: 's' });
    await live('xcart');
    const all = ['product.created', 'product.updated', 'customer.created', 'customer.updated'];
    expect(await told('xcart')).toEqual(all);
    await control('PUT', '/xcart/switches', { webhookOnRecords: false });
    await live('xcart');
    expect(await told('xcart')).toEqual(all);
  });

  test('of Clarity has no word for a product that is made, nor for what is deleted', async () => {
    await control('PUT', '/clarity/webhook', { url: 'http://127.0.0.1:1/', secret: 's' });
    await live('clarity');
    expect(await told('clarity')).toEqual([
      'product.updated',
      'customer.created',
      'customer.updated',
    ]);
  });

  test('of 3dcart are all events of which somebody wants to hear', async () => {
    const { url, secureUrl, privateKey, token } = sandbox.threedcart;
    const ask = askerOf(`${url}/3dCartWebAPI/v2/Webhooks`);
    const headers = { secureurl: secureUrl, privatekey: privateKey, token };
    const events = await ask<Array<{ EventType: number; EventName: string }>>('/Events', {
      headers,
    });
    for (const { EventType, EventName } of events.body) {
      const body = { Name: EventName, Url: 'http://127.0.0.1:1/', EventType, Enabled: true };
      await ask('', { method: 'POST', body: { ...body, Format: 'JSON' }, headers });
    }
    await live('threedcart');
    const words = ['New', 'Updated', 'Deleted'];
    expect(await told('threedcart')).toEqual([
      ...words.map((word) => `Product ${word}`),
      ...words.map((word) => `Customer ${word}`),
    ]);
  });
});
