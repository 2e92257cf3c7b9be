import type { IDataObject } from 'n8n-workflow';

import {
  hookedShopTrigger,
  type Order,
  orders,
  publishToy,
  Shop,
  webhook,
} from '../../../test/support/hookedShop';
import { loadedAnew } from '../../../test/support/loadedAnew';
import { type RunningTrigger, WEBHOOK_BASE_URL } from '../../../test/support/trigger';
import { ServiceError } from '../../../core/errors';
import type { HookRegistry, RegisteredHook } from '../../../core/webhooks/hooks';
import type { StoreTriggerDefinition } from './definition';
import { storeTrigger } from './storeTrigger';

let shop: Shop;
let workflows = 0;

beforeEach(() => {
  shop = new Shop();
  workflows += 1;
});

function start(
  parameters: IDataObject = {},
  staticData: IDataObject = {},
  change: Partial<StoreTriggerDefinition<Shop>> = {},
  make = storeTrigger,
): RunningTrigger {
  const Trigger = make({ ...hookedShopTrigger(() => shop), ...change });
  return publishToy(new Trigger(), `toy-${workflows}`, parameters, staticData);
}

/** The same workflow in another process of n8n, which knows nothing of what this one remembers. */
function startElsewhere(change: Partial<StoreTriggerDefinition<Shop>> = {}): RunningTrigger {
  const { storeTrigger: make } = loadedAnew(() =>
    jest.requireActual<typeof import('./storeTrigger')>('./storeTrigger'),
  );
  return start({}, {}, change, make);
}

/** What n8n does when a workflow is published: create only where the check finds something missing. */
async function activate(
  trigger: RunningTrigger,
  mode: 'activate' | 'init' | 'manual' = 'activate',
) {
  const stands = await trigger.hook('checkExists', mode);
  if (!stands) await trigger.hook('create', mode);
  return stands;
}

const events = ['order.created', 'order.changed'];

describe('the webhooks in the store', () => {
  it('are created for each event, with a secret of their own, and seen to be there', async () => {
    const trigger = start();
    expect(await activate(trigger)).toBe(false);
    expect(shop.hooks.map(({ event }) => event)).toEqual(events);
    const [key = '', ...others] = new Set(events.map((event) => shop.keyOf(event)));
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(others).toEqual([]);
    const address = `${WEBHOOK_BASE_URL}/toy-${workflows}/trigger/toy`;
    expect(shop.hooks[0]?.url).toBe(`${address}?event=order.created&key=${key}`);
    expect(shop.asked.at(-1)).toBe('list');
  });

  it('lead to each workflow, also where one was made of the other', async () => {
    await activate(start());
    const first = structuredClone(shop.hooks);
    workflows += 1;
    await activate(start());
    expect(shop.hooks).toEqual([...first, expect.anything(), expect.anything()]);
    const addresses = shop.hooks.map(({ url }) => new URL(url).pathname);
    expect(new Set(addresses).size).toBe(2);
  });

  it('stay those of the workflow that a copy was made of, with all that it keeps', async () => {
    const trigger = start();
    await activate(trigger);
    const first = structuredClone(shop.hooks);
    workflows += 1;
    const copy = start({}, trigger.staticData());
    await activate(copy);
    expect(shop.hooks.slice(0, 2)).toEqual(first);
    await copy.hook('delete');
    expect(shop.hooks).toEqual(first);
  });

  it('are only looked at when n8n is started again', async () => {
    const trigger = start();
    await activate(trigger);
    const before = structuredClone(shop.hooks);
    shop.asked.length = 0;
    expect(await activate(start({}, trigger.staticData()), 'init')).toBe(true);
    expect(shop.asked).toEqual(['list']);
    expect(shop.hooks).toEqual(before);
  });

  it.each<[string, (hook: RegisteredHook) => void]>([
    ['the host of an n8n that has moved', (hook) => (hook.url = hook.url.replace('n8n', 'old'))],
    ['another secret', (hook) => (hook.url = hook.url.replace(/key=.*/, 'key=x'))],
    ['been switched off', (hook) => (hook.isEnabled = false)],
  ])('are repaired where one has %s', async (_, spoil) => {
    const trigger = start();
    await activate(trigger);
    const before = structuredClone(shop.hooks);
    shop.hooks.slice(0, 1).forEach(spoil);
    shop.asked.length = 0;
    expect(await activate(trigger)).toBe(true);
    expect(shop.asked).toEqual(['list', 'update h1']);
    expect(shop.hooks).toEqual(before);
  });

  it('are made anew where the store cannot change them', async () => {
    const trigger = start({}, {}, withoutUpdate());
    await activate(trigger);
    shop.hooks.slice(0, 1).forEach((hook) => (hook.isEnabled = false));
    expect(await activate(trigger)).toBe(false);
    expect(shop.hooks.map(({ id, event }) => [id, event])).toEqual([
      ['h2', 'order.changed'],
      ['h3', 'order.created'],
    ]);
  });

  it('are found by their address where n8n has lost its memory, and get a secret that it knows', async () => {
    await activate(start());
    const trigger = startElsewhere();
    const keys = events.map((event) => shop.keyOf(event));
    expect(await activate(trigger)).toBe(true);
    expect(shop.hooks.map(({ id }) => id)).toEqual(['h1', 'h2']);
    expect(events.map((event) => shop.keyOf(event))).not.toEqual(keys);
    shop.place(0);
    const query = { event: 'order.created', key: shop.keyOf('order.created') };
    expect((await trigger.deliver('[{"Id":0}]', {}, 200, query)).items).toHaveLength(1);
  });

  it('that nobody wants any more, or that stand twice, are deleted; those of others are left alone', async () => {
    const trigger = start();
    await activate(trigger);
    const [first] = shop.hooks;
    if (first) shop.hooks.push({ ...first, id: 'twice' });
    shop.hooks.push({ id: 'other', event: 'order.created', url: `${WEBHOOK_BASE_URL}/else/toy` });
    const fewer = start({ events: ['order.created'] }, trigger.staticData());
    expect(await activate(fewer)).toBe(true);
    expect(shop.hooks.map(({ id }) => id)).toEqual(['h1', 'other']);
  });

  it('are none where they cannot be seen to work', async () => {
    const { list } = shop.registry;
    shop.registry.list = async () => (await list()).map((hook) => ({ ...hook, isEnabled: false }));
    const trigger = start();
    await expect(activate(trigger)).rejects.toMatchObject({
      message: expect.stringContaining('order.created') as string,
      description: expect.stringContaining('publish the workflow again') as string,
    });
    expect(shop.hooks).toEqual([]);
  });

  it('are none where the store refuses one of them', async () => {
    shop.fails = (what) =>
      what === 'create order.changed'
        ? new ServiceError('Too many webhooks', { class: 'validation', fix: 'Delete some.' })
        : undefined;
    await expect(activate(start())).rejects.toMatchObject({
      message: 'Too many webhooks',
      description: 'Delete some.',
    });
    expect(shop.hooks).toEqual([]);
  });

  it('are deleted with the publication, also where one is gone already', async () => {
    const trigger = start();
    await activate(trigger);
    shop.hooks.shift();
    expect(await trigger.hook('delete')).toBe(true);
    expect(shop.hooks).toEqual([]);
    shop.asked.length = 0;
    expect(await trigger.hook('delete')).toBe(true);
    expect(shop.asked).toEqual(['list']);
  });

  it('that could not be deleted keep nobody from switching off, and are taken up by the next publication', async () => {
    const trigger = start();
    await activate(trigger);
    shop.fails = (what) =>
      what.startsWith('delete') ? new ServiceError('away', { class: 'transient' }) : undefined;
    expect(await trigger.hook('delete')).toBe(false);
    shop.fails = undefined;
    expect(await activate(trigger)).toBe(true);
    expect(shop.hooks).toHaveLength(2);
  });

  it('are left alone by a test run, which makes none', async () => {
    const published = start();
    await activate(published);
    shop.asked.length = 0;
    for (const test of [start(), start({}, published.staticData())]) {
      const before = test.staticData();
      await activate(test, 'manual');
      shop.place(7);
      await test.poll('manual');
      expect(test.staticData()).toEqual(before);
    }
    expect(shop.asked).toEqual([]);
  });

  it('are not asked for where the workflow polls alone', async () => {
    expect(await activate(start({ receiveBy: 'poll' }))).toBe(true);
    expect(shop.asked).toEqual([]);
  });

  it('have the secret of the credential where there is one', async () => {
    shop.webhookSecret = 'chosen';
    await activate(start());
    expect(shop.keyOf('order.created')).toBe('chosen');
  });
});

/** The same store, whose API cannot change a webhook. */
function withoutUpdate(): Partial<StoreTriggerDefinition<Shop>> {
  const open = ({ registry }: Shop): HookRegistry => {
    const { update: _, ...others } = registry;
    return others;
  };
  return { webhook: { ...webhook, registry: { ...webhook.registry, open } } };
}

describe('a delivery', () => {
  const body = (...ids: unknown[]): string => JSON.stringify(ids.map((id) => ({ Id: id })));
  let trigger: RunningTrigger;

  async function deliver(text: string, headers = {}, query: Record<string, string> = {}) {
    const usual = { event: 'order.created', key: shop.keyOf('order.created') };
    return await trigger.deliver(text, headers, 200, { ...usual, ...query });
  }

  beforeEach(async () => {
    trigger = start();
    await activate(trigger);
  });

  it('of several orders puts out each once, with its source', async () => {
    shop.place(0, 1, 2);
    const { items, webhookResponse } = await deliver(body(2, 0, '0', 1));
    expect(webhookResponse).toEqual({ status: 'accepted' });
    expect(items.map(({ Id: id, source }) => [id, source])).toMatchObject([
      [2, { platform: 'toy', kind: 'order', id: '2', event: 'order.created' }],
      [0, { id: '0' }],
      [1, { id: '1' }],
    ]);
  });

  it('without the secret in the address is refused', async () => {
    for (const key of ['', 'x'])
      expect(await deliver(body(1), {}, { key })).toMatchObject({ status: 401 });
  });

  it('with an id that the shop does not make is refused as a whole', async () => {
    shop.place(1);
    expect(await deliver(body(1, -1))).toMatchObject({
      status: 400,
      body: { reason: 'The webhook has no valid 1.Id', fix: 'The shop has to send its orders.' },
      items: [],
    });
  });

  it('is sent again as a whole where one of its orders cannot be read, but not for ever', async () => {
    shop.place(1);
    const headers = { 'x-delivery': 'd1' };
    const answers = [];
    for (let time = 0; time < 4; time += 1) answers.push(await deliver(body(1, 9), headers));
    expect(answers.map(({ status, items }) => [status, items.length])).toEqual([
      [503, 0],
      [503, 0],
      [503, 0],
      [undefined, 1],
    ]);
    expect(await deliver(body(1, 9), headers)).toMatchObject({ status: 200, items: [] });
  });

  it('of nothing, of another kind, or of what is kept out starts nothing', async () => {
    shop.place(1);
    expect(await deliver('[]')).toMatchObject({ status: 200, body: { status: 'ignored' } });
    const other = await deliver(body(1), {}, { event: 'product.changed' });
    expect(other).toMatchObject({ status: 200, body: { reason: 'this workflow takes orders' } });
    trigger = start({ statuses: ['paid'] }, trigger.staticData());
    expect(await deliver(body(1))).toMatchObject({ status: 200, items: [] });
  });

  it('of more orders than run well at once is left to the poll, where there is one', async () => {
    const many = Array.from({ length: 31 }, (_, index) => index);
    expect(await trigger.poll()).toBeNull();
    shop.place(...many);
    expect(await deliver(body(...many))).toMatchObject({ status: 202, items: [] });
    expect(await trigger.poll()).toHaveLength(31);
    trigger = start({ receiveBy: 'webhook' }, trigger.staticData());
    expect((await deliver(body(...many))).items).toHaveLength(31);
    expect(await deliver(body(1))).toMatchObject({ status: 503 });
  });

  it('does not touch what n8n saves', async () => {
    shop.place(1);
    const before = trigger.staticData();
    await deliver(body(1));
    expect(trigger.staticData()).toEqual(before);
  });
});

describe('a test run', () => {
  it('that finds nothing says which choice keeps the orders out, and how to see one all the same', async () => {
    shop.place(1);
    const chosen = { statuses: ['paid'] };
    await expect(start(chosen).poll('manual')).rejects.toMatchObject({
      message: 'The store has no orders with the chosen statuses',
      description: 'Choose more in Statuses, or enter the ID of one in Order for Test Runs.',
    });
    expect(await start({ ...chosen, testNumber: '1' }).poll('manual')).toMatchObject([{ Id: 1 }]);
  });

  it('takes the number that people call an order by, where that is another than its id', async () => {
    shop.place(1, 2);
    const byNumber = async ({ orders }: Shop, number: string): Promise<Order> => {
      const order = orders.get(Number(number.replace('T/', '')));
      if (!order) throw new ServiceError('gone', { class: 'not-found' });
      return order;
    };
    const trigger = (testNumber: string) =>
      start({ testNumber }, {}, { kinds: [{ ...orders, byNumber }] });
    expect(await trigger('T/2').poll('manual')).toMatchObject([{ Id: 2 }]);
    await expect(trigger('T/3').poll('manual')).rejects.toThrow('The store has no order T/3');
  });
});

describe('a store that sends nothing by itself', () => {
  it('is polled, and has no parameter that speaks of webhooks', async () => {
    const polled = { webhook: undefined };
    const trigger = start({}, {}, polled);
    await trigger.poll();
    shop.place(5);
    expect(await trigger.poll()).toMatchObject([{ Id: 5, source: { id: '5', event: 'poll' } }]);
    const {
      description,
      webhook: receive,
      webhookMethods,
    } = new (storeTrigger({
      ...hookedShopTrigger(() => shop),
      ...polled,
    }))();
    expect([receive, webhookMethods, description.webhooks]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(description.properties.map(({ name }) => name)).toEqual([
      'testNotice',
      'testNumber',
      'events',
      'statuses',
      'startFrom',
      'options',
    ]);
    const [, ...own] = description.properties;
    expect(JSON.stringify({ ...description, properties: own })).not.toMatch(/webhook/i);
  });
});
