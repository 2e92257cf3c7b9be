import type { INodeType } from 'n8n-workflow';

import { loadedAnew } from '../../../support/loadedAnew';
import type { RunningTrigger, TriggerOptions } from '../../../support/trigger';
import type { Rig } from '../rig';
import type { WebhookUnderTest } from '../service';
import { toldOf } from './delivering';

/** The store's trigger as another process of n8n has it. */
function triggerElsewhere({ constructor: { name } }: INodeType): INodeType {
  const file = `../../../../nodes/${name}/${name}.node`;
  const { [name]: Trigger } = loadedAnew(() =>
    jest.requireActual<Record<string, new () => INodeType>>(file),
  );
  if (!Trigger) throw new Error(`${file} has no ${name}`);
  return new Trigger();
}

/** A trigger that makes its webhooks in the store by itself. */
export function describeRegistering(rig: Rig, webhook: WebhookUnderTest): void {
  const { kind } = rig.followed;
  const also = webhook.alsoToldBy?.(kind) ?? [];
  const events = [...toldOf(webhook, kind), ...also].map((event) => `${kind}.${event}`);
  const keptOf = (trigger: RunningTrigger) =>
    (trigger.staticData()['node:Trigger'] ?? {}) as { webhooks?: { secret: string; ids: object } };
  const isWrite = ({ method }: { method: string }): boolean => method !== 'GET';
  const writes = (): number => rig.gateway.asked.filter(isWrite).length;
  const inShop = async (): Promise<string[]> => (await rig.shop.hooks?.()) ?? [];
  const publish = async (trigger: RunningTrigger): Promise<void> => {
    if (!(await trigger.hook('checkExists'))) expect(await trigger.hook('create')).toBe(true);
  };

  it('comes from webhooks that the trigger makes once, keeps, and deletes', async () => {
    const trigger = rig.start({}, {}, 'withoutSecret');
    expect(await trigger.hook('checkExists')).toBe(false);
    expect(await trigger.hook('create')).toBe(true);
    const { webhooks } = keptOf(trigger);
    expect(webhooks?.secret.length).toBeGreaterThan(30);
    expect(Object.keys(webhooks?.ids ?? {})).toEqual(events);
    expect(await inShop()).toHaveLength(events.length);
    rig.gateway.reset();
    expect(await trigger.hook('checkExists')).toBe(true);
    expect(writes()).toBe(0);
    expect(await trigger.hook('delete')).toBe(true);
    expect(await inShop()).toEqual([]);
    expect(keptOf(trigger).webhooks).toBeUndefined();
  });

  it('comes from as many webhooks after n8n was started again, and none is left behind', async () => {
    const trigger = rig.start({}, {}, 'withoutSecret');
    await publish(trigger);
    const before = await inShop();
    const again = rig.restart(trigger, {}, { id: trigger.workflow.id });
    await publish(again);
    await publish(again);
    expect(await inShop()).toEqual(before);
    expect(await again.hook('delete')).toBe(true);
    expect(await inShop()).toEqual([]);
  });

  it('comes from webhooks of its own where a workflow is copied, whatever becomes of the other', async () => {
    const trigger = rig.start({}, {}, 'withoutSecret');
    await publish(trigger);
    const before = await inShop();
    const copy = rig.restart(trigger);
    await publish(copy);
    expect(await inShop()).toHaveLength(2 * before.length);
    expect(await copy.hook('delete')).toBe(true);
    expect(await inShop()).toEqual(before);
  });

  it('comes from webhooks that are made again where somebody has deleted them in the store', async () => {
    const trigger = rig.start({}, {}, 'withoutSecret');
    await publish(trigger);
    const before = await inShop();
    await rig.shop.reset();
    expect(await inShop()).toEqual([]);
    await publish(trigger);
    expect((await inShop()).sort()).toEqual(before.sort());
  });

  it('comes from none where the last of them cannot be made: none is left behind', async () => {
    const trigger = rig.start({}, {}, 'withoutSecret');
    expect(await trigger.hook('checkExists')).toBe(false);
    let made = 0;
    rig.gateway.before = ({ method }) => {
      if (method === 'GET' || method === 'DELETE') return undefined;
      made += 1;
      return made < events.length ? undefined : { status: 403, body: { message: 'no' } };
    };
    await expect(trigger.hook('create')).rejects.toMatchObject({ httpCode: '403' });
    expect(made).toBe(events.length);
    expect(await inShop()).toEqual([]);
  });

  /** The workflow of another publication, as n8n loads it before that has saved anything. */
  const loadedBeside = (trigger: RunningTrigger, more: Partial<TriggerOptions> = {}) =>
    rig.start({}, { id: trigger.workflow.id, ...more }, 'withoutSecret');

  /** Both processes have looked at what there is before either makes the first. */
  const meetBeforeMaking = (): void => {
    let waiting = 2;
    let open = (): void => {};
    const opened = new Promise<void>((resolve) => (open = resolve));
    rig.gateway.before = async ({ method }) => {
      if (method !== 'POST') return undefined;
      waiting -= 1;
      if (waiting <= 0) open();
      await opened;
      return undefined;
    };
  };

  it('comes from one of each where a workflow is published twice in the same moment', async () => {
    const one = rig.start({}, {}, 'withoutSecret');
    const other = loadedBeside(one);
    const both = [one, other];
    await Promise.all(both.map(publish));
    expect(await inShop()).toHaveLength(events.length);
    await Promise.all(both.map(async (trigger) => await trigger.hook('create')));
    expect(await inShop()).toHaveLength(events.length);
    expect(keptOf(one)).toEqual(keptOf(other));
    expect(Object.keys(keptOf(one).webhooks?.ids ?? {})).toEqual(events);
  });

  it('comes from one of each where two processes make them in the same moment, and both then know them', async () => {
    const one = rig.start({}, {}, 'withoutSecret');
    const elsewhere = triggerElsewhere(rig.service.trigger);
    const other = loadedBeside(one, { trigger: elsewhere });
    for (const trigger of [one, other]) expect(await trigger.hook('checkExists')).toBe(false);
    meetBeforeMaking();
    const made = await Promise.allSettled([one.hook('create'), other.hook('create')]);
    rig.gateway.before = undefined;
    expect(made.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const before = await inShop();
    expect(before).toHaveLength(events.length);
    // What n8n has saved is what the first one knows, and the other one loads it when it tries again.
    const isOtherFirst = made[1]?.status === 'fulfilled';
    const trigger = isOtherFirst ? rig.service.trigger : elsewhere;
    const again = rig.restart(isOtherFirst ? other : one, {}, { id: one.workflow.id, trigger });
    expect(await again.hook('checkExists')).toBe(true);
    expect(await inShop()).toEqual(before);
    expect(await again.hook('delete')).toBe(true);
    expect(await inShop()).toEqual([]);
  });

  it('comes from one of each where the answer was lost that one is made, and it is made again', async () => {
    const trigger = rig.start({}, {}, 'withoutSecret');
    expect(await trigger.hook('checkExists')).toBe(false);
    rig.gateway.after = ({ method }) =>
      method === 'POST' ? { status: 504, body: { message: 'no answer' } } : undefined;
    await expect(trigger.hook('create')).rejects.toMatchObject({ httpCode: '504' });
    rig.gateway.after = undefined;
    expect(await inShop()).toEqual([]);
    expect(await trigger.hook('create')).toBe(true);
    expect(await trigger.hook('create')).toBe(true);
    expect(await inShop()).toHaveLength(events.length);
  });

  it('comes from none where the workflow is unpublished while they are made', async () => {
    const trigger = rig.start({}, {}, 'withoutSecret');
    expect(await trigger.hook('checkExists')).toBe(false);
    const making = new Promise<void>((resolve) => {
      rig.gateway.before = ({ method }) => (method === 'POST' ? resolve() : undefined) ?? undefined;
    });
    const made = trigger.hook('create');
    await making;
    expect(await loadedBeside(trigger).hook('delete')).toBe(true);
    await made;
    expect(await inShop()).toEqual([]);
  });

  it('comes from the same where n8n has moved: they lead to where it is now', async () => {
    const trigger = rig.start({}, {}, 'withoutSecret');
    await publish(trigger);
    const webhookBaseUrl = 'https://moved.example/webhook';
    const { id } = trigger.workflow;
    const moved = rig.restart(trigger, {}, { id, webhookBaseUrl });
    await publish(moved);
    const after = await inShop();
    expect(after).toHaveLength(events.length);
    expect(after.every((url) => url.startsWith(webhookBaseUrl))).toBe(true);
    rig.gateway.reset();
    expect(await moved.hook('checkExists')).toBe(true);
    expect(writes()).toBe(0);
  });

  it('comes from as many where n8n has lost what it kept: they get a secret that it knows', async () => {
    const trigger = rig.start({}, {}, 'withoutSecret');
    await publish(trigger);
    const bare = loadedBeside(trigger, { trigger: triggerElsewhere(rig.service.trigger) });
    await publish(bare);
    expect(await inShop()).toHaveLength(events.length);
    expect(keptOf(bare).webhooks?.secret).not.toBe(keptOf(trigger).webhooks?.secret);
    rig.gateway.reset();
    expect(await bare.hook('checkExists')).toBe(true);
    expect(writes()).toBe(0);
    expect(await bare.hook('delete')).toBe(true);
    expect(await inShop()).toEqual([]);
  });

  it('comes from none where only the poll is wanted, and a test run makes none', async () => {
    expect(await rig.start({ receiveBy: 'poll' }, {}, 'withoutSecret').hook('checkExists')).toBe(
      true,
    );
    expect(await rig.start({}, {}, 'withoutSecret').hook('checkExists', 'manual')).toBe(true);
    expect(writes()).toBe(0);
    expect(await inShop()).toEqual([]);
  });
}

/** A store that sends none, though its trigger could receive some: said before anybody waits for them. */
export function describeNoWebhooks(rig: Rig): void {
  it.each(['both', 'webhook'])(
    'cannot be waited for (%s): that is said when it is published',
    async (receiveBy) => {
      const trigger = rig.start({ receiveBy });
      await expect(trigger.hook('checkExists')).rejects.toMatchObject({
        description: expect.stringContaining('Poll Only') as string,
      });
      expect(rig.gateway.asked).toEqual([]);
      expect(await rig.start({ receiveBy: 'poll' }).hook('checkExists')).toBe(true);
    },
  );
}
