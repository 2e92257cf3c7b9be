import { isUnfinished, nodeRuns } from '../../scripts/n8n/executions';
import { type CredentialReference, World } from '../../scripts/n8n/world';
import { XCART_CREDENTIALS } from '../../sandbox/xcart';
import { FormVisitor } from './form';
import { waitFor } from './flow';

jest.setTimeout(240_000);

const PATIENCE_MS = 60_000;
const START = 'Start';
const NODE = 'Orders';

interface Shop {
  service: 'threedcart' | 'xcart';
  /** Name of the node, without that of the pack. */
  node: string;
  credential: string;
  switches: object;
  /** What a person enters before *Connect*. */
  data(sandbox: World['sandbox']): object;
}

/** Each shop that has a credential of n8n's own OAuth 2.0; each refresh token is good once. */
const SHOPS: Shop[] = [
  {
    service: 'threedcart',
    node: 'threeDCart',
    credential: 'threeDCartOAuth2Api',
    switches: { refreshTokenRotates: true },
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
    service: 'xcart',
    node: 'xCart',
    credential: 'xCartOAuth2Api',
    switches: { refreshTokenRotates: true, oAuth2: true },
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

/** One n8n that is connected to shops as a person connects it, and stays so for as long as the shops let it. */
describe('OAuth 2.0, on a real n8n', () => {
  describe.each(SHOPS)('of $service', ({ service, node, credential: type, switches, data }) => {
    let credential: CredentialReference;
    let workflow: string;

    beforeAll(async () => {
      await world.control.setSwitches(service, switches);
      await world.control.shop(service).place({ count: 2, lines: 1, notify: false });
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
            parameters: { authentication: 'oAuth2', resource: 'order', operation: 'getAll' },
            credentials: { [type]: credential },
          },
        ],
        connections: { [START]: { main: [[{ node: NODE, type: 'main', index: 0 }]] } },
        settings: { executionOrder: 'v1' },
      });
    });

    /** The button *Connect* of the credential: n8n says where to, the shop agrees, and sends the browser back. */
    async function connect(): Promise<string> {
      const browser = new FormVisitor(world.n8n.url, world.api.sessionCookie);
      const asked = `${world.n8n.url}/rest/oauth2-credential/auth?id=${credential.id}`;
      const { data: address } = (await (await browser.fetch(asked)).json()) as { data: string };
      return (await browser.open(address)).html;
    }

    /** What *Execute workflow* shows: how many orders came, or the error. */
    async function execute(): Promise<{ error?: string; orders?: number }> {
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
      return error === undefined ? { orders: nodes[NODE]?.items.length } : { error };
    }

    const tokensGiven = async (): Promise<number> =>
      (await world.control.counts())[service]?.operations['issue token'] ?? 0;

    const NOT_CONNECTED = expect.stringContaining(
      'The credential is not connected to an account, or no longer',
    ) as string;

    it('says that it is not connected, before a person has connected it', async () => {
      expect(await execute()).toEqual({ error: NOT_CONNECTED });
    });

    it('reads orders once the shop has agreed', async () => {
      expect(await connect()).toContain('200\n');
      expect(await execute()).toEqual({ orders: 2 });
      expect(await tokensGiven()).toBe(1);
      const tested = await world.api.testCredential(type, credential, data(world.sandbox));
      expect(tested.status).toBe('OK');
    });

    it.each(['first', 'second'])('renews a token that has expired, the %s time', async () => {
      const before = await tokensGiven();
      await world.control.expireTokens(service);
      expect(await execute()).toEqual({ orders: 2 });
      // What was renewed is kept: the next run asks for none.
      expect(await execute()).toEqual({ orders: 2 });
      expect(await tokensGiven()).toBe(before + 1);
    });

    it('says what to do where the shop has taken its leave back, and goes on when it is connected anew', async () => {
      world.sandbox.services[service].store.tokens.reset();
      expect(await execute()).toEqual({ error: NOT_CONNECTED });
      await connect();
      expect(await execute()).toEqual({ orders: 2 });
    });
  });
});
