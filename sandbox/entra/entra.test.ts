import { createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import { createContext } from '../kit';
import { sender, type TestRequest, type TestResponse } from '../test-http';
import { createDataverse } from '../dataverse/service';
import { createEntra, type EntraService } from './service';

const TENANT = '5a4db0c5-0000-4000-8000-000000000001';
const CLIENT = '5a4db0c5-0000-4000-8000-000000000002';
const RESOURCE = 'http://org.example';

type Json = Record<string, unknown>;

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

const valid = {
  grant_type: 'client_credentials',
  client_id: CLIENT,
  client_secret: 'made-up',
  scope: `${RESOURCE}/.default`,
};

async function token(fields: Record<string, string>, tenant = TENANT, version = '/v2.0') {
  const { status, text } = await ask({
    method: 'POST',
    path: `/${tenant}/oauth2${version}/token`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });
  return { status, body: JSON.parse(text) as Record<string, unknown> };
}

describe('the token endpoint', () => {
  it('issues a token for the resource, and reads over what MSAL adds', async () => {
    const { status, body } = await token({
      ...valid,
      'x-client-SKU': 'msal.js.node',
      claims: '{}',
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599 });
    expect(entra.tokens.check(String(body.access_token))).toMatchObject({
      ok: true,
      claims: { aud: RESOURCE, appid: CLIENT, tid: TENANT },
    });
  });

  it('knows the older form with a resource', async () => {
    const { scope: _scope, ...rest } = valid;
    const { body } = await token({ ...rest, resource: `${RESOURCE}/` }, TENANT, '');
    expect(body).toMatchObject({
      token_type: 'Bearer',
      expires_in: '3599',
      resource: `${RESOURCE}/`,
    });
  });

  it.each([
    [{ client_secret: 'wrong' }, 401, 'invalid_client', 7000215],
    [{ client_id: TENANT }, 400, 'unauthorized_client', 700016],
    [{ scope: 'nonsense' }, 400, 'invalid_scope', 70011],
    [{ scope: `${RESOURCE}/read` }, 400, 'invalid_scope', 1002012],
    [{ grant_type: 'password' }, 400, 'unsupported_grant_type', 70003],
    [{ client_secret: '' }, 401, 'invalid_client', 7000218],
  ])('answers %j with %i %s %i', async (fields, status, error, code) => {
    const answer = await token({ ...valid, ...fields, 'client-request-id': 'my-id' });
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({
      error,
      error_codes: [code],
      correlation_id: 'my-id',
      error_description: expect.stringMatching(new RegExp(`^AADSTS${code}: `)),
      trace_id: expect.any(String),
      timestamp: '2026-01-01 00:00:00Z',
    });
  });

  it.each(['100% secret', 'a:b+c', '100%25'])(
    'takes the secret %j in a Basic header, encoded or not',
    async (clientSecret) => {
      const own = createEntra(createContext({}), {
        tenantId: TENANT,
        clientId: CLIENT,
        clientSecret,
      });
      const send = sender(own.app);
      const status = async (secret: string) => {
        const basic = Buffer.from(`${CLIENT}:${secret}`).toString('base64');
        const answer = await send({
          method: 'POST',
          path: `/${TENANT}/oauth2/v2.0/token`,
          headers: {
            authorization: `Basic ${basic}`,
            'content-type': 'application/x-www-form-urlencoded',
          },
          body: `grant_type=client_credentials&scope=${RESOURCE}/.default`,
        });
        return answer.status;
      };
      expect(await status(encodeURIComponent(clientSecret))).toBe(200);
      expect(await status('wrong%')).toBe(401);
      if (!clientSecret.includes('%25')) expect(await status(clientSecret)).toBe(200);
      await own.app.close();
    },
  );

  it('does not know other tenants', async () => {
    const { status, body } = await token(valid, 'other.example');
    expect(status).toBe(400);
    expect(body).toMatchObject({ error_codes: [90002] });
  });

  it('describes itself', async () => {
    const path = `/${TENANT}/v2.0/.well-known/openid-configuration`;
    const { text } = await ask({ method: 'GET', path });
    const body = JSON.parse(text) as Record<string, string>;
    expect(body.token_endpoint).toMatch(new RegExp(`/${TENANT}/oauth2/v2.0/token$`));
    expect(body.issuer).toContain(TENANT);
  });

  it('signs tokens with a key that it shows', async () => {
    const { text } = await ask({ method: 'GET', path: `/${TENANT}/discovery/v2.0/keys` });
    const [jwk] = (JSON.parse(text) as { keys: [JsonWebKey & { kid: string }] }).keys;
    const [header = '', body = '', signature = ''] = String(
      (await token(valid)).body.access_token,
    ).split('.');
    const { alg, kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as Json;
    expect({ alg, kid }).toEqual({ alg: 'RS256', kid: jwk.kid });
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    const signed = Buffer.from(`${header}.${body}`);
    expect(verify('sha256', signed, key, Buffer.from(signature, 'base64url'))).toBe(true);
  });

  it('knows which hosts are one cloud', async () => {
    const endpoint = `https://login.example/${TENANT}/oauth2/v2.0/authorize`;
    const path = `/common/discovery/instance?api-version=1.1&authorization_endpoint=${endpoint}`;
    const { text } = await ask({ method: 'GET', path });
    expect(JSON.parse(text)).toMatchObject({
      tenant_discovery_endpoint: `https://login.example/${TENANT}/v2.0/.well-known/openid-configuration`,
      metadata: [{ preferred_network: 'login.example', aliases: ['login.example'] }],
    });
  });

  it('refuses a right request with the code asked for, and a wrong one with its own', async () => {
    entra.refuseWith(7000222);
    expect(await token(valid)).toMatchObject({
      status: 401,
      body: { error: 'invalid_client', error_codes: [7000222] },
    });
    const wrong = await token({ ...valid, client_secret: 'wrong' });
    expect(wrong.body.error_codes).toEqual([7000215]);
    entra.reset();
    expect((await token(valid)).status).toBe(200);
  });
});

describe('tokens at Dataverse', () => {
  it('open it for their audience only, until they expire', async () => {
    const dataverse = createDataverse(createContext({ now: () => new Date(now) }), {
      tokens: entra.tokens,
      authorizationUri: 'http://login.example/authorize',
    });
    const send = sender(dataverse.app);
    const who = async (authorization?: string) => {
      const headers = { host: 'org.example', ...(authorization ? { authorization } : {}) };
      const answer = await send({ method: 'GET', path: '/api/data/v9.2/WhoAmI', headers });
      return { status: answer.status, challenge: answer.headers['www-authenticate'] ?? '' };
    };
    entra.setTokenLifetime(60);
    const right = String((await token(valid)).body.access_token);
    const wrong = String(
      (await token({ ...valid, scope: 'http://else.example/.default' })).body.access_token,
    );
    expect((await who(`Bearer ${right}`)).status).toBe(200);
    expect((await who(`Bearer ${wrong}`)).status).toBe(401);
    expect((await who(`Bearer ${right}x`)).status).toBe(401);
    expect(await who()).toEqual({
      status: 401,
      challenge:
        'Bearer authorization_uri=http://login.example/authorize, resource_id=http://org.example/',
    });
    now += 61_000;
    expect((await who(`Bearer ${right}`)).challenge).toContain('error=invalid_token');
    const fresh = String((await token(valid)).body.access_token);
    entra.expireTokens();
    expect((await who(`Bearer ${fresh}`)).status).toBe(401);
    await dataverse.app.close();
  });
});
