import { storeAddress } from '../../../../core/stores/kit/address';
import { documentOf, idsOf, sourceOf } from '../items';
import type { Rig } from '../rig';

/** Where an order comes from, as everything behind the trigger reads it. */
export function describeSources(rig: Rig): void {
  const { platform, operations } = rig.service;
  const { kind, hasSource } = rig.followed;

  describe('the source', () => {
    it('of a polled order is complete, its id a text', async () => {
      const trigger = rig.start();
      await trigger.poll();
      const [id] = await rig.shop.place(1);
      const before = Date.now();
      const [item] = (await trigger.poll()) ?? [];
      const source = sourceOf(item ?? {});
      const address = storeAddress(rig.service.storeUrl ?? rig.gateway.url);
      expect(source).toMatchObject({ platform, store: 'main', address, kind, id });
      expect(source.event).toBe('poll');
      expect(typeof source.id).toBe('string');
      const readAt = Date.parse(String(source.readAt));
      expect(String(source.readAt)).toBe(new Date(readAt).toISOString());
      expect(readAt).toBeGreaterThanOrEqual(before);
      expect(readAt).toBeLessThanOrEqual(Date.now());
    });

    if (!hasSource) return;

    it('and the document are the same from the node as from the trigger', async () => {
      const trigger = rig.start();
      await trigger.poll();
      const placed = await rig.shop.place(2);
      const polled = (await trigger.poll()) ?? [];
      const read = await rig.run(
        operations.getOrder('={{ $json.wanted }}'),
        idsOf(polled).map((wanted) => ({ wanted })),
      );
      expect(new Set(idsOf(read.output()))).toEqual(new Set(placed));
      expect(read.output().map(documentOf)).toEqual(polled.map(documentOf));
      expect(read.output().map(sourceOf)).toEqual(
        polled.map((item) => ({ ...sourceOf(item), readAt: expect.any(String) as string })),
      );
    });
  });
}
