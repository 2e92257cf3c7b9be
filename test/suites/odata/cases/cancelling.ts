import { CANCELLED, systemClock } from '../../../../core/http/wait';
import { numbered, type Rig } from '../rig';

/** A person stops a run. */
export function describeCancelling(rig: Rig): void {
  const { set } = rig.subject.table;
  const cancelled = { name: 'ServiceError', code: CANCELLED, retryable: false };
  const creations = (count: number) =>
    Array.from({ length: count }, (_, index) => rig.creating(rig.row(numbered(index))));

  describe('a run that is stopped', () => {
    it('ends in the middle of a batch, and asks no more', async () => {
      await rig.client.list(set);
      const before = await rig.running.countRequests();
      const stop = new AbortController();
      const client = rig.connect({ signal: stop.signal });
      rig.forget();
      rig.onResponse = (response, _, number) => {
        if (number === 2) stop.abort();
        return response;
      };
      const options = { batchSize: 2, lanes: 1 };
      await expect(client.batch(creations(20), options)).rejects.toMatchObject(cancelled);
      expect(await rig.running.countRequests()).toBe(before + 2);
      expect(await rig.texts()).toEqual([0, 1, 2, 3].map(numbered));
    });

    it('ends while it waits for a service that asks for a pause', async () => {
      const stop = new AbortController();
      const clock = {
        ...systemClock,
        sleep: async (ms: number, signal?: AbortSignal) => {
          stop.abort();
          await systemClock.sleep(ms, signal);
        },
      };
      const client = rig.connect({ signal: stop.signal, clock });
      await client.list(set);
      rig.forget();
      await rig.running.setFaults([{ kind: '429', retryAfterSeconds: 200 }]);
      await expect(client.batch(creations(2))).rejects.toMatchObject(cancelled);
      await expect(client.list(set)).rejects.toMatchObject(cancelled);
      expect(rig.asked.filter(({ url }) => url.endsWith('$batch'))).toHaveLength(1);
    });

    it('reads no further page', async () => {
      await rig.fill(12);
      const stop = new AbortController();
      const client = rig.connect({ signal: stop.signal });
      rig.onResponse = (response) => {
        stop.abort();
        return response;
      };
      await expect(client.list(set, { pageSize: 5 })).rejects.toMatchObject(cancelled);
      expect(rig.asked).toHaveLength(1);
    });

    it('sends nothing where it was stopped before', async () => {
      const client = rig.connect({ signal: AbortSignal.abort() });
      await expect(client.create(set, rig.row('never'))).rejects.toMatchObject(cancelled);
      await expect(client.batch(creations(3))).rejects.toMatchObject(cancelled);
      expect(await rig.texts()).toEqual([]);
    });
  });
}
