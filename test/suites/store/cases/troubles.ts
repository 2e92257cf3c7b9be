import type { Received, Reply } from '../../../support/httpServer';
import { drain, idsOf } from '../items';
import { HOUR, MINUTE, type Rig } from '../rig';

const SOON = { 'retry-after': '0.01' };

/** What passes by itself. */
const PASSING: Array<[string, Reply]> = [
  ['throttles', { status: 429, headers: SOON, body: {} }],
  ['answers 500', { status: 500, headers: SOON, body: {} }],
  ['answers 502 with a page', { status: 502, headers: SOON, body: '<h1>Bad Gateway</h1>' }],
  ['answers 503', { status: 503, headers: SOON, body: '' }],
  ['answers 504', { status: 504, headers: SOON, body: '' }],
  ['breaks connections off', { reset: true }],
];

/** Each first attempt, third and so on. By request, because of many at the same time one could have bad luck for ever. */
function everySecond(): (request: Received) => boolean {
  const attempts = new Map<string, number>();
  return ({ method, url }) => {
    const attempt = (attempts.get(`${method} ${url}`) ?? 0) + 1;
    attempts.set(`${method} ${url}`, attempt);
    return attempt % 2 === 1;
  };
}

/** A shop that is not well. */
export function describeTroubles(rig: Rig): void {
  const several = rig.service.pageSize + 20;
  const placeSeveral = async (): Promise<string[]> =>
    await rig.shop.place(several, { at: rig.now() - HOUR, everySeconds: 3 });

  describe('a shop that', () => {
    it.each(PASSING)('%s at the first try of each request loses no order', async (_, reply) => {
      const trigger = rig.start();
      await trigger.poll();
      const placed = await placeSeveral();
      rig.gateway.reset();
      const isLost = everySecond();
      rig.gateway.before = (request) => (isLost(request) ? reply : undefined);
      expect(idsOf(await trigger.poll())).toEqual(placed);
      expect(await drain(trigger)).toEqual([]);
    });

    it('loses answers on their way loses no order', async () => {
      const trigger = rig.start();
      await trigger.poll();
      const placed = await placeSeveral();
      rig.gateway.reset();
      const isLost = everySecond();
      rig.gateway.after = (request) => (isLost(request) ? { reset: true } : undefined);
      expect(idsOf(await trigger.poll())).toEqual(placed);
    });

    it.each([1, 2])('refuses request %i of a poll moves nothing', async (from) => {
      const trigger = rig.start();
      await trigger.poll();
      const placed = await placeSeveral();
      const before = trigger.staticData();
      rig.gateway.reset();
      rig.gateway.before = (_, number) =>
        number >= from ? { status: 401, body: { message: 'no' } } : undefined;
      await expect(trigger.poll()).rejects.toThrow(/401/);
      expect(trigger.staticData()).toEqual(before);
      rig.gateway.reset();
      expect(idsOf(await drain(trigger))).toEqual(placed);
    });

    it('refuses the first poll of a process is asked again, and nothing is lost', async () => {
      const trigger = rig.start();
      await trigger.poll();
      const placed = await rig.shop.place(1);
      const again = rig.restart(trigger);
      rig.gateway.before = () => ({ status: 403, body: { message: 'no' } });
      // n8n would leave the whole workflow inactive: the failure shows from the second poll on.
      expect(await again.poll('trigger', 'init')).toBeNull();
      await expect(again.poll('trigger', 'init')).rejects.toThrow(/403/);
      rig.gateway.reset();
      expect(idsOf(await again.poll('trigger', 'init'))).toEqual(placed);
    });

    it('is too slow for the time of one poll loses no order', async () => {
      const trigger = rig.start();
      await trigger.poll();
      const placed = await placeSeveral();
      const before = trigger.staticData();
      rig.gateway.after = () => rig.pass(10 * MINUTE);
      const inTime = await trigger.poll().catch(() => undefined);
      if (inTime === undefined) expect(trigger.staticData()).toEqual(before);
      rig.gateway.reset();
      const ids = [...idsOf(inTime ?? null), ...idsOf(await drain(trigger))];
      expect(new Set(ids)).toEqual(new Set(placed));
    });
  });
}
