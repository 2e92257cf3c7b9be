import { documentOf, idsOf, sourceOf } from '../items';
import type { Rig } from '../rig';
import { delivering, toldOf } from './delivering';
import { describeNoWebhooks, describeRegistering } from './registering';

/** Deliveries as the service sends them. */
export function describeWebhook(rig: Rig): void {
  const { webhook, trigger: node } = rig.service;
  if (!webhook) {
    if (node.description.webhooks) describe('a delivery', () => describeNoWebhooks(rig));
    return;
  }
  const { kind } = rig.followed;
  const deliver = delivering(webhook, kind);

  describe('a delivery', () => {
    it.each(webhook.proofs)('that proves itself by $name hands the order over', async (proof) => {
      const trigger = rig.start();
      const before = trigger.staticData();
      const [id = ''] = await rig.shop.place(1);
      const { status, items } = await deliver(trigger, { id, proof });
      expect(status).toBeUndefined();
      expect(idsOf(items)).toEqual([id]);
      expect(rig.gateway.asked).toHaveLength(rig.followed.requestsForOne);
      expect(trigger.staticData()).toEqual(before);
    });

    it('brings the order as the shop has it now, in the shape of the poll', async () => {
      const trigger = rig.start();
      await trigger.poll();
      const [id = ''] = await rig.shop.place(1);
      await rig.shop.change(id);
      const [delivered] = (await deliver(trigger, { id })).items;
      const [polled] = (await trigger.poll()) ?? [];
      expect(documentOf(delivered)).toEqual(documentOf(polled));
      const { event, readAt, ...rest } = sourceOf(delivered ?? {});
      expect(sourceOf(polled ?? {})).toMatchObject(rest);
      expect(event).toBe(`${kind}.${toldOf(webhook, kind)[0]}`);
      expect(readAt).toEqual(expect.any(String));
    });

    it('that the shop cannot answer is sent again, and then handed over', async () => {
      const trigger = rig.start();
      const [id = ''] = await rig.shop.place(1);
      rig.gateway.before = () => ({ status: 401, body: { message: 'no' } });
      expect(await deliver(trigger, { id, delivery: 'd-1' })).toMatchObject({
        status: 503,
        items: [],
      });
      rig.gateway.reset();
      expect(idsOf((await deliver(trigger, { id, delivery: 'd-1' })).items)).toEqual([id]);
    });

    it('that n8n could not keep is taken when it is sent again', async () => {
      const trigger = rig.start();
      const [id = ''] = await rig.shop.place(1);
      const first = await deliver(trigger, { id, delivery: 'd-1', answered: 500 });
      const second = await deliver(trigger, { id, delivery: 'd-1' });
      expect([first, second].map(({ items }) => items.length)).toEqual([1, 1]);
    });

    it('of an order that the shop does not have is sent again some times, not for ever', async () => {
      const trigger = rig.start();
      const [id = ''] = await rig.shop.place(1);
      await rig.shop.remove(id);
      const answers: unknown[] = [];
      for (let time = 0; time < 5; time += 1) {
        answers.push((await deliver(trigger, { id, delivery: 'd-1' })).status);
      }
      expect(answers).toEqual([503, 503, 503, 200, 200]);
    });

    it('beyond what runs well at the same time is left to the poll, which brings it', async () => {
      const trigger = rig.start();
      await trigger.poll();
      const placed = await rig.shop.place(31);
      for (const id of placed.slice(0, 30)) {
        expect((await deliver(trigger, { id })).items).toHaveLength(1);
      }
      const last = placed[30] ?? '';
      expect(await deliver(trigger, { id: last })).toMatchObject({ status: 202, items: [] });
      expect(idsOf(await trigger.poll())).toContain(last);
    });

    if (webhook.withoutSecret) {
      it('cannot be the only way without a secret', async () => {
        const trigger = rig.start({ receiveBy: 'webhook' }, {}, 'withoutSecret');
        await expect(trigger.hook('checkExists')).rejects.toThrow(/Secret/);
      });
    } else describeRegistering(rig, webhook);

    it('is the only way where that is chosen: the poll asks for nothing', async () => {
      await rig.shop.place(1);
      expect(await rig.start({ receiveBy: 'webhook' }).poll()).toBeNull();
      expect(rig.gateway.asked).toEqual([]);
    });
  });
}
