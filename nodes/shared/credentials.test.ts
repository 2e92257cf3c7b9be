/** A node with two ways to sign in, on n8n's own request helpers. */
import type { ICredentialType, IDataObject, INodeType } from 'n8n-workflow';

import { editorContext, runNode } from '../../test/engine';
import { type Received, type Reply, startHttpServer } from '../../test/support/httpServer';
import { serviceConnection } from './connection';
import { credentialDescriptions, type SignIns } from './credentials';
import type { Resource } from './operation';
import { resourceNode } from './records/node';
import { eachItem } from './steps';

const WAYS: SignIns = [
  { type: 'toyApi', name: 'API Key', value: 'apiKey' },
  { type: 'toyOAuth2Api', name: 'OAuth2', value: 'oAuth2', isOAuth2: true },
];

const hidden = (name: string, value: string) => ({
  displayName: name,
  name,
  type: 'hidden' as const,
  default: value,
});

const keyType: ICredentialType = {
  name: 'toyApi',
  displayName: 'Toy API',
  properties: [],
  authenticate: async (_, request) => ({
    ...request,
    headers: { ...request.headers, 'x-key': 'key' },
  }),
};

const oAuth2Type: ICredentialType = {
  name: 'toyOAuth2Api',
  displayName: 'Toy OAuth2 API',
  extends: ['oAuth2Api'],
  properties: [hidden('grantType', 'authorizationCode'), hidden('authentication', 'body')],
};

const open = serviceConnection({
  credential: WAYS,
  settings: ({ url }, type) => ({ url: String(url), type }),
  countedBy: ({ url }) => [url],
  limits: { start: 1 },
  create: ({ settings: { url, type }, send }) => ({
    type,
    ask: async () => await send({ method: 'GET', url }),
  }),
});

const toy: Resource = {
  name: 'Toy',
  value: 'toy',
  operations: [
    {
      name: 'Get',
      value: 'get',
      action: 'Get toy',
      description: 'Get one toy',
      properties: [],
      onlyReads: true,
      start: eachItem(open, async ({ ask, type }) => ({ type, ...(await ask()) })),
    },
  ],
};

const node = resourceNode([toy], 'toy', { ways: WAYS });

const nodeType: INodeType = {
  description: {
    ...node.description,
    displayName: 'Toy',
    name: 'toy',
    description: '',
    defaults: { name: 'Toy' },
    credentials: credentialDescriptions(WAYS),
  },
  execute: node.execute,
};

let shop: Awaited<ReturnType<typeof startHttpServer>>;
let answer: (request: Received) => Reply | Promise<Reply>;

beforeEach(async () => {
  shop = await startHttpServer((request) => answer(request));
  answer = () => ({ body: {} });
});

afterEach(async () => await shop.close());

const tokens = (access: string): IDataObject => ({
  clientId: 'client',
  clientSecret: 'secret',
  accessTokenUrl: `${shop.origin}/token`,
  oauthTokenData: { access_token: access, refresh_token: 'refresh-1', token_type: 'bearer' },
});

const run = async (authentication: string, oAuth2: IDataObject = tokens('old')) =>
  await runNode({
    nodeType,
    parameters: { authentication },
    credentialTypes: [keyType, oAuth2Type],
    credentials: {
      toyApi: { url: `${shop.origin}/toys` },
      toyOAuth2Api: { url: `${shop.origin}/toys`, ...oAuth2 },
    },
    input: [{}],
    onError: 'continueErrorOutput',
  });

test('the list of credentials asks for each where it is chosen', () => {
  expect(nodeType.description.credentials).toEqual([
    {
      name: 'toyApi',
      required: true,
      displayOptions: { show: { authentication: ['apiKey'] } },
    },
    {
      name: 'toyOAuth2Api',
      required: true,
      displayOptions: { show: { authentication: ['oAuth2'] } },
    },
  ]);
  expect(node.description.properties[0]).toMatchObject({
    name: 'authentication',
    default: 'apiKey',
  });
});

test('the request is signed by the way that is chosen', async () => {
  const byKey = await run('apiKey');
  const byToken = await run('oAuth2');
  expect([byKey.output()[0]?.type, byToken.output()[0]?.type]).toEqual(['toyApi', 'toyOAuth2Api']);
  expect(shop.received.map(({ headers }) => [headers['x-key'], headers.authorization])).toEqual([
    ['key', undefined],
    [undefined, 'Bearer old'],
  ]);
});

test('the lists of the editor sign in as the node does, and both ways are one caller', async () => {
  const contexts = ['apiKey', 'oAuth2'].map((authentication) =>
    editorContext({
      nodeType,
      parameters: { authentication },
      credentialTypes: [keyType, oAuth2Type],
      credentials: {
        toyApi: { url: shop.origin },
        toyOAuth2Api: { url: shop.origin, ...tokens('old') },
      },
    }),
  );
  const opened = await Promise.all(contexts.map(async (context) => await open(context)));
  expect(opened.map(({ type }) => type)).toEqual(['toyApi', 'toyOAuth2Api']);
  let underway = 0;
  let most = 0;
  answer = async () => {
    most = Math.max(most, (underway += 1));
    await new Promise((resolve) => setTimeout(resolve, 20));
    underway -= 1;
    return { body: {} };
  };
  await Promise.all(opened.map(async ({ ask }) => await ask()));
  expect(most).toBe(1);
});

test('a token that has run out is renewed by n8n, and the request goes out again', async () => {
  answer = ({ url, headers }) => {
    if (url === '/token') return { body: { access_token: 'new', token_type: 'bearer' } };
    return headers.authorization === 'Bearer new' ? { body: {} } : { status: 401, body: {} };
  };
  const { output } = await run('oAuth2');
  expect(output()).toMatchObject([{ status: 200 }]);
  const renewal = shop.received.find(({ url }) => url === '/token');
  expect(renewal?.body).toMatch(/grant_type=refresh_token/);
  expect(renewal?.body).toMatch(/refresh_token=refresh-1/);
});

test('what a new token does not help is a refusal with its status', async () => {
  answer = ({ url }) =>
    url === '/token'
      ? { body: { access_token: 'new', token_type: 'bearer' } }
      : { status: 401, body: {} };
  expect((await run('oAuth2')).output()).toMatchObject([{ status: 401 }]);
});

test.each([
  ['was never connected', () => ({ clientId: 'client', oauthTokenData: undefined })],
  ['has been revoked', () => tokens('old')],
])('an account that %s is to be connected by a person', async (_, data) => {
  answer = ({ url }) =>
    url === '/token'
      ? { status: 400, body: { error: 'invalid_grant' } }
      : { status: 401, body: {} };
  const { output } = await run('oAuth2', data());
  expect(output(1)).toMatchObject([
    {
      error: expect.stringMatching(/not connected/) as string,
      details: { class: 'authentication', fix: expect.stringMatching(/connect it/) as string },
    },
  ]);
});
