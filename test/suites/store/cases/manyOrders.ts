import { drain, idsOf } from '../items';
import { maxOption } from '../kinds';
import { DAY, HOUR, type Rig } from '../rig';

/** More orders than fit into one request, or into one poll. */
export function describeManyOrders(rig: Rig): void {
  describe('many orders', () => {
    const several = rig.service.pageSize * 2 + 30;
    const { byContent } = rig.followed;
    // What is compared comes in the order of its list, where there is more than one poll may put out.
    const inOrder = (ids: string[]): string[] => (byContent ? [...ids].sort() : ids);

    it('of several pages come at once, each once, the oldest first', async () => {
      const trigger = rig.start({ options: maxOption(rig.followed, several) });
      await trigger.poll();
      const placed = await rig.shop.place(several, { at: rig.now() - HOUR, everySeconds: 3 });
      expect(idsOf(await trigger.poll())).toEqual(placed);
      expect(await drain(trigger)).toEqual([]);
    });

    it('of several pages and one second come, each once', async () => {
      const trigger = rig.start();
      await trigger.poll();
      const placed = await rig.shop.place(several);
      const ids = idsOf(await drain(trigger));
      expect(ids).toHaveLength(placed.length);
      expect(new Set(ids)).toEqual(new Set(placed));
    });

    it('beyond what one poll may put out come with the next, the oldest first', async () => {
      const trigger = rig.start({ options: maxOption(rig.followed, 10) });
      await trigger.poll();
      const placed = await rig.shop.place(25, { at: rig.now() - HOUR, everySeconds: 60 });
      const polls = [await trigger.poll(), await trigger.poll(), await trigger.poll()];
      expect(polls.map((items) => items?.length)).toEqual([10, 10, 5]);
      expect(inOrder(polls.flatMap(idsOf))).toEqual(inOrder(placed));
      expect(await trigger.poll()).toBeNull();
    });

    it('of one second, beyond what one poll may put out, come each once', async () => {
      const trigger = rig.start({ options: maxOption(rig.followed, 10) });
      await trigger.poll();
      const placed = await rig.shop.place(25);
      const ids = idsOf(await drain(trigger));
      expect(ids).toHaveLength(placed.length);
      expect(new Set(ids)).toEqual(new Set(placed));
    });

    it('wait for a new process: what was not put out yet comes, nothing of it is lost', async () => {
      const parameters = { options: maxOption(rig.followed, 10) };
      const trigger = rig.start(parameters);
      await trigger.poll();
      const placed = await rig.shop.place(25, { at: rig.now() - HOUR, everySeconds: 60 });
      const first = idsOf(await trigger.poll());
      const rest = idsOf(await drain(rig.restart(trigger, parameters)));
      expect(new Set([...first, ...rest])).toEqual(new Set(placed));
      // What the process before has put out, its execution may not have come to: it comes again, once, behind the new.
      expect(rest.slice(0, 10).filter((id) => first.includes(id))).toEqual([]);
      if (!byContent) expect(rest.slice(0, 10)).toEqual(placed.slice(10, 20));
      expect(rest).toHaveLength(25);
    });

    if (byContent) return;

    it('of former days are not read again and again', async () => {
      await rig.shop.place(several, { at: rig.now() - 3 * DAY, everySeconds: 3 });
      const trigger = rig.start();
      await trigger.poll();
      const placed = await rig.shop.place(1);
      expect(idsOf(await trigger.poll())).toEqual(placed);
      // What several pages have brought is read a second time, and then no more.
      expect(await trigger.poll()).toBeNull();
      rig.gateway.reset();
      expect(await trigger.poll()).toBeNull();
      expect(rig.gateway.asked.length).toBeLessThanOrEqual(2);
    });
  });
}
