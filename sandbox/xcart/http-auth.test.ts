import { XCART_CREDENTIALS } from './credentials';
import { startTestStore, type TestStore } from './test-store';

let store: TestStore;

beforeAll(async () => {
  store = await startTestStore();
  store.xcart.place({ count: 3 });
});

afterAll(() => store.close());

const { readKey, adminLogin, adminPassword } = XCART_CREDENTIALS;

describe('keys', () => {
  test('both keys may read, also with the suffix .json', async () => {
    expect((await store.ask('/api/orders', { key: readKey })).status).toBe(200);
    expect((await store.ask('/api/orders.json')).body).toHaveLength(3);
  });

  test('the read key may not write', async () => {
    const answer = await store.ask('/api/products/37', {
      method: 'PUT',
      key: readKey,
      body: { amount: 1 },
    });
    expect(answer.status).toBe(403);
    expect(answer.type).toBe('application/problem+json; charset=utf-8');
    expect(answer.body).toMatchObject({ detail: 'Access Denied.' });
  });

  test('an unknown key', async () => {
    const answer = await store.ask('/api/orders', { key: 'nonsense' });
    expect(answer.status).toBe(401);
    expect(answer.type).toContain('application/json');
    expect(answer.body).toEqual({ message: 'Invalid credentials.' });
  });

  test('no key at all', async () => {
    const answer = await store.ask('/api/orders', { key: '' });
    expect(answer.status).toBe(401);
    expect(answer.body).toEqual({ code: 401, message: 'JWT Token not found' });
  });
});

describe('JWT', () => {
  const logIn = (body: unknown) =>
    store.ask<{ token: string }>('/api-login/check', { method: 'POST', key: '', body });

  test('a login becomes a bearer token', async () => {
    const { body, status } = await logIn({ username: adminLogin, password: adminPassword });
    expect(status).toBe(200);
    const headers = { authorization: `Bearer ${body.token}` };
    expect((await store.ask('/api/orders', { key: '', headers })).status).toBe(200);
  });

  test('a wrong password and a wrong token', async () => {
    const refused = await logIn({ username: adminLogin, password: 'wrong' });
    expect(refused.status).toBe(401);
    expect(refused.body).toEqual({ code: 401, message: 'Invalid credentials.' });
    const headers = { authorization: 'Bearer a.b.c' };
    const answer = await store.ask('/api/orders', { key: '', headers });
    expect(answer.body).toEqual({ code: 401, message: 'Invalid JWT Token' });
  });

  test.each(['bearer', 'BEARER'])('the scheme may be written %s', async (scheme) => {
    const { body } = await logIn({ username: adminLogin, password: adminPassword });
    const headers = { authorization: `${scheme} ${body.token}` };
    expect((await store.ask('/api/orders', { key: '', headers })).status).toBe(200);
  });

  test('a missing key of the body is named', async () => {
    const answer = await logIn({ username: adminLogin });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ detail: 'The key "password" must be provided.' });
  });
});

describe('formats and addresses', () => {
  test('an unknown path has a body of its own, before any key is asked for', async () => {
    const answer = await store.ask('/api/refunds', { key: '' });
    expect(answer.status).toBe(404);
    expect(answer.body).toEqual({ title: 'An error occurred', detail: 'Not found' });
  });

  test('an unknown id is a problem', async () => {
    const answer = await store.ask('/api/orders/99');
    expect(answer.status).toBe(404);
    expect(answer.body).toEqual({
      type: 'https://tools.ietf.org/html/rfc2616#section-10',
      title: 'An error occurred',
      detail: 'Not Found',
    });
  });

  test.each([
    ['PATCH', '/api/products/37', 'GET, PUT, DELETE'],
    ['POST', '/api/orders', 'GET'],
    ['DELETE', '/api/orders/1', 'GET'],
    ['OPTIONS', '/api/orders', 'GET'],
    ['PUT', '/api/products', 'GET, POST'],
  ])('%s %s is not allowed', async (method, path, allow) => {
    const answer = await store.ask(path, { method });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe(allow);
  });

  test('an Accept that cannot be met is refused before the key is looked at', async () => {
    const answer = await store.ask('/api/orders', {
      key: 'nonsense',
      headers: { accept: 'application/xml' },
    });
    expect(answer.status).toBe(406);
    expect(answer.body).toMatchObject({
      detail: expect.stringContaining('Requested format "application/xml" is not supported.'),
    });
  });

  test('ld+json has total, members and links', async () => {
    const answer = await store.ask('/api/orders.jsonld?itemsPerPage=1&page=2&order[date]=asc');
    expect(answer.type).toBe('application/ld+json; charset=utf-8');
    expect(answer.body).toMatchObject({
      '@id': '/api/orders',
      '@type': 'hydra:Collection',
      'hydra:totalItems': 3,
      'hydra:member': [{ '@type': 'Order', order_number: '1002' }],
      'hydra:view': {
        'hydra:first': '/api/orders?itemsPerPage=1&order%5Bdate%5D=asc&page=1',
        'hydra:next': '/api/orders?itemsPerPage=1&order%5Bdate%5D=asc&page=3',
        'hydra:previous': '/api/orders?itemsPerPage=1&order%5Bdate%5D=asc&page=1',
      },
    });
  });

  test('the last page has no next link, and errors are hydra errors', async () => {
    const headers = { accept: 'application/ld+json' };
    const last = await store.ask<Record<string, object>>('/api/orders?page=1', { headers });
    expect(last.body['hydra:view']).not.toHaveProperty('hydra:next');
    const error = await store.ask('/api/orders/99', { headers });
    expect(error.body).toMatchObject({
      '@type': 'hydra:Error',
      'hydra:description': 'Not Found',
    });
  });

  test('the paths are documented', async () => {
    const { body } = await store.ask<{ paths: object }>('/api/docs.json');
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining(['/api/orders/{id}/payment_status', '/api/products/{product_id}']),
    );
  });
});

describe('faults in the words of the store', () => {
  afterEach(() => store.context.faults.clear());

  test.each([
    ['503', 503, 'application/problem+json; charset=utf-8'],
    ['unauthorized', 401, 'application/json; charset=utf-8'],
  ] as const)('%s', async (kind, status, type) => {
    store.context.faults.configure({ rules: [{ service: 'xcart', kind, path: '^/api/orders' }] });
    const answer = await store.ask('/api/orders');
    expect(answer.status).toBe(status);
    expect(answer.type).toBe(type);
  });

  test('a write that times out was done', async () => {
    const rule = {
      service: 'xcart',
      kind: 'timeout-after-commit',
      method: 'PUT',
      holdMs: 30,
    } as const;
    store.context.faults.configure({ rules: [rule] });
    const write = store.ask('/api/products/37', { method: 'PUT', body: { amount: 4321 } });
    await expect(write).rejects.toThrow('fetch failed');
    expect((await store.ask('/api/products/37')).body).toMatchObject({ amount: 4321 });
  });
});
