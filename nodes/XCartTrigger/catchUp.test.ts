import type { IDataObject } from 'n8n-workflow';

import { XCartApi } from '../../credentials/XCartApi.credentials';
import { publish, type RunningTrigger, type TriggerOptions } from '../../test/support/trigger';
import {
  KEY,
  iso,
  startXCartSandbox,
  storedOrder,
  type XCartSandbox,
} from '../../test/support/xcartSandbox';
import { reportUnclaimed } from '../shared/unclaimed';
import { noteSettled } from '../shared/underway';
import { XCartTrigger } from './XCartTrigger.node';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SECRET = 'shared';
const realNow = Date.now;

let store: XCartSandbox;
let workflows = 0;
let ahead: number;

beforeEach(async () => {
  store = await startXCartSandbox();
  ahead = 0;
  jest.spyOn(Date, 'now').mockImplementation(() => realNow() + ahead);
});

afterEach(async () => {
  jest.restoreAllMocks();
  await store.close();
});

function start(
  parameters: IDataObject = {},
  staticData: IDataObject = {},
  more: Partial<TriggerOptions> = {},
): RunningTrigger {
  workflows += 1;
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
      },
      parameters: parameters as RunningTrigger['workflow']['nodes'][string]['parameters'],
      id: `catch up ${workflows}`,
      ...more,
    },
    staticData,
  );
}

/** n8n was killed before the execution had done anything, and starts again. */
const restart = (before: RunningTrigger, parameters: IDataObject = {}, more = {}): RunningTrigger =>
  start(parameters, before.staticData(), more);

const seconds = (): number => Math.floor(Date.now() / 1000);
const place = (...list: number[]): void => {
  store.orders.push(...list.map((id) => storedOrder(id, seconds())));
};
const ids = (items: IDataObject[] | null): unknown[] => (items ?? []).map(({ id }) => id);
const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

test('a backlog whose execution died comes again, although its orders are old', async () => {
  const year = seconds() - 365 * 24 * 3600;
  store.orders.push(...range(1, 30).map((id) => storedOrder(id, year + id * 3600)));
  const parameters = { startFrom: iso(year), options: { maxOrders: 10 } };
  const trigger = start(parameters);
  expect(ids(await trigger.poll())).toEqual(range(1, 10));
  expect(ids(await trigger.poll())).toEqual(range(11, 20));
  const again = restart(trigger, parameters);
  const seen = new Set<unknown>();
  for (let poll = 0; poll < 8; poll += 1) ids(await again.poll()).forEach((id) => seen.add(id));
  expect([...seen].sort((a, b) => Number(a) - Number(b))).toEqual(range(1, 30));
  expect(await again.poll()).toBeNull();
});

test('new orders do not wait behind the old ones that come again', async () => {
  const parameters = { options: { maxOrders: 10 } };
  const trigger = start(parameters);
  await trigger.poll();
  place(...range(1, 40));
  for (let poll = 0; poll < 4; poll += 1) await trigger.poll();
  const again = restart(trigger, parameters);
  ahead = MINUTE;
  place(41);
  ahead += 1_000;
  place(42);
  const first = ids(await again.poll());
  expect(first.slice(0, 2)).toEqual([41, 42]);
  expect(first).toHaveLength(10);
});

test('every order comes a second time within the hour, and then only once a day', async () => {
  const trigger = start();
  await trigger.poll();
  place(1);
  expect(ids(await trigger.poll())).toEqual([1]);
  const again: number[] = [];
  for (let minute = 1; minute < 23 * 60; minute += 20) {
    ahead = minute * MINUTE;
    if (ids(await trigger.poll()).includes(1)) again.push(minute);
  }
  expect(again[0]).toBeLessThanOrEqual(80);
  expect(again.length).toBeLessThanOrEqual(2);
  ahead = 24 * HOUR - MINUTE;
  place(2);
  await trigger.poll();
  ahead = 24 * HOUR + MINUTE;
  expect(ids(await trigger.poll())).toContain(2);
});

test('an order whose claim failed comes again with the next polls, once', async () => {
  const trigger = start();
  await trigger.poll();
  place(1);
  await trigger.poll();
  const workflow = trigger.workflow.id;
  reportUnclaimed(workflow, 'run 1', Date.now());
  expect(await trigger.poll()).toBeNull();
  ahead = MINUTE;
  expect(ids(await trigger.poll())).toEqual([1]);
  ahead = 2 * MINUTE;
  expect(await trigger.poll()).toBeNull();
});

test('without a ledger behind it nothing comes twice', async () => {
  for (const followedBy of [undefined, 'slack']) {
    store.orders.length = 0;
    const trigger = start({}, {}, { followedBy });
    await trigger.poll();
    place(1);
    expect(ids(await trigger.poll())).toEqual([1]);
    ahead += 25 * HOUR;
    expect(await restart(trigger, {}, { followedBy }).poll()).toBeNull();
  }
});

test('a ledger in a sub-workflow counts as well', async () => {
  const followedBy = 'executeWorkflow';
  const trigger = start({}, {}, { followedBy });
  await trigger.poll();
  place(1);
  await trigger.poll();
  expect(ids(await restart(trigger, {}, { followedBy }).poll())).toEqual([1]);
});

test('a look back that fails neither stops new orders nor is forgotten', async () => {
  const trigger = start();
  await trigger.poll();
  place(1);
  await trigger.poll();
  const again = restart(trigger);
  place(2);
  let lists = 0;
  store.intercept = () => ((lists += 1) === 2 ? { status: 400, body: {} } : undefined);
  expect(ids(await again.poll())).toEqual([2]);
  store.intercept = undefined;
  expect(await again.poll()).toBeNull();
  ahead = 11 * MINUTE;
  expect(ids(await again.poll())).toContain(1);
});

test('an order dated years ahead hides no other, before the start or after it', async () => {
  store.orders.push(storedOrder(1, seconds() + 9 * 365 * 24 * 3600));
  const trigger = start();
  await trigger.poll();
  place(2);
  expect(ids(await trigger.poll())).toEqual([2]);
  store.orders.push(storedOrder(3, seconds() + 9 * 365 * 24 * 3600));
  expect(ids(await trigger.poll())).toEqual([3]);
  ahead = MINUTE;
  place(4);
  expect(ids(await trigger.poll())).toEqual([4]);
  expect(await trigger.poll()).toBeNull();
});

describe('the start of n8n', () => {
  test('is not held up by a store that does not answer; the next poll says so', async () => {
    const trigger = start();
    await trigger.poll();
    const again = restart(trigger);
    place(1);
    store.intercept = () => ({ status: 401, body: { message: 'Invalid credentials.' } });
    expect(await again.poll('trigger', 'init')).toBeNull();
    await expect(again.poll('trigger', 'init')).rejects.toThrow(/401/);
    store.intercept = undefined;
    expect(ids(await again.poll('trigger', 'init'))).toEqual([1]);
  });

  test('is no excuse when somebody publishes the workflow', async () => {
    store.intercept = () => ({ status: 401, body: { message: 'Invalid credentials.' } });
    await expect(start().poll('trigger', 'activate')).rejects.toThrow(/401/);
  });
});

describe('many deliveries', () => {
  const deliver = async (trigger: RunningTrigger, id: number) =>
    await trigger.deliver(JSON.stringify({ event: 'order.created', id }), {
      'X-Webhook-Secret': SECRET,
    });

  test('beyond what runs well at the same time are left to the poll, which brings them', async () => {
    const trigger = start();
    await trigger.poll();
    place(...range(1, 40));
    for (const id of range(1, 30)) expect((await deliver(trigger, id)).items).toHaveLength(1);
    expect(await deliver(trigger, 31)).toMatchObject({ status: 202, items: [] });
    noteSettled(trigger.workflow.id, ['xcart:main:order:7']);
    expect((await deliver(trigger, 32)).items).toHaveLength(1);
    expect(ids(await trigger.poll())).toContain(31);
  });

  test('are sent again by the add-on where no poll would bring them soon', async () => {
    const alone = start({ receiveBy: 'webhook' });
    const backlog = start({ startFrom: iso(0), options: { maxOrders: 2 } });
    place(...range(1, 40));
    await backlog.poll();
    for (const trigger of [alone, backlog]) {
      for (const id of range(1, 30)) await deliver(trigger, id);
      expect(await deliver(trigger, 31)).toMatchObject({ status: 503, items: [] });
    }
  });

  test('are all handed over where nothing is known of what becomes of them', async () => {
    const trigger = start({}, {}, { followedBy: 'slack' });
    place(...range(1, 40));
    for (const id of range(1, 40)) expect((await deliver(trigger, id)).items).toHaveLength(1);
  });
});

describe('a delivery', () => {
  const body = (id: number): string => JSON.stringify({ event: 'order.created', id });
  const headers = { 'X-Webhook-Secret': SECRET, 'X-Webhook-Delivery': 'd-1' };

  test('that n8n could not keep is taken when it is sent again', async () => {
    place(7);
    const trigger = start();
    expect((await trigger.deliver(body(7), headers, 500)).items).toHaveLength(1);
    expect((await trigger.deliver(body(7), headers)).items).toHaveLength(1);
    expect((await trigger.deliver(body(7), headers)).items).toHaveLength(0);
  });

  test('of an order that the store does not have is sent again some times, not for ever', async () => {
    const trigger = start();
    const answers: unknown[] = [];
    for (let time = 0; time < 5; time += 1) {
      answers.push((await trigger.deliver(body(9), headers)).status);
    }
    expect(answers).toEqual([503, 503, 503, 200, 200]);
    place(9);
    expect((await trigger.deliver(body(9), headers)).items).toHaveLength(1);
  });
});
