/** A trigger with a choice of kinds: a node follows one, and what was saved before there was a choice goes on. */
import type { ICredentialType, IDataObject, INodeProperties } from 'n8n-workflow';

import { hookedShopTrigger, type Order, orders, Shop } from '../../../test/support/hookedShop';
import { publish, type RunningTrigger } from '../../../test/support/trigger';
import type { FollowedKind } from './definition';
import { storeTrigger } from './storeTrigger';

const wares: FollowedKind<Shop, Order> = {
  ...orders,
  type: { ...orders.type, kind: 'product', many: 'products' },
  feed: (shop, filters) => {
    const feed = orders.feed(shop, filters, {});
    return { ...feed, type: { ...feed.type, kind: 'product', many: 'products' } };
  },
  filters: [],
};

const toyApi: ICredentialType = { name: 'toyApi', displayName: 'Toy', properties: [] };

let shop: Shop;
let workflows = 0;

beforeEach(() => {
  shop = new Shop();
  workflows += 1;
});

function start(parameters: IDataObject = {}, staticData: IDataObject = {}): RunningTrigger {
  const Trigger = storeTrigger({ ...hookedShopTrigger(() => shop), kinds: [orders, wares] });
  return publish(
    {
      trigger: new Trigger(),
      credentialType: toyApi,
      credential: {},
      parameters: parameters as RunningTrigger['workflow']['nodes'][string]['parameters'],
      id: `kinds-${workflows}`,
    },
    staticData,
  );
}

const ON_PRODUCTS = { triggerOn: 'product' };
const query = (event: string): Record<string, string> => ({ event, key: shop.keyOf(event) });

async function activate(trigger: RunningTrigger): Promise<void> {
  if (!(await trigger.hook('checkExists'))) await trigger.hook('create');
}

test('where nothing is chosen it follows the first, as before there was a choice', async () => {
  const trigger = start();
  await trigger.poll();
  shop.place(1);
  expect(await trigger.poll()).toMatchObject([{ Id: 1, source: { kind: 'order', event: 'poll' } }]);
  expect(trigger.staticData()).toMatchObject({
    'node:Trigger': { watermark: { origin: 'main|' } },
  });
  await activate(trigger);
  expect(shop.hooks.map(({ event }) => event)).toEqual(['order.created', 'order.changed']);
});

test('of the kind that is chosen it brings the records, by poll and in a test run', async () => {
  const trigger = start(ON_PRODUCTS);
  await trigger.poll();
  shop.place(1);
  const source = { kind: 'product', id: '1' };
  expect(await trigger.poll()).toMatchObject([{ Id: 1, source }]);
  expect(await trigger.poll('manual')).toMatchObject([{ Id: 1, source }]);
});

test('another kind begins anew, because a record of the same id is another', async () => {
  const trigger = start();
  await trigger.poll();
  shop.place(1);
  await trigger.poll();
  const other = start(ON_PRODUCTS, trigger.staticData());
  expect(await other.poll()).toBeNull();
  shop.place(2);
  expect(await other.poll()).toMatchObject([{ Id: 2 }]);
});

test('it registers the events of its kind alone, and ignores what it is told of others', async () => {
  const trigger = start({ ...ON_PRODUCTS, productEvents: ['product.changed'] });
  await activate(trigger);
  expect(shop.hooks.map(({ event }) => event)).toEqual(['product.changed']);
  shop.place(1);
  const key = query('product.changed');
  expect((await trigger.deliver('[{"Id":1}]', {}, 200, key)).items).toMatchObject([
    { Id: 1, source: { kind: 'product', event: 'product.changed' } },
  ]);
  for (const event of ['order.created', 'order.changed', 'product.created']) {
    expect(await trigger.deliver('[{"Id":1}]', {}, 200, { ...key, event })).toMatchObject({
      status: 200,
      body: { status: 'ignored' },
      items: [],
    });
  }
});

test('the webhooks of the kind before are deleted when another is chosen', async () => {
  const trigger = start();
  await activate(trigger);
  await activate(start(ON_PRODUCTS, trigger.staticData()));
  expect(shop.hooks.map(({ event }) => event)).toEqual(['product.created', 'product.changed']);
});

test('what it does not follow is refused by the name of the field', async () => {
  await expect(start({ triggerOn: 'coupon' }).poll()).rejects.toMatchObject({
    message: expect.stringContaining('Trigger On') as string,
    description: 'Choose one of orders, products.',
  });
});

test('each kind has its own words, and only they are shown', () => {
  const { description } = new (storeTrigger({
    ...hookedShopTrigger(() => shop),
    kinds: [orders, wares],
  }))();
  const [choice, ...others] = description.properties;
  expect(choice).toMatchObject({ name: 'triggerOn', default: 'order' });
  const shownFor = (kind: string): INodeProperties[] =>
    others.filter(({ displayOptions }) => displayOptions?.show?.['triggerOn']?.includes(kind));
  expect(JSON.stringify(shownFor('product'))).not.toMatch(/order/i);
  expect(JSON.stringify(shownFor('order'))).not.toMatch(/product/i);
  expect(shownFor('product').length + shownFor('order').length).toBe(others.length);
  expect(description.subtitle).toContain('"Products"');
  expect(JSON.stringify(description.triggerPanel)).toContain('orders or products');
});
