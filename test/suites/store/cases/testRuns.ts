import { idsOf } from '../items';
import { HOUR, type Rig } from '../rig';

/** What a person sees in the editor, and what that must not do. */
export function describeTestRuns(rig: Rig): void {
  describe('a test run', () => {
    it('shows the latest orders and moves nothing', async () => {
      const placed = await rig.shop.place(9, { at: rig.now() - HOUR, everySeconds: 60 });
      const trigger = rig.start();
      expect(idsOf(await trigger.poll('manual'))).toEqual(placed.slice(-5));
      expect(trigger.staticData()).toEqual({});
      expect(await trigger.poll()).toBeNull();
      const saved = trigger.staticData();
      const more = await rig.shop.place(1);
      expect(idsOf(await trigger.poll('manual'))).toContain(more[0]);
      expect(trigger.staticData()).toEqual(saved);
      expect(idsOf(await trigger.poll())).toEqual(more);
    });

    it('of an empty shop shows nothing', async () => {
      expect(await rig.start().poll('manual')).toBeNull();
    });

    it('makes no look back, also where it checks the webhook', async () => {
      const trigger = rig.start();
      await trigger.poll();
      const placed = await rig.shop.place(1);
      expect(idsOf(await trigger.poll())).toEqual(placed);
      await trigger.hook('checkExists', 'manual');
      expect(await trigger.poll()).toBeNull();
    });
  });
}
