import { hookedShopTrigger, publishToy, Shop, webhook } from '../../../test/support/hookedShop';
import { type RunningTrigger, WEBHOOK_BASE_URL } from '../../../test/support/trigger';
import type { RegisteredHook } from '../../../core/webhooks/hooks';
import { storeTrigger } from './storeTrigger';

let shop: Shop;
let workflows = 0;

beforeEach(() => {
  shop = new Shop();
  workflows += 1;
});

const Trigger = storeTrigger(hookedShopTrigger(() => shop));

/** One workflow, as n8n loads it each time that it works on it: with what was saved before. */
const load = (): RunningTrigger => publishToy(new Trigger(), `hooked-${workflows}`);

async function publish(trigger: RunningTrigger): Promise<void> {
  if (!(await trigger.hook('checkExists'))) await trigger.hook('create');
}

const EVENTS = ['order.created', 'order.changed'];
const eventsInShop = (): string[] => shop.hooks.map(({ event }) => event);

it('one workflow that is published twice in the same moment has one webhook of each, and one secret', async () => {
  const both = [load(), load()];
  await Promise.all(both.map(publish));
  expect(eventsInShop()).toEqual(EVENTS);
  const [one, other] = both.map((trigger) => trigger.staticData());
  expect(one).toEqual(other);
  shop.place(1);
  const query = { event: 'order.created', key: shop.keyOf('order.created') };
  for (const trigger of both) {
    expect((await trigger.deliver('[{"Id":1}]', {}, 200, query)).items).toHaveLength(1);
  }
});

it('one that checks while the other creates has what that has made, though it was loaded before', async () => {
  const [one, other] = [load(), load()];
  expect(await one.hook('checkExists')).toBe(false);
  const creating = one.hook('create');
  expect(await other.hook('checkExists')).toBe(true);
  await creating;
  expect(eventsInShop()).toEqual(EVENTS);
  expect(other.staticData()).toEqual(one.staticData());
});

it('two that only create, as n8n may after two checks, make one of each', async () => {
  const both = [load(), load()];
  for (const trigger of both) expect(await trigger.hook('checkExists')).toBe(false);
  await Promise.all(both.map(async (trigger) => await trigger.hook('create')));
  expect(eventsInShop()).toEqual(EVENTS);
});

it('one that is unpublished while its webhooks are made leaves none, whatever its copy of the workflow knows', async () => {
  const trigger = load();
  expect(await trigger.hook('checkExists')).toBe(false);
  const creating = trigger.hook('create');
  expect(await load().hook('delete')).toBe(true);
  await creating;
  expect(shop.hooks).toEqual([]);
});

it('one that fails keeps no other waiting', async () => {
  const [one, other] = [load(), load()];
  let lists = 0;
  shop.fails = (what) => (what === 'list' && ++lists === 1 ? new Error('away') : undefined);
  const outcomes = await Promise.allSettled([publish(one), publish(other)]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  expect(eventsInShop()).toEqual(EVENTS);
});

it('another workflow does not wait', async () => {
  const first = load();
  workflows += 1;
  const second = load();
  await Promise.all([publish(first), publish(second)]);
  expect(shop.hooks).toHaveLength(2 * EVENTS.length);
});

it('a secret is a new one with each publication', async () => {
  const trigger = load();
  await publish(trigger);
  const before = shop.keyOf('order.created');
  expect(await trigger.hook('delete')).toBe(true);
  await publish(trigger);
  expect(shop.keyOf('order.created')).not.toBe(before);
});

describe('where the store has webhooks of others with the same ids', () => {
  const ADDRESS = 'https://shipping.example/hooks';
  const secret = 'chosen';

  /** Another store than the one before, whose webhooks have the same ids. */
  async function anotherShop(address: string, url = ADDRESS): Promise<RegisteredHook[]> {
    shop = new Shop();
    Object.assign(shop, { address, webhookSecret: secret });
    for (const event of EVENTS) {
      await shop.registry.create({ event, url: `${url}?event=${event}&key=${secret}`, secret });
    }
    shop.asked.length = 0;
    return structuredClone(shop.hooks);
  }

  /** What an earlier build has kept, which did not say of which store the ids are. */
  const ofEarlierBuild = (): RunningTrigger => {
    const ids = { 'order.created': 'h1', 'order.changed': 'h2' };
    const data = { 'node:Trigger': { webhooks: { secret, ids } } };
    return publishToy(new Trigger(), `hooked-${workflows}`, {}, data);
  };

  it('those stay as they are when the credential is pointed at it', async () => {
    shop.webhookSecret = secret;
    const trigger = load();
    await publish(trigger);
    expect(shop.hooks.map(({ id }) => id)).toEqual(['h1', 'h2']);
    const theirs = await anotherShop('other.example');
    await publish(trigger);
    expect(shop.hooks.slice(0, 2)).toEqual(theirs);
    expect(shop.hooks).toHaveLength(4);
    await trigger.hook('delete');
    expect(shop.hooks).toEqual(theirs);
  });

  it('those stay when the workflow is unpublished there', async () => {
    shop.webhookSecret = secret;
    const trigger = load();
    await publish(trigger);
    const theirs = await anotherShop('other.example');
    expect(await trigger.hook('delete')).toBe(true);
    expect(shop.hooks).toEqual(theirs);
  });

  it('those stay also after what an earlier build has kept', async () => {
    const theirs = await anotherShop('toy.example');
    const trigger = ofEarlierBuild();
    await publish(trigger);
    expect(shop.hooks.slice(0, 2)).toEqual(theirs);
    expect(shop.hooks).toHaveLength(4);
    workflows += 1;
    const unpublished = await anotherShop('toy.example');
    await ofEarlierBuild().hook('delete');
    expect(shop.hooks).toEqual(unpublished);
  });

  it('what an earlier build has made stays as it is', async () => {
    const ours = await anotherShop(
      'toy.example',
      `${WEBHOOK_BASE_URL}/hooked-${workflows}/trigger/toy`,
    );
    const trigger = ofEarlierBuild();
    await publish(trigger);
    expect([shop.hooks, shop.asked]).toEqual([ours, ['list', 'list']]);
    expect(trigger.staticData()).toMatchObject({
      'node:Trigger': { webhooks: { store: 'toy.example' } },
    });
  });
});

describe('where the store has events of its own', () => {
  const settings = (receiveBy: string) => ({ receiveBy });
  const loaded = (receiveBy: string) =>
    publishToy(new Trigger(), `hooked-${workflows}`, settings(receiveBy));

  beforeEach(() => {
    shop.registry.offers = (event) => Promise.resolve(event !== 'order.created');
  });

  it('what it does not tell of is left to the poll', async () => {
    await publish(loaded('both'));
    expect(eventsInShop()).toEqual(['order.changed']);
  });

  it('it is asked for all the same where there is no poll, and where it tells of nothing', async () => {
    await publish(loaded('webhook'));
    expect(eventsInShop()).toEqual(EVENTS);
    shop.hooks = [];
    workflows += 1;
    shop.registry.offers = () => false;
    await publish(loaded('both'));
    expect(eventsInShop()).toEqual(EVENTS);
  });

  it('those that tell of the same are registered too, repaired, and deleted', async () => {
    delete shop.registry.offers;
    shop.registry.alsoToldBy = (event) =>
      Promise.resolve(event === 'order.changed' ? ['order.status'] : []);
    const trigger = loaded('webhook');
    await publish(trigger);
    expect(eventsInShop()).toEqual([...EVENTS, 'order.status']);
    expect(await trigger.hook('checkExists')).toBe(true);
    shop.place(1);
    const query = { event: 'order.status', key: shop.keyOf('order.status') };
    const { items } = await trigger.deliver('[{"Id":1}]', {}, 200, query);
    expect(items).toMatchObject([{ source: { event: 'order.changed' } }]);
    expect(await trigger.hook('delete')).toBe(true);
    expect(shop.hooks).toEqual([]);
  });
});

it('one that is unpublished deletes its webhooks also where what it follows is gone', async () => {
  const definition = hookedShopTrigger(() => shop);
  let isThere = true;
  const { registry = { open: () => shop.registry } } = webhook;
  const Following = storeTrigger({
    ...definition,
    open: async (context, options) => {
      if (!isThere) throw new Error('The column is gone');
      return await definition.open(context, options);
    },
    webhook: {
      ...webhook,
      registry: {
        ...registry,
        openToDelete: async () => ({ registry: shop.registry, address: shop.address }),
      },
    },
  });
  const trigger = publishToy(new Following(), `hooked-${workflows}`);
  await publish(trigger);
  isThere = false;
  expect(await trigger.hook('delete')).toBe(true);
  expect(eventsInShop()).toEqual([]);
});

it.each([
  ['refuses what would be too many at a time', true, 30],
  ['takes all of them where the sender does not send again what is refused', false, 35],
])('one that receives by webhook alone %s', async (_, sendsAgain, taken) => {
  const Receiving = storeTrigger({
    ...hookedShopTrigger(() => shop),
    webhook: { ...webhook, sendsAgain },
  });
  const trigger = publishToy(new Receiving(), `hooked-${workflows}`, { receiveBy: 'webhook' });
  await publish(trigger);
  const query = { event: 'order.created', key: shop.keyOf('order.created') };
  const items: unknown[] = [];
  for (let id = 1; id <= 35; id += 1) {
    shop.place(id);
    items.push(...(await trigger.deliver(`[{"Id":${id}}]`, {}, 200, query)).items);
  }
  expect(items).toHaveLength(taken);
});
