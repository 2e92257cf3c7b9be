import { idsOf } from '../items';
import { HOUR, type Rig } from '../rig';

/** Reading orders with the store's node. */
export function describeRecords(rig: Rig): void {
  const { operations, platform, pageSize, requestsFor } = rig.service;

  describe('the node', () => {
    it('gets orders by their ids, in the order of its items and linked to them', async () => {
      const placed = (await rig.shop.place(12)).reverse();
      const run = await rig.run(
        operations.getOrder('={{ $json.wanted }}'),
        placed.map((wanted) => ({ wanted })),
      );
      expect(run.error).toBeUndefined();
      expect(idsOf(run.output())).toEqual(placed);
      expect(run.items('Node').map(({ pairedItem }) => pairedItem)).toEqual(
        placed.map((_, item) => ({ item })),
      );
      for (const { source } of run.output()) {
        expect(source).toMatchObject({ platform, store: 'main', kind: 'order', event: 'poll' });
      }
    });

    it('sends what it cannot get to the error branch, complete, and only that', async () => {
      const [first, gone = '', last] = await rig.shop.place(3);
      await rig.shop.remove(gone);
      const run = await rig.run(
        operations.getOrder('={{ $json.wanted }}'),
        [{ wanted: first }, { wanted: gone, note: 'kept' }, { wanted: 'x y' }, { wanted: last }],
        { onError: 'continueErrorOutput' },
      );
      expect(idsOf(run.output(0))).toEqual([first, last]);
      expect(run.output(1)).toMatchObject([
        { wanted: gone, note: 'kept', details: { class: 'not-found', retryable: false } },
        { wanted: 'x y', details: { class: 'validation', retryable: false } },
      ]);
      expect(rig.gateway.asked.some(({ url }) => /x( |%20|\+)y/.test(url))).toBe(false);
    });

    it('gets as many as it is asked for, and no more pages than that takes', async () => {
      const placed = await rig.shop.place(pageSize + 5, { at: rig.now() - HOUR, everySeconds: 3 });
      const few = await rig.run(operations.getManyOrders(3), [{}]);
      expect(few.output()).toHaveLength(3);
      expect(rig.gateway.asked).toHaveLength(1 + 3 * (requestsFor?.listed ?? 0));
      const all = await rig.run(operations.getManyOrders(pageSize + 50), [{}]);
      expect(new Set(idsOf(all.output()))).toEqual(new Set(placed));
      expect(all.output()).toHaveLength(placed.length);
      const none = await rig.run(operations.getManyOrders(pageSize + 1), [{}]);
      expect(none.output()).toHaveLength(pageSize + 1);
    });

    it('gets nothing from an empty shop, and that is no failure', async () => {
      const run = await rig.run(operations.getManyOrders(5), [{}]);
      expect(run.error).toBeUndefined();
      expect(run.output()).toEqual([]);
    });
  });
}
