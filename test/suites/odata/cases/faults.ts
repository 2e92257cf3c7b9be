import type { Rig } from '../rig';
import type { Fault } from '../service';
import { classes } from './batches';

const PAUSE_SECONDS = 7;

/** The service or the network fails before anything is carried out. */
export function describeFaults(rig: Rig): void {
  const { table } = rig.subject;
  const { set, number } = table;

  const playing = async (...faults: Fault[]): Promise<void> => {
    rig.forget();
    await rig.running.setFaults(faults);
  };

  describe('a service that asks for a pause', () => {
    const fault = { kind: '429', retryAfterSeconds: PAUSE_SECONDS } as const;

    it('is waited for as long as it says, and a row is made once', async () => {
      await rig.client.list(set);
      const before = await rig.running.countRequests();
      await playing({ ...fault, times: 2 });
      await rig.client.create(set, rig.row('once'));
      expect(await rig.running.countRequests()).toBe(before + 3);
      expect(rig.clock.waits).toHaveLength(2);
      expect(Math.min(...rig.clock.waits)).toBeGreaterThanOrEqual(PAUSE_SECONDS * 1_000);
      expect(await rig.texts()).toEqual(['once']);
    });

    it('is waited for by a batch, and every row is made once', async () => {
      await playing({ ...fault, times: 1 });
      const outcomes = await rig.client.batch([
        rig.creating(rig.row('one')),
        rig.creating(rig.row('two')),
      ]);
      expect(classes(outcomes)).toEqual(['ok', 'ok']);
      expect(rig.batchSizes()).toEqual([2, 2]);
      expect(rig.clock.waits).toHaveLength(1);
      expect(rig.clock.waits[0]).toBeGreaterThanOrEqual(PAUSE_SECONDS * 1_000);
      expect(await rig.texts()).toEqual(['one', 'two']);
    });

    it('for longer than anybody waits is told, with how long', async () => {
      await playing({ ...fault, retryAfterSeconds: 600 });
      const failure = {
        name: 'ServiceError',
        class: 'throttled',
        retryable: true,
        retryAfterMs: 600_000,
        fix: expect.any(String) as string,
      };
      await expect(rig.client.create(set, rig.row('never'))).rejects.toMatchObject(failure);
      expect(await rig.client.batch([rig.creating(rig.row('never'))])).toMatchObject([
        { ok: false, error: failure },
      ]);
      expect(rig.asked).toHaveLength(2);
      expect(rig.clock.waits).toEqual([]);
      await playing();
      expect(await rig.texts()).toEqual([]);
    });

    it('again and again is left alone in the end', async () => {
      await playing(fault);
      await expect(rig.client.list(set)).rejects.toMatchObject({ class: 'throttled' });
      expect(rig.asked.length).toBeLessThan(10);
    });
  });

  describe.each(['503', 'reset'] as const)('a service that fails with %s', (kind) => {
    it('is asked again for what may be repeated', async () => {
      const key = table.primaryKey(await rig.make(rig.row('first', 1)));
      await playing({ kind, times: 2 });
      expect(await rig.client.get(set, key)).toMatchObject(rig.row('first', 1));
      expect(rig.asked).toHaveLength(3);
      await playing({ kind, times: 1 });
      await rig.client.update(set, key, { [number]: 2 });
      await playing({ kind, times: 1 });
      expect(classes(await rig.client.batch([rig.updating(key, { [number]: 3 })]))).toEqual(['ok']);
      expect(await rig.numbers()).toEqual([3]);
    });

    it('is not asked again for what may not, and that is told', async () => {
      await playing({ kind });
      const failure = { name: 'ServiceError', class: 'transient', retryable: true };
      await expect(rig.client.create(set, rig.row('never'))).rejects.toMatchObject(failure);
      expect(rig.asked).toHaveLength(1);
      expect(rig.clock.waits).toEqual([]);
      await playing();
      expect(await rig.texts()).toEqual([]);
    });

    it('in a batch is asked again for the repeatable operations alone', async () => {
      const key = table.primaryKey(await rig.make(rig.row('first', 1)));
      await playing({ kind, times: 1 });
      const outcomes = await rig.client.batch([
        rig.creating(rig.row('doubtful')),
        rig.updating(key, { [number]: 2 }),
      ]);
      expect(classes(outcomes)).toEqual(['transient', 'ok']);
      expect(rig.batchSizes()).toEqual([2, 1]);
      expect(await rig.numbers()).toEqual([2]);
    });

    it('for good ends as a failure that time may heal, with what to do', async () => {
      await playing({ kind });
      await expect(rig.client.list(set)).rejects.toMatchObject({
        name: 'ServiceError',
        class: 'transient',
        fix: expect.stringMatching(/\w+ \w+/) as string,
      });
      expect(rig.asked.length).toBeGreaterThan(1);
      expect(rig.asked.length).toBeLessThan(10);
    });
  });

  describe('a service that does not take the token', () => {
    const failure = {
      name: 'ServiceError',
      class: 'authentication',
      retryable: false,
      status: 401,
      fix: expect.stringMatching(/credential/i) as string,
    };

    it('is told with what to do, and not asked on and on', async () => {
      await playing({ kind: 'unauthorized' });
      await expect(rig.client.list(set)).rejects.toMatchObject(failure);
      await expect(rig.client.create(set, rig.row('never'))).rejects.toMatchObject(failure);
      expect(rig.asked.length).toBeLessThanOrEqual(4);
      expect(rig.clock.waits).toEqual([]);
    });

    it('is told of every operation of a batch', async () => {
      await playing({ kind: 'unauthorized' });
      const operations = ['one', 'two'].map((each) => rig.creating(rig.row(each)));
      expect(await rig.client.batch(operations)).toMatchObject([
        { ok: false, error: failure },
        { ok: false, error: failure },
      ]);
      await playing();
      expect(await rig.texts()).toEqual([]);
    });
  });
}
