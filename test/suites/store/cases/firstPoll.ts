import { documentOf, drain, idsOf } from '../items';
import { DAY, HOUR, type Rig, SECOND } from '../rig';

const iso = (time: number): string => new Date(time).toISOString();

/** From where on a trigger puts out orders. */
export function describeFirstPoll(rig: Rig): void {
  const { wholeDays } = rig.followed;

  describe('the first poll', () => {
    it('knows what is there, and puts out what comes after it', async () => {
      await rig.shop.place(2, { at: rig.now() - 9 * HOUR });
      const [known = ''] = await rig.shop.place(1);
      const trigger = rig.start();
      expect(await trigger.poll()).toBeNull();
      const placed = await rig.shop.place(1);
      expect(idsOf(await trigger.poll())).toEqual(placed);
      await rig.shop.change(known, rig.now() + 1000);
      expect(idsOf(await trigger.poll())).toEqual([known]);
      expect(await trigger.poll()).toBeNull();
    });

    it('of an empty shop finds nothing, and the next its first order', async () => {
      const trigger = rig.start();
      expect(await trigger.poll()).toBeNull();
      expect(await trigger.poll()).toBeNull();
      const placed = await rig.shop.place(1);
      expect(idsOf(await trigger.poll())).toEqual(placed);
    });

    it('begins at Start From, and another date begins anew', async () => {
      const from = rig.now() - 2 * HOUR;
      const apart = wholeDays ? 2 * DAY : SECOND;
      const before = await rig.shop.place(1, { at: from - apart });
      const since = await rig.shop.place(2, { at: from, everySeconds: 60 });
      const trigger = rig.start({ startFrom: iso(from) });
      expect(idsOf(await drain(trigger))).toEqual(since);
      const earlier = rig.restart(trigger, { startFrom: iso(from - apart - HOUR) });
      expect(idsOf(await drain(earlier))).toEqual([...before, ...since]);
    });

    it('begins anew for another shop, not for another way to write its address', async () => {
      const placed = await rig.shop.place(1, { at: rig.now() - HOUR });
      const parameters = { startFrom: iso(0), options: { catchUpHours: 0 } };
      const trigger = rig.start(parameters);
      expect(idsOf(await drain(trigger))).toEqual(placed);
      const credential = rig.service.credential(`${rig.gateway.url}/`);
      const same = rig.restart(trigger, parameters, { credential });
      expect(await drain(same)).toEqual([]);
      const other = { credential: { ...credential, storeName: 'other' } };
      const [item] = await drain(rig.restart(trigger, parameters, other));
      expect(item).toMatchObject({ source: { store: 'other', id: placed[0] } });
      expect(documentOf(item)).not.toEqual({});
    });

    it('names the setting that is wrong', async () => {
      await expect(rig.start({ startFrom: 'soon' }).poll()).rejects.toThrow(/Start From/);
      expect(rig.gateway.asked).toEqual([]);
    });
  });
}
