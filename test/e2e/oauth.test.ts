import { isUnfinished, nodeRuns } from '../../scripts/n8n/executions';
import { type CredentialReference, World } from '../../scripts/n8n/world';
import { XCART_CREDENTIALS } from '../../sandbox/xcart';
import { makeCertificate } from '../support/certificate';
import { FormVisitor } from './form';
import { waitFor } from './flow';

jest.setTimeout(240_000);

const PATIENCE_MS = 60_000;
const START = 'Start';
const NODE = 'Orders';

type Sandbox = World['sandbox'];

interface Connected {
  service: 'threedcart' | 'xcart' | 'dataverse';
  /** Who gives the tokens. */
  issuer: 'threedcart' | 'xcart' | 'entra';
  /** Name of the node, without that of the pack. */
  node: string;
  /** With which the node reads two records. */
  parameters: object;
  credential: string;
  /** Brings about that there are two records, and that each refresh token is good once where a service may be so. */
  prepare?(world: World): Promise<unknown>;
  /** What a person enters before *Connect*. */
  data(sandbox: Sandbox): object;
  /** Takes every leave back that was given until now. */
  revoke(sandbox: Sandbox): void;
}

const ORDERS = { resource: 'order', operation: 'getAll' };

/** A shop with two orders. */
const shop = (service: 'threedcart' | 'xcart', switches: object) => ({
  service,
  issuer: service,
  parameters: ORDERS,
  prepare: async ({ control }: World) => {
    await control.setSwitches(service, { refreshTokenRotates: true, ...switches });
    await control.shop(service).place({ count: 2, lines: 1, notify: false });
  },
  revoke: (sandbox: Sandbox) => sandbox.services[service].store.tokens.reset(),
});

/** Each service that has a credential of n8n's own OAuth 2.0. */
const SERVICES: Connected[] = [
  {
    ...shop('threedcart', {}),
    node: 'threeDCart',
    credential: 'threeDCartOAuth2Api',
    data: ({ threedcart: { url, secureUrl, clientId, clientSecret } }) => ({
      apiUrl: url,
      secureUrl,
      storeName: 'main',
      timeZone: 'America/New_York',
      currency: 'USD',
      clientId,
      clientSecret,
    }),
  },
  {
    ...shop('xcart', { oAuth2: true }),
    node: 'xCart',
    credential: 'xCartOAuth2Api',
    data: ({ xcart: { url } }) => ({
      storeUrl: url,
      storeName: 'main',
      version: '5.5.0',
      grantType: 'authorizationCode',
      authUrl: `${url}/oauth/authorize`,
      accessTokenUrl: `${url}/oauth/token`,
      clientId: XCART_CREDENTIALS.clientId,
      clientSecret: XCART_CREDENTIALS.clientSecret,
      scope: '',
      authentication: 'header',
    }),
  },
  {
    service: 'dataverse',
    issuer: 'entra',
    node: 'dynamics365',
    parameters: { resource: 'product', operation: 'getAll', limit: 2 },
    credential: 'dynamicsDataverseOAuth2Api',
    // The addresses of the sign-in are what the fields make of it.
    data: ({
      dataverse: { url },
      entra: { url: authority, tenantId, clientId, clientSecret },
    }) => ({
      url: `${url}/main.aspx?appid=1`,
      ...{ tenantId, cloud: 'custom', authority, clientId, clientSecret },
    }),
    revoke: ({ services: { entra } }) => {
      entra.revokeSignIns();
      entra.expireTokens();
    },
  },
];

let world: World;

beforeAll(async () => {
  world = await World.open();
});
afterAll(async () => await world?.close());

describe('credentials, on a real n8n', () => {
  it('have a test that says what is right and what is wrong', async () => {
    for (const [type, { name, data }] of Object.entries(world.sandbox.credentials)) {
      const credential = world.credentials[type];
      expect(credential).toBeDefined();
      if (!credential) continue;
      expect(await world.api.testCredential(type, credential, data)).toMatchObject({
        status: 'OK',
      });
      const wrong = {
        ...data,
        clientSecret: 'not-the-secret',
        apiKey: 'not-the-key',
        token: 'not-the-token',
      };
      const answer = await world.api.testCredential(type, { id: credential.id, name }, wrong);
      expect(answer.status).toBe('Error');
      expect(answer.message).not.toContain('not-the');
    }
  });
});

describe('a certificate, on a real n8n', () => {
  it('signs in when it was pasted into one-line fields, and the test says which environment that is', async () => {
    const { certificate, key } = makeCertificate('n8n');
    const encrypted = { cipher: 'aes-256-cbc', passphrase: 'made up' };
    const privateKey = key.export({ type: 'pkcs8', format: 'pem', ...encrypted }).toString();
    world.sandbox.services.entra.addCertificate(certificate);
    const type = 'dynamicsDataverseApi';
    const data = {
      ...world.sandbox.credentials[type]?.data,
      authentication: 'certificate',
      clientSecret: '',
      certificate: certificate.replaceAll('\n', ' '),
      privateKey: privateKey.replaceAll('\n', ' '),
      passphrase: 'made up',
    };
    const credential = await world.api.createCredential(type, 'Dynamics 365 by certificate', data);
    expect(await world.api.testCredential(type, credential, data)).toEqual({
      status: 'OK',
      message: 'The environment "Sandbox" answers and knows the app',
    });
    const wrong = await world.api.testCredential(type, credential, { ...data, passphrase: 'else' });
    expect(wrong).toMatchObject({
      status: 'Error',
      message: expect.stringContaining('Passphrase') as string,
    });
  });
});

/** One n8n that is connected as a person connects it, and stays so for as long as the services let it. */
describe('OAuth 2.0, on a real n8n', () => {
  describe.each(SERVICES)('of $service', ({ service, issuer, node, parameters, ...of }) => {
    const { credential: type, data } = of;
    let credential: CredentialReference;
    let workflow: string;
    let before = 0;

    beforeAll(async () => {
      await of.prepare?.(world);
      before = await tokensGiven();
      credential = await world.api.createCredential(type, service, data(world.sandbox));
      workflow = await world.api.createWorkflow({
        name: service,
        nodes: [
          {
            name: START,
            type: 'n8n-nodes-base.manualTrigger',
            typeVersion: 1,
            position: [0, 0],
            parameters: {},
          },
          {
            name: NODE,
            type: `n8n-nodes-dynamics-commerce.${node}`,
            typeVersion: 1,
            position: [200, 0],
            parameters: { authentication: 'oAuth2', ...parameters },
            credentials: { [type]: credential },
          },
        ],
        connections: { [START]: { main: [[{ node: NODE, type: 'main', index: 0 }]] } },
        settings: { executionOrder: 'v1' },
      });
    });

    /** The button *Connect* of the credential: n8n says where to, the service agrees, and sends the browser back. */
    async function connect(): Promise<string> {
      const browser = new FormVisitor(world.n8n.url, world.api.sessionCookie);
      const asked = `${world.n8n.url}/rest/oauth2-credential/auth?id=${credential.id}`;
      const { data: address } = (await (await browser.fetch(asked)).json()) as { data: string };
      return (await browser.open(address)).html;
    }

    /** What *Execute workflow* shows: how many records came, or the error. */
    async function execute(): Promise<{ error?: string; records?: number }> {
      const { executionId } = await world.api.json<{ executionId: string }>(
        'POST',
        `/rest/workflows/${workflow}/run`,
        {
          triggerToStartFrom: { name: START },
          destinationNode: { nodeName: NODE, mode: 'inclusive' },
        },
      );
      const hasEnded = async () => {
        const { status } = await world.api.execution(executionId);
        return !isUnfinished(status as 'running');
      };
      await waitFor(world, hasEnded, PATIENCE_MS);
      const { error, nodes } = await nodeRuns(world.api, executionId);
      return error === undefined ? { records: nodes[NODE]?.items.length } : { error };
    }

    const tokensGiven = async (): Promise<number> =>
      (await world.control.counts())[issuer]?.operations['issue token'] ?? 0;

    const NOT_CONNECTED = expect.stringContaining(
      'The credential is not connected to an account, or no longer',
    ) as string;

    it('says that it is not connected, before a person has connected it', async () => {
      expect(await execute()).toEqual({ error: NOT_CONNECTED });
    });

    it('reads records once the service has agreed', async () => {
      expect(await connect()).toContain('200\n');
      expect(await execute()).toEqual({ records: 2 });
      expect(await tokensGiven()).toBe(before + 1);
      const tested = await world.api.testCredential(type, credential, data(world.sandbox));
      expect(tested.status).toBe('OK');
    });

    it.each(['first', 'second'])('renews a token that has expired, the %s time', async () => {
      const until = await tokensGiven();
      await world.control.expireTokens(issuer);
      expect(await execute()).toEqual({ records: 2 });
      // What was renewed is kept: the next run asks for none.
      expect(await execute()).toEqual({ records: 2 });
      expect(await tokensGiven()).toBe(until + 1);
    });

    it('says what to do where the service has taken its leave back, and goes on when it is connected anew', async () => {
      of.revoke(world.sandbox);
      expect(await execute()).toEqual({ error: NOT_CONNECTED });
      await connect();
      expect(await execute()).toEqual({ records: 2 });
    });
  });
});
