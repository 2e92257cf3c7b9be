import type { Rig } from '../rig';

/** One row at a time. */
export function describeRows(rig: Rig): void {
  const { table } = rig.subject;
  const { set, text, number } = table;

  describe('a row', () => {
    it('is made, read, changed and deleted', async () => {
      const { created } = await rig.client.create(set, rig.row('made', 3));
      expect(created).toBe(true);
      const [listed] = await rig.client.list(set);
      const key = table.primaryKey(listed ?? {});
      expect(await rig.client.get(set, key)).toMatchObject(rig.row('made', 3));
      expect((await rig.client.update(set, key, { [number]: 4 })).created).toBe(false);
      expect(await rig.client.get(set, key)).toMatchObject(rig.row('made', 4));
      await rig.client.delete(set, key);
      expect(await rig.client.list(set)).toEqual([]);
    });

    it('is named by what its creation says, where a key is one text', async () => {
      const { id, row = {} } = await rig.client.create(set, rig.row('made'), { returning: true });
      const key = table.primaryKey(row);
      if (typeof key === 'string') expect(id).toBe(key);
      else for (const value of Object.values(key)) expect(id).toContain(String(value));
    });

    it('comes with the columns that were asked for alone', async () => {
      const key = table.primaryKey(await rig.make(rig.row('made')));
      const row = await rig.client.get(set, key, { select: [text.column] });
      expect(row).toMatchObject({ [text.column]: 'made' });
      expect(row).not.toHaveProperty(number);
    });

    it('comes back from a write that asks for it', async () => {
      const made = await rig.make(rig.row('made', 1));
      const key = table.primaryKey(made);
      const { row } = await rig.client.update(set, key, { [number]: 2 }, { returning: true });
      expect(row).toMatchObject(rig.row('made', 2));
    });

    it.each(['get', 'update', 'delete'] as const)(
      'that is not there is told as such by %s, with what to do',
      async (method) => {
        const key = table.unusedKey();
        const call = {
          get: () => rig.client.get(set, key),
          update: () => rig.client.update(set, key, { [number]: 1 }),
          delete: () => rig.client.delete(set, key),
        };
        await expect(call[method]()).rejects.toMatchObject({
          name: 'ServiceError',
          class: 'not-found',
          status: 404,
          fix: expect.stringMatching(/\w+ \w+/) as string,
        });
        expect(await rig.client.list(set)).toEqual([]);
      },
    );

    it('holds to the version that was read', async () => {
      const made = await rig.make(rig.row('first'));
      const key = table.primaryKey(made);
      const ifMatch = String(made['@odata.etag']);
      await rig.client.update(set, key, rig.row('second'), { ifMatch });
      await expect(
        rig.client.update(set, key, rig.row('third'), { ifMatch }),
      ).rejects.toMatchObject({ class: 'conflict', fix: expect.any(String) as string });
      expect(await rig.texts()).toEqual(['second']);
    });

    it('is written over where it is there, and never made by update-only', async () => {
      const key = table.primaryKey(await rig.make(rig.row('first')));
      await rig.client.upsert(set, key, rig.row('second'));
      const updateOnly = { mode: 'update-only' } as const;
      await expect(
        rig.client.upsert(set, table.unusedKey(), rig.row('third'), updateOnly),
      ).rejects.toMatchObject({ class: 'not-found' });
      expect(await rig.texts()).toEqual(['second']);
    });

    it('is not made anew by create-only where it is there', async () => {
      const key = table.primaryKey(await rig.make(rig.row('first')));
      const createOnly = { mode: 'create-only' } as const;
      await expect(
        rig.client.upsert(set, key, rig.row('second'), createOnly),
      ).rejects.toMatchObject({ class: 'duplicate', fix: expect.any(String) as string });
      expect(await rig.texts()).toEqual(['first']);
    });
  });

  const { newKey } = table;
  if (!newKey) {
    it('is made under no key but one of the service: an upsert without a row is told', async () => {
      await expect(
        rig.client.upsert(set, table.unusedKey(), rig.row('made')),
      ).rejects.toMatchObject({ class: 'not-found' });
      expect(await rig.texts()).toEqual([]);
    });
    return;
  }

  describe('a row with a key of the sender', () => {
    it('is made once', async () => {
      const row = { ...newKey(), ...rig.row('once') };
      await rig.client.create(set, row);
      await expect(rig.client.create(set, row)).rejects.toMatchObject({ class: 'duplicate' });
      expect(await rig.texts()).toEqual(['once']);
    });

    it('is made or changed by an upsert, which tells which of the two it was', async () => {
      const key = table.primaryKey(newKey());
      const options = { returning: true } as const;
      const first = await rig.client.upsert(set, key, rig.row('first'), options);
      const second = await rig.client.upsert(set, key, rig.row('second'), options);
      expect([first.created, second.created]).toEqual([true, false]);
      expect(await rig.texts()).toEqual(['second']);
    });
  });
}
