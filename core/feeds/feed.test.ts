/**
 * A made-up store that makes it hard: ids from 0 on, no order by change, whole days, records twice, dates that its own
 * client moves.
 */
import * as fc from 'fast-check';

import { ServiceError } from '../errors';
import type { Feed } from './feed';
import { begin, latestRecords, type PollOptions, readChanges } from './poll';
import { momentOf, type RecordType, sourceOf } from './records';
import { beginSweep, sweepOn } from './sweep';
import type { Watermark } from './watermark';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** Noon, so that a day of the store begins well before. */
const T0 = Date.parse('2024-05-02T12:00:00Z');
const OPTIONS: PollOptions = { overlapMs: 5 * MINUTE, max: 1000 };
const NOTHING: Watermark = { origin: '', start: 0, cursor: 0, seen: {}, baseline: {} };

interface Row {
  Id: number;
  Placed: string;
  LastUpdate: string;
  Total: number;
  Parcels: Array<{ LastUpdate: string; Code: string }>;
}

const ROWS: RecordType<Row> = {
  platform: 'toy',
  kind: 'order',
  many: 'orders',
  idOf: ({ Id: id }) => String(id),
  changedAt: ({ LastUpdate: updated }) => momentOf(updated),
  createdAt: ({ Placed: placed }) => momentOf(placed),
  versionOf: ({ LastUpdate: updated }) => updated,
  volatile: ['LastUpdate', 'Parcels.LastUpdate'],
};

class Shop {
  readonly rows = new Map<number, Row>();
  time = T0;
  pageSize = 100;
  between: () => void = () => undefined;

  place(id: number, at = (this.time += 1000)): Row {
    const date = new Date(at).toISOString();
    const placed = this.rows.get(id)?.Placed ?? date;
    const parcels = [{ LastUpdate: date, Code: '' }];
    const row = { Id: id, Placed: placed, LastUpdate: date, Total: at, Parcels: parcels };
    this.rows.set(id, row);
    return row;
  }

  /** What our own write-back does. */
  moveDate(id: number): void {
    const row = this.rows.get(id);
    if (!row) throw new Error('no such order');
    this.time += 1000;
    const date = new Date(this.time).toISOString();
    const parcels = row.Parcels.map((parcel) => ({ ...parcel, LastUpdate: date }));
    this.rows.set(id, { ...row, LastUpdate: date, Parcels: parcels });
  }

  feed(type = ROWS): Feed<Row> {
    const list = (from: Date): Row[] => {
      const day = Math.floor(from.getTime() / DAY) * DAY;
      return [...this.rows.values()]
        .filter(({ LastUpdate: updated }) => Date.parse(updated) >= day)
        .sort((one, other) => one.Id - other.Id);
    };
    const { pageSize } = this;
    const between = (): void => this.between();
    async function* changedSince(from: Date) {
      for (let page = 0; ; page += 1) {
        const rows = list(from).slice(page * pageSize, (page + 1) * pageSize);
        // Some of a page a second time, as where the store joins tables.
        if (rows.length > 0) yield [...rows, ...rows.slice(0, 2)];
        if (rows.length < pageSize) return;
        between();
      }
    }
    return { type, changes: { changedSince }, tooMany: 'Choose a later start.' };
  }
}

let shop: Shop;

beforeEach(() => {
  shop = new Shop();
});

async function poll(watermark: Watermark, options: Partial<PollOptions> = {}, type = ROWS) {
  const result = await readChanges(shop.feed(type), watermark, { ...OPTIONS, ...options });
  return { ...result, ids: result.changes.map(({ record }) => record.Id) };
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

it('begins with now: what is there is known, what comes is put out once, oldest change first', async () => {
  shop.place(9, T0 - 400 * DAY);
  range(1, 5).forEach((id) => shop.place(id));
  const start = await begin(shop.feed(), 'o', OPTIONS);
  expect((await poll(start)).ids).toEqual([]);
  [8, 0, 7].forEach((id) => shop.place(id));
  const { ids, changes, watermark } = await poll(start);
  expect(ids).toEqual([8, 0, 7]);
  expect(changes.map(({ event }) => event)).toEqual(Array(3).fill('order.created'));
  expect((await poll(watermark)).ids).toEqual([]);
});

it('begins with now in an empty store, and in one that has slept for years', async () => {
  const empty = await begin(shop.feed(), 'o', OPTIONS);
  shop.place(1, T0 - 3000 * DAY);
  expect((await poll(empty)).ids).toEqual([1]);
  const asleep = await begin(shop.feed(), 'o', OPTIONS);
  expect((await poll(asleep)).ids).toEqual([]);
  expect(await latestRecords(shop.feed(), 5)).toMatchObject([{ Id: 1 }]);
});

it('trims whole days to the moment', async () => {
  shop.place(1, T0 - 3600_000);
  shop.place(2, T0 + 1000);
  const start = await begin(shop.feed(), 'o', OPTIONS, { from: new Date(T0) });
  expect((await poll(start)).ids).toEqual([2]);
});

it('takes a record that was saved late, dated before the start', async () => {
  shop.place(1);
  const start = await begin(shop.feed(), 'o', OPTIONS);
  shop.place(2, T0 - MINUTE);
  expect((await poll(start)).ids).toEqual([2]);
});

it('puts out the oldest where there are more than allowed, and the rest later', async () => {
  const order = [...range(200, 399), ...range(0, 199)];
  order.forEach((id) => shop.place(id));
  let watermark = NOTHING;
  const ids: number[] = [];
  for (const more of [true, true, true, false]) {
    const result = await poll(watermark, { max: 100 });
    expect(result.more).toBe(more);
    ids.push(...result.ids);
    watermark = result.watermark;
  }
  expect(ids).toEqual(order);
});

it('remembers little', async () => {
  range(0, 999).forEach((id) => shop.place(id));
  const { volatile: _, ...type } = ROWS;
  let { watermark } = await poll(NOTHING, {}, type);
  expect(Object.keys(watermark.seen)).toHaveLength(1000);
  for (let round = 0; round < 2; round += 1) ({ watermark } = await poll(watermark, {}, type));
  expect(Object.keys(watermark.seen).length).toBeLessThan(400);
});

it('gives up in time', async () => {
  range(0, 300).forEach((id) => shop.place(id));
  await expect(poll(NOTHING, { deadline: Date.now() - 1 })).rejects.toEqual(
    new ServiceError('The store has more changed orders than it can send within one poll', {
      class: 'transient',
      fix: 'Choose a later start.',
    }),
  );
});

describe('what the pack itself wrote', () => {
  it('is no change, although it moved the date, also after the cursor has gone on', async () => {
    shop.place(1);
    const first = await poll(NOTHING);
    shop.moveDate(1);
    const second = await poll(first.watermark);
    expect(second.ids).toEqual([]);
    shop.time += 60 * MINUTE;
    shop.place(2);
    const third = await poll(second.watermark);
    expect(third.ids).toEqual([2]);
    shop.moveDate(1);
    expect((await poll(third.watermark)).ids).toEqual([]);
  });

  it('is no change where a backlog of months was written back', async () => {
    range(1, 500).forEach((id) => shop.place(id, T0 + id * DAY));
    let { watermark } = await poll(NOTHING);
    shop.time = T0 + 501 * DAY;
    range(1, 500).forEach((id) => shop.moveDate(id));
    for (let round = 0; round < 3; round += 1) {
      const result = await poll(watermark);
      expect(result.ids).toEqual([]);
      ({ watermark } = result);
    }
  });

  it('hides no change that a person made', async () => {
    shop.place(1);
    const first = await poll(NOTHING);
    shop.moveDate(1);
    const [parcel] = shop.rows.get(1)?.Parcels ?? [];
    if (parcel) parcel.Code = '1Z';
    const { changes } = await poll(first.watermark);
    expect(changes).toMatchObject([{ event: 'order.changed', record: { Id: 1 } }]);
  });

  it('comes again in a look back', async () => {
    shop.place(1);
    const { watermark } = await poll(NOTHING);
    shop.moveDate(1);
    const next = await poll(watermark);
    const { changes, sweep } = await sweepOn(shop.feed(), beginSweep(next.watermark, T0), OPTIONS);
    expect(changes.map(({ record }) => record.Id)).toEqual([1]);
    expect(sweep).toBeUndefined();
  });
});

it('loses no change, however its pages shift while being read', async () => {
  const id = fc.integer({ min: 0, max: 400 });
  const rounds = fc.array(
    fc.record({
      before: fc.array(id, { maxLength: 300 }),
      between: fc.array(id, { maxLength: 5 }),
    }),
    { maxLength: 5 },
  );
  await fc.assert(
    fc.asyncProperty(rounds, async (script) => {
      shop = new Shop();
      shop.pageSize = 40;
      let watermark = NOTHING;
      const known = new Map<number, number>();
      const next = async (): Promise<boolean> => {
        const result = await poll(watermark, { max: 150, overlapMs: 0 });
        for (const { record } of result.changes) known.set(record.Id, record.Total);
        const isOver =
          result.changes.length === 0 && result.watermark.pending === watermark.pending;
        watermark = result.watermark;
        return !isOver;
      };
      for (const { before, between } of script) {
        before.forEach((each) => shop.place(each));
        shop.between = () => between.forEach((each) => shop.place(each));
        await next();
      }
      shop.between = () => undefined;
      while (await next());
      expect(known).toEqual(new Map([...shop.rows].map(([key, { Total: total }]) => [key, total])));
    }),
    { numRuns: 40 },
  );
});

it('finds a record that slipped between two pages when another was deleted', async () => {
  range(0, 249).forEach((each) => shop.place(each));
  shop.between = () => void shop.rows.delete(0);
  const first = await poll(NOTHING, { overlapMs: 0 });
  expect(first.ids).not.toContain(100);
  expect((await poll(first.watermark, { overlapMs: 0 })).ids).toEqual([100]);
});

it('says where a record comes from, and which of its fields are no change', () => {
  expect(
    sourceOf(ROWS, { name: 'main', address: 'toy.example' }, shop.place(0, T0), 'poll', T0 + 1),
  ).toEqual({
    platform: 'toy',
    store: 'main',
    address: 'toy.example',
    kind: 'order',
    id: '0',
    event: 'poll',
    readAt: '2024-05-02T12:00:00.001Z',
    version: '2024-05-02T12:00:00.000Z',
    volatile: ['LastUpdate', 'Parcels.LastUpdate'],
  });
});
