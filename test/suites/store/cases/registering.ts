import type { Rig } from '../rig';
import type { WebhookUnderTest } from '../service';
import { toldOf } from './delivering';

/** A trigger that makes its webhooks in the store by itself. */
export function describeRegistering(rig: Rig, webhook: WebhookUnderTest): void {
  const { kind } = rig.followed;
  const events = toldOf(webhook, kind).map((event) => `${kind}.${event}`);
  const keptOf = (trigger: ReturnType<Rig['start']>) =>
    (trigger.staticData()['node:Trigger'] ?? {}) as { webhooks?: { secret: string; ids: object } };
  const isWrite = ({ method }: { method: string }): boolean => method !== 'GET';
  const writes = (): number => rig.gateway.asked.filter(isWrite).length;
  const inShop = async (): Promise<string[]> => (await rig.shop.hooks?.()) ?? [];
  const publish = async (trigger: ReturnType<Rig['start']>): Promise<void> => {
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
