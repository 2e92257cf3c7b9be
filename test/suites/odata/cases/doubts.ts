import { createOperation } from '../../../../core/odata/operations';
import type { Rig } from '../rig';
import type { Fault } from '../service';

const DOUBTFUL = { class: 'transient', fix: expect.stringMatching(/^\w+ whether/i) as string };

/** The service carries out what was asked, and its answer never arrives. */
export function describeDoubts(rig: Rig): void {
  const { table } = rig.subject;
  const { set, number, newKey } = table;

  const playing = async (fault: Partial<Fault> = {}): Promise<void> => {
    rig.forget();
    const usual = { kind: 'timeout-after-commit', times: 1, holdMs: 50 } as const;
    await rig.running.setFaults([{ ...usual, ...fault }]);
  };

  describe('a write whose answer is lost', () => {
    it('is sent once more where it may be repeated', async () => {
      const key = table.primaryKey(await rig.make(rig.row('first', 1)));
      await playing();
      await rig.client.update(set, key, { [number]: 2 });
      expect(rig.asked).toHaveLength(2);
      expect(await rig.numbers()).toEqual([2]);
    });

    it('is not sent twice where it may not, and is told as doubtful', async () => {
      await playing();
      await expect(rig.client.create(set, rig.row('once'))).rejects.toMatchObject({
        name: 'ServiceError',
        class: 'transient',
        fix: expect.any(String) as string,
      });
      expect(rig.asked).toHaveLength(1);
      expect(await rig.texts()).toEqual(['once']);
    });

    it('is not sent twice where nobody has said that it may', async () => {
      const operation = { method: 'POST', path: set, body: rig.row('once') } as const;
      await playing();
      await expect(rig.client.request(operation)).rejects.toMatchObject({ class: 'transient' });
      await playing();
      expect(await rig.client.batch([operation])).toMatchObject([{ ok: false, error: DOUBTFUL }]);
      expect(rig.asked).toHaveLength(1);
      expect(await rig.texts()).toEqual(['once', 'once']);
    });

    it('is not waited for beyond the time that was set', async () => {
      await rig.client.list(set);
      await playing({ holdMs: 6_000 });
      const hasty = rig.connect({ timeoutMs: 2_000 });
      await expect(hasty.create(set, rig.row('once'))).rejects.toMatchObject({
        class: 'transient',
        code: 'ETIMEDOUT',
      });
      expect(rig.asked).toHaveLength(1);
      expect(await rig.texts()).toEqual(['once']);
    });

    it('in a batch is sent again for the repeatable operations alone', async () => {
      const key = table.primaryKey(await rig.make(rig.row('first', 1)));
      await playing();
      const outcomes = await rig.client.batch([
        rig.creating(rig.row('second', 5)),
        rig.updating(key, { [number]: 2 }),
        { changeSet: [rig.creating(rig.row('third', 6))] },
      ]);
      expect(outcomes).toMatchObject([
        { ok: false, error: DOUBTFUL },
        { ok: true },
        { ok: false, error: DOUBTFUL, members: [{ ok: false, error: DOUBTFUL }] },
      ]);
      expect(rig.batchSizes()).toEqual([3, 1]);
      expect(await rig.numbers()).toEqual([2, 5, 6]);
    });

    it('in part is judged operation by operation', async () => {
      const key = table.primaryKey(await rig.make(rig.row('first', 1)));
      rig.forget();
      rig.onResponse = (response, _, count) => {
        const second = response.body.lastIndexOf('\r\nHTTP/1.1');
        return count === 1 ? { ...response, body: response.body.slice(0, second) } : response;
      };
      const outcomes = await rig.client.batch([
        rig.updating(key, { [number]: 2 }),
        rig.creating(rig.row('second', 5)),
      ]);
      expect(outcomes).toMatchObject([{ ok: true }, { ok: false, error: DOUBTFUL }]);
      expect(rig.asked).toHaveLength(1);
      expect(await rig.numbers()).toEqual([2, 5]);
    });
  });

  if (!newKey) return;

  describe('a create with a key of the sender whose answer is lost', () => {
    it.each(['alone', 'in a batch'])(
      'is repeated, finds its row, and is not doubled: %s',
      async (how) => {
        const row = { ...newKey(), ...rig.row('once') };
        await playing();
        const repeatable = { repeatable: true };
        const outcome =
          how === 'alone'
            ? await rig.client.create(set, row, repeatable).catch((error: unknown) => ({ error }))
            : (await rig.client.batch([createOperation(rig.service, set, row, repeatable)]))[0];
        expect(outcome).toMatchObject({ error: { class: 'duplicate' } });
        expect(rig.asked).toHaveLength(2);
        expect(await rig.texts()).toEqual(['once']);
      },
    );

    it('is repeated as an upsert without a word', async () => {
      const key = table.primaryKey(newKey());
      await playing();
      await rig.client.upsert(set, key, rig.row('once'));
      expect(rig.asked).toHaveLength(2);
      expect(await rig.texts()).toEqual(['once']);
    });
  });
}
