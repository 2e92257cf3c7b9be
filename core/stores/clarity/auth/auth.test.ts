import {
  type HttpServer,
  type Received,
  type Reply,
  startHttpServer,
} from '../../../../test/support/httpServer';
import { fetchTransport } from '../../../http/fetch';
import { createSend } from '../../../http/send';
import type { Send } from '../../../http/types';
import { BRIEF } from '../profile/brief';
import { CEF } from '../profile/cef';
import { type ClarityAuth, forgetSignIns, signing, signInTo } from '.';

let server: HttpServer;
let answer: (request: Received) => Reply;

beforeEach(async () => {
  forgetSignIns();
  server = await startHttpServer((request) => answer(request));
});

afterEach(async () => await server.close());

const open = (auth: ClarityAuth, profile = BRIEF): Send =>
  createSend({
    transport: fetchTransport(),
    retry: false,
    ...signing(signInTo({ url: server.origin, profile, auth }, { send: fetchTransport() })),
  });

const get = async (send: Send, path = '/api/v1/orders') =>
  await send({ method: 'GET', url: `${server.origin}${path}` });

const to = (path: string): Received[] => server.received.filter(({ url }) => url === path);

describe('an API key', () => {
  it('goes into the header that the credential names, else into that of the profile', async () => {
    answer = () => ({});
    await get(open({ by: 'apiKey', apiKey: ' key ' }));
    await get(open({ by: 'apiKey', apiKey: 'key', header: 'X-Shop-Key' }));
    expect(server.received.map(({ headers }) => headers)).toMatchObject([
      { 'x-api-key': 'key' },
      { 'x-shop-key': 'key' },
    ]);
  });

  it('that is refused is not sent again', async () => {
    answer = () => ({ status: 401 });
    expect(await get(open({ by: 'apiKey', apiKey: 'key' }))).toMatchObject({ status: 401 });
    expect(server.received).toHaveLength(1);
  });
});

describe('client credentials', () => {
  const client: ClarityAuth = {
    by: 'oauth2',
    clientId: 'me',
    clientSecret: 's&t',
    scope: 'orders',
  };
  let tokens: number;
  let expires: number | undefined;
  let isGood: (token: string) => boolean;

  beforeEach(() => {
    tokens = 0;
    expires = 3600;
    isGood = () => true;
    answer = ({ url, headers }) => {
      if (url === '/oauth/token') {
        tokens += 1;
        return { body: { access_token: `t${tokens}`, token_type: 'Bearer', expires_in: expires } };
      }
      return { status: isGood(headers['authorization'] ?? '') ? 200 : 401 };
    };
  });

  it('bring one token for all requests of the process', async () => {
    await Promise.all([get(open(client)), get(open(client)), get(open(client))]);
    expect(to('/oauth/token')).toHaveLength(1);
    expect(to('/oauth/token')[0]).toMatchObject({
      method: 'POST',
      body: 'grant_type=client_credentials&scope=orders&client_id=me&client_secret=s%26t',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(to('/api/v1/orders').map(({ headers }) => headers['authorization'])).toEqual(
      Array<string>(3).fill('Bearer t1'),
    );
  });

  it('are told in a header where the profile says so', async () => {
    const oauth2 = { tokenPath: '/oauth/token', clientIn: 'header' as const };
    const profile = { ...BRIEF, authentication: { oauth2 } };
    await get(open(client, profile));
    expect(to('/oauth/token')[0]?.headers['authorization']).toBe(
      `Basic ${Buffer.from('me:s%26t').toString('base64')}`,
    );
    expect(to('/oauth/token')[0]?.body).not.toContain('client_secret');
  });

  it('bring another token after a 401, once for all who were refused', async () => {
    const sends = [open(client), open(client)];
    await get(sends[0] as Send);
    isGood = (token) => token === 'Bearer t2';
    const answers = await Promise.all(sends.map(async (send) => await get(send)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(tokens).toBe(2);
  });

  it('that are refused again and again end with the 401', async () => {
    isGood = () => false;
    expect(await get(open(client))).toMatchObject({ status: 401 });
    expect(tokens).toBe(2);
  });

  it('are asked again before the end of a short token', async () => {
    expires = 0.02;
    await get(open(client));
    await new Promise((resolve) => setTimeout(resolve, 30));
    await get(open(client));
    expect(tokens).toBe(2);
  });

  it.each([
    [{ ...client, tokenUrl: '/token' }, /Token URL/],
    [{ ...client, clientId: '' }, /Client ID/],
  ])('that cannot work are refused: %j', async (auth, message) => {
    await expect(get(open(auth as ClarityAuth))).rejects.toThrow(message);
  });

  it('that are wrong are told in the words of the service, without the secret', async () => {
    answer = () => ({
      status: 400,
      body: { error: 'invalid_client', error_description: 'client_secret=s&t is wrong' },
    });
    await expect(get(open(client))).rejects.toMatchObject({
      class: 'authentication',
      status: 400,
      message: expect.not.stringContaining('s&t') as string,
      fix: expect.stringContaining('Client Secret') as string,
    });
    answer = () => ({ status: 503 });
    await expect(get(open(client))).rejects.toMatchObject({ class: 'transient' });
  });

  it('that are asked for too often say when to come again', async () => {
    answer = () => ({ status: 429, headers: { 'retry-after': '20' } });
    await expect(get(open(client))).rejects.toMatchObject({
      class: 'throttled',
      retryAfterMs: 20_000,
    });
  });
});

describe('a session', () => {
  const user: ClarityAuth = { by: 'session', provider: '', userName: 'ada', password: 'secret' };
  const login = '/DesktopModules/ClarityEcommerce/API-Storefront/auth/credentials';
  let sessions: number;

  beforeEach(() => {
    sessions = 0;
    answer = ({ url, headers }) => {
      if (url !== login) {
        return { status: headers['cookie']?.includes(`ss-id=s${sessions}`) ? 200 : 401 };
      }
      sessions += 1;
      return {
        headers: {
          'set-cookie': [
            `ss-id=s${sessions}; path=/; HttpOnly`,
            `ss-pid=p${sessions}; path=/; expires=Tue, 24 Nov 2026 10:00:00 GMT`,
            'ss-opt=perm; path=/',
          ],
        },
        body: {},
      };
    };
  });

  it('is made once, and its cookies go with each request', async () => {
    await Promise.all([get(open(user, CEF), '/x'), get(open(user, CEF), '/x')]);
    expect(to(login).map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      { UserName: 'ada', Password: 'secret', RememberMe: true },
    ]);
    expect(to('/x').map(({ headers }) => headers['cookie'])).toEqual([
      'ss-id=s1; ss-pid=p1',
      'ss-id=s1; ss-pid=p1',
    ]);
  });

  it('that has ended is made again', async () => {
    const send = open(user, CEF);
    await get(send, '/x');
    sessions += 1;
    expect(await get(send, '/x')).toMatchObject({ status: 200 });
    expect(to(login)).toHaveLength(2);
  });

  it('without cookies, or refused, is told', async () => {
    answer = () => ({ body: {} });
    await expect(get(open(user, CEF))).rejects.toThrow(/gave no cookie ss-id or ss-pid/);
    answer = () => ({
      status: 401,
      body: { ResponseStatus: { ErrorCode: 'Unauthorized', Message: 'Invalid UserName' } },
    });
    await expect(get(open(user, CEF))).rejects.toMatchObject({
      class: 'authentication',
      message: expect.stringContaining('Invalid UserName') as string,
    });
  });

  it.each([
    ['a session', user, CEF],
    ['a token', { by: 'oauth2', clientId: 'me', clientSecret: 's' }, BRIEF],
  ] as const)('or %s that is sent on is no fault of a record', async (_, auth, profile) => {
    answer = () => ({ status: 302, headers: { location: 'https://www.shop.example/closed' } });
    await expect(get(open(auth, profile))).rejects.toMatchObject({
      class: 'configuration',
      message: expect.stringContaining('on to https://www.shop.example') as string,
    });
  });

  it('is refused by a profile that has none', () => {
    expect(() => open(user, BRIEF)).toThrow('The API profile "brief" has no sign-in by session');
  });
});
