import { DynamicsDataverseApi } from '../../credentials/DynamicsDataverseApi.credentials';
import { DynamicsDataverseOAuth2Api } from '../../credentials/DynamicsDataverseOAuth2Api.credentials';
import { forgetTokens } from '../../core/dynamics/auth';
import { Dynamics365 } from '../../nodes/Dynamics365/Dynamics365.node';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { type NodeRun, runNode } from '../engine';
import { makeCertificate } from '../support/certificate';
import { dataverseCredential } from './dataverse-on-sandbox';

/** The ways into Dynamics 365 that are no client secret, through the node on the sandbox. */

const REDIRECT = 'http://localhost:5678/rest/oauth2-credential/callback';

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());
beforeEach(() => {
  sandbox.reset();
  forgetTokens();
});

type Data = Record<string, unknown>;

async function run(authentication: string, data: Data): Promise<NodeRun> {
  return await runNode({
    nodeType: new Dynamics365(),
    parameters: { authentication, resource: 'product', operation: 'getAll', limit: 2 },
    credentialTypes: [new DynamicsDataverseApi(), new DynamicsDataverseOAuth2Api()],
    credentials: {
      dynamicsDataverseApi: authentication === 'app' ? (data as never) : {},
      dynamicsDataverseOAuth2Api: authentication === 'oAuth2' ? (data as never) : {},
    },
    input: [{}],
    onError: 'continueErrorOutput',
  });
}

const tokensGiven = (): number =>
  sandbox.context.counters.snapshot().entra.operations['issue token'] ?? 0;

describe('with a certificate', () => {
  const { certificate, key } = makeCertificate('n8n');
  const privateKey = key
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'made up' })
    .toString();

  /** As one-line password fields keep what was pasted. */
  const pasted = (changes: Data = {}): Data => ({
    ...dataverseCredential(sandbox),
    clientSecret: '',
    authentication: 'certificate',
    certificate: certificate.replaceAll('\n', ' '),
    privateKey: privateKey.replaceAll('\n', ' '),
    passphrase: 'made up',
    ...changes,
  });

  it('reads rows once the certificate is registered, with one token for all', async () => {
    sandbox.services.entra.addCertificate(certificate);
    const runs = await Promise.all([1, 2, 3].map(async () => await run('app', pasted())));
    expect(runs.map(({ output }) => output().length)).toEqual([2, 2, 2]);
    expect(tokensGiven()).toBe(1);
  });

  it('says to upload it where it is not', async () => {
    const { output } = await run('app', pasted());
    expect(output(1)).toMatchObject([
      {
        error: expect.stringMatching(/AADSTS700027/) as string,
        details: {
          class: 'authentication',
          fix: expect.stringMatching(/^Upload the certificate/) as string,
        },
      },
    ]);
  });

  it('asks nobody where the key is of another certificate', async () => {
    const other = makeCertificate('other').certificate;
    const { output } = await run('app', pasted({ certificate: other }));
    expect(output(1)).toMatchObject([
      { error: expect.stringMatching(/does not belong to the certificate/) as string },
    ]);
    expect(sandbox.context.counters.snapshot().entra.requests).toBe(0);
    expect(JSON.stringify(output(1))).not.toContain(privateKey.slice(40, 60));
  });
});

describe('as a user', () => {
  const entra = (): string => `${sandbox.entra.url}/${sandbox.entra.tenantId}/oauth2/v2.0`;

  /** What n8n does when a person presses Connect: the tokens, as it keeps them with the credential. */
  async function connected(changes: Data = {}): Promise<Data> {
    const { clientId, clientSecret } = sandbox.entra;
    const scope = `${sandbox.dataverse.url}/user_impersonation offline_access`;
    const query = new URLSearchParams({
      client_id: clientId,
      response_type: 'code',
      redirect_uri: REDIRECT,
      scope,
    });
    const page = await fetch(`${entra()}/authorize?${query.toString()}`, { redirect: 'manual' });
    const code = new URL(page.headers.get('location') ?? '').searchParams.get('code') ?? '';
    const answer = await fetch(`${entra()}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uri: REDIRECT,
        code,
      }),
    });
    return {
      url: sandbox.dataverse.url,
      grantType: 'authorizationCode',
      authentication: 'body',
      accessTokenUrl: `${entra()}/token`,
      clientId,
      clientSecret,
      scope,
      oauthTokenData: await answer.json(),
      ...changes,
    };
  }

  it('reads rows in the name of the user, and renews the token when it has ended', async () => {
    const data = await connected();
    expect((await run('oAuth2', data)).output()).toHaveLength(2);
    sandbox.services.entra.expireTokens();
    expect((await run('oAuth2', data)).output()).toHaveLength(2);
    expect(tokensGiven()).toBe(2);
  });

  it('says to connect the account where it never was, or its sign-in has been revoked', async () => {
    const fix = expect.stringMatching(/connect it/) as string;
    const never = await run('oAuth2', await connected({ oauthTokenData: undefined }));
    expect(never.output(1)).toMatchObject([{ details: { class: 'authentication', fix } }]);
    const data = await connected();
    sandbox.services.entra.expireTokens();
    sandbox.services.entra.revokeSignIns();
    const revoked = await run('oAuth2', data);
    expect(revoked.output(1)).toMatchObject([{ details: { class: 'authentication', fix } }]);
  });

  it.each([
    [7000222, /^The client secret has expired \(AADSTS7000222\)/, /Make a new secret/],
    [9002327, /single-page application \(AADSTS9002327\)/, /under Web/],
  ])('says what Entra has told n8n, which asked: AADSTS%i', async (number, message, fix) => {
    const data = await connected();
    sandbox.services.entra.expireTokens();
    sandbox.services.entra.refuseWith(number);
    const { output } = await run('oAuth2', data);
    expect(output(1)).toMatchObject([
      {
        error: expect.stringMatching(message) as string,
        details: { class: 'authentication', fix: expect.stringMatching(fix) as string },
      },
    ]);
    expect(JSON.stringify(output(1))).not.toContain(sandbox.entra.clientSecret);
  });
});
