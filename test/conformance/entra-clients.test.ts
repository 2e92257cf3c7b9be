import { X509Certificate } from 'node:crypto';
import {
  ConfidentialClientApplication,
  type INetworkModule,
  type NodeAuthOptions,
} from '@azure/msal-node';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  clientCredentialsGrant,
  ClientSecretBasic,
  ClientSecretPost,
  discovery,
  randomPKCECodeVerifier,
  refreshTokenGrant,
  type ClientAuth,
} from 'openid-client';
import { startSandbox, type RunningSandbox } from '../../sandbox/start';
import { makeCertificate } from '../support/certificate';

/** Two independent OAuth libraries, unchanged: Microsoft's own, and the reference client of OpenID. */

const MICROSOFT = 'https://login.microsoftonline.com';
/** A cloud that MSAL does not know, so that it asks for the metadata of the authority. */
const OWN_CLOUD = 'https://login.sandbox.example';

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});

beforeEach(() => sandbox.reset());

afterAll(() => sandbox.stop());

const tokenRequests = (): number =>
  sandbox.context.counters.snapshot().entra.operations['issue token'] ?? 0;

async function whoAmI(token: string): Promise<number> {
  const { status } = await fetch(`${sandbox.dataverse.url}/api/data/v9.2/WhoAmI`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return status;
}

describe('MSAL', () => {
  /** MSAL wants https: the requests go to the sandbox as a proxy that ends TLS would pass them on. */
  function throughProxy(): INetworkModule {
    const send = async <T>(method: string, url: string, options?: object, body?: string) => {
      const { host, pathname, search } = new URL(url);
      const given = (options as { headers?: Record<string, string> } | undefined)?.headers;
      const answer = await fetch(`${sandbox.entra.url}${pathname}${search}`, {
        method,
        body,
        headers: { ...given, 'x-forwarded-proto': 'https', 'x-forwarded-host': host },
      });
      const headers = Object.fromEntries(answer.headers);
      return { headers, status: answer.status, body: (await answer.json()) as T };
    };
    return {
      sendGetRequestAsync: <T>(url: string, options?: object) => send<T>('GET', url, options),
      sendPostRequestAsync: <T>(url: string, options?: { body?: string }) =>
        send<T>('POST', url, options, options?.body),
    };
  }

  type Credential = Pick<NodeAuthOptions, 'clientSecret' | 'clientCertificate'>;

  const application = (
    authority: string,
    credential: Credential = { clientSecret: sandbox.entra.clientSecret },
    knownAuthorities = [new URL(authority).host],
  ) =>
    new ConfidentialClientApplication({
      auth: {
        clientId: sandbox.entra.clientId,
        ...credential,
        authority: `${authority}/${sandbox.entra.tenantId}`,
        knownAuthorities,
      },
      system: { networkClient: throughProxy() },
    });

  const request = () => ({ scopes: [sandbox.dataverse.scope] });

  it.each([MICROSOFT, OWN_CLOUD])(
    'gets a token from %s that Dataverse takes',
    async (authority) => {
      const result = await application(authority).acquireTokenByClientCredential(request());
      expect(await whoAmI(result?.accessToken ?? '')).toBe(200);
      expect(result?.expiresOn?.getTime()).toBeGreaterThan(Date.now() + 3_500_000);
    },
  );

  it('asks for the metadata of an unknown cloud, and once for a token', async () => {
    const app = application(OWN_CLOUD);
    await app.acquireTokenByClientCredential(request());
    const again = await app.acquireTokenByClientCredential(request());
    expect(again?.fromCache).toBe(true);
    expect(sandbox.context.counters.snapshot().entra.byRoute).toEqual({
      'GET /:tenant/v2.0/.well-known/openid-configuration': 1,
      'POST /:tenant/oauth2/v2.0/token': 1,
    });
  });

  it('asks which cloud an authority is of that it was not told of', async () => {
    const app = application(OWN_CLOUD, undefined, []);
    const result = await app.acquireTokenByClientCredential(request());
    expect(await whoAmI(result?.accessToken ?? '')).toBe(200);
    expect(sandbox.context.counters.snapshot().entra.byRoute).toMatchObject({
      'GET /common/discovery/instance': 1,
    });
  });

  it('signs in with a certificate that is registered, and with no other', async () => {
    const { certificate, key } = makeCertificate('sandbox');
    const clientCertificate = {
      thumbprintSha256: new X509Certificate(certificate).fingerprint256.replaceAll(':', ''),
      privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    };
    const signIn = () =>
      application(MICROSOFT, { clientCertificate }).acquireTokenByClientCredential(request());
    await expect(signIn()).rejects.toMatchObject({
      errorMessage: expect.stringContaining('AADSTS700027'),
    });
    const registered = await fetch(`${sandbox.control.url}/entra/certificate`, {
      method: 'POST',
      body: JSON.stringify({ certificate }),
    });
    expect(registered.status).toBe(204);
    expect(await whoAmI((await signIn())?.accessToken ?? '')).toBe(200);
    sandbox.reset();
    await expect(signIn()).rejects.toMatchObject({ errorCode: 'invalid_client' });
  });

  it('names the code of a tenant that is not set up', async () => {
    sandbox.services.entra.refuseWith(7000222);
    const refused = application(MICROSOFT).acquireTokenByClientCredential(request());
    await expect(refused).rejects.toMatchObject({
      errorCode: 'invalid_client',
      errorMessage: expect.stringContaining('AADSTS7000222'),
    });
  });

  it('understands the refusals', async () => {
    const wrong = application(MICROSOFT, { clientSecret: 'wrong' }).acquireTokenByClientCredential(
      request(),
    );
    await expect(wrong).rejects.toMatchObject({
      errorCode: 'invalid_client',
      errorMessage: expect.stringContaining('AADSTS7000215'),
    });
    const scopes = [`${sandbox.dataverse.url}/user_impersonation`];
    await expect(
      application(MICROSOFT).acquireTokenByClientCredential({ scopes }),
    ).rejects.toMatchObject({ errorCode: 'invalid_scope' });
  });

  it('waits locally after a 429, and its requests do not arrive', async () => {
    sandbox.context.faults.configure({
      rules: [{ service: 'entra', kind: '429', times: 1, retryAfterSeconds: 60 }],
    });
    const app = application(MICROSOFT);
    await expect(app.acquireTokenByClientCredential(request())).rejects.toThrow();
    await expect(app.acquireTokenByClientCredential(request())).rejects.toThrow();
    expect(sandbox.context.counters.snapshot().entra.requests).toBe(1);
  });
});

describe('openid-client', () => {
  const configuration = (auth: ClientAuth) => {
    const { url, tenantId, clientId, clientSecret } = sandbox.entra;
    return discovery(new URL(`${url}/${tenantId}/v2.0`), clientId, clientSecret, auth, {
      execute: [allowInsecureRequests],
    });
  };

  it.each([
    ['the form', ClientSecretPost],
    ['the header', ClientSecretBasic],
  ] as const)('discovers the tenant and sends its secret in %s', async (_where, auth) => {
    const found = await configuration(auth(sandbox.entra.clientSecret));
    const token = await clientCredentialsGrant(found, { scope: sandbox.dataverse.scope });
    expect(await whoAmI(token.access_token)).toBe(200);
    expect(token.expiresIn()).toBeGreaterThan(3590);
    expect(tokenRequests()).toBe(1);
  });

  it('signs a user in with a code, checks who that is, and renews the token', async () => {
    const found = await configuration(ClientSecretPost(sandbox.entra.clientSecret));
    const pkceCodeVerifier = randomPKCECodeVerifier();
    const page = buildAuthorizationUrl(found, {
      redirect_uri: 'http://localhost:5678/rest/oauth2-credential/callback',
      scope: `openid offline_access ${sandbox.dataverse.url}/user_impersonation`,
      code_challenge: await calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      state: 'made-up',
    });
    const sent = await fetch(page, { redirect: 'manual' });
    const back = new URL(sent.headers.get('location') ?? '');
    const checks = { pkceCodeVerifier, expectedState: 'made-up' };
    const token = await authorizationCodeGrant(found, back, checks);
    expect(token.claims()?.name).toBe('Sandbox Clerk');
    expect(await whoAmI(token.access_token)).toBe(200);
    const renewed = await refreshTokenGrant(found, token.refresh_token ?? '');
    expect(await whoAmI(renewed.access_token)).toBe(200);
  });

  it('understands a fault', async () => {
    const found = await configuration(ClientSecretPost(sandbox.entra.clientSecret));
    sandbox.context.faults.configure({ rules: [{ service: 'entra', kind: '429', times: 1 }] });
    const refused = clientCredentialsGrant(found, { scope: sandbox.dataverse.scope });
    await expect(refused).rejects.toMatchObject({ error: 'temporarily_unavailable', status: 429 });
  });

  it('understands a refusal', async () => {
    const found = await configuration(ClientSecretPost('wrong'));
    await expect(
      clientCredentialsGrant(found, { scope: sandbox.dataverse.scope }),
    ).rejects.toMatchObject({ error: 'invalid_client', status: 401 });
  });
});
