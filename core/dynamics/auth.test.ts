import { X509Certificate } from 'node:crypto';

import { type Jwt, verify } from 'jsonwebtoken';
import { uniq } from 'lodash';

import { makeCertificate } from '../../test/support/certificate';
import { jumpingClock } from '../../test/support/clock';
import { type HttpServer, type Reply, startHttpServer } from '../../test/support/httpServer';
import { fetchTransport } from '../http/fetch';
import { createSend } from '../http/send';
import { bearerAuth, type DynamicsAuthSettings, forgetTokens, tokenProvider } from './auth';
import { AADSTS, AADSTS_SUBJECTS, entraError } from './auth/aadsts';
import type { CertificateText } from './auth/certificate';
import { signIn } from './auth/settings';

const TENANT = '11111111-2222-4333-8444-555555555555';

let entra: HttpServer;
let answers: (number: number) => Reply;

const granted = (number: number): Reply => ({
  delayMs: 20,
  body: {
    token_type: 'Bearer',
    expires_in: 3599,
    ext_expires_in: 3599,
    access_token: `t${number}`,
  },
});

function refused(status: number, code: number, headers?: Record<string, string>): Reply {
  return {
    status,
    headers,
    body: {
      error: 'invalid_client',
      error_description: `AADSTS${code}: Something about app 'x'. Trace ID: 1 Correlation ID: 2`,
      error_codes: [code],
      correlation_id: 'c0ffee',
    },
  };
}

function settings(changes: Partial<DynamicsAuthSettings> = {}): DynamicsAuthSettings {
  return {
    environmentUrl: 'https://contoso.crm4.dynamics.com/main.aspx',
    tenantId: TENANT,
    clientId: 'aaaaaaaa-0000-4000-8000-000000000001',
    clientSecret: 'made-up~secret',
    authority: entra.origin,
    ...changes,
  };
}

beforeEach(async () => {
  forgetTokens();
  answers = granted;
  entra = await startHttpServer((_, number) => answers(number));
});
afterEach(async () => await entra.close());

describe('tokenProvider', () => {
  it('signs in once for many who ask at the same time, and asks nothing else of any server', async () => {
    const tokens = await Promise.all([1, 2, 3].map(() => tokenProvider(settings()).token()));
    expect(tokens).toEqual(['t1', 't1', 't1']);
    expect(entra.received).toHaveLength(1);
    const [request] = entra.received;
    expect(request?.url).toMatch(new RegExp(`^/${TENANT}/oauth2/v2.0/token`));
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toMatchObject({
      grant_type: 'client_credentials',
      scope: expect.stringContaining('https://contoso.crm4.dynamics.com/.default') as string,
      client_secret: 'made-up~secret',
    });
  });

  describe('with a certificate', () => {
    const { certificate, key } = makeCertificate('orders');
    const privateKey = key.export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: 'made up',
    });
    const byCertificate = (changes: Partial<CertificateText> = {}): DynamicsAuthSettings =>
      settings({
        authentication: 'certificate',
        clientSecret: undefined,
        certificate: {
          certificate: certificate.replaceAll('\n', ' '),
          privateKey: privateKey.toString(),
          passphrase: 'made up',
          ...changes,
        },
      });

    it('signs in once for fifty who ask at the same time, with an assertion and no secret', async () => {
      const asked = Array.from({ length: 50 }, () => tokenProvider(byCertificate()).token());
      expect(new Set(await Promise.all(asked))).toEqual(new Set(['t1']));
      expect(entra.received).toHaveLength(1);
      const form = new URLSearchParams(entra.received[0]?.body);
      expect(form.has('client_secret')).toBe(false);
      expect(form.get('client_assertion_type')).toBe(
        'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      );
      const { header, payload } = verify(form.get('client_assertion') ?? '', certificate, {
        algorithms: ['PS256'],
        complete: true,
        // MSAL rounds the time up to the next second.
        ignoreNotBefore: true,
      }) as Jwt;
      const thumbprint = new X509Certificate(certificate).fingerprint256.replaceAll(':', '');
      expect(header).toEqual({
        alg: 'PS256',
        typ: 'JWT',
        'x5t#S256': Buffer.from(thumbprint, 'hex').toString('base64url'),
      });
      const { clientId } = settings();
      expect(payload).toMatchObject({
        iss: clientId,
        sub: clientId,
        aud: expect.stringMatching(new RegExp(`/${TENANT}/oauth2/v2.0/token$`)) as string,
        jti: expect.any(String) as string,
      });
    });

    it('says that it has expired before anything is sent, also while it runs', async () => {
      const clock = jumpingClock(Date.now());
      const provider = tokenProvider(byCertificate(), { clock });
      expect(await provider.token()).toBe('t1');
      await clock.sleep(400 * 86_400_000);
      await expect(provider.token()).rejects.toMatchObject({
        class: 'authentication',
        message: expect.stringMatching(/^The certificate has expired on/) as string,
        fix: expect.stringMatching(/new certificate/) as string,
      });
      expect(entra.received).toHaveLength(1);
    });

    it('says what does not fit before anything is sent, and takes what is corrected', async () => {
      expect(() => tokenProvider(byCertificate({ passphrase: 'else' }))).toThrow(/decrypted/);
      expect(() => tokenProvider(byCertificate({ certificate: ' ' }))).toThrow(
        /Certificate is empty/,
      );
      expect(entra.received).toHaveLength(0);
      expect(await tokenProvider(byCertificate()).token()).toBe('t1');
    });
  });

  it('replaces a token that was rejected, once, and not one that is newer', async () => {
    const provider = tokenProvider(settings());
    const first = await provider.token();
    const renewed = await Promise.all([1, 2, 3].map(() => provider.token({ rejected: first })));
    expect(renewed).toEqual(['t2', 't2', 't2']);
    expect(await provider.token({ rejected: first })).toBe('t2');
    expect(entra.received).toHaveLength(2);
  });

  it('renews before the end', async () => {
    const clock = jumpingClock(Date.now());
    const provider = tokenProvider(settings(), { clock });
    await provider.token();
    await clock.sleep(3_290_000);
    expect(await provider.token()).toBe('t1');
    await clock.sleep(20_000);
    expect(await provider.token()).toBe('t2');
  });

  it('takes a corrected secret at once', async () => {
    answers = (number) => (number === 1 ? refused(401, 7000215) : granted(number));
    const wrong = tokenProvider(settings({ clientSecret: 'wrong~secret' })).token();
    await expect(wrong).rejects.toMatchObject({
      class: 'authentication',
      code: 'AADSTS7000215',
      requestId: 'c0ffee',
    });
    await expect(wrong).rejects.not.toThrow(/wrong~secret/);
    expect(await tokenProvider(settings()).token()).toBe('t2');
  });

  it('asks again after a refusal: what is repaired in Entra needs no restart', async () => {
    answers = (number) => (number === 1 ? refused(401, 700016) : granted(number));
    const provider = tokenProvider(settings());
    await expect(provider.token()).rejects.toMatchObject({ code: 'AADSTS700016' });
    expect(await provider.token()).toBe('t2');
  });

  it('waits as Entra asks, and leaves it alone where that is long', async () => {
    answers = () => refused(429, 50196, { 'retry-after': '120' });
    const clock = jumpingClock(Date.now());
    const provider = tokenProvider(settings(), { clock });
    const throttled = { class: 'throttled', retryAfterMs: 120_000 };
    await expect(provider.token()).rejects.toMatchObject(throttled);
    await clock.sleep(30_000);
    await expect(provider.token()).rejects.toMatchObject({ retryAfterMs: 90_000 });
    expect(entra.received).toHaveLength(1);
    answers = granted;
    await clock.sleep(91_000);
    expect(await provider.token()).toBe('t2');
  });

  it.each([
    ['a life as text', { token_type: 'Bearer', expires_in: '3599' }],
    ['its type in lower case', { token_type: 'bearer', expires_in: 3599 }],
    ['no type', { expires_in: 3599 }],
    ['no life', { token_type: 'Bearer' }],
    [
      'more than is asked for',
      { token_type: 'Bearer', expires_in: 3599, resource: 'x', scope: '' },
    ],
  ])('takes a token with %s, and keeps it', async (_, answer) => {
    answers = (number) => ({ body: { ...answer, access_token: `t${number}` } });
    const provider = tokenProvider(settings());
    expect([await provider.token(), await provider.token()]).toEqual(['t1', 't1']);
  });

  it.each([
    ['a page', '<html>Sign in</html>'],
    ['nothing', ''],
    ['no token', '{"token_type":"Bearer","expires_in":3599}'],
    ['null', 'null'],
  ])('is a failure with something to repair where the answer is %s', async (_, body) => {
    answers = () => ({ headers: { 'content-type': 'text/html' }, body });
    const error = { class: 'authentication', fix: expect.stringMatching(/\w/) as string };
    await expect(tokenProvider(settings()).token()).rejects.toMatchObject(error);
  });

  it.each([
    ['HTML', 502, '<html>', 'transient'],
    ['no JSON', 400, 'bad', 'authentication'],
    ['a list', 401, '[]', 'authentication'],
    ['an error without a description', 400, '{"error":"invalid_scope"}', 'authentication'],
  ])('understands a refusal with %s', async (_, status, body, errorClass) => {
    answers = () => ({ status, body });
    const provider = tokenProvider(settings(), { clock: jumpingClock(Date.now()) });
    await expect(provider.token()).rejects.toMatchObject({ class: errorClass, status });
  });

  it('is not stopped by the memory that MSAL keeps of a 5xx', async () => {
    answers = (number) => (number <= 3 ? { status: 503 } : granted(number));
    const provider = tokenProvider(settings(), { clock: jumpingClock(Date.now()) });
    await expect(provider.token()).rejects.toMatchObject({ class: 'transient', status: 503 });
    expect(await provider.token()).toBe('t4');
  });

  it('renews by itself when a service answers 401', async () => {
    const service = await startHttpServer(({ headers }) => ({
      status: headers.authorization === 'Bearer t2' ? 200 : 401,
    }));
    const send = createSend({
      transport: fetchTransport(),
      ...bearerAuth(tokenProvider(settings())),
    });
    const answer = await send({ method: 'GET', url: service.origin });
    await service.close();
    expect([answer.status, entra.received.length]).toEqual([200, 2]);
  });
});

describe('settings', () => {
  it.each([
    ['common', { tenantId: 'common' }, /names no tenant/],
    ['a tenant that is none', { tenantId: 'a/b' }, /Tenant ID/],
    ['no secret', { clientSecret: ' ' }, /Client Secret is empty/],
    ['http to another machine', { authority: 'http://login.example' }, /unencrypted/],
    ['http to a lookalike', { authority: 'http://127.0.0.1.evil.example' }, /unencrypted/],
    ['a custom cloud without its host', { authority: ' ' }, /Authority URL is empty/],
    ['a scope for nothing', { scope: 'https://x.example' }, /\/\.default/],
    ['an environment that is none', { environmentUrl: 'contoso' }, /Environment URL/],
  ])('refuses %s', (_, changes, message) => {
    expect(() => tokenProvider(settings(changes))).toThrow(message);
  });

  it.each([
    ['public', 'https://login.microsoftonline.com'],
    ['gccHigh', 'https://login.microsoftonline.us'],
    ['china', 'https://login.partner.microsoftonline.cn'],
  ] as const)('knows the sign-in host of %s', (cloud, host) => {
    const { authority } = signIn(settings({ authority: undefined, cloud }));
    expect(authority).toBe(`${host}/${TENANT}`);
  });

  it.each([
    '',
    '/',
    `/${TENANT}`,
    `/${TENANT}/`,
    `/${TENANT}/v2.0`,
    `/${TENANT}/oauth2/v2.0/token`,
    `/${TENANT.toUpperCase()}/oauth2/v2.0/authorize/`,
    `/${TENANT}/oauth2/token`,
  ])('takes the authority however it is pasted: %j', (path) => {
    const { authority } = signIn(settings({ authority: `https://login.example${path}` }));
    expect(authority.toLowerCase()).toBe(`https://login.example/${TENANT}`);
  });

  it.each(['https://login.microsoftonline.com', 'https://login.example:8443/path/'])(
    'goes straight to the token endpoint of %s',
    async (authority) => {
      const asked: string[] = [];
      const provider = tokenProvider(settings({ authority }), {
        send: (request) => {
          asked.push(`${request.method} ${request.url.split('?')[0]}`);
          const body = '{"token_type":"Bearer","expires_in":3599,"access_token":"ok"}';
          return Promise.resolve({ status: 200, headers: {}, body });
        },
      });
      expect(await provider.token()).toBe('ok');
      const base = authority.replace(/\/$/, '');
      expect(asked).toEqual([`POST ${base}/${TENANT}/oauth2/v2.0/token`]);
    },
  );
});

describe('entraError', () => {
  it('tells for every code what to do', () => {
    for (const [code, { title, fix, class: errorClass = 'authentication' }] of AADSTS) {
      const error = entraError({ description: `AADSTS${code}: text` });
      expect(error.message).toBe(`${title} (AADSTS${code}).`);
      expect(error).toMatchObject({ fix, class: errorClass });
    }
  });

  it('explains no code twice, in sentences without an end and repairs with one', () => {
    const codes = AADSTS_SUBJECTS.flatMap(({ explanations }) =>
      explanations.flatMap(([each]) => each),
    );
    expect(uniq(codes)).toEqual(codes);
    for (const { title, fix } of AADSTS.values()) {
      expect(title).toMatch(/^[A-Z].*[^.]$/);
      expect(fix).toMatch(/^[A-Z].*\.$/);
    }
  });

  it.each([
    ...['700016', '7000215', '7000222', '7000218', '7000112', '700027', '700024', '700025'],
    ...['50034', '50076', '50079', '50105', '50128', '90002', '90072', '500011', '65001'],
    ...['53003', '530003', '700003', '5000611', '70011', '1002012', '9002327'],
  ])('knows AADSTS%s', (code) => expect(AADSTS.has(code)).toBe(true));

  it('passes on an unknown code without what could be secret', () => {
    const error = entraError({
      description: 'AADSTS999999: client_secret=abcdefghij is odd.\r\nTrace ID: 1',
    });
    expect(error).toMatchObject({ class: 'authentication', code: 'AADSTS999999' });
    expect(error.message).not.toMatch(/abcdefghij|Trace/);
  });
});
