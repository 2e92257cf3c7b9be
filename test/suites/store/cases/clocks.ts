import { drain, idsOf } from '../items';
import { HOUR, MINUTE, type Rig, YEAR } from '../rig';

/** Dates that are wrong, in one order or in all. */
export function describeClocks(rig: Rig): void {
  describe('a clock', () => {
    it('that dated an order years ahead hides no other, neither before the first poll nor after it', async () => {
      await rig.shop.place(1, { at: rig.now() + 9 * YEAR });
      const trigger = rig.start();
      await trigger.poll();
      const second = await rig.shop.place(1);
      expect(idsOf(await trigger.poll())).toEqual(second);
      const ahead = await rig.shop.place(1, { at: rig.now() + 9 * YEAR });
      expect(idsOf(await trigger.poll())).toEqual(ahead);
      rig.pass(MINUTE);
      const fourth = await rig.shop.place(1);
      expect(idsOf(await trigger.poll())).toEqual(fourth);
      await rig.shop.change(ahead[0] ?? '', rig.now() + 9 * YEAR);
      expect(idsOf(await trigger.poll())).toEqual(ahead);
      expect(await trigger.poll()).toBeNull();
    });

    it.each([
      ['hours behind', -5 * HOUR],
      ['hours ahead', 5 * HOUR],
    ])('of the shop that is %s costs nothing, nor its repair', async (_, ahead) => {
      rig.shop.setClock(ahead);
      await rig.shop.place(2);
      const trigger = rig.start();
      expect(await trigger.poll()).toBeNull();
      rig.pass(MINUTE);
      const [first = ''] = await rig.shop.place(1);
      expect(idsOf(await trigger.poll())).toEqual([first]);
      rig.pass(20 * MINUTE);
      await rig.shop.change(first);
      const second = await rig.shop.place(1);
      expect(new Set(idsOf(await drain(trigger)))).toEqual(new Set([first, ...second]));
      rig.shop.setClock(0);
      rig.pass(MINUTE);
      const third = await rig.shop.place(1);
      expect(idsOf(await drain(trigger))).toEqual(third);
    });

    it.each([-5 * HOUR, 5 * HOUR])(
      'of this machine that is set by %i ms loses nothing',
      async (ms) => {
        const trigger = rig.start({ options: { catchUpHours: 0 } });
        await trigger.poll();
        const first = await rig.shop.place(1);
        expect(idsOf(await trigger.poll())).toEqual(first);
        rig.pass(ms);
        rig.shop.setClock(-ms);
        const second = await rig.shop.place(1, { at: rig.now() - ms + MINUTE });
        expect(idsOf(await drain(trigger))).toEqual(second);
        const third = await rig.shop.place(1, { at: rig.now() - ms + 2 * MINUTE });
        expect(idsOf(await drain(trigger))).toEqual(third);
      },
    );
  });
}
