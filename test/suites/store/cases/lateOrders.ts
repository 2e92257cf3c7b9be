import { documentOf, idsOf } from '../items';
import { HOUR, MINUTE, type Rig } from '../rig';

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
  });
}
