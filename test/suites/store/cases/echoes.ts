import { useOwnLedger } from '../../../support/ledger';
import { documentOf, drain, idsOf, sent } from '../items';
import { MINUTE, type Rig } from '../rig';

/** What our own node has written to the shop, as the trigger sees it. */
export function describeEchoes(rig: Rig): void {
  const { rewriteOrder } = rig.service.operations;
  if (!rewriteOrder) return;

  describe('an own write', () => {
    useOwnLedger();

    it('that moves nothing but dates is no change of the order', async () => {
      const trigger = rig.start();
      await trigger.poll();
      const placed = await rig.shop.place(2);
      const items = await sent(await trigger.poll());
      expect(new Set(idsOf(items))).toEqual(new Set(placed));
      rig.pass(MINUTE);
      for (const item of items) {
        const written = await rig.run(rewriteOrder(item), [documentOf(item)]);
        expect(written.error).toBeUndefined();
      }
      expect(await sent(await drain(trigger))).toEqual([]);
    });
  });
}
