import { settle } from '../../../../core/outcome';
import type { Rig } from '../rig';

export const HALF_A_PAIR = 'cut \ud83d';

/** Short enough for every key column, and hard on who writes an address by hand. */
const TEXTS = [
  "O'Brien",
  "O''Brien",
  "'",
  'Zürich',
  '日本',
  'face 🙂',
  '(x),y=z',
  '#1 $2 @3',
  '"quoted";',
  '[a] {b} ~ ^ |',
];

/** Rows are found by a key that a person or another system wrote. */
export function describeKeys(rig: Rig): void {
  const { set, textKey, unusedKey, number } = rig.subject.table;
  const keyed = (text: string) => ({ ...rig.row(text), [textKey.column]: text });
  /** The key of a row of which only the text is known. */
  const keyWith = (value: string | number) => ({
    ...(typeof unusedKey() === 'object' ? (unusedKey() as object) : {}),
    [textKey.column]: value,
  });

  describe('a key', () => {
    it('finds its own row among others, whatever characters are in it', async () => {
      const rows = [];
      for (const text of TEXTS) rows.push(await rig.make(keyed(text)));
      const found = await Promise.all(rows.map((row) => rig.client.get(set, textKey.of(row))));
      expect(found.map(rig.textOf)).toEqual(TEXTS);
    });

    it.each(TEXTS)('changes and deletes its own row alone: %s', async (text) => {
      const row = await rig.make(keyed(text));
      await rig.make(keyed('other'));
      await rig.client.update(set, textKey.of(row), { [number]: 77 });
      expect(await rig.numbers()).toEqual([1, 77]);
      await rig.client.delete(set, textKey.of(row));
      expect(await rig.texts()).toEqual(['other']);
    });

    it('is read the same in a batch as alone', async () => {
      const rows = [];
      for (const text of TEXTS) rows.push(await rig.make(keyed(text)));
      const outcomes = await rig.client.batch(
        rows.map((row, index) => rig.updating(textKey.of(row), { [number]: 100 + index })),
      );
      expect(outcomes.map(({ ok }) => ok)).toEqual(TEXTS.map(() => true));
      const found = await Promise.all(rows.map((row) => rig.client.get(set, textKey.of(row))));
      expect(found.map((row) => row[number])).toEqual(TEXTS.map((_, index) => 100 + index));
    });

    it.each([
      ['half a character', () => keyWith(HALF_A_PAIR)],
      ['no text', () => keyWith('')],
      ['no columns', () => ({})],
      ['a column that is none', () => ({ 'a b)': 'x' })],
      ['a number that is none', () => keyWith(Number.NaN)],
      ['a text that is no key', () => "x' or '1' eq '1"],
      ['a text with half a character', () => HALF_A_PAIR],
    ])('of %s is refused before anything is sent', async (_, key) => {
      const refusal = { name: 'ServiceError', class: 'validation' };
      await expect(rig.client.get(set, key())).rejects.toMatchObject(refusal);
      await expect(rig.client.update(set, key(), {})).rejects.toMatchObject(refusal);
      await expect(rig.client.upsert(set, key(), {})).rejects.toMatchObject(refusal);
      await expect(rig.client.delete(set, key())).rejects.toMatchObject(refusal);
      expect(rig.asked).toEqual([]);
    });

    it.each([
      [1e-7, '0.0000001'],
      [1e21, '1000000000000000000000'],
    ])('writes %d with all digits', async (value, written) => {
      await settle(() => rig.client.get(set, keyWith(value)));
      expect(rig.asked.at(-1)?.url).toContain(`${textKey.column}=${written}`);
    });

    if (!textKey.refused) return;

    it.each([...textKey.refused])(
      'with %s is refused before anything is sent',
      async (character) => {
        await expect(rig.client.get(set, keyWith(`a${character}b`))).rejects.toMatchObject({
          name: 'ServiceError',
          class: 'validation',
          message: expect.stringContaining(textKey.column) as string,
          fix: expect.any(String) as string,
        });
        expect(rig.asked).toEqual([]);
      },
    );
  });
}
