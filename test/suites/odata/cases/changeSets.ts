import { deleteOperation } from '../../../../core/odata/operations';
import type { Rig } from '../rig';
import { classes } from './batches';

/** All or nothing. */
export function describeChangeSets(rig: Rig): void {
  const { table } = rig.subject;
  const { set, text, number, lookup } = table;
  const bad = () => rig.creating(rig.row('x'.repeat(text.longest + 1)));

  describe('a change set', () => {
    it('is carried out whole, and each member answered in its place', async () => {
      const key = table.primaryKey(await rig.make(rig.row('first', 1)));
      const gone = table.primaryKey(await rig.make(rig.row('gone')));
      const members = [
        rig.creating(rig.row('second', 2)),
        rig.updating(key, { [number]: 7 }),
        deleteOperation(rig.service, set, gone),
      ];
      const [outcome] = await rig.client.batch([{ changeSet: members }]);
      expect(outcome).toMatchObject({
        ok: true,
        members: [{ ok: true }, { ok: true }, { ok: true }],
      });
      const [created, updated] = outcome?.members ?? [];
      expect(created?.ok && created.value.headers).toHaveProperty('odata-entityid');
      expect(updated?.ok && updated.value.status).toBeLessThan(300);
      expect(await rig.numbers()).toEqual([2, 7]);
    });

    it('leaves nothing behind where one member fails, and tells each why', async () => {
      const key = table.primaryKey(await rig.make(rig.row('first', 1)));
      const members = [rig.creating(rig.row('second')), rig.updating(key, { [number]: 7 }), bad()];
      const [outcome] = await rig.client.batch([{ changeSet: members }]);
      const failure = { ok: false, error: { name: 'ServiceError', class: 'validation' } };
      expect(outcome).toMatchObject({ ...failure, members: [failure, failure, failure] });
      expect(await rig.numbers()).toEqual([1]);
    });

    it('fails alone among others in the same batch', async () => {
      const outcomes = await rig.client.batch([
        rig.creating(rig.row('before')),
        { changeSet: [rig.creating(rig.row('never')), bad()] },
        { changeSet: [rig.creating(rig.row('one')), rig.creating(rig.row('two'))] },
        rig.creating(rig.row('after')),
      ]);
      expect(classes(outcomes)).toEqual(['ok', 'validation', 'ok', 'ok']);
      expect(await rig.texts()).toEqual(['after', 'before', 'one', 'two']);
    });

    it('that no request can hold is refused, and the others carried out', async () => {
      const many = Array.from({ length: rig.service.limits.operations + 1 }, () => bad());
      const outcomes = await rig.client.batch([
        { changeSet: many },
        { changeSet: [] },
        { changeSet: [{ method: 'GET', path: set }] },
        rig.creating(rig.row('made')),
      ]);
      expect(classes(outcomes)).toEqual(['validation', 'validation', 'validation', 'ok']);
      expect(outcomes[0]?.members).toHaveLength(many.length);
      expect(rig.batchSizes()).toEqual([1]);
      expect(await rig.texts()).toEqual(['made']);
    });

    if (!lookup) return;

    it('may refer to an earlier member by its Content-ID', async () => {
      const binding = { [`${lookup.navigation}@odata.bind`]: '$1' };
      const [outcome] = await rig.client.batch([
        {
          changeSet: [
            rig.creating(rig.row('parent')),
            rig.creating({ ...rig.row('child'), ...binding }),
          ],
        },
      ]);
      expect(outcome?.ok).toBe(true);
      const rows = await rig.client.list(set);
      const parent = rows.find((row) => rig.textOf(row) === 'parent') ?? {};
      const child = rows.find((row) => rig.textOf(row) === 'child');
      expect(child?.[lookup.valueColumn]).toBe(table.primaryKey(parent));
    });
  });
}
