import { XCART_CREDENTIALS } from './credentials';
import { startTestStore, type Answer, type TestStore } from './test-store';

const { clientId, clientSecret } = XCART_CREDENTIALS;
const REDIRECT = 'http://127.0.0.1:9/callback';

let store: TestStore;
let time = Date.parse('2024-05-02T14:00:00Z');

beforeAll(async () => {
  store = await startTestStore(() => new Date(time));
});

afterAll(() => store.close());

beforeEach(() => {
  store.xcart.reset();
  store.xcart.setSwitches({ oAuth2: true });
});

type Tokens = Record<string, string | number>;

const token = async (form: object, headers: object = {}): Promise<Answer<Tokens>> =>
  await store.ask('/oauth/token', {
    method: 'POST',
    key: '',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    text: new URLSearchParams({ ...form }).toString(),
  });

const inForm = { client_id: clientId, client_secret: clientSecret };

const orders = async (value: unknown): Promise<Answer> =>
  await store.ask('/api/orders', {
    key: '',
    headers: { authorization: `Bearer ${String(value)}` },
  });

async function signIn(): Promise<Tokens> {
  const query = { client_id: clientId, redirect_uri: REDIRECT, response_type: 'code', state: 's' };
  const page = await fetch(
    `${store.url}/oauth/authorize?${new URLSearchParams(query).toString()}`,
    { redirect: 'manual' },
  );
  const code = new URL(page.headers.get('location') ?? '').searchParams.get('code') ?? '';
  const form = { ...inForm, grant_type: 'authorization_code', code, redirect_uri: REDIRECT };
  return (await token(form)).body;
}

test('a code becomes a token that reads and writes, until it ends and is renewed', async () => {
  const first = await signIn();
  expect(first).toMatchObject({ expires_in: 3600, refresh_token: expect.any(String) });
  expect((await orders(first.access_token)).status).toBe(200);
  const written = await store.ask('/api/products/37', {
    method: 'PUT',
    key: '',
    headers: { authorization: `Bearer ${first.access_token}` },
    body: { amount: 3 },
  });
  expect(written.status).toBe(200);
  time += 3_600_000;
  expect(await orders(first.access_token)).toMatchObject({
    status: 401,
    body: { code: 401, message: 'Invalid JWT Token' },
  });
  const form = { grant_type: 'refresh_token', refresh_token: first.refresh_token };
  const { body: second } = await token({ ...inForm, ...form });
  expect((await orders(second.access_token)).status).toBe(200);
  store.xcart.store.tokens.expire();
  expect((await orders(second.access_token)).status).toBe(401);
});

test('the client gets a token for itself, whichever way it says who it is', async () => {
  const form = { grant_type: 'client_credentials' };
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  const answers = [
    await token({ ...form, ...inForm }),
    await token(form, { authorization: `Basic ${basic}` }),
  ];
  for (const { body } of answers) {
    expect(body).not.toHaveProperty('refresh_token');
    expect((await orders(body.access_token)).status).toBe(200);
  }
  for (const secret of ['x', '100%']) {
    const wrong = Buffer.from(`${clientId}:${secret}`).toString('base64');
    expect(await token(form, { authorization: `Basic ${wrong}` })).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    });
  }
});

test('the store itself has none of it', async () => {
  const { access_token: known } = await signIn();
  store.xcart.setSwitches({ oAuth2: false });
  expect((await token({ ...inForm, grant_type: 'client_credentials' })).status).toBe(404);
  expect((await fetch(`${store.url}/oauth/authorize`)).status).toBe(404);
  expect((await orders(known)).status).toBe(401);
});

test('a refresh token can be good once', async () => {
  store.xcart.setSwitches({ refreshTokenRotates: true, oAuth2TokenSeconds: 60 });
  const first = await signIn();
  expect(first.expires_in).toBe(60);
  const form = { ...inForm, grant_type: 'refresh_token', refresh_token: first.refresh_token };
  expect((await token(form)).body.refresh_token).not.toBe(first.refresh_token);
  expect(await token(form)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
});
