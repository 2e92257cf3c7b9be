import type { ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';

import { forgetTokens } from '../../core/dynamics/auth';
import { Dynamics365 } from '../../nodes/Dynamics365/Dynamics365.node';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { type HttpServer, startHttpServer } from '../support/httpServer';
import { dataverseClient, dataverseCredential } from './dataverse-on-sandbox';

const node = new Dynamics365();

/** As n8n finds it: by the name that the node says. */
const [credential] = node.description.credentials ?? [];
const { dataverseTest } = node.methods.credentialTest;

describe('the test of the Dataverse credential', () => {
  let sandbox: RunningSandbox;
  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.stop());
  beforeEach(() => forgetTokens());

  async function tested(
    data: Partial<ReturnType<typeof dataverseCredential>> = {},
  ): Promise<INodeCredentialTestResult> {
    return await dataverseTest.call({} as ICredentialTestFunctions, {
      id: '1',
      name: 'Dynamics',
      type: 'dynamicsDataverseApi',
      data: { ...dataverseCredential(sandbox), ...data },
    });
  }

  /** Signs in for the environment of the sandbox, and asks another address. */
  const elsewhere = async (url: string) =>
    await tested({ url, scope: `${sandbox.dataverse.url}/.default` });

  it('is done by the node, which signs in and asks who that is', async () => {
    expect(credential).toMatchObject({ name: 'dynamicsDataverseApi', testedBy: 'dataverseTest' });
    expect(await tested()).toEqual({
      status: 'OK',
      message: 'The environment "Sandbox" answers and knows the app',
    });
    const { url, clientSecret } = dataverseCredential(sandbox);
    const pasted = { url: ` ${url}/main.aspx?appid=1 `, clientSecret: ` ${clientSecret}\n` };
    expect(await tested(pasted)).toMatchObject({ status: 'OK' });
  });

  it('passes without the name of the environment where the role does not let it be read', async () => {
    const server = await startHttpServer(({ url }) =>
      url.includes('/WhoAmI')
        ? { body: { UserId: 'u', BusinessUnitId: 'b', OrganizationId: 'o' } }
        : { status: 403, body: { error: { code: '0x80040220', message: 'missing privilege' } } },
    );
    const result = await elsewhere(server.origin);
    await server.close();
    expect(server.received).toHaveLength(2);
    expect(result).toEqual({ status: 'OK', message: 'The environment answers and knows the app' });
  });

  it.each([
    [
      { clientSecret: 'no-such-secret' },
      'The client secret is wrong (AADSTS7000215). Copy the value of the secret (not its ID) from Entra admin center > App registrations > Certificates & secrets into Client Secret.',
    ],
    [
      { tenantId: 'common' },
      'Tenant ID is "common", which names no tenant. An app that signs in by itself needs the Directory (tenant) ID of your organization.',
    ],
    [{ clientId: '' }, 'Client ID is empty. Fill in Client ID in the credential.'],
    [
      { url: 'contoso.crm4.dynamics.com' },
      'Environment URL is not a web address. Write it with its protocol, such as https://contoso.crm4.dynamics.com.',
    ],
  ])('says what the sign-in refuses, with what to copy from where: %j', async (data, message) => {
    expect(await tested(data)).toEqual({ status: 'Error', message });
  });

  it('says in a sentence what is wrong with the address of the environment', async () => {
    expect((await elsewhere('https://127.0.0.1:59321')).message).toBe(
      '127.0.0.1:59321 refuses the connection (ECONNREFUSED). Check host and port of Environment URL, and that the service is running. Inside a container, localhost is the container itself.',
    );
    expect((await elsewhere('https://contoso.invalid')).message).toMatch(
      /^contoso\.invalid .*Environment URL|^contoso\.invalid could not be looked up/,
    );
  });

  describe('where something else answers', () => {
    let server: HttpServer;
    let status = 200;
    beforeAll(async () => {
      server = await startHttpServer(() => ({
        status,
        headers: { 'content-type': 'text/html' },
        body: '<html>',
      }));
    });
    afterAll(() => server.close());

    it.each([
      [200, /Something in front of Dataverse answered.*Check the environment URL/],
      [302, /Something in front of Dataverse answered.*Check the environment URL/],
      [
        401,
        /^The environment does not accept the token\. Check that Environment URL belongs to this tenant, and that Scope is empty or the same address\.$/,
      ],
      [
        403,
        /^The app has no user in this environment\. Add an application user with a security role in the Power Platform admin center\.$/,
      ],
      [404, /^There is no Dataverse Web API at Environment URL\. Check the address\.$/],
      [503, /environment/i],
    ])('with the status %i, names the field or the repair', async (given, message) => {
      status = given;
      const result = await elsewhere(server.origin);
      expect(result.status).toBe('Error');
      expect(result.message).toMatch(message);
      expect(result.message).not.toContain(dataverseCredential(sandbox).clientSecret);
    });
  });
});

describe('the token of the Dataverse credential', () => {
  const CALLS = 50;
  let sandbox: RunningSandbox;
  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.stop());
  beforeEach(() => {
    forgetTokens();
    sandbox.reset();
  });

  /** The first call of as many executions at once, each with a client of its own. */
  async function firstCalls(): Promise<string[]> {
    const clients = Array.from({ length: CALLS }, () => dataverseClient(sandbox));
    const users = await Promise.all(clients.map((client) => client.whoAmI()));
    return users.map(({ userId }) => userId);
  }

  const counted = () => {
    const { entra, dataverse } = sandbox.context.counters.snapshot();
    return { tokens: entra.operations['issue token'] ?? 0, calls: dataverse.requests };
  };

  it('is asked for once by 50 first calls at the same time', async () => {
    expect(new Set(await firstCalls()).size).toBe(1);
    expect(counted()).toEqual({ tokens: 1, calls: CALLS });
  });

  it('is asked for once by 50 calls whose token has ended, however many of them learn of it', async () => {
    await dataverseClient(sandbox).whoAmI();
    sandbox.services.entra.expireTokens();
    sandbox.context.counters.reset();
    expect(new Set(await firstCalls()).size).toBe(1);
    const { tokens, calls } = counted();
    expect(tokens).toBe(1);
    expect(calls).toBeGreaterThan(CALLS);
    expect(calls).toBeLessThanOrEqual(2 * CALLS);
  });
});
