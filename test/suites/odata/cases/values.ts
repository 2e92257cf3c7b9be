import { eq, gt, lt, ne } from '../../../../core/odata/query';
import type { Rig } from '../rig';

/** What is written is what is read. */
export function describeValues(rig: Rig): void {
  const { table, values } = rig.subject;
  const { set, text, number } = table;

  describe('a value', () => {
    it.each(values)(
      'comes back and is found: $set, $column: $value',
      async ({ set: home, column, value, inFilter = value }) => {
        const { row = {} } = await rig.client.create(
          home,
          { [column]: value },
          { returning: true },
        );
        expect(row[column]).toBe(value);
        const select = [column];
        const found = await rig.client.list(home, { select, filter: eq(column, inFilter) });
        expect(found.map((each) => each[column])).toEqual([value]);
        const others = await rig.client.list(home, { select, filter: ne(column, inFilter) });
        expect(others.map((each) => each[column])).not.toContain(value);
      },
    );

    it('that is null empties its column, and is found as such', async () => {
      const key = table.primaryKey(await rig.make(rig.row('full', 5)));
      await rig.make(rig.row('other', 6));
      await rig.client.update(set, key, { [number]: null });
      expect((await rig.client.get(set, key))[number]).toBeNull();
      const found = await rig.client.list(set, { filter: eq(number, null) });
      expect(found.map(rig.textOf)).toEqual(['full']);
    });

    it.each([
      [1e-7, '0.0000001'],
      [1e21, '1000000000000000000000'],
      [-1e-7, '-0.0000001'],
    ])('of %d is compared with all its digits', async (value, written) => {
      await rig.make(rig.row('zero', 0));
      await rig.make(rig.row('seven', 7));
      rig.forget();
      const above = await rig.client.list(set, { filter: gt(number, value) });
      const below = await rig.client.list(set, { filter: lt(number, value) });
      expect(above.map((row) => row[number]).sort()).toEqual([0, 7].filter((each) => each > value));
      expect(below.map((row) => row[number]).sort()).toEqual([0, 7].filter((each) => each < value));
      for (const { url } of rig.asked) expect(url).toMatch(new RegExp(`%20${written}$`));
    });

    it('that JSON cannot hold is refused before it is sent', async () => {
      const circle: Record<string, unknown> = {};
      circle['self'] = circle;
      for (const value of [1n, circle]) {
        await expect(rig.client.create(set, { [text.column]: value })).rejects.toMatchObject({
          name: 'ServiceError',
          class: 'validation',
        });
        expect(await rig.client.batch([rig.creating({ [text.column]: value })])).toMatchObject([
          { ok: false, error: { class: 'validation' } },
        ]);
      }
      expect(rig.asked).toEqual([]);
    });

    it.each([Number.NaN, Infinity, new Date(Number.NaN)])(
      'that nothing can be compared with is refused: %s',
      (value) => {
        expect(() => eq(number, value)).toThrow(
          expect.objectContaining({ name: 'ServiceError', class: 'validation' }) as Error,
        );
      },
    );

    it('orders the rows as asked', async () => {
      for (const each of [2, 9, 5]) await rig.make(rig.row('row', each));
      const rows = await rig.client.list(set, { orderBy: [`${number} desc`] });
      expect(rows.map((row) => row[number])).toEqual([9, 5, 2]);
    });
  });
}
