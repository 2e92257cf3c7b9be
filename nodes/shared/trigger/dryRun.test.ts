/** A published workflow that is dry for a while, and then is not: through triggers that poll and receive. */
import type { IDataObject } from 'n8n-workflow';

import {
  hookedShopTrigger,
  type Order,
  orders,
  publishToy,
  Shop,
} from '../../../test/support/hookedShop';
import type { RunningTrigger } from '../../../test/support/trigger';
import { ServiceError } from '../../../core/errors';
import type { RecordType } from '../../../core/feeds/records';
import type { FollowedKind } from './definition';
import { remindOfDryRun } from './dryRun';
import { storeTrigger } from './storeTrigger';

const HOUR = 3_600_000;
const realNow = Date.now;

let shop: Shop;
let workflows = 0;
let ahead = 0;
let broken: Set<number>;

/** Without dates to go by. */
const UNDATED: RecordType<Order> = {
  ...orders.type,
  createdAt: () => undefined,
  changedAt: () => undefined,
};

/** Followed by its content. */
const byContent: FollowedKind<Shop, Order> = {
  ...orders,
  feed: ({ orders: all }) => ({
    type: UNDATED,
    changes: {
      all: async function* ({ page = 1 } = {}) {
        const rows = [...all.values()];
        for (let from = (page - 1) * 2; from < rows.length; from += 2) {
          yield rows.slice(from, from + 2);
        }
      },
    },
    tooMany: 'Choose less.',
  }),
};

/** Of which the list does not show all. */
const halfShown: FollowedKind<Shop, Order> = {
  ...orders,
  complete: async (_, order) => {
    if (broken.has(order.Id)) throw new ServiceError('Broken', { class: 'unknown' });
    return order;
  },
  listed: orders.get,
};

beforeEach(() => {
  shop = new Shop();
  broken = new Set();
  workflows += 1;
  ahead = 0;
  jest.spyOn(Date, 'now').mockImplementation(() => realNow() + ahead);
});

afterEach(() => {
  jest.restoreAllMocks();
});

interface Published {
  kind?: FollowedKind<Shop, Order>;
  isDry?: boolean;
  /** Name of the node behind the trigger; left out: Claim. */
  followedBy?: string;
  parameters?: IDataObject;
}

/** Publishes the workflow, or publishes it again with what n8n has kept of it. */
function publishIt(
  { kind = orders, isDry = false, followedBy, parameters }: Published,
  before?: RunningTrigger,
) {
  const Trigger = storeTrigger({ ...hookedShopTrigger(() => shop), kinds: [kind] });
  const id = `dry ${workflows}`;
  const claim = { operation: 'claim', dryRun: isDry };
  return publishToy(new Trigger(), id, parameters, before?.staticData(), claim, followedBy);
}

const ids = async (trigger: RunningTrigger): Promise<unknown[]> =>
  ((await trigger.poll()) ?? []).map(({ Id }) => Id);

/** Without what is kept of a dry run. */
function ownMemory(trigger: RunningTrigger): IDataObject {
  const { dry: _, ...own } = (trigger.staticData()['node:Trigger'] ?? {}) as IDataObject;
  return own;
}

/** Followed by what the shop itself tells to have changed. */
const byDelta: FollowedKind<Shop, Order> = {
  ...orders,
  feed: ({ orders: all }) => ({
    type: orders.type as RecordType<Order>,
    delta: {
      page: async (from = '0') => ({
        changed: [...all.keys()]
          .slice(Number(from))
          .map((id) => ({ id: String(id), version: '1' })),
        deleted: [],
        next: String(all.size),
        isLast: true,
        askedAt: Date.now(),
      }),
      isForgotten: () => false,
      read: async (ids) => ids.map((id) => structuredClone(all.get(Number(id)) as Order)),
      latest: async () => [],
      versionOf: () => '1',
      watched: ({ Status }) => ({ Status }),
      gone: (id) => ({ Id: Number(id), Status: '', Changed: '' }),
      withChange: (order) => order,
    },
  }),
};

const startOf = (kind: FollowedKind<Shop, Order>): string =>
  kind === byDelta ? 'everything' : new Date(realNow() - HOUR).toISOString();

describe.each([
  ['by date', orders],
  ['by content', byContent],
  ['by what the shop tells', byDelta],
  ['in two steps', halfShown],
])('a workflow that follows orders %s', (_, kind) => {
  test('brings again what came while it was dry', async () => {
    shop.place(1);
    let trigger = publishIt({ kind });
    await trigger.poll();
    shop.place(2);
    expect(await ids(trigger)).toEqual([2]);
    const before = ownMemory(trigger);

    trigger = publishIt({ kind, isDry: true }, trigger);
    shop.place(3);
    expect(await ids(trigger)).toContain(3);
    shop.place(4, 5);
    ahead += HOUR / 2;
    expect(await ids(trigger)).toEqual([4, 5]);
    expect(await ids(trigger)).toEqual([]);
    expect(ownMemory(trigger)).toEqual(before);

    trigger = publishIt({ kind }, trigger);
    expect(await ids(trigger)).toEqual(expect.arrayContaining([3, 4, 5]));
    expect(trigger.staticData()['node:Trigger']).not.toHaveProperty('dry');
    expect(await ids(trigger)).toEqual([]);
  });

  test('that is published dry first begins there, and not where it is no longer dry', async () => {
    shop.place(1, 2, 3);
    let trigger = publishIt({ kind, isDry: true });
    expect(await ids(trigger)).toEqual([]);
    ahead += 2 * HOUR;
    shop.place(4, 5, 6);
    expect(await ids(trigger)).toEqual([4, 5, 6]);
    ahead += 2 * HOUR;
    trigger = publishIt({ kind }, trigger);
    expect(await ids(trigger)).toEqual([4, 5, 6]);
    expect(await ids(trigger)).toEqual([]);
  });

  test('from a date on brings all of it again', async () => {
    shop.place(1, 2, 3);
    const parameters = { startFrom: startOf(kind) };
    let trigger = publishIt({ kind, isDry: true, parameters });
    expect(await ids(trigger)).toEqual([1, 2, 3]);
    shop.place(4);
    expect(await ids(trigger)).toEqual([4]);
    trigger = publishIt({ kind, parameters }, trigger);
    expect(await ids(trigger)).toEqual([1, 2, 3, 4]);
  });

  test('goes on from where it was, though other choices were tried in between', async () => {
    let trigger = publishIt({ kind });
    await trigger.poll();
    shop.place(1);
    const parameters = { startFrom: startOf(kind) };
    trigger = publishIt({ kind, isDry: true, parameters }, trigger);
    expect(await ids(trigger)).toEqual([1]);
    shop.place(2);
    trigger = publishIt({ kind, isDry: true }, trigger);
    expect(await ids(trigger)).toEqual([1, 2]);
    trigger = publishIt({ kind }, trigger);
    expect(await ids(trigger)).toEqual([1, 2]);
  });
});

test('a node behind the trigger that is dry by its own switch has it go on from where it was', async () => {
  const followedBy = 'dynamics365';
  let trigger = publishIt({ followedBy });
  await trigger.poll();
  trigger = publishIt({ followedBy, isDry: true }, trigger);
  shop.place(1);
  expect(await ids(trigger)).toEqual([1]);
  expect(await ids(trigger)).toEqual([]);
  trigger = publishIt({ followedBy }, trigger);
  expect(await ids(trigger)).toEqual([1]);
  expect(await ids(trigger)).toEqual([]);
});

test('a first pass over a long list, cut short while dry, loses neither old nor new', async () => {
  shop.place(1, 2, 3, 4, 5);
  const parameters = { startFrom: '', options: { maxOrders: 1 } };
  let trigger = publishIt({ kind: byContent, isDry: true, parameters });
  expect(await ids(trigger)).toEqual([]);
  shop.place(6, 7);
  expect(await ids(trigger)).toEqual([6]);
  trigger = publishIt({ kind: byContent, parameters }, trigger);
  expect(await ids(trigger)).toEqual([6]);
  expect(await ids(trigger)).toEqual([7]);
});

test('what could not be read before a dry run comes after it', async () => {
  let trigger = publishIt({ kind: halfShown });
  await trigger.poll();
  broken.add(1);
  shop.place(1);
  expect(await ids(trigger)).toEqual([]);
  trigger = publishIt({ kind: halfShown, isDry: true }, trigger);
  broken.clear();
  expect(await ids(trigger)).toEqual([1]);
  expect(await ids(trigger)).toEqual([]);
  trigger = publishIt({ kind: halfShown }, trigger);
  expect(await ids(trigger)).toEqual([1]);
});

test.each([
  ['by date', orders],
  ['by content', byContent],
])('what was put out before a long dry run is looked back at after it, %s', async (_, kind) => {
  let trigger = publishIt({ kind });
  await trigger.poll();
  shop.place(1);
  expect(await ids(trigger)).toEqual([1]);
  trigger = publishIt({ kind, isDry: true }, trigger);
  await ids(trigger);
  for (let day = 0; day < 3; day += 1) {
    ahead += 24 * HOUR;
    await ids(trigger);
  }
  trigger = publishIt({ kind }, trigger);
  expect(await ids(trigger)).toEqual([1]);
});

test('a delivery may be sent again after a dry run', async () => {
  let trigger = publishIt({ isDry: true, parameters: { receiveBy: 'webhook' } });
  if (!(await trigger.hook('checkExists'))) await trigger.hook('create');
  const deliver = async () =>
    await trigger.deliver('[{"Id":1}]', { 'x-delivery': 'd1' }, 200, {
      event: 'order.created',
      key: shop.keyOf('order.created'),
    });
  shop.place(1);
  expect((await deliver()).items).toHaveLength(1);
  trigger = publishIt({ parameters: { receiveBy: 'webhook' } }, trigger);
  expect((await deliver()).items).toHaveLength(1);
  expect((await deliver()).items).toEqual([]);
});

test('the log says once a day that a workflow is in dry run', () => {
  const said: string[] = [];
  const context = {
    getNode: () => ({ name: 'Trigger' }),
    getWorkflow: () => ({ id: `dry ${workflows}`, name: 'Orders' }),
    logger: { warn: (text: string) => said.push(text) },
  } as unknown as Parameters<typeof remindOfDryRun>[0];
  const since = realNow();
  const poll = (after: number, isDry = true): number => {
    ahead = after;
    remindOfDryRun(context, { own: {}, ...(isDry && { dry: { since, memory: {} } }) });
    return said.length;
  };
  const counts = [poll(25 * HOUR, false), poll(23 * HOUR), poll(25 * HOUR), poll(47 * HOUR)];
  expect([...counts, poll(50 * HOUR)]).toEqual([0, 0, 1, 1, 2]);
  expect(said[0]).toMatch(/^The workflow "Orders" has been in a dry run since \d{4}-\d\d-\d\dT/);
});
