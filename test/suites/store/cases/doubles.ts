import type { IDataObject } from 'n8n-workflow';

import { useOwnLedger } from '../../../support/ledger';
import { drain, idsOf, sent } from '../items';
import { DAY, HOUR, MINUTE, type Rig } from '../rig';
import { delivering, toldOf } from './delivering';

/** Orders that come more than once: only where a ledger tells them apart, and only once through it. */
export function describeDoubles(rig: Rig): void {
  const { webhook } = rig.service;

  describe('an order', () => {
    useOwnLedger();

    it.each([undefined, 'slack'])('comes once where no ledger follows (%s)', async (followedBy) => {
      const more = { followedBy };
      const trigger = rig.start({}, more);
      await trigger.poll();
      const placed = await rig.shop.place(3);
      expect(new Set(idsOf(await drain(trigger)))).toEqual(new Set(placed));
      await trigger.hook('checkExists', 'update');
      expect(await trigger.poll()).toBeNull();
      for (let hour = 0; hour < 26; hour += 1) {
        rig.pass(HOUR);
        expect(await trigger.poll()).toBeNull();
      }
      expect(await rig.restart(trigger, {}, more).poll()).toBeNull();
    });

    it('comes again where a ledger follows, which lets it through once', async () => {
      const trigger = rig.start();
      await trigger.poll();
      const placed = await rig.shop.place(3);
      expect(new Set(idsOf(await sent(await drain(trigger))))).toEqual(new Set(placed));
      const again = await drain(rig.restart(trigger));
      expect(new Set(idsOf(again))).toEqual(new Set(placed));
      expect(await sent(again)).toEqual([]);
    });

    it('comes a second time within hours, and then once a day', async () => {
      const trigger = rig.start();
      await trigger.poll();
      const placed = await rig.shop.place(1);
      await trigger.poll();
      const ids: string[] = [];
      for (let passed = 0; passed < DAY - HOUR; passed += 20 * MINUTE) {
        rig.pass(20 * MINUTE);
        ids.push(...idsOf(await trigger.poll()));
      }
      expect(ids.length).toBeGreaterThanOrEqual(1);
      expect(ids.length).toBeLessThanOrEqual(2);
      expect(new Set(ids)).toEqual(new Set(placed));
      rig.pass(HOUR);
      await trigger.poll();
      expect(ids[0]).toBe(placed[0]);
    });

    it('that changed is let through again, once', async () => {
      const trigger = rig.start();
      await trigger.poll();
      const [id = ''] = await rig.shop.place(1);
      expect(idsOf(await sent(await trigger.poll()))).toEqual([id]);
      await rig.shop.change(id);
      expect(idsOf(await sent(await trigger.poll()))).toEqual([id]);
      expect(await sent(await drain(rig.restart(trigger)))).toEqual([]);
    });

    if (!webhook) return;

    it('comes again when its workflow is published again, and is let through once', async () => {
      const trigger = rig.start();
      await trigger.poll();
      const placed = await rig.shop.place(3);
      expect(new Set(idsOf(await sent(await drain(trigger))))).toEqual(new Set(placed));
      await trigger.hook('checkExists', 'update');
      const published = await drain(trigger);
      expect(new Set(idsOf(published))).toEqual(new Set(placed));
      expect(await sent(published)).toEqual([]);
    });

    const deliver = delivering(webhook, rig.followed.kind);

    it('that is seen by webhook and poll is let through once', async () => {
      const trigger = rig.start();
      await trigger.poll();
      const [id = ''] = await rig.shop.place(1);
      const delivered = await deliver(trigger, { id });
      expect(idsOf(await sent(delivered.items))).toEqual([id]);
      const polled = await trigger.poll();
      expect(idsOf(polled)).toEqual([id]);
      expect(await sent(polled)).toEqual([]);
    });

    it('that is seen by poll and then by webhook, in deliveries of their own, is let through once', async () => {
      const trigger = rig.start();
      await trigger.poll();
      const [id = ''] = await rig.shop.place(1);
      expect(idsOf(await sent(await trigger.poll()))).toEqual([id]);
      const event = toldOf(webhook, rig.followed.kind).at(-1);
      for (const delivery of ['d-1', 'd-2']) {
        const { items } = await deliver(trigger, { id, event, delivery });
        expect(idsOf(items)).toEqual([id]);
        expect(await sent(items)).toEqual([]);
      }
    });

    it('whose deliveries overtake one another, or come long after the poll, is let through once', async () => {
      const trigger = rig.start();
      await trigger.poll();
      const [id = ''] = await rig.shop.place(1);
      await rig.shop.change(id);
      const overtaken = [...toldOf(webhook, rig.followed.kind)].reverse();
      const through: IDataObject[] = [];
      for (const event of overtaken) {
        through.push(...(await sent((await deliver(trigger, { id, event })).items)));
      }
      expect(idsOf(through)).toEqual([id]);
      expect(await sent(await drain(trigger))).toEqual([]);
      rig.pass(HOUR);
      for (const event of overtaken) {
        expect(await sent((await deliver(trigger, { id, event })).items)).toEqual([]);
      }
    });

    it('whose deliveries are lost comes by the poll, as it is then', async () => {
      const trigger = rig.start();
      await trigger.poll();
      const [first = '', second = '', ...lost] = await rig.shop.place(4);
      for (const id of [first, second]) {
        expect(idsOf(await sent((await deliver(trigger, { id })).items))).toEqual([id]);
      }
      await rig.shop.change(first);
      const polled = await sent(await drain(trigger));
      expect(new Set(idsOf(polled))).toEqual(new Set([first, ...lost]));
      expect(polled).toHaveLength(3);
    });

    it('whose delivery is replayed is handed over once', async () => {
      if (!webhook.delivery && !webhook.bodyNamesIt) return;
      const trigger = rig.start();
      const [id = ''] = await rig.shop.place(1);
      expect((await deliver(trigger, { id, delivery: 'd-1' })).items).toHaveLength(1);
      for (let replay = 0; replay < 3; replay += 1) {
        expect(await deliver(trigger, { id, delivery: 'd-1' })).toMatchObject({
          status: 200,
          items: [],
        });
      }
    });
  });
}
