/**
 * A deployment of Clarity whose paths, names, envelope, sign-in and webhooks are all other ones is matched by a profile alone:
 * `docs/clarity-profile.json`, as the guide has it (docs/clarity-profile.md). The steps are those of the guide.
 */
import type { ICredentialsDecrypted, ICredentialTestFunctions, IDataObject } from 'n8n-workflow';

import { ClarityApi } from '../../credentials/ClarityApi.credentials';
import { Clarity } from '../../nodes/Clarity/Clarity.node';
import { ClarityTrigger } from '../../nodes/ClarityTrigger/ClarityTrigger.node';
import { CLARITY_CREDENTIALS } from '../../sandbox/clarity/credentials';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { SandboxControl } from '../../scripts/n8n/sandbox-control';
import { salesOrderNameIn, shopOf } from '../../scripts/n8n/shop';
import { NODES } from '../../workflows/templates/orderToCash';
import { useOwnLedger } from '../support/ledger';
import { OWN_CLARITY } from '../support/ownClarity';
import { publish } from '../support/trigger';
import { templateFlow } from './template-on-sandbox';

const SHOP = shopOf('clarity');

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(async () => await sandbox.stop());

useOwnLedger();

const control = () => new SandboxControl(sandbox.control.url).shop('clarity');

/** As a person fills it in: address, key, and the profile. */
const credentialWith = (profile: IDataObject): IDataObject => ({
  apiUrl: sandbox.clarity.url,
  storeName: 'main',
  authentication: 'apiKey',
  apiKey: CLARITY_CREDENTIALS.apiKey,
  ...profile,
});

async function tested(credential: IDataObject) {
  const { clarityTest } = new Clarity().methods.credentialTest;
  const data = { data: credential } as unknown as ICredentialsDecrypted;
  return await clarityTest.call({} as ICredentialTestFunctions, data);
}

/** What the shop was asked for since the last time, as it stands in the address. */
function paths(): string[] {
  const { counters } = sandbox.context;
  const routes = Object.keys(counters.snapshot().clarity?.byRoute ?? {});
  counters.reset();
  return routes.map((route) => route.split(' ')[1] ?? '');
}

test('begin: the shop calls everything otherwise, and neither profile of the package fits', async () => {
  await control().place({ count: 1, lines: 1, notify: false });
  const response = await fetch(`${sandbox.clarity.url}/shop/rest/salesorders?p=1&limit=1`, {
    headers: { 'X-Shop-Pass': CLARITY_CREDENTIALS.apiKey },
  });
  const answer = (await response.json()) as { data: { rows: IDataObject[] } };
  expect(answer).toMatchObject({ data: { count: 1, rows: [{ number: expect.anything() }] } });
  const [order = {}] = answer.data.rows;
  const ofBrief = ['orderId', 'orderDate', 'totalAmount', 'lineItems', 'billingAddress', 'status'];
  expect(ofBrief.filter((name) => name in order)).toEqual([]);

  // The address with the base of this API: `brief` finds no orders there, and its header opens nothing.
  const apiUrl = `${sandbox.clarity.url}/shop/rest`;
  for (const profile of ['brief', 'cef']) {
    expect((await tested({ ...credentialWith({ profile }), apiUrl })).status).toBe('Error');
  }
});

test('test the credential: the profile signs in and reads an order', async () => {
  expect(await tested(credentialWith(OWN_CLARITY))).toEqual({
    status: 'OK',
    message: 'The store answers, and accepts the credential',
  });
});

test('order to cash: each order that the trigger finds becomes a sales order with its total', async () => {
  sandbox.reset();
  const credential = credentialWith(OWN_CLARITY);
  const trigger = publish({
    trigger: new ClarityTrigger(),
    credentialType: new ClarityApi(),
    credential,
    parameters: { mode: 'poll' },
    id: 'follows the deployment of the example',
  });
  await trigger.poll();
  const placed = await control().place({ count: 5, lines: 3, state: 'paid', notify: false });
  const found = (await trigger.poll()) ?? [];
  expect(found).toHaveLength(placed.length);

  const flow = templateFlow(sandbox, 'clarity', { clarityApi: credential });
  const run = await flow.run(found);
  expect(run.json('Keep what failed')).toEqual([]);
  expect(run.json('Mark as done')).toHaveLength(placed.length);
  const rows = sandbox.services.dataverse.rows('salesorders') ?? [];
  const byName = (one: unknown[], other: unknown[]) =>
    String(one[0]).localeCompare(String(other[0]));
  expect(rows.map(({ name, totalamount }) => [name, totalamount]).sort(byName)).toEqual(
    placed.map(({ number, total }) => [salesOrderNameIn(SHOP, number), total]).sort(byName),
  );
  const asked = paths();
  expect(asked).toContain('/shop/rest/salesorders');
  expect(asked.filter((path) => !path.startsWith('/shop/rest/'))).toEqual([]);

  // What was given back is found among payments that the shop calls receipts.
  const [first] = placed;
  if (!first) throw new Error('The shop has placed no order');
  await control().refund(first.id);
  const refunded = await flow.run((await trigger.poll()) ?? []);
  expect(refunded.json('Keep what failed')).toEqual([]);
  expect(refunded.json(NODES.route, 1)).toMatchObject([{ refund: { amount: first.total } }]);
});

test('write back: status and shipment arrive under the names of the shop', async () => {
  sandbox.reset();
  const credential = credentialWith(OWN_CLARITY);
  const [placed] = await control().place({ count: 1, lines: 1, state: 'paid', notify: false });
  const order = { __rl: true, mode: 'id', value: placed?.id };
  const flow = templateFlow(sandbox, 'clarity', { clarityApi: credential });
  await flow.orders({ operation: 'updateStatus', order, status: 'processing' });
  const { store } = sandbox.services.clarity;
  expect(store.all('orders')).toMatchObject([{ orderId: placed?.id, status: 'processing' }]);
  await flow.orders({ operation: 'addShipment', order, trackingNumber: '1Z1' });
  expect(store.all('shipments')).toMatchObject([{ orderId: placed?.id, trackingNumber: '1Z1' }]);
});
