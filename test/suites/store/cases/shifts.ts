import { drain } from '../items';
import { HOUR, type Rig } from '../rig';
import { expectComplete } from './complete';

/** What a busy shop does to its orders, the oldest first; gives back those that live. */
type Shift = (rig: Rig, orders: string[]) => Promise<string[]>;

const removing =
  (at: number): Shift =>
  async ({ shop }, orders) => {
    const [gone = ''] = orders.slice(at);
    await shop.remove(gone);
    return orders.filter((id) => id !== gone);
  };

const changing =
  (at: number): Shift =>
  async ({ shop }, orders) => {
    await shop.change(orders.at(at) ?? '');
    return orders;
  };

const SHIFTS: Array<[string, Shift]> = [
  ['the newest order is deleted', removing(-1)],
  ['the oldest order is deleted', removing(0)],
  ['an old order changes', changing(3)],
  ['a new order changes', changing(-3)],
  ['an order comes', async ({ shop }, orders) => [...orders, ...(await shop.place(1))]],
  [
    'an order is saved late, dated among those that are being read',
    async ({ shop, now }, orders) => [...orders, ...(await shop.place(1, { at: now() - 60_000 }))],
  ],
];

/** Lists whose pages shift while they are read. */
export function describeShifts(rig: Rig): void {
  const { pageSize } = rig.service;

  describe('while pages are read', () => {
    const cases = SHIFTS.flatMap(([what, shift]) => [1, 2].map((page) => ({ what, shift, page })));

    it.each(cases)('$what, behind request $page: nothing is lost', async ({ shift, page }) => {
      const trigger = rig.start();
      await trigger.poll();
      let orders = await rig.shop.place(pageSize * 2 + 10, {
        at: rig.now() - HOUR,
        everySeconds: 16,
      });
      rig.gateway.reset();
      rig.gateway.after = async (_, number) => {
        if (number === page) orders = await shift(rig, orders);
      };
      const first = (await trigger.poll()) ?? [];
      expect(rig.gateway.asked.length).toBeGreaterThanOrEqual(page);
      rig.gateway.reset();
      await expectComplete(rig, orders, [...first, ...(await drain(trigger))]);
    });
  });
}
