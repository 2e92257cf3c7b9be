import { omit } from 'lodash';
import type { INode } from 'n8n-workflow';

import type { Received } from '../support/httpServer';
import type { RunningTrigger } from '../support/trigger';
import { useReceiver } from './dynamics-trigger-hooks';
import { told, useTrigger } from './dynamics-trigger-rig';

/** The Dynamics 365 Trigger by webhook, and by both, on the sandbox. */

const rig = useTrigger();
const receiver = useReceiver();
/** What a message that is too large goes without. */
const PARTS = ['ParentContext', 'InputParameters', 'PreEntityImages', 'PostEntityImages'];
const ALL = ['row.created', 'row.changed', 'row.deleted'];

async function publish(
  parameters: INode['parameters'] = {},
  more: { staticData?: RunningTrigger } = {},
): Promise<RunningTrigger> {
  const settings = { triggerOn: 'account', events: ALL, receiveBy: 'both', ...parameters };
  const options = { webhookBaseUrl: receiver.baseUrl };
  const trigger = more.staticData
    ? rig.restart(more.staticData, settings, { ...options, id: more.staticData.workflow.id })
    : rig.start(settings, options);
  receiver.handTo(trigger);
  if (!(await trigger.hook('checkExists'))) await trigger.hook('create');
  return trigger;
}

const headersOf = (request?: Received): Record<string, string> =>
  Object.fromEntries(
    Object.entries(request?.headers ?? {}).map(([name, value]) => [name, String(value)]),
  );

/** A message that was too large, and says so. */
const cutBody = (request?: Received, more: object = {}): string =>
  JSON.stringify({ ...omit(JSON.parse(request?.body ?? '{}') as object, PARTS), ...more });
const LARGE = { 'x-ms-dynamics-msg-size-exceeded': 'true' };

const idle = async (): Promise<void> =>
  await rig.dynamics.sandbox.services.dataverse.webhooks.idle();

const endpoints = async () => await rig.people.list('serviceendpoints');
const steps = async () => await rig.people.list('sdkmessageprocessingsteps');

describe('by webhook', () => {
  it('hands over what is created, changed and deleted, as the Web API gives it, without a request', async () => {
    const trigger = await publish({ receiveBy: 'webhook', watchedColumns: ['name', 'telephone1'] });
    const id = await rig.make('accounts', { name: 'A', telephone1: '1', revenue: 12.5 });
    await idle();
    const [made] = receiver.taken();
    expect(told(made ? [made] : [])).toEqual(['account.created A']);
    const read = await rig.people.get('accounts', id);
    const { source, ...row } = made ?? {};
    for (const [name, value] of Object.entries(row))
      expect([name, value]).toEqual([name, read[name]]);
    expect(Object.keys(row).length).toBeGreaterThan(100);
    expect(source).toMatchObject({ id, kind: 'account', event: 'account.created', number: 'A' });
    await rig.people.update('accounts', id, { telephone1: '2' });
    await rig.people.update('accounts', id, { revenue: 13 });
    await rig.people.delete('accounts', id);
    await idle();
    const items = receiver.taken();
    expect(told(items)).toEqual(['account.changed A', `account.deleted ${id}`]);
    expect(items[0]).toMatchObject({
      telephone1: '2',
      change: { columns: ['telephone1'], before: { telephone1: '1' } },
    });
    expect(Object.keys(items[1] ?? {})).toEqual(['accountid', 'source']);
    await trigger.hook('delete');
  });

  it('refuses what does not know the secret, and hands over once what is sent twice', async () => {
    const trigger = await publish({ receiveBy: 'webhook' });
    await rig.make('accounts', { name: 'A' });
    await idle();
    const [{ request } = { request: undefined }] = receiver.deliveries;
    const headers = Object.fromEntries(
      Object.entries(request?.headers ?? {}).map(([name, value]) => [name, String(value)]),
    );
    const body = request?.body ?? '';
    const forged = { ...headers, 'x-n8n-webhook-secret': 'guessed' };
    expect(await trigger.deliver(body, forged)).toMatchObject({ status: 401, items: [] });
    expect(await trigger.deliver(body, {})).toMatchObject({ status: 401, items: [] });
    expect(await trigger.deliver(body, headers)).toMatchObject({ status: 200, items: [] });
  });

  it('reads the row where the message was cut, and takes one that is gone by now for no error', async () => {
    const trigger = await publish({ receiveBy: 'webhook' });
    const id = await rig.make('accounts', { name: 'A' });
    await idle();
    const [{ request } = { request: undefined }] = receiver.deliveries;
    const cut = (more: object) => cutBody(request, { MessageName: 'Update', ...more });
    const large = { ...headersOf(request), ...LARGE };
    await rig.people.update('accounts', id, { name: 'B' });
    await idle();
    receiver.taken();
    // Another process, which has not seen it.
    const other = rig.restart(trigger, { triggerOn: 'account', events: ALL, receiveBy: 'webhook' });
    const answer = await other.deliver(cut({ OperationId: id }), large);
    expect(told(answer.items)).toEqual(['account.changed B']);
    await rig.people.delete('accounts', id);
    const gone = '00000000-0000-4000-8000-000000000001';
    expect(
      await other.deliver(cut({ OperationId: gone, PrimaryEntityId: gone }), large),
    ).toMatchObject({
      status: 200,
      items: [],
      body: { reason: 'the account is gone' },
    });
  });
});

describe('by both', () => {
  it('does not bring by poll what the webhook has brought, and brings what it lost', async () => {
    const trigger = await publish();
    await trigger.poll();
    await rig.make('accounts', { name: 'Told' });
    await idle();
    expect(told(receiver.taken())).toEqual(['account.created Told']);
    expect(await trigger.poll()).toBeNull();
    rig.dynamics.sandbox.context.faults.configure({ webhooks: { lose: 1 } });
    const id = await rig.make('accounts', { name: 'Lost' });
    await idle();
    expect(told(await trigger.poll())).toEqual(['account.created Lost']);
    rig.dynamics.sandbox.context.faults.clear();
    await rig.people.update('accounts', id, { name: 'Found' });
    await idle();
    expect(told(receiver.taken())).toEqual(['account.changed Found']);
    expect(await trigger.poll()).toBeNull();
  });

  it('hands over one content of a row by whichever way, so that the ledger knows it again', async () => {
    const trigger = await publish();
    await trigger.poll();
    const id = await rig.make('accounts', { name: 'A', revenue: 12.5 });
    await idle();
    const [byWebhook] = receiver.taken();
    const [delivery] = receiver.deliveries;
    const large = { ...headersOf(delivery?.request), ...LARGE };
    const settings = { triggerOn: 'account', events: ALL, receiveBy: 'both' };
    const other = rig.restart(trigger, settings);
    const [byReading] = (await other.deliver(cutBody(delivery?.request), large)).items;
    const [byPoll] = (await rig.restart(trigger, settings).poll()) ?? [];
    const contents = [byWebhook, byReading, byPoll].map((item) => {
      const { volatile } = item?.['source'] as { volatile: string[] };
      return omit(item, 'source', volatile);
    });
    expect(contents[0]).toMatchObject({ accountid: id, name: 'A', revenue: 12.5 });
    expect(contents[1]).toEqual(contents[0]);
    expect(contents[2]).toEqual(contents[0]);
  });

  it('tells of what the poll has brought nothing any more, however late the webhook is', async () => {
    const trigger = await publish();
    await trigger.poll();
    const id = await rig.make('accounts', { name: 'A' });
    await idle();
    const late = receiver.deliveries.map(({ request }) => request);
    receiver.taken();
    const headers = headersOf(late[0]);
    const settings = { triggerOn: 'account', events: ALL, receiveBy: 'both' };
    const other = rig.restart(trigger, settings);
    await rig.people.update('accounts', id, { name: 'B' });
    expect(told(await other.poll())).toEqual(['account.created B']);
    expect(await other.deliver(late[0]?.body ?? '', headers)).toMatchObject({ items: [] });
  });
});

describe('in the environment', () => {
  it('leaves one endpoint and a step for each event, whatever n8n does, and none when it ends', async () => {
    const before = (await endpoints()).length;
    let trigger = await publish();
    expect([(await endpoints()).length - before, (await steps()).length]).toEqual([1, 3]);
    await trigger.hook('checkExists', 'init');
    trigger = await publish({}, { staticData: trigger });
    expect([(await endpoints()).length - before, (await steps()).length]).toEqual([1, 3]);
    await trigger.hook('delete');
    expect([(await endpoints()).length - before, (await steps()).length]).toEqual([0, 0]);
    await trigger.hook('checkExists');
    await trigger.hook('create');
    expect([(await endpoints()).length - before, (await steps()).length]).toEqual([1, 3]);
    await rig.make('accounts', { name: 'A' });
    await idle();
    expect(told(receiver.taken())).toEqual(['account.created A']);
    await trigger.hook('delete');
    expect([(await endpoints()).length - before, (await steps()).length]).toEqual([0, 0]);
  });

  it('asks for the events and columns that are chosen alone', async () => {
    const trigger = await publish({ events: ['row.changed'], watchedColumns: ['telephone1'] });
    expect(await steps()).toMatchObject([{ filteringattributes: 'telephone1' }]);
    await trigger.hook('delete');
  });
});
