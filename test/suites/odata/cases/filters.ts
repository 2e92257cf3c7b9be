import { listIn } from '../../../../core/odata/listIn';
import { eq } from '../../../../core/odata/query';
import { numbered, type Rig } from '../rig';
import { HALF_A_PAIR } from './keys';

/** Each has a row beside it that a careless filter would find too. */
const TEXTS = [
  "o'neil & sons #1",
  "o''neil & sons #1",
  "' or 1 eq 1 or name eq '",
  '100% pure',
  '100 percent pure',
  'a_b',
  'axb',
  '[ab]',
  'a',
  '"quoted"',
  'back\\slash',
  'plus+and space',
  'semi;colon, (brackets)',
  'sm\u00f8rrebr\u00f8d \u65e5\u672c \ud83d\ude42',
  'null',
  'true',
];

/** Parts of those, and of how many rows each is a part is counted by the test itself. */
const PARTS = [
  "'",
  '%',
  '_',
  '[',
  '"',
  '\\',
  '+',
  '&',
  '#',
  '(',
  ', ',
  '\ud83d\ude42',
  'a_',
  '0% p',
  '%%',
];

/** What is looked for is found, and nothing else. */
export function describeFilters(rig: Rig): void {
  const { set, text, contains, mayFindOthers = () => false } = rig.subject.table;
  const select = [text.column];
  const longText = (start: string) => start.padEnd(text.longest, 'x');

  const found = async (filter: string): Promise<unknown[]> =>
    (await rig.client.list(set, { select, filter })).map(rig.textOf).sort();
  const among = async (values: string[]): Promise<unknown[]> => {
    const [rows = []] = await listIn(rig.client, [{ set, column: text.column, values, select }]);
    return rows.map(rig.textOf).sort();
  };
  const make = async (texts: string[]): Promise<void> => {
    const outcomes = await rig.client.batch(texts.map((each) => rig.creating(rig.row(each))));
    expect(outcomes.map(({ ok }) => ok)).toEqual(texts.map(() => true));
  };

  describe('a filter', () => {
    it('finds the row that has the text, and no other', async () => {
      await make(TEXTS);
      for (const each of TEXTS) {
        const rows = await among([each]);
        if (mayFindOthers(each)) expect(rows).toContain(each);
        else expect(rows).toEqual([each]);
      }
    });

    it('finds the rows that have one of many texts, each once', async () => {
      await make(TEXTS);
      const wanted = TEXTS.filter((each) => !mayFindOthers(each));
      expect(await among([...wanted, ...wanted, 'nowhere'])).toEqual(wanted.toSorted());
    });

    it('finds the rows that contain the text, and no other', async () => {
      await make(TEXTS);
      const results = new Map<string, unknown[]>();
      for (const part of PARTS) results.set(part, await found(contains(part)));
      expect(results).toEqual(
        new Map(PARTS.map((part) => [part, TEXTS.filter((each) => each.includes(part)).sort()])),
      );
    });

    it('tells apart texts as long as the column that differ at the end', async () => {
      const texts = ['a', 'b'].map((end) => `${longText('').slice(1)}${end}`);
      await make(texts);
      expect(await among([texts[1] ?? ''])).toEqual([texts[1]]);
    });

    it('finds all of more texts than one address holds', async () => {
      const texts = Array.from({ length: 30 }, (_, index) => numbered(index));
      await make(texts);
      const absent = Array.from({ length: 400 }, (_, index) => longText(`absent ${index}`));
      expect(await among([...absent, ...texts])).toEqual(texts);
      const { url: most } = rig.service.limits;
      expect(rig.asked.every(({ url }) => url.length <= most)).toBe(true);
    });

    it('whose address is too long goes as the one operation of a batch', async () => {
      await make(['wanted']);
      rig.forget();
      const tooLong = eq(text.column, 'x'.repeat(rig.service.limits.url));
      expect(await found(`${tooLong} or ${eq(text.column, 'wanted')}`)).toEqual(['wanted']);
      expect(rig.asked.map(({ method }) => method)).toEqual(['POST']);
      expect(rig.batchSizes()).toEqual([1]);
    });

    it('that not even a batch can hold is refused before it is sent', async () => {
      const filter = eq(text.column, 'x'.repeat(rig.service.limits.urlInBatch));
      await expect(found(filter)).rejects.toMatchObject({
        class: 'validation',
        fix: expect.any(String) as string,
      });
      expect(rig.asked).toEqual([]);
    });

    it('with half a character is refused as the service error that it is', () => {
      const refusal = expect.objectContaining({
        name: 'ServiceError',
        class: 'validation',
      }) as Error;
      expect(() => eq(text.column, HALF_A_PAIR)).toThrow(refusal);
      expect(() => contains(HALF_A_PAIR)).toThrow(refusal);
    });

    it('for many texts passes over those with half a character, which no row can have', async () => {
      await make(['whole']);
      expect(await among([HALF_A_PAIR, 'whole'])).toEqual(['whole']);
      expect(await among([HALF_A_PAIR])).toEqual([]);
    });

    it('for no text at all asks nothing', async () => {
      expect(await among([])).toEqual([]);
      expect(rig.asked).toEqual([]);
    });
  });
}
