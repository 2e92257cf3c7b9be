import { numbered, type Rig } from '../rig';

const PAGE = 5;

/** All rows, each once, whatever a page holds and however the next one is named. */
export function describePaging(rig: Rig): void {
  const { table, otherRootPath } = rig.subject;
  const { set, text } = table;
  const query = { select: [text.column], pageSize: PAGE };

  const pages = async (): Promise<number[]> => {
    const sizes: number[] = [];
    for await (const page of rig.client.pages(set, query)) sizes.push(page.length);
    return sizes;
  };
  const list = async (): Promise<unknown[]> =>
    (await rig.client.list(set, query)).map(rig.textOf).sort();
  const all = (count: number) => Array.from({ length: count }, (_, index) => numbered(index));

  /** Writes the next link of every page anew. */
  const rewriteLinks = (rewrite: (link: URL) => string): void => {
    rig.onResponse = (response, { url }) => {
      const body = JSON.parse(response.body) as { '@odata.nextLink'?: string };
      const next = body['@odata.nextLink'];
      if (next === undefined) return response;
      const rewritten = { ...body, '@odata.nextLink': rewrite(new URL(next, url)) };
      return { ...response, body: JSON.stringify(rewritten) };
    };
  };

  describe('pages', () => {
    it.each([
      [0, [0]],
      [1, [1]],
      [PAGE, [PAGE]],
      [PAGE + 1, [PAGE, 1]],
      [2 * PAGE, [PAGE, PAGE]],
      [2 * PAGE + 3, [PAGE, PAGE, 3]],
    ])('of %i rows hold all of them', async (count, sizes) => {
      await rig.fill(count);
      const held = await pages();
      // A service may learn only from an empty page that there is no further one.
      expect(held.at(-1) === 0 && count > 0 ? held.slice(0, -1) : held).toEqual(sizes);
      expect(await list()).toEqual(all(count));
    });

    it.each([
      [1, 1],
      [PAGE - 1, 1],
      [PAGE, 1],
      [PAGE + 1, 2],
      [100, 3],
    ])('are read only as far as %i rows need', async (limit, requests) => {
      await rig.fill(2 * PAGE + 3);
      const rows = await rig.client.list(set, query, { limit });
      expect(new Set(rows.map(rig.textOf)).size).toBe(Math.min(limit, 2 * PAGE + 3));
      expect(rows).toHaveLength(Math.min(limit, 2 * PAGE + 3));
      expect(rig.asked).toHaveLength(requests);
      expect(await rig.running.countRequests()).toBeGreaterThanOrEqual(requests);
    });

    it('keep every row that was there once, though rows are made and deleted meanwhile', async () => {
      await rig.fill(3 * PAGE);
      const seen: unknown[] = [];
      let number = 0;
      for await (const page of rig.client.pages(set, query)) {
        seen.push(...page.map(rig.textOf));
        number += 1;
        await rig.make(rig.row(`late ${number}`));
      }
      const before = seen.filter((each) => !String(each).startsWith('late'));
      expect(before.sort()).toEqual(all(3 * PAGE));
      expect(new Set(seen).size).toBe(seen.length);
    });

    const rest = ({ pathname, search }: URL) => `${pathname.split('/').at(-1)}${search}`;
    it.each<[string, (link: URL) => string]>([
      ['with the host', ({ href }) => href],
      ['from the root of the host', ({ pathname, search }) => `${pathname}${search}`],
      ['from the page before', rest],
      ['in another version', (link) => `${otherRootPath}${rest(link)}`],
    ])('go on where the next link names its place %s', async (_, rewrite) => {
      await rig.fill(2 * PAGE + 3);
      rewriteLinks(rewrite);
      expect(await list()).toEqual(all(2 * PAGE + 3));
      expect(rig.asked.length).toBeGreaterThanOrEqual(3);
    });

    it.each([
      ['another host', () => 'https://elsewhere.example/rows', 'permission'],
      ['another service of the host', () => '/elsewhere/rows', 'validation'],
    ])('never take the token to %s', async (_, rewrite, errorClass) => {
      await rig.fill(PAGE + 1);
      rewriteLinks(rewrite);
      await expect(list()).rejects.toMatchObject({ name: 'ServiceError', class: errorClass });
      expect(rig.asked).toHaveLength(1);
    });

    it('end where the next one is one that was read', async () => {
      await rig.fill(PAGE + 1);
      rewriteLinks(() => rig.asked[0]?.url ?? '');
      await expect(list()).rejects.toMatchObject({ name: 'ServiceError', class: 'unknown' });
      expect(rig.asked.length).toBeLessThanOrEqual(2);
    });

    it.each([
      ['cut off', (body: string) => body.slice(0, body.length / 2)],
      ['without rows', () => '{}'],
      ['of something else', () => '[]'],
      ['empty', () => ''],
    ])('are not short where an answer is %s: the list fails', async (_, rewrite) => {
      await rig.fill(PAGE + 1);
      rig.onResponse = (response, __, number) =>
        number === 2 ? { ...response, body: rewrite(response.body) } : response;
      await expect(list()).rejects.toMatchObject({
        name: 'ServiceError',
        fix: expect.any(String) as string,
      });
    });
  });
}
