/** Records of which the list does not show all, through a trigger that polls. */
import type { ICredentialType, IDataObject } from 'n8n-workflow';

import { ServiceError } from '../../../core/errors';
import { hookedShopTrigger, type Order, orders, Shop } from '../../../test/support/hookedShop';
import { publish, type RunningTrigger } from '../../../test/support/trigger';
import type { FollowedKind } from './definition';
import { storeTrigger } from './storeTrigger';

const toyApi: ICredentialType = { name: 'toyApi', displayName: 'Toy', properties: [] };

let shop: Shop;
/** What the shop answers where the rest of a record is asked for, by its id. */
let failures: Map<number, ServiceError>;
let workflows = 0;

const customers: FollowedKind<Shop, Order> = {
  ...orders,
  complete: async (_, order) => {
    const failure = failures.get(order.Id);
    if (failure) throw failure;
    return { ...order, Addresses: ['1 Main St'] } as Order;
  },
  listed: orders.get,
};

beforeEach(() => {
  shop = new Shop();
  failures = new Map();
  workflows += 1;
});

function start(staticData: IDataObject = {}): RunningTrigger {
  const Trigger = storeTrigger({ ...hookedShopTrigger(() => shop), kinds: [customers] });
  const options = {
    trigger: new Trigger(),
    credentialType: toyApi,
    credential: {},
    parameters: {},
  };
  return publish({ ...options, id: `unread-${workflows}` }, staticData);
}

const ids = async (trigger: RunningTrigger): Promise<unknown[]> =>
  ((await trigger.poll()) ?? []).map(({ Id }) => Id);

it.each([
  ['are not there', new ServiceError('Nothing there', { class: 'not-found', status: 404 })],
  ['may not be read', new ServiceError('No', { class: 'permission', status: 403 })],
  ['make the server fail', new ServiceError('Broken', { class: 'transient', status: 500 })],
  ['make no sense', new ServiceError('Unexpected fields', { class: 'unknown' })],
])('one whose details %s stops no other, and comes as soon as it can be read', async (_, error) => {
  const trigger = start();
  await trigger.poll();
  shop.place(1, 2, 3);
  failures.set(2, error);
  expect(await ids(trigger)).toEqual([1, 3]);
  shop.place(4);
  expect(await ids(trigger)).toEqual([4]);
  const restarted = start(trigger.staticData());
  expect(await ids(restarted)).toEqual([]);
  failures.clear();
  expect(await restarted.poll()).toMatchObject([
    { Id: 2, Addresses: ['1 Main St'], source: { event: 'poll', id: '2' } },
  ]);
  expect(await ids(restarted)).toEqual([]);
  expect(JSON.stringify(restarted.staticData())).not.toContain('unread');
});

it('one that was deleted meanwhile is forgotten', async () => {
  const trigger = start();
  await trigger.poll();
  shop.place(1);
  failures.set(1, new ServiceError('Nothing there', { class: 'not-found', status: 404 }));
  expect(await ids(trigger)).toEqual([]);
  shop.orders.delete(1);
  failures.clear();
  expect(await ids(trigger)).toEqual([]);
  shop.place(1);
  expect(await ids(trigger)).toEqual([1]);
});

it('what is no fault of the record fails the poll, which then loses nothing', async () => {
  const trigger = start();
  await trigger.poll();
  shop.place(1, 2);
  failures.set(2, new ServiceError('The shop is down', { class: 'transient' }));
  await expect(trigger.poll()).rejects.toThrow('The shop is down');
  failures.clear();
  expect(await ids(trigger)).toEqual([1, 2]);
});

it.each([
  ['may be read', new ServiceError('No', { class: 'permission', status: 403, fix: 'Give it.' })],
  [
    'gets past a server that fails',
    new ServiceError('No', { class: 'transient', status: 500, fix: 'Give it.' }),
  ],
])('where none %s the poll says so, and loses nothing', async (_, error) => {
  const trigger = start();
  await trigger.poll();
  shop.place(1, 2);
  for (const id of shop.orders.keys()) failures.set(id, error);
  const said = {
    message: '2 orders cannot be read as a whole; the first: No',
    description: 'Give it.',
  };
  await expect(trigger.poll()).rejects.toMatchObject(said);
  failures.clear();
  expect(await ids(trigger)).toEqual([1, 2]);
});

it('one alone at which the server fails ends no poll, and the next of its kind does', async () => {
  const trigger = start();
  await trigger.poll();
  const error = new ServiceError('Broken', { class: 'transient', status: 500 });
  failures.set(1, error);
  shop.place(1);
  expect(await ids(trigger)).toEqual([]);
  expect(await ids(trigger)).toEqual([]);
  failures.set(2, error);
  shop.place(2);
  await expect(trigger.poll()).rejects.toThrow('Broken');
  shop.place(3);
  expect(await ids(trigger)).toEqual([3]);
});

it('a server that is down is asked no more after some records', async () => {
  const trigger = start();
  await trigger.poll();
  shop.place(...Array.from({ length: 40 }, (_, index) => index + 1));
  const error = new ServiceError('Down', { class: 'transient', status: 503 });
  for (const id of shop.orders.keys()) if (id > 1) failures.set(id, error);
  await expect(trigger.poll()).rejects.toThrow(/^Down$/);
});

it('where very many cannot be read the poll says so', async () => {
  const trigger = start();
  await trigger.poll();
  shop.place(...Array.from({ length: 51 }, (_, index) => index + 1));
  const error = new ServiceError('No', { class: 'permission', fix: 'Give the right.' });
  for (const id of shop.orders.keys()) failures.set(id, error);
  await expect(trigger.poll()).rejects.toMatchObject({
    message: '51 orders cannot be read as a whole; the first: No',
    description: 'Give the right.',
  });
});

it('a test run shows those that can be read, and says why where there are none', async () => {
  shop.place(1, 2);
  failures.set(2, new ServiceError('No', { class: 'permission' }));
  expect(await start().poll('manual')).toMatchObject([{ Id: 1 }]);
  failures.set(1, new ServiceError('Nor this', { class: 'permission' }));
  await expect(start().poll('manual')).rejects.toThrow(/No/);
});
