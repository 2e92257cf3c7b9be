import {
  type ContentOptions,
  type Contents,
  emptyContents,
  MOST_RECORDS,
  readContents,
} from './contentPoll';
import type { ContentFeed } from './feed';
import type { PageOptions } from './pages';
import { momentOf, type RecordType } from './records';

interface Ware {
  id: number;
  text: string;
  made?: string;
  born?: string;
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

  /** Whether it is asked for rows, and how many of them a page then has. */
  countsRows = false;

  lengthOf = (): number => PAGE;

  constructor(
    from?: Date,
    private readonly type = TYPE,
  ) {
    this.contents = emptyContents('main', from);
  }

  private get feed(): ContentFeed<Ware> {
    return {
      type: this.type,
      changes: {
        all: (options) => (this.countsRows ? this.rows(options) : this.pages(options?.page)),
        newest: this.newest,
      },
      tooMany: 'Choose less.',
    };
  }

  private newest?: () => AsyncGenerator<Ware[]>;

  private async *rows({ after, page = 1, onRows }: PageOptions = {}): AsyncGenerator<Ware[]> {
    for (let at = after ?? (page - 1) * PAGE; at < this.wares.length;) {
      const rows = this.wares.slice(at, at + this.lengthOf());
      at += rows.length;
      onRows?.(rows.length);
      yield structuredClone(rows);
    }
  }

  /** The store shows the wares made last when it is asked for them. */
  showsNewest(): this {
    const newest = ({ wares }: Follower): Ware[] =>
      structuredClone(
        wares
          .filter(({ made }) => made)
          .slice(-PAGE)
          .reverse(),
      );
    const pages = async function* (list: Follower): AsyncGenerator<Ware[]> {
      yield newest(list);
    };
    this.newest = () => pages(this);
    return this;
  }

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

describe('a first pass over several pages of a shop whose clock', () => {
  const HOUR = 60 * MINUTE;
  const dated = (id: number, made: number, text = ''): Ware => ({ id, text, made: iso(made) });

  it.each([
    ['is hours behind', -5 * HOUR],
    ['is right', 0],
    ['is hours ahead', 5 * HOUR],
  ])('%s takes for new what was made meanwhile, and nothing else', async (_, skew) => {
    list = new Follower().showsNewest();
    list.wares = [1, 2, 3, 4, 5, 6, 7].map((id) => dated(id, now + skew - (8 - id) * MINUTE));
    list.after = (page) => {
      now += 2000;
      if (page === 1) list.wares.push(dated(8, now + skew));
    };
    expect(await list.poll()).toEqual(['8*']);
    list.after = undefined;
    expect(await list.poll()).toEqual([]);
  });

  it('is behind still knows over several polls what was made meanwhile', async () => {
    list = new Follower().showsNewest();
    list.wares = [1, 2, 3, 4, 5, 6, 7].map((id) => dated(id, now - 5 * HOUR - (8 - id) * MINUTE));
    expect(await list.poll({ deadline: now })).toEqual([]);
    now += MINUTE;
    list.wares.push(dated(8, now - 5 * HOUR));
    expect(await list.poll({ deadline: now })).toEqual([]);
    expect(await list.poll()).toEqual(['8*']);
  });

  it('has dated a record years ahead is not blinded by it', async () => {
    list = new Follower().showsNewest();
    list.wares = [1, 2, 3].map((id) => dated(id, now - HOUR));
    list.wares.push(dated(4, now + 9 * 365 * 24 * HOUR));
    list.after = (page) => {
      if (page === 1) list.wares.push(dated(5, now - 30 * MINUTE));
    };
    expect(await list.poll()).toEqual(['5*']);
  });
});

it('of a first pass takes no old record for a new one, and puts out what it has seen change', async () => {
  const type = { ...TYPE, createdAt: ({ born }: Ware) => momentOf(born) };
  list = new Follower(undefined, type).showsNewest();
  const old = (id: number): Ware => ({
    id,
    text: '',
    made: iso(now - MINUTE),
    born: iso(now - 9 * MINUTE),
  });
  list.wares = [1, 2, 3, 4, 5].map(old);
  list.after = (page) => {
    if (page !== 1) return;
    now += 2000;
    Object.assign(list.ware(4), { text: 'another', made: iso(now) });
  };
  expect(await list.poll()).toEqual(['4']);
  list = new Follower(new Date(now - 2 * MINUTE), type);
  list.wares = [old(1), { ...old(2), born: iso(now - MINUTE) }];
  expect(await list.poll()).toEqual(['1', '2*']);
});

it('goes on behind the rows that it has read, where the pages of the store are shorter than asked for', async () => {
  list.countsRows = true;
  list.place(1, 2, 3, 4, 5, 6, 7, 8);
  const lengths = [1, 2, 1, 3];
  list.lengthOf = () => lengths.shift() ?? PAGE;
  for (let poll = 0; poll < 4; poll += 1) expect(await list.poll({ deadline: now })).toEqual([]);
  while (list.more) expect(await list.poll({ deadline: now })).toEqual([]);
  for (const ware of list.wares) ware.text = 'another';
  expect(await list.poll()).toEqual(['1', '2', '3', '4', '5', '6', '7', '8']);
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
