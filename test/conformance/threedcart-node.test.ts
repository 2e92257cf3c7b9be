import type { INodePropertyOptions } from 'n8n-workflow';

import { ThreeDCartApi } from '../../credentials/ThreeDCartApi.credentials';
import { ThreeDCart } from '../../nodes/ThreeDCart/ThreeDCart.node';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { editorContext } from '../engine';

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});

afterAll(async () => await sandbox.stop());

test('the drop-downs of statuses and of the events of webhooks are those of the store', async () => {
  const node = new ThreeDCart();
  const context = editorContext({
    nodeType: node,
    parameters: {},
    credentialTypes: [new ThreeDCartApi()],
    credentials: { threeDCartApi: { ...sandbox.credentials.threeDCartApi?.data } },
  });
  const load = async (name: 'getOrderStatuses' | 'getWebhookEvents') =>
    (await node.methods.loadOptions[name]?.call(context)) as INodePropertyOptions[];
  const { store } = sandbox.services.threedcart;
  const events = store.events();
  expect(await load('getWebhookEvents')).toEqual(
    expect.arrayContaining(
      events.map(({ EventName: name, EventType: value }) => ({ name, value })),
    ) as INodePropertyOptions[],
  );
  expect(events.length).toBeGreaterThan(3);
  const statuses = (await load('getOrderStatuses')).map(({ value }) => String(value));
  expect(statuses.sort()).toEqual([...store.statuses.keys()].map(String).sort());
});
