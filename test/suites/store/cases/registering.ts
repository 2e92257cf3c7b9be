import type { Rig } from '../rig';

/** A trigger that makes its webhooks in the store by itself. */
export function describeRegistering(rig: Rig): void {
  const keptOf = (trigger: ReturnType<Rig['start']>) =>
    (trigger.staticData()['node:Trigger'] ?? {}) as { webhooks?: { secret: string; ids: object } };
  const writes = (): string[] =>
    rig.gateway.asked.filter(({ method }) => method !== 'GET').map(({ method }) => method);

  it('comes from webhooks that the trigger makes once, keeps, and deletes', async () => {
    const trigger = rig.start({}, {}, 'withoutSecret');
    expect(await trigger.hook('checkExists')).toBe(false);
    expect(await trigger.hook('create')).toBe(true);
    const { webhooks } = keptOf(trigger);
    expect(webhooks?.secret.length).toBeGreaterThan(30);
    expect(Object.keys(webhooks?.ids ?? {})).toEqual(['order.created', 'order.changed']);
    rig.gateway.reset();
    expect(await trigger.hook('checkExists')).toBe(true);
    expect(writes()).toEqual([]);
    expect(await trigger.hook('delete')).toBe(true);
    expect(writes()).toEqual(['DELETE', 'DELETE']);
    expect(keptOf(trigger).webhooks).toBeUndefined();
  });

  it('comes from none where only the poll is wanted, and a test run makes none', async () => {
    expect(await rig.start({ receiveBy: 'poll' }, {}, 'withoutSecret').hook('checkExists')).toBe(
      true,
    );
    expect(await rig.start({}, {}, 'withoutSecret').hook('checkExists', 'manual')).toBe(true);
    expect(writes()).toEqual([]);
  });
}
