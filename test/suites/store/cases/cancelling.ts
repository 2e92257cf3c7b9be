import { HOUR, type Rig } from '../rig';

/** A person stops a run. */
export function describeCancelling(rig: Rig): void {
  const { operations, pageSize } = rig.service;

  describe('a run that is stopped', () => {
    it('ends while the shop does not answer, and asks no more', async () => {
      await rig.shop.place(3);
      const stop = new AbortController();
      rig.gateway.before = async () => {
        stop.abort();
        return await new Promise<never>(() => {});
      };
      const input = Array.from({ length: 40 }, (_, index) => ({ wanted: String(1000 + index) }));
      const run = await rig.run(operations.getOrder('={{ $json.wanted }}'), input, {
        stop: stop.signal,
      });
      expect(run.status).not.toBe('success');
      const asked = rig.gateway.asked.length;
      expect(asked).toBeLessThan(input.length);
    });

    it('ends while it waits for a shop that throttles', async () => {
      const stop = new AbortController();
      rig.gateway.before = () => {
        setTimeout(() => stop.abort(), 50);
        return { status: 429, headers: { 'retry-after': '100' }, body: {} };
      };
      const run = await rig.run(operations.getOrder('1'), [{}], { stop: stop.signal });
      expect(run.status).not.toBe('success');
      expect(rig.gateway.asked).toHaveLength(1);
    });

    it('reads no further page', async () => {
      await rig.shop.place(pageSize + 20, { at: rig.now() - HOUR, everySeconds: 3 });
      const stop = new AbortController();
      rig.gateway.after = () => stop.abort();
      const run = await rig.run(operations.getManyOrders(pageSize + 20), [{}], {
        stop: stop.signal,
      });
      expect(run.status).not.toBe('success');
      expect(rig.gateway.asked).toHaveLength(1);
    });
  });
}
