/** What the trigger follows beside orders, products and customers, and what it says where the API profile lacks something. */
import type { IDataObject } from 'n8n-workflow';

import { ClarityApi } from '../../credentials/ClarityApi.credentials';
import { CLARITY_CREDENTIALS } from '../../sandbox/clarity/credentials';
import { startTestShop, type TestShop } from '../../sandbox/clarity/test-shop';
import { publish, type RunningTrigger } from '../../test/support/trigger';
import { ClarityTrigger } from './ClarityTrigger.node';

let shop: TestShop;

beforeAll(async () => {
  shop = await startTestShop();
});

afterAll(async () => await shop.close());

let workflows = 0;

function follow(parameters: IDataObject, profile?: object): RunningTrigger {
  workflows += 1;
  return publish({
    trigger: new ClarityTrigger(),
    credentialType: new ClarityApi(),
    credential: {
      apiUrl: shop.url,
      apiKey: CLARITY_CREDENTIALS.apiKey,
      authentication: 'apiKey',
      storeName: 'main',
      profile: profile ? 'own' : 'brief',
      profileText: profile && JSON.stringify({ extends: 'brief', ...profile }),
    },
    parameters: parameters as RunningTrigger['workflow']['nodes'][string]['parameters'],
    id: `kinds ${workflows}`,
  });
}

const property = (name: string, kind?: string) =>
  new ClarityTrigger().description.properties.find(
    (each) =>
      each.name === name &&
      (kind === undefined || each.displayOptions?.show?.['triggerOn']?.includes(kind)),
  );

test('the panel offers all that the service tells of, in words', () => {
  const names = (property('triggerOn')?.options ?? []).map(({ name }) => name);
  expect(names).toEqual([
    'Orders',
    'Products',
    'Customers',
    'Payments',
    'Shipments',
    'Returns',
    'Stock Levels',
  ]);
  const events = property('inventoryEvents', 'inventory');
  expect(events?.options).toEqual([
    { name: 'Stock Level Changed', value: 'inventory.changed' },
    { name: 'Stock Level Created', value: 'inventory.created' },
  ]);
  expect(property('receiveBy', 'inventory')?.displayName).toBe('Receive Stock Levels By');
  expect(property('options', 'inventory')?.options).toContainEqual(
    expect.objectContaining({ name: 'maxStockLevels', displayName: 'Max Stock Levels per Poll' }),
  );
});

test('one webhook is made for what the service tells of a kind; the poll brings it in the form of an event', async () => {
  const trigger = follow({ triggerOn: 'payment', options: { output: 'event' } });
  await trigger.hook('checkExists');
  expect(await trigger.hook('create')).toBe(true);
  expect(shop.clarity.hooks.all().map(({ event }) => event)).toEqual(['payment.captured']);
  expect(await trigger.hook('delete')).toBe(true);
  expect(shop.clarity.hooks.all()).toEqual([]);
  await trigger.poll();
  shop.clarity.place({ count: 1, state: 'paid' });
  const [payment] = shop.clarity.store.all('payments');
  expect(await trigger.poll()).toMatchObject([
    {
      event: 'payment.created',
      id: payment?.paymentId,
      document: { orderId: payment?.orderId },
      source: { kind: 'payment', documentIn: 'document' },
    },
  ]);
});

test('a kind that stands in no list cannot be polled: that is said, and Webhook Only goes', async () => {
  const profile = { resources: { shipments: { list: null } } };
  await expect(follow({ triggerOn: 'shipment' }, profile).poll()).rejects.toMatchObject({
    message: expect.stringContaining('has no resources.shipments.list') as string,
    description: expect.stringContaining('Choose Webhook Only') as string,
  });
  const byWebhook = { triggerOn: 'shipment', receiveBy: 'webhook' };
  // Without a poll nothing would tell of what the service has no event for.
  await expect(follow(byWebhook, profile).hook('create')).rejects.toMatchObject({
    message: expect.stringContaining('names no event for shipment.changed') as string,
  });
  const alone = follow({ ...byWebhook, shipmentEvents: ['shipment.created'] }, profile);
  await alone.hook('checkExists');
  expect(await alone.hook('create')).toBe(true);
  expect(await alone.poll()).toBeNull();
  await alone.hook('delete');
});

test('a profile without an event of the kind says so when it is published, and what to choose', async () => {
  const profile = { webhooks: { events: { 'return.created': null } } };
  const trigger = follow({ triggerOn: 'return' }, profile);
  await trigger.hook('checkExists');
  await expect(trigger.hook('create')).rejects.toMatchObject({
    message: expect.stringContaining('names no event for return.created') as string,
    description: expect.stringContaining('Choose Poll Only') as string,
  });
  expect(shop.clarity.hooks.all()).toEqual([]);
  expect(await follow({ triggerOn: 'return', receiveBy: 'poll' }, profile).poll()).toBeNull();
});

test('a profile without a way to look a record up says so before the service is asked for a webhook', async () => {
  const trigger = follow({ triggerOn: 'return' }, { resources: { returns: { get: null } } });
  await expect(trigger.hook('checkExists')).rejects.toMatchObject({
    message: expect.stringContaining('has no resources.returns.get') as string,
    description: expect.stringContaining('Choose Poll Only') as string,
  });
  expect(shop.clarity.hooks.all()).toEqual([]);
});
