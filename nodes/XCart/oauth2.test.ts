/** A store behind an add-on or gateway that gives tokens of OAuth 2.0, which n8n gets and renews. */
import type { IDataObject } from 'n8n-workflow';

import { XCartOAuth2Api } from '../../credentials/XCartOAuth2Api.credentials';
import { XCART_CREDENTIALS } from '../../sandbox/xcart';
import { startTestStore, type TestStore } from '../../sandbox/xcart/test-store';
import { type NodeRun, runNode } from '../../test/engine';
import { startHttpServer } from '../../test/support/httpServer';
import { publish } from '../../test/support/trigger';
import { XCartTrigger } from '../XCartTrigger/XCartTrigger.node';
import { XCart } from './XCart.node';

const { clientId, clientSecret } = XCART_CREDENTIALS;

let store: TestStore;

beforeEach(async () => {
  store = await startTestStore();
  store.xcart.setSwitches({ oAuth2: true });
  store.xcart.place({ count: 3 }, false);
});

afterEach(async () => await store.close());

/** What the credential holds, with the fields that it has of n8n. */
const data = (more: IDataObject = {}): IDataObject => ({
  storeUrl: store.url,
  storeName: 'b2c',
  version: '5.5.0',
  grantType: 'authorizationCode',
  accessTokenUrl: `${store.url}/oauth/token`,
  authUrl: `${store.url}/oauth/authorize`,
  authentication: 'header',
  clientId,
  clientSecret,
  scope: '',
  ...more,
});

/** As after a person has connected the credential, with tokens of `/oauth/token`. */
const connected = (): IDataObject => ({
  oauthTokenData: {
    access_token: store.xcart.store.tokens.issueAccess(store.xcart.now(), 3600),
    refresh_token: store.xcart.store.tokens.issueRefresh(),
    token_type: 'bearer',
  },
});

const run = async (operation: string, parameters: object, credential: IDataObject) =>
  await runNode({
    nodeType: new XCart(),
    parameters: { authentication: 'oAuth2', resource: 'order', operation, ...parameters },
    credentialTypes: [new XCartOAuth2Api()],
    credentials: { xCartOAuth2Api: credential },
    input: [{}],
    onError: 'continueErrorOutput',
  });

const readAll = async (credential: IDataObject): Promise<NodeRun> =>
  await run('getAll', { returnAll: true }, credential);

const tokensIssued = (): number =>
  Number(
    /"issue token":\s*(\d+)/.exec(JSON.stringify(store.context.counters.snapshot()))?.[1] ?? 0,
  );

test('reads and writes with the token of an account that a person has connected', async () => {
  const credential = data(connected());
  const { output } = await readAll(credential);
  expect(output()).toHaveLength(3);
  const order = { __rl: true, mode: 'id', value: String(output()[0]?.id) };
  const written = await run('updatePaymentStatus', { order, paymentStatus: 'P' }, credential);
  expect(written.output()).toMatchObject([{ payment_status: { code: 'P' } }]);
  expect(tokensIssued()).toBe(0);
});

test('a token that has run out is renewed, in the node and in the trigger', async () => {
  store.xcart.setSwitches({ refreshTokenRotates: true });
  const credential = data(connected());
  store.xcart.store.tokens.expire();
  expect((await readAll(credential)).output()).toHaveLength(3);
  expect(tokensIssued()).toBe(1);
  const trigger = publish({
    trigger: new XCartTrigger(),
    credentialType: new XCartOAuth2Api(),
    credential,
    parameters: { authentication: 'oAuth2', mode: 'poll' },
    id: 'followed with a token',
  });
  await trigger.poll();
  store.xcart.place({ count: 2 }, false);
  store.xcart.store.tokens.expire();
  expect(await trigger.poll()).toHaveLength(2);
  expect(tokensIssued()).toBe(2);
});

test.each([{}, { oauthTokenData: {} }, { oauthTokenData: { access_token: '' } }])(
  'an account that nobody has connected yet is one to connect, and nothing is sent again: %j',
  async (token) => {
    const { output } = await readAll(data(token));
    expect(output(1)).toMatchObject([
      {
        error: 'The credential is not connected to an account, or no longer',
        details: { class: 'authentication', fix: expect.stringMatching(/connect it/) },
      },
    ]);
    expect(store.context.counters.snapshot()).toMatchObject({ xcart: { requests: 0 } });
  },
);

test.each(['header', 'body'])(
  'the client itself gets a token when it needs one, by its secret in the %s',
  async (authentication) => {
    const credential = data({ grantType: 'clientCredentials', authentication });
    expect((await readAll(credential)).output()).toHaveLength(3);
    store.xcart.store.tokens.expire();
    expect((await readAll(credential)).output()).toHaveLength(3);
    expect(tokensIssued()).toBe(2);
  },
);

test('what the store refuses is told of this credential, and of no key', async () => {
  const gate = await startHttpServer(({ method }) => ({
    status: method === 'GET' ? 401 : 403,
    body: { message: 'no' },
  }));
  try {
    const credential = data({
      ...connected(),
      storeUrl: gate.origin,
      grantType: 'clientCredentials',
    });
    const refused = await readAll(credential);
    expect(refused.output(1)).toMatchObject([
      { details: { class: 'authentication', fix: expect.stringMatching(/OAuth2 API again/) } },
    ]);
    const order = { __rl: true, mode: 'id', value: '1' };
    const { output } = await run('updatePaymentStatus', { order, paymentStatus: 'P' }, credential);
    expect(output(1)).toMatchObject([
      {
        details: {
          class: 'permission',
          fix: expect.stringMatching(/X-Cart \(XCart\) OAuth2 API is connected can only read/),
        },
      },
    ]);
    expect(JSON.stringify([refused.output(1), output(1)])).not.toMatch(/API Key/);
  } finally {
    await gate.close();
  }
});
