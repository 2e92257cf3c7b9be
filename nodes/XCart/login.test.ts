/** A store that is asked by name and password of an administrator, in the place of a key. */
import type { ICredentialTestFunctions } from 'n8n-workflow';

import { XCartApi } from '../../credentials/XCartApi.credentials';
import { XCART_CREDENTIALS } from '../../sandbox/xcart';
import { startTestStore, type TestStore } from '../../sandbox/xcart/test-store';
import { type NodeRun, runNode } from '../../test/engine';
import { xCartTest } from './methods/credentialTest';
import { XCart } from './XCart.node';

const HOUR_MS = 3_600_000;

let store: TestStore;
let now: number;
let logins: number;

beforeEach(async () => {
  now = Date.parse('2026-05-02T10:00:00Z');
  logins = 0;
  store = await startTestStore(() => new Date(now));
  store.xcart.place({ count: 3 }, false);
});

afterEach(async () => await store.close());

const data = (more: object = {}) => ({
  storeUrl: store.url,
  storeName: 'b2c',
  version: '5.5.0',
  authentication: 'password',
  username: XCART_CREDENTIALS.adminLogin,
  password: XCART_CREDENTIALS.adminPassword,
  ...more,
});

async function run(operation: string, parameters: object, more: object = {}): Promise<NodeRun> {
  const counted = store.context.counters.snapshot();
  const result = await runNode({
    nodeType: new XCart(),
    parameters: { resource: 'order', operation, ...parameters },
    credentialTypes: [new XCartApi()],
    credentials: { xCartApi: data(more) },
    input: [{}],
  });
  logins = loginsIn(store.context.counters.snapshot()) - loginsIn(counted);
  return result;
}

const loginsIn = (counters: unknown): number =>
  Number(/"log in":\s*(\d+)/.exec(JSON.stringify(counters))?.[1] ?? 0);

const all = { returnAll: true };

it('signs in once and reads and writes with the token', async () => {
  const first = await run('getAll', all);
  expect(first.output()).toHaveLength(3);
  expect(logins).toBe(1);
  const order = { __rl: true, mode: 'id', value: String(first.output()[0]?.id) };
  const written = await run('updatePaymentStatus', { order, paymentStatus: 'P' });
  expect(written.output()).toMatchObject([{ payment_status: { code: 'P' } }]);
  expect(logins).toBe(0);
});

it('signs in again when the store takes the token no longer', async () => {
  await run('getAll', all);
  now += HOUR_MS + 1000;
  expect((await run('getAll', all)).output()).toHaveLength(3);
  expect(logins).toBe(1);
});

it('says which fields are wrong, and asks for a key no more than for a name', async () => {
  const { error } = await run('getAll', all, { password: 'wrong' });
  expect(error?.message).toMatch(/does not accept User Name and Password/);
  expect((await run('getAll', all, { storeUrl: `${store.url}/shop` })).error?.message).toMatch(
    /gave no token at its sign-in \(status 404\)/,
  );
});

it('tests the credential by signing in', async () => {
  const tested = async (more: object) =>
    await xCartTest.call({} as ICredentialTestFunctions, {
      id: '1',
      name: 'shop',
      type: 'xCartApi',
      data: data(more),
    });
  expect(await tested({})).toMatchObject({ status: 'OK' });
  expect(await tested({ password: 'wrong' })).toMatchObject({
    status: 'Error',
    message: expect.stringMatching(/^X-Cart does not accept User Name and Password\./) as string,
  });
});
