import { createHash } from 'node:crypto';
import { createContext } from '../kit';
import { sender, type TestRequest, type TestResponse } from '../test-http';
import { createEntra, type EntraService } from './service';

const TENANT = '5a4db0c5-0000-4000-8000-000000000001';
const CLIENT = '5a4db0c5-0000-4000-8000-000000000002';
const RESOURCE = 'http://org.example';
const REDIRECT = 'http://localhost:5678/rest/oauth2-credential/callback';
const SCOPE = `${RESOURCE}/user_impersonation offline_access`;

let now: number;
let entra: EntraService;
let ask: (request: TestRequest) => Promise<TestResponse>;

beforeEach(() => {
  now = Date.parse('2026-01-01T00:00:00Z');
  entra = createEntra(createContext({ now: () => new Date(now) }), {
    tenantId: TENANT,
    clientId: CLIENT,
    clientSecret: 'made-up',
  });
  ask = sender(entra.app);
});

afterEach(() => entra.app.close());

type Fields = Record<string, string>;

async function page(changes: Fields = {}, tenant = TENANT): Promise<TestResponse> {
  const query = new URLSearchParams({
    client_id: CLIENT,
    response_type: 'code',
    redirect_uri: REDIRECT,
    scope: SCOPE,
    state: 'a&b',
    ...changes,
  });
  return await ask({
    method: 'GET',
    path: `/${tenant}/oauth2/v2.0/authorize?${query.toString()}`,
  });
}

const targetOf = ({ headers }: TestResponse): URL => new URL(headers.location ?? '');

async function codeFor(changes: Fields = {}): Promise<string> {
  return targetOf(await page(changes)).searchParams.get('code') ?? '';
}

async function token(fields: Fields): Promise<{ status: number; body: Record<string, unknown> }> {
  const form = { client_id: CLIENT, client_secret: 'made-up', ...fields };
  const { status, text } = await ask({
    method: 'POST',
    path: `/${TENANT}/oauth2/v2.0/token`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  });
  return { status, body: JSON.parse(text) as Record<string, unknown> };
}

const redeem = async (code: string, changes: Fields = {}) =>
  await token({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT, ...changes });

const refresh = async (refreshToken: unknown, changes: Fields = {}) =>
  await token({ grant_type: 'refresh_token', refresh_token: String(refreshToken), ...changes });

test('a user agrees, and the app gets tokens in the name of the user, again and again', async () => {
  const sent = targetOf(await page());
  expect(sent.href.startsWith(`${REDIRECT}?`)).toBe(true);
  expect(sent.searchParams.get('state')).toBe('a&b');
  const first = await redeem(sent.searchParams.get('code') ?? '');
  expect(first).toMatchObject({
    status: 200,
    body: {
      token_type: 'Bearer',
      expires_in: 3599,
      scope: `${RESOURCE}/user_impersonation`,
      refresh_token: expect.any(String),
    },
  });
  expect(first.body).not.toHaveProperty('id_token');
  expect(entra.tokens.check(String(first.body.access_token))).toMatchObject({
    ok: true,
    claims: { aud: RESOURCE, appid: CLIENT, scp: 'user_impersonation', oid: expect.any(String) },
  });
  // A refresh token stays good when it has been used.
  const renewed = [
    await refresh(first.body.refresh_token),
    await refresh(first.body.refresh_token),
  ];
  expect(renewed.map(({ status }) => status)).toEqual([200, 200]);
  expect(renewed[0]?.body.refresh_token).not.toBe(first.body.refresh_token);
});

test('without offline_access there is no refresh token', async () => {
  const { body } = await redeem(await codeFor({ scope: `${RESOURCE}/.default openid` }));
  expect(body).not.toHaveProperty('refresh_token');
  expect(body.id_token).toEqual(expect.any(String));
});

test.each([
  ['fragment', /#code=/],
  ['query', /\?code=/],
])('the answer comes in the %s', async (response_mode, form) => {
  expect((await page({ response_mode })).headers.location).toMatch(form);
});

test('the answer comes as a form that sends itself', async () => {
  const { status, text } = await page({ response_mode: 'form_post' });
  expect(status).toBe(200);
  expect(text).toContain(`action="${REDIRECT}"`);
  expect(text).toContain('name="state" value="a&#38;b"');
});

test.each([
  [{ redirect_uri: 'http://elsewhere.example/callback' }, 'AADSTS50011'],
  [{ redirect_uri: 'https://localhost/rest/oauth2-credential/callback' }, 'AADSTS50011'],
  [{ client_id: TENANT }, 'AADSTS700016'],
  [{ response_mode: 'pigeon' }, 'AADSTS70007'],
])('what nobody may be sent back with is shown: %j', async (changes: Fields, code) => {
  const { status, text, headers } = await page(changes);
  expect([status, headers.location]).toEqual([400, undefined]);
  expect(text).toContain(code);
});

test.each([
  [{ response_type: 'token' }, 'unsupported_response_type', 'AADSTS70005'],
  [{ scope: 'nonsense' }, 'invalid_scope', 'AADSTS70011'],
  [{ scope: `${RESOURCE}/else` }, 'invalid_client', 'AADSTS650053'],
  [{ scope: `${SCOPE} http://two.example/.default` }, 'invalid_scope', 'AADSTS28000'],
])('the app is told of %j', async (changes: Fields, error, code) => {
  const { searchParams } = targetOf(await page(changes));
  expect(searchParams.get('error')).toBe(error);
  expect(searchParams.get('error_description')).toMatch(new RegExp(`^${code}: `));
  expect(searchParams.get('state')).toBe('a&b');
});

test('a user declines, or may not sign in', async () => {
  entra.setAnswer('declines');
  expect(targetOf(await page()).searchParams.get('error')).toBe('access_denied');
  entra.reset();
  entra.refuseWith(50105);
  expect(targetOf(await page()).searchParams.get('error_description')).toMatch(/^AADSTS50105: /);
});

test('other addresses are good once they are registered', async () => {
  const redirect_uri = 'https://n8n.example/rest/oauth2-credential/callback';
  expect((await page({ redirect_uri })).status).toBe(400);
  entra.setRedirectUris([redirect_uri]);
  expect((await page({ redirect_uri })).headers.location).toMatch(
    /^https:\/\/n8n\.example\/.*code=/,
  );
});

test('another tenant is not known', async () => {
  expect((await page({}, 'other.example')).text).toContain('AADSTS90002');
});

test('a code is good once, for ten minutes, for its address', async () => {
  const used = await codeFor();
  await redeem(used);
  const late = await codeFor();
  const codes = [(await redeem(used)).body, (await redeem('0.unknown')).body];
  const elsewhere = { redirect_uri: 'http://localhost:1/rest/oauth2-credential/callback' };
  codes.push((await redeem(late, elsewhere)).body);
  now += 601_000;
  codes.push((await redeem(late)).body);
  expect(codes.map(({ error, error_codes: numbers }) => [error, numbers])).toEqual([
    ['invalid_grant', [54005]],
    ['invalid_grant', [9002313]],
    ['invalid_grant', [500112]],
    ['invalid_grant', [70008]],
  ]);
});

test.each([
  ['S256', createHash('sha256').update('verifier').digest('base64url')],
  ['plain', 'verifier'],
])('a code with a challenge (%s) needs its verifier', async (method, challenge) => {
  const asked = { code_challenge: challenge, code_challenge_method: method };
  expect((await redeem(await codeFor(asked))).body.error_codes).toEqual([501481]);
  const right = await redeem(await codeFor(asked), { code_verifier: 'verifier' });
  expect(right.status).toBe(200);
});

test('a sign-in ends when it is revoked', async () => {
  const { body } = await redeem(await codeFor());
  entra.revokeSignIns();
  expect((await refresh(body.refresh_token)).body).toMatchObject({
    error: 'invalid_grant',
    error_codes: [50173],
  });
  expect((await refresh('1.unknown')).body.error_codes).toEqual([9002313]);
});

test.each([
  [{ grant_type: 'authorization_code', redirect_uri: REDIRECT }, 900144],
  [{ grant_type: 'refresh_token' }, 900144],
  [{ grant_type: 'authorization_code', code: 'x', client_secret: 'wrong' }, 7000215],
])('a request that lacks something is refused: %j', async (fields: Fields, code) => {
  expect((await token(fields)).body.error_codes).toEqual([code]);
});
