import { Follower, PAGE, type Ware, WARES } from '../../test/support/follower';
import { MOST_RECORDS } from './contentPoll';
import { momentOf } from './records';

const MINUTE = 60_000;

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

it('of a first pass takes for new what was made meanwhile alone, where the store shows old records as its newest', async () => {
  const daysAgo = (days: number): string => iso(now - days * 24 * 60 * MINUTE);
  list = new Follower().showsNewest();
  list.wares = [7, 6, 5, 4, 3, 2, 1].map((years, index) => {
    return { id: index + 1, text: '', made: daysAgo(years * 366) };
  });
  list.shownAsNewest = (wares) => wares.slice(0, PAGE);
  list.after = (page) => {
    now += 2000;
    if (page === 1) list.wares.push({ id: 8, text: '', made: iso(now - 5 * 60 * MINUTE) });
  };
  expect(await list.poll()).toEqual(['8*']);
});

it('of a first pass takes no old record for a new one, and puts out what it has seen change', async () => {
  const type = { ...WARES, createdAt: ({ born }: Ware) => momentOf(born) };
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

it('puts out again all that was asked for, also what becomes too old to be asked for while it waits', async () => {
  await begun(1);
  list.place(2, 3, 4);
  await list.poll();
  now += 23 * 60 * MINUTE;
  expect(await list.poll({ againSince: 0, max: 1 })).toEqual(['2']);
  now += 3 * 60 * MINUTE;
  expect(await list.poll({ max: 1 })).toEqual(['3']);
  expect(await list.poll({ max: 1 })).toEqual(['4']);
  expect(await list.poll()).toEqual([]);
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

describe('a first pass from a moment on, over what bears no date but can be asked for by the day of its change', () => {
  const FROM = new Date('2026-11-20T00:00:00Z');

  beforeEach(() => {
    list = new Follower(FROM);
    list.place(1, 2, 3, 4, 5, 6, 7);
    list.changed = [2, 6];
  });

  it('puts out what the store names as changed since then, as changed, and nothing else', async () => {
    expect(await list.poll()).toEqual(['2', '6']);
    expect(list.askedSince).toEqual([FROM.toISOString(), FROM.toISOString()]);
    list.place(8);
    list.ware(1).text = 'another';
    expect(await list.poll()).toEqual(['1', '8*']);
    expect(list.askedSince).toHaveLength(2);
  });

  it('does so over several polls, each once', async () => {
    const polls: string[][] = [];
    for (let poll = 0; poll < 5; poll += 1) polls.push(await list.poll({ max: 1 }));
    expect(polls.flat()).toEqual(['2', '6']);
    expect(list.more).toBe(false);
  });

  it.each([
    ['before the pass has come to it', 7],
    ['after the pass has come to it', 1],
    ['that is named as changed already, before the pass has come to it', 6],
    ['that is named as changed already, after the pass has come to it', 2],
  ])('loses nothing that changes meanwhile, %s', async (_, id) => {
    list.after = (page) => {
      if (page !== 1) return;
      list.ware(id).text = 'another';
      list.changed = [...new Set([2, 6, id])];
    };
    const first = await list.poll();
    list.after = undefined;
    const all = [...first, ...(await list.poll()), ...(await list.poll())];
    const isTwice = id === 2;
    expect(all.sort()).toEqual(
      [...new Set(['2', '6', String(id)]), ...(isTwice ? ['2'] : [])].sort(),
    );
  });

  it('keeps what it has read where there is no time to look once more, and does so in the next poll', async () => {
    list.beforeNamed = () => (now += 10_000);
    list.after = (page) => {
      now += 20_000;
      if (page === 1) list.ware(7).text = 'another';
      if (page === 3) list.changed = [2, 6, 7];
    };
    const first = await list.poll({ deadline: now + 85_000 });
    expect([first, list.more, list.pagesRead]).toEqual([['2', '6'], true, 3]);
    await expect(list.poll({ deadline: now })).rejects.toMatchObject({ fix: 'Choose less.' });
    expect([await list.poll({ deadline: now + MINUTE }), list.more]).toEqual([[], false]);
    expect(list.pagesRead).toBe(3);
    expect(await list.poll()).toEqual(['7']);
  });

  it('says where more is named than can be read within one poll', async () => {
    await expect(list.poll({ deadline: now })).rejects.toMatchObject({
      message: expect.stringContaining('more changed products') as string,
      fix: 'Choose less.',
    });
  });
});
