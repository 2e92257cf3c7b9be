import * as fc from 'fast-check';

import { documentOf, drain, idsOf } from '../items';
import { HOUR, MINUTE, type Rig, SECOND } from '../rig';
import { expectComplete } from './complete';

/** Orders and changes whose dates are not newer than what was put out before. */
export function describeLateOrders(rig: Rig): void {
  describe('late orders', () => {
    it('that were dated before the last poll come, within the overlap', async () => {
      const trigger = rig.start();
      await trigger.poll();
      const first = await rig.shop.place(1);
      expect(idsOf(await trigger.poll())).toEqual(first);
      const late = await rig.shop.place(2, { at: rig.now() - 3 * MINUTE });
      expect(new Set(idsOf(await trigger.poll()))).toEqual(new Set(late));
      expect(await trigger.poll()).toBeNull();
    });

    it('that were dated before the very first poll come too', async () => {
      await rig.shop.place(1);
      const trigger = rig.start();
      const late = await rig.shop.place(1, { at: rig.now() - 2 * MINUTE });
      expect(await trigger.poll()).toBeNull();
      const later = await rig.shop.place(1, { at: rig.now() - 3 * MINUTE });
      const ids = idsOf(await trigger.poll());
      expect(ids).toEqual(later);
      expect(ids).not.toContain(late[0]);
    });

    it('of the second in which the last one came are new', async () => {
      const at = rig.now();
      const trigger = rig.start();
      await trigger.poll();
      const first = await rig.shop.place(1, { at });
      expect(idsOf(await trigger.poll())).toEqual(first);
      const second = await rig.shop.place(1, { at });
      expect(idsOf(await trigger.poll())).toEqual(second);
      expect(await trigger.poll()).toBeNull();
    });

    it('that change twice within one second come with each content', async () => {
      const [id = ''] = await rig.shop.place(1, { at: rig.now() - HOUR });
      const trigger = rig.start();
      await trigger.poll();
      const at = rig.now();
      await rig.shop.change(id, at);
      const [first] = (await trigger.poll()) ?? [];
      await rig.shop.change(id, at);
      const [second] = (await trigger.poll()) ?? [];
      expect([first, second].map((item) => item && idsOf([item])[0])).toEqual([id, id]);
      expect(documentOf(second)).not.toEqual(documentOf(first));
      expect(await trigger.poll()).toBeNull();
    });

    it('are not lost, whatever happens between the polls', async () => {
      const action = fc.record({
        what: fc.constantFrom('place', 'late', 'change', 'remove', 'poll', 'restart'),
        which: fc.nat({ max: 1000 }),
        count: fc.integer({ min: 1, max: 12 }),
      });
      const parameters = { options: { maxOrders: 7 } };
      const sequence = fc.array(action, { minLength: 15, maxLength: 40 });
      const run = async (actions: Array<{ what: string; which: number; count: number }>) => {
        await rig.shop.reset();
        let trigger = rig.start(parameters);
        const put = [...((await trigger.poll()) ?? [])];
        let living: string[] = [];
        const poll = async () => put.push(...((await trigger.poll()) ?? []));
        const doing: Record<string, (which: number, count: number) => Promise<unknown>> = {
          place: async (_, count) => living.push(...(await rig.shop.place(count))),
          late: async (which, count) => {
            const at = rig.now() - (which % 240) * SECOND;
            living.push(...(await rig.shop.place(count, { at })));
          },
          change: async (which) => {
            const id = living[which % living.length];
            if (id !== undefined) await rig.shop.change(id);
          },
          remove: async (which) => {
            const id = living[which % living.length];
            if (id !== undefined) await rig.shop.remove(id);
            living = living.filter((each) => each !== id);
          },
          poll,
          restart: async () => {
            trigger = rig.restart(trigger, parameters);
            await poll();
          },
        };
        for (const { what, which, count } of actions) {
          rig.pass(7 * SECOND);
          await doing[what]?.(which, count);
        }
        put.push(...(await drain(trigger)));
        await expectComplete(rig, living, put);
      };
      await fc.assert(fc.asyncProperty(sequence, run), { numRuns: 5 });
    });
  });
}
