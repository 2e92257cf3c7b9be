import { ServiceError } from '../errors';
import { followPages, forEachPage, type Page } from './paging';

const first = 'https://org.example/api/rows';

function pageReader(pages: Record<string, Page<number>>) {
  const read: string[] = [];
  return {
    read,
    reader: (url: string) => {
      read.push(url);
      return Promise.resolve(pages[url] ?? { rows: [] });
    },
  };
}

async function rowsOf(pages: AsyncGenerator<number[]>): Promise<number[]> {
  const rows: number[] = [];
  for await (const page of pages) rows.push(...page);
  return rows;
}

describe('followPages', () => {
  it('follows the links, relative ones too', async () => {
    const { reader } = pageReader({
      [first]: { rows: [1, 2], nextLink: `${first}?page=2` },
      [`${first}?page=2`]: { rows: [3], nextLink: '/api/rows?page=3' },
      [`${first}?page=3`]: { rows: [4] },
    });
    expect(await rowsOf(followPages({ first, read: reader }))).toEqual([1, 2, 3, 4]);
  });

  it.each([
    'https://evil.example/api/rows',
    'http://org.example/api/rows',
    'https://org.example:444/',
  ])('refuses to follow to %s', async (nextLink) => {
    const { reader, read } = pageReader({ [first]: { rows: [1], nextLink } });
    await expect(rowsOf(followPages({ first, read: reader }))).rejects.toThrow(ServiceError);
    expect(read).toEqual([first]);
  });

  it('follows another name of this machine under the name that it was given', async () => {
    const here = 'http://127.0.0.1:81/rows';
    const { reader, read } = pageReader({
      [here]: { rows: [1], nextLink: 'http://localhost:81/rows?page=2' },
      [`${here}?page=2`]: { rows: [2], nextLink: 'http://localhost:82/rows?page=3' },
    });
    const pages = followPages({ first: here, read: reader });
    await expect(rowsOf(pages)).rejects.toThrow(/localhost:82/);
    expect(read).toEqual([here, `${here}?page=2`]);
  });

  it('stops at the row that was asked for, and reads no page more', async () => {
    const { reader, read } = pageReader({
      [first]: { rows: [1, 2, 3], nextLink: `${first}?page=2` },
    });
    expect(await rowsOf(followPages({ first, read: reader, maxRows: 2 }))).toEqual([1, 2]);
    expect(read).toHaveLength(1);
  });

  it('calls too many pages an error and not an end', async () => {
    let page = 0;
    const read = () => Promise.resolve({ rows: [1], nextLink: `${first}?page=${++page}` });
    await expect(rowsOf(followPages({ first, read, maxPages: 3 }))).rejects.toMatchObject({
      class: 'validation',
    });
  });

  it('does not read the same page for ever', async () => {
    const second = `${first}?page=2`;
    const { reader, read } = pageReader({
      [first]: { rows: [1], nextLink: second },
      [second]: { rows: [2], nextLink: first },
    });
    await expect(rowsOf(followPages({ first, read: reader }))).rejects.toThrow(/has been read/);
    expect(read).toEqual([first, second]);
  });

  it('hands out each page before the next is read', async () => {
    const { reader, read } = pageReader({
      [first]: { rows: [1], nextLink: `${first}?page=2` },
      [`${first}?page=2`]: { rows: [2] },
    });
    const seen: number[] = [];
    const count = await forEachPage({ first, read: reader }, () => void seen.push(read.length));
    expect([count, seen]).toEqual([2, [1, 2]]);
  });
});
