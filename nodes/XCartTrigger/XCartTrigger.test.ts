import { createHmac } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';

import { XCartApi } from '../../credentials/XCartApi.credentials';
import { publish, type RunningTrigger } from '../../test/support/trigger';
import {
  KEY,
  iso,
  startXCartSandbox,
  storedOrder,
  type XCartSandbox,
} from '../../test/support/xcartSandbox';
import { XCartTrigger } from './XCartTrigger.node';

const SECRET = 'shared';
const NOW = Math.floor(Date.now() / 1000);
const HOUR = 3600;

let store: XCartSandbox;
let workflows = 0;

beforeEach(async () => {
  store = await startXCartSandbox();
  workflows += 1;
});

afterEach(async () => await store.close());

function start(
  parameters: IDataObject = {},
  staticData: IDataObject = {},
  credential: IDataObject = {},
): RunningTrigger {
  return publish(
    {
      trigger: new XCartTrigger(),
      credentialType: new XCartApi(),
      credential: {
        storeUrl: store.url,
        storeName: 'main',
        apiKey: KEY,
        version: '5.5.0',
        webhookSecret: SECRET,
        ...credential,
      },
      parameters: parameters as RunningTrigger['workflow']['nodes'][string]['parameters'],
      id: `workflow ${workflows}`,
    },
    staticData,
  );
}

/** As after a restart: the same workflow, what was saved, and a process that remembers nothing. */
function restart(before: RunningTrigger, parameters: IDataObject = {}): RunningTrigger {
  workflows += 1;
  return start(parameters, before.staticData());
}

const ids = (items: IDataObject[] | null): unknown[] => (items ?? []).map(({ id }) => id);
const body = (id: number, event = 'order.created'): string =>
  JSON.stringify({ event, id, order_number: String(id + 1000) });
const withSecret = { 'X-Webhook-Secret': SECRET };

describe('poll', () => {
  it('starts from now and then puts out what comes, with its source', async () => {
    store.orders.push(storedOrder(1, NOW));
    const trigger = start();
    expect(await trigger.poll()).toBeNull();
    store.orders.push(storedOrder(2, NOW + 5));
    expect(await trigger.poll()).toMatchObject([
      {
        id: 2,
        order_number: '1002',
        total: 10,
        source: { platform: 'xcart', store: 'main', kind: 'order', id: '2', event: 'poll' },
      },
    ]);
    expect(await trigger.poll()).toBeNull();
  });

  it('starts from a date; another date starts again', async () => {
    store.orders.push(storedOrder(1, NOW - 9 * HOUR), storedOrder(2, NOW - HOUR));
    const trigger = start({ startFrom: iso(NOW - 2 * HOUR) });
    expect(ids(await trigger.poll())).toEqual([2]);
    const earlier = start({ startFrom: iso(NOW - 10 * HOUR) }, trigger.staticData());
    expect(ids(await earlier.poll())).toEqual([1, 2]);
    expect(ids(await earlier.poll())).toEqual([]);
  });

  it('goes on after a restart where it was, and looks back once', async () => {
    store.orders.push(storedOrder(1, NOW - 30 * HOUR));
    const trigger = start();
    await trigger.poll();
    store.orders.push(storedOrder(2, NOW - 29 * HOUR), storedOrder(3, NOW - HOUR));
    expect(ids(await trigger.poll())).toEqual([2, 3]);
    store.orders.push(storedOrder(4, NOW));
    const again = restart(trigger);
    // What was put out within the last 24 hours, however old it is, comes again behind what is new.
    expect(ids(await again.poll())).toEqual([4, 2, 3]);
    expect(await again.poll()).toBeNull();
    const without = restart(again, { options: { catchUpHours: 0 } });
    expect(await without.poll()).toBeNull();
  });

  it('looks back once when the workflow is published again, not in a test run', async () => {
    const trigger = start();
    await trigger.poll();
    store.orders.push(storedOrder(1, NOW));
    expect(ids(await trigger.poll())).toEqual([1]);
    await trigger.hook('checkExists', 'manual');
    expect(await trigger.poll()).toBeNull();
    await trigger.hook('checkExists', 'update');
    expect(ids(await trigger.poll())).toEqual([1]);
  });

  it('tries again what failed: nothing moved, and it still looks back', async () => {
    const trigger = start();
    await trigger.poll();
    store.orders.push(storedOrder(1, NOW));
    await trigger.poll();
    const again = restart(trigger);
    const before = again.staticData();
    store.intercept = () => ({ status: 401, body: { message: 'Invalid credentials.' } });
    await expect(again.poll()).rejects.toMatchObject({
      message: expect.stringContaining('401') as string,
      description: expect.stringContaining('API Key') as string,
      httpCode: '401',
    });
    expect(again.staticData()).toEqual(before);
    store.intercept = undefined;
    expect(ids(await again.poll())).toEqual([1]);
  });

  it('puts out 1,000 orders at once and the rest with the next poll', async () => {
    const trigger = start();
    await trigger.poll();
    store.orders.push(
      ...Array.from({ length: 1100 }, (_, index) => storedOrder(index + 1, NOW + index)),
    );
    const first = await trigger.poll();
    expect(first).toHaveLength(1000);
    expect(ids(first).slice(0, 2)).toEqual([1, 2]);
    expect(ids(await trigger.poll())).toEqual(
      Array.from({ length: 100 }, (_, index) => 1001 + index),
    );
    expect(await trigger.poll()).toBeNull();
  });

  it('shows the latest orders in a test run and moves nothing', async () => {
    store.orders.push(
      ...Array.from({ length: 9 }, (_, index) => storedOrder(index + 1, NOW + index)),
    );
    const trigger = start();
    expect(ids(await trigger.poll('manual'))).toEqual([5, 6, 7, 8, 9]);
    expect(trigger.staticData()).toEqual({});
  });

  it('asks for nothing when orders come by webhook only', async () => {
    expect(await start({ receiveBy: 'webhook' }).poll()).toBeNull();
    expect(store.requests).toHaveLength(0);
  });

  it('starts again for another store', async () => {
    store.orders.push(storedOrder(1, NOW));
    const trigger = start({ startFrom: iso(0) });
    expect(ids(await trigger.poll())).toEqual([1]);
    const moved = { storeUrl: `${store.url}/` };
    const same = start({ startFrom: iso(0) }, trigger.staticData(), moved);
    expect(ids(await same.poll())).toEqual([]);
    const other = start({ startFrom: iso(0) }, trigger.staticData(), { storeName: 'b2b' });
    expect(ids(await other.poll())).toEqual([1]);
  });

  it('names the setting that is wrong', async () => {
    await expect(start({ startFrom: 'soon' }).poll()).rejects.toThrow(/Start From/);
    await expect(start({}, {}, { storeUrl: 'shop' }).poll()).rejects.toThrow(/Store URL/);
  });
});

describe('webhook', () => {
  it('hands over the order as the store has it now, in the shape of the poll', async () => {
    store.orders.push(storedOrder(7, NOW, { total: 99 }));
    const trigger = start();
    const answer = await trigger.deliver(body(7), withSecret);
    expect(answer).toMatchObject({
      webhookResponse: { status: 'accepted' },
      items: [
        {
          id: 7,
          total: 99,
          source: {
            platform: 'xcart',
            store: 'main',
            kind: 'order',
            id: '7',
            event: 'order.created',
          },
        },
      ],
    });
    expect(answer.status).toBeUndefined();
    expect(trigger.staticData()).toEqual({});
  });

  it('takes the signature of the raw body', async () => {
    store.orders.push(storedOrder(7, NOW));
    const text = body(7, 'order.changed');
    const signature = createHmac('sha256', SECRET).update(text).digest('hex');
    const answer = await start().deliver(text, { 'X-Webhook-Signature': `sha256=${signature}` });
    expect(answer.items).toMatchObject([{ source: { event: 'order.changed' } }]);
  });

  it('refuses who does not know the secret, and asks the store nothing', async () => {
    const forged: Array<Record<string, string>> = [
      {},
      { 'X-Webhook-Secret': 'x' },
      { 'X-Webhook-Signature': 'sha256=0' },
    ];
    for (const headers of forged) {
      expect(await start().deliver(body(7), headers)).toMatchObject({ status: 401, items: [] });
    }
    const open = start({}, {}, { webhookSecret: '' });
    expect(await open.deliver(body(7), { 'X-Webhook-Secret': '' })).toMatchObject({ status: 401 });
    expect(store.requests).toHaveLength(0);
  });

  it('drops a delivery that was handed over, and only that', async () => {
    store.orders.push(storedOrder(7, NOW));
    const trigger = start();
    const headers = { ...withSecret, 'X-Webhook-Delivery': 'd-1' };
    store.intercept = () => ({ status: 500, body: {} });
    expect(await trigger.deliver(body(7), headers)).toMatchObject({ status: 503, items: [] });
    store.intercept = undefined;
    expect((await trigger.deliver(body(7), headers)).items).toHaveLength(1);
    expect(await trigger.deliver(body(7), headers)).toMatchObject({
      status: 200,
      body: { status: 'ignored' },
      items: [],
    });
    const another = { ...withSecret, 'X-Webhook-Delivery': 'd-2' };
    expect((await trigger.deliver(body(7), another)).items).toHaveLength(1);
  });

  it('ignores what is not chosen', async () => {
    store.orders.push(storedOrder(7, NOW));
    const byEvent = start({ events: ['order.created'] });
    expect(await byEvent.deliver(body(7, 'order.changed'), withSecret)).toMatchObject({
      status: 200,
    });
    expect(await byEvent.deliver(body(7, 'product.updated'), withSecret)).toMatchObject({
      status: 200,
    });
    const byStatus = start({ paymentStatuses: ['P'] });
    expect(await byStatus.deliver(body(7), withSecret)).toMatchObject({ status: 200, items: [] });
  });

  it('takes every other event of an order for a change', async () => {
    store.orders.push(storedOrder(7, NOW));
    const trigger = start({ events: ['order.changed'] });
    const { items } = await trigger.deliver(body(7, 'order.updated'), withSecret);
    expect(items).toMatchObject([{ id: 7, source: { event: 'order.changed' } }]);
  });

  it('says what is wrong with the body', async () => {
    expect(await start().deliver('{"event":"order.created"}', withSecret)).toMatchObject({
      status: 400,
      body: { reason: expect.stringContaining('id') as string },
    });
  });

  it.each(['1e21', '0', '-7', '7.5', 'true', '[7]', '"1e3"', '"99999999999999999999999"'])(
    'does not ask the store for what is no id of an order: %s',
    async (id) => {
      const text = `{"event":"order.created","id":${id}}`;
      expect(await start().deliver(text, withSecret)).toMatchObject({
        status: 400,
        body: { reason: 'The webhook has no valid id' },
        items: [],
      });
      expect(store.requests).toHaveLength(0);
    },
  );

  it('cannot be published alone without a secret', async () => {
    const alone = start({ receiveBy: 'webhook' }, {}, { webhookSecret: '' });
    await expect(alone.hook('checkExists')).rejects.toThrow(/Webhook Secret/);
    expect(await start({}, {}, { webhookSecret: '' }).hook('checkExists')).toBe(true);
  });
});

describe('n8n', () => {
  it('registers a webhook only where one is wanted', () => {
    const registered = (receiveBy: string) => start({ receiveBy }).registered(true);
    expect(registered('both')).toEqual(['POST']);
    expect(registered('webhook')).toEqual(['POST']);
    expect(registered('poll')).toEqual([]);
  });
});
