import {
  type ContentOptions,
  type Contents,
  emptyContents,
  MOST_RECORDS,
  readContents,
} from './contentPoll';
import type { ContentFeed } from './feed';
import { momentOf, type RecordType } from './records';

interface Ware {
  id: number;
  text: string;
  made?: string;
  moved?: number;
}

const TYPE: RecordType<Ware> = {
  platform: 'toy',
  kind: 'product',
  many: 'products',
  idOf: ({ id }) => String(id),
  changedAt: ({ made }) => momentOf(made),
  createdAt: ({ made }) => momentOf(made),
  volatile: ['moved'],
};
const PAGE = 3;
const MINUTE = 60_000;

/** Follows a list of wares: what a poll puts out, with `*` behind what it takes for new. */
class Follower {
  wares: Ware[] = [];

  pagesRead = 0;

  /** What happens behind a page. */
  after?: (page: number) => void;

  contents: Contents;

  more = false;

  constructor(from?: Date) {
    this.contents = emptyContents('main', from);
  }

  private readonly feed: ContentFeed<Ware> = {
    type: TYPE,
    changes: { all: (options) => this.pages(options?.page) },
    tooMany: 'Choose less.',
  };

  private async *pages(first = 1): AsyncGenerator<Ware[]> {
    for (let page = first; ; page += 1) {
      const rows = this.wares.slice((page - 1) * PAGE, page * PAGE);
      if (rows.length === 0 && page > 1) return;
      this.pagesRead += 1;
      yield structuredClone(rows);
      this.after?.(page);
      if (rows.length < PAGE) return;
    }
  }

  place(...ids: number[]): void {
    this.wares.push(...ids.map((id) => ({ id, text: `ware ${id}` })));
  }

  ware(id: number): Ware {
    const found = this.wares.find((each) => each.id === id);
    if (!found) throw new Error(`There is no ware ${id}`);
    return found;
  }

  remove(id: number): void {
    this.wares = this.wares.filter((each) => each.id !== id);
  }

  async poll(options: Partial<ContentOptions> = {}): Promise<string[]> {
    const result = await readContents(this.feed, structuredClone(this.contents), {
      overlapMs: 0,
      max: 100,
      keepMs: 24 * 60 * MINUTE,
      ...options,
    });
    this.contents = result.contents;
    this.more = result.more;
    return result.changes.map(
      ({ record: { id }, event }) => `${id}${event === 'product.created' ? '*' : ''}`,
    );
  }
}

const iso = (time: number): string => new Date(time).toISOString();

let now: number;
let list: Follower;

beforeEach(() => {
  now = Date.parse('2026-11-25T12:00:00.500Z');
  jest.spyOn(Date, 'now').mockImplementation(() => now);
  list = new Follower();
});

afterEach(() => jest.restoreAllMocks());

async function begun(...ids: number[]): Promise<void> {
  list.place(...ids);
  expect(await list.poll()).toEqual([]);
}

it('remembers what is there, and puts out what comes and what changes, each once', async () => {
  await begun(1, 2);
  list.place(3);
  list.ware(1).text = 'another';
  expect(await list.poll()).toEqual(['1', '3*']);
  expect(await list.poll()).toEqual([]);
});

it('takes a moved volatile field for no change', async () => {
  await begun(1);
  list.ware(1).moved = 7;
  expect(await list.poll()).toEqual([]);
});

it('puts out only the events that are chosen, and remembers the others', async () => {
  await begun(1);
  const created = { events: ['product.created'] };
  list.ware(1).text = 'another';
  list.place(2);
  expect(await list.poll(created)).toEqual(['2*']);
  expect(await list.poll()).toEqual([]);
});

it('loses nothing where a record slips through between two pages, and forgets only what two passes miss', async () => {
  await begun(1, 2, 3, 4, 5);
  list.ware(4).text = 'another';
  list.after = (page) => {
    if (page === 1) list.remove(2);
    list.after = undefined;
  };
  expect(await list.poll()).toEqual([]);
  expect(await list.poll()).toEqual(['4']);
  list.after = (page) => {
    if (page === 1) list.remove(1);
    list.after = undefined;
  };
  expect([await list.poll(), await list.poll(), await list.poll()]).toEqual([[], [], []]);
  list.place(1);
  expect(await list.poll()).toEqual(['1*']);
});

it('of a first pass over several pages takes for new what the store dates later than its beginning', async () => {
  list.wares = [1, 2, 3, 4].map((id) => ({ id, text: '', made: iso(now - MINUTE) }));
  list.after = (page) => {
    if (page !== 1) return;
    now += 2000;
    list.wares.push({ id: 5, text: '', made: iso(now) });
  };
  expect(await list.poll()).toEqual(['5*']);
});

it('begins at a date, and with what bears none', async () => {
  list = new Follower(new Date(now - MINUTE));
  list.wares = [
    { id: 1, text: '', made: iso(now - 2 * MINUTE) },
    { id: 2, text: '', made: iso(now - MINUTE) },
    { id: 3, text: '' },
  ];
  expect(await list.poll()).toEqual(['3*', '2*']);
});

it('goes on in the next poll where there are too many, or the time is up', async () => {
  await begun();
  list.place(1, 2, 3, 4, 5, 6, 7);
  expect([await list.poll({ max: 4 }), list.more]).toEqual([['1*', '2*', '3*', '4*'], true]);
  expect([await list.poll({ deadline: now }), list.more]).toEqual([['5*', '6*'], true]);
  expect([await list.poll(), list.more]).toEqual([['7*'], false]);
  expect(await list.poll()).toEqual([]);
});

it('remembers over several polls, before it puts out anything', async () => {
  list.place(1, 2, 3, 4, 5, 6, 7);
  for (let poll = 0; poll < 4; poll += 1) expect(await list.poll({ deadline: now })).toEqual([]);
  list.place(8);
  expect(await list.poll()).toEqual(['8*']);
});

it('rests after a long list, but not where it has to look back', async () => {
  await begun(...Array.from({ length: PAGE * 40 }, (_, index) => index + 1));
  list.place(1000);
  list.pagesRead = 0;
  expect(await list.poll()).toEqual([]);
  expect(list.pagesRead).toBe(0);
  now += 3 * MINUTE;
  expect(await list.poll()).toEqual(['1000*']);
  list.ware(7).text = 'another';
  expect(await list.poll()).toEqual([]);
  expect(await list.poll({ againSince: now })).toEqual(['7', '1000']);
});

it('puts out again what was put out lately, once for each look back, behind what is new', async () => {
  await begun(1);
  list.place(2, 3);
  await list.poll();
  now += 60 * MINUTE;
  list.place(4);
  expect(await list.poll({ againSince: now - 60 * MINUTE, max: 2 })).toEqual(['4*', '2']);
  expect(await list.poll()).toEqual(['3']);
  expect(await list.poll()).toEqual([]);
  now += 25 * 60 * MINUTE;
  expect(await list.poll({ againSince: 0 })).toEqual([]);
});

it('says where there are more than it can remember', async () => {
  list.place(...Array.from({ length: MOST_RECORDS + 1 }, (_, index) => index));
  await expect(list.poll()).rejects.toMatchObject({
    message: 'The store has more than 50000 products, which is more than a trigger can remember',
    fix: 'Choose less.',
  });
});

it('needs 14 bytes for a record', async () => {
  await begun(...Array.from({ length: 20_000 }, (_, index) => 10_000 + index));
  expect(Buffer.byteLength(packed(), 'utf8')).toBeLessThan(20_000 * 14 + 2);
});

const packed = (): string => JSON.stringify(list.contents.known);
