import { THREEDCART_CREDENTIALS } from './credentials';
import type { Answer } from '../test-ask';
import { KEYS, startTestStore, type TestStore } from './test-store';

const { clientId, clientSecret, secureUrl } = THREEDCART_CREDENTIALS;

let store: TestStore;
let time = Date.parse('2024-05-02T14:00:00Z');

beforeAll(async () => {
  store = await startTestStore({ now: () => new Date(time) });
});

afterAll(() => store.close());

beforeEach(() => store.service.reset());

const statuses = (headers: Record<string, string>, version = 'v2'): Promise<Answer> =>
  store.ask(`//3dCartWebAPI/${version}/OrderStatus?limit=20`, { headers });

describe('the three headers', () => {
  test.each([
    'https://shop-3dcart.example',
    'https://shop-3dcart.example/',
    'http://www.shop-3dcart.example',
    'shop-3dcart.example',
    'www.Shop-3dcart.example/',
  ])('open the store for SecureURL %s', async (secure) => {
    expect((await statuses({ ...KEYS, SecureURL: secure })).status).toBe(200);
    expect((await statuses({ ...KEYS, SecureURL: secure }, 'v1')).status).toBe(200);
  });

  test('have names in any case', async () => {
    const headers = Object.fromEntries(
      Object.entries(KEYS).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const answer = await store.ask<object[]>('//3dcartwebapi/V2/orderstatus?LIMIT=20', { headers });
    expect(answer.status).toBe(200);
    expect(answer.body).toHaveLength(12);
    expect(answer.body[1]).toEqual({
      OrderStatusID: 2,
      Sorting: 2,
      StatusDefinition: 'Processing',
      StatusText: 'Being packed',
      Visible: true,
    });
  });

  test.each([
    { ...KEYS, SecureURL: 'https://another.example' },
    { ...KEYS, PrivateKey: 'x' },
    { ...KEYS, Token: 'x' },
    {},
  ])('are refused where one is wrong: %j', async (headers) => {
    expect(await statuses(headers as Record<string, string>)).toMatchObject({
      status: 401,
      body: { Message: 'Authorization has been denied for this request.' },
    });
  });

  test('are refused in an error array where a switch says so', async () => {
    store.service.setSwitches({ deniedBody: 'results' });
    expect(await statuses({})).toMatchObject({
      status: 401,
      body: [{ Key: 'Error', Status: '401' }],
    });
  });
});

describe('OAuth 2.0', () => {
  const REDIRECT = 'http://127.0.0.1:9/callback?n=1';

  async function authorize(query: object = {}): Promise<Response> {
    const given = {
      client_id: clientId,
      redirect_uri: REDIRECT,
      state: 's 1',
      response_type: 'code',
      store_url: secureUrl,
      ...query,
    };
    const address = `${store.url}/oauth/authorize?${new URLSearchParams(given).toString()}`;
    return await fetch(address, { redirect: 'manual' });
  }

  const token = async (form: object): Promise<Answer<Record<string, string | number>>> =>
    await store.ask('//oauth/token', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      text: new URLSearchParams({
        client_id: clientId,
        client_secret: clientSecret,
        ...form,
      }).toString(),
    });

  async function signIn(): Promise<Record<string, string | number>> {
    const target = new URL((await authorize()).headers.get('location') ?? '');
    expect(target.searchParams.get('state')).toBe('s 1');
    expect(target.searchParams.get('n')).toBe('1');
    const code = target.searchParams.get('code') ?? '';
    const form = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT };
    const { body } = await token(form);
    expect(await token(form)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    return body;
  }

  const bearer = (value: unknown): Record<string, string> => ({
    authorization: `Bearer ${String(value)}`,
  });

  test('a code becomes tokens, one of which opens v2 alone', async () => {
    const tokens = await signIn();
    expect(tokens).toMatchObject({ expires_in: 3600, refresh_token: expect.any(String) });
    expect((await statuses(bearer(tokens.access_token))).status).toBe(200);
    expect((await statuses(bearer(tokens.access_token), 'v1')).status).toBe(401);
    expect((await statuses(bearer('x'))).status).toBe(401);
  });

  test('tokens end, on demand as well, and are renewed', async () => {
    const first = await signIn();
    store.service.store.tokens.expire();
    expect((await statuses(bearer(first.access_token))).status).toBe(401);
    const form = { grant_type: 'refresh_token', refresh_token: String(first.refresh_token) };
    const { body: second } = await token(form);
    expect(second.refresh_token).toBe(first.refresh_token);
    expect((await statuses(bearer(second.access_token))).status).toBe(200);
    time += 3_600_000;
    expect((await statuses(bearer(second.access_token))).status).toBe(401);
  });

  test('a refresh token can be good once', async () => {
    const first = await signIn();
    store.service.setSwitches({ refreshTokenRotates: true });
    const form = { grant_type: 'refresh_token', refresh_token: String(first.refresh_token) };
    expect((await token(form)).body.refresh_token).not.toBe(first.refresh_token);
    expect(await token(form)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  test('who asks wrongly is told so', async () => {
    expect((await authorize({ store_url: 'another.example' })).status).toBe(400);
    expect((await authorize({ client_id: 'x' })).status).toBe(400);
    expect((await authorize({ redirect_uri: 'x' })).status).toBe(400);
    expect((await authorize({ response_type: 'token' })).status).toBe(400);
    const wrong = { grant_type: 'authorization_code', client_secret: 'x' };
    expect(await token(wrong)).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    const unknown = { grant_type: 'password' };
    expect(await token(unknown)).toMatchObject({ body: { error: 'unsupported_grant_type' } });
  });
});

describe('two requests a second', () => {
  const three = async (): Promise<Answer[]> => [
    await statuses(KEYS),
    await statuses(KEYS),
    await statuses(KEYS),
  ];

  beforeEach(() => {
    store.service.setSwitches({ requestsPerSecond: 2 });
  });

  test('are answered, a third is not, and time makes room for the next', async () => {
    const [first, second, third] = await three();
    expect([first?.status, second?.status, third?.status]).toEqual([200, 200, 429]);
    expect(third?.headers.get('retry-after')).toBe('1');
    time += 500;
    expect((await statuses(KEYS)).status).toBe(200);
    expect((await statuses(KEYS)).status).toBe(429);
  });

  test('a 429 need not say how long to wait', async () => {
    store.service.setSwitches({ retryAfter: false });
    const [, , third] = await three();
    expect(third).toMatchObject({ status: 429, body: { Message: 'Too many requests.' } });
    expect(third?.headers.get('retry-after')).toBeNull();
  });

  test('who is not let in takes none of them, and the limit can be off', async () => {
    await statuses({});
    await statuses({});
    expect((await statuses(KEYS)).status).toBe(200);
    store.context.faults.configure({ limits: { threedcart: false } });
    const answers = await three();
    store.context.faults.clear();
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  });
});

test('what is not there, and what cannot be done, is refused in words of the framework', async () => {
  expect(await store.ask('/Nothing')).toMatchObject({
    status: 404,
    body: { Message: expect.stringContaining('/3dCartWebAPI/v2/Nothing') },
  });
  expect((await store.ask('/Orders', { method: 'DELETE' })).status).toBe(405);
  const text = { method: 'POST', text: 'x', headers: { ...KEYS, 'content-type': 'text/plain' } };
  expect((await store.ask('/Orders', text)).status).toBe(415);
  const broken = { ...text, headers: { ...KEYS, 'content-type': 'application/json' } };
  expect((await store.ask('/Orders', broken)).status).toBe(400);
});
