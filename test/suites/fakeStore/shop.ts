/**
 * A shop of the made-up platform "Toyshop", over real HTTP. Its API has what makes other stores than X-Cart hard: ids are
 * numbers, lists have no order, they are filtered by whole days in the shop's own zone, dates say no zone, past the end of
 * a list stands a refusal, refusals stand inside answers of status 200, and nothing announces a change.
 */
import type { Received, Reply } from '../../support/httpServer';
import { startHttpServer } from '../../support/httpServer';
import type { RecordDoors, Shop } from '../store/service';

export const KEY = 'toy-key-7f3a91';
export const MAX_ROWS = 50;

const SKUS = ['BEAR-1', 'KITE-RED', 'YOYO'] as const;
const STATES = ['new', 'packed', 'sent', 'dropped'];
const FIRST_PLACED_WARE = 1000;
const SECOND = 1000;

interface Order {
  no: number;
  placedAt: number;
  changedAt: number;
  state: string;
  pieces: number;
}

interface Ware {
  no: number;
  code: string;
  stock: number;
  madeAt: number;
}

/** `2026-11-25 14:03:22`: what a clock on the wall shows. */
const local = (time: number, timeZone: string): string =>
  new Date(time).toLocaleString('sv-SE', { timeZone, hour12: false });

const orderView = ({ no, placedAt, changedAt, state, pieces }: Order, zone: string) => ({
  no,
  placed: local(placedAt, zone),
  changed: local(changedAt, zone),
  state,
  buyer: { name: 'Ada Holm', mail: 'ada@example.com' },
  rows: [{ no: no * 10, code: SKUS[0], pieces, each: 12.5 }],
  sum: pieces * 12.5,
});

const wareView = ({ madeAt, ...ware }: Ware, zone: string) => ({
  ...ware,
  made: local(madeAt, zone),
});

const refusal = (code: number, text: string): Reply => ({ body: { fault: { code, text } } });

/** No order that anybody could rely on, but the same at each request. */
const scrambled = <T extends { no: number }>(rows: Iterable<T>): T[] =>
  [...rows].sort((one, other) => ((one.no * 7919) % 1009) - ((other.no * 7919) % 1009));

function pageOf(rows: object[], query: URLSearchParams): Reply {
  const start = Number(query.get('start') ?? 1);
  const count = Math.min(Number(query.get('count') ?? MAX_ROWS), MAX_ROWS);
  const page = rows.slice(start - 1, start - 1 + count);
  return page.length > 0 ? { body: page } : refusal(404, `The list ends before row ${start}`);
}

/** @param zone in which the shop stands */
export async function startToyshop(zone: string): Promise<Shop> {
  let aheadMs = 0;
  let orders = new Map<number, Order>();
  let wares = new Map<number, Ware>();
  let lastNo = 0;
  const now = (): number => Math.floor((Date.now() + aheadMs) / SECOND) * SECOND;

  function reset(): void {
    aheadMs = 0;
    orders = new Map();
    lastNo = 0;
    const codes = [...Array.from({ length: 70 }, (_, index) => `TOY-${index}`), ...SKUS];
    const madeAt = now();
    wares = new Map(codes.map((code, no) => [no + 1, { no: no + 1, code, stock: 3, madeAt }]));
  }

  function answerOrders(no: number, { method, body }: Received, query: URLSearchParams): Reply {
    if (Number.isNaN(no)) {
      const day = query.get('changed_from') ?? '';
      const views = scrambled(orders.values()).map((order) => orderView(order, zone));
      return pageOf(
        views.filter(({ changed }) => changed.slice(0, 10) >= day),
        query,
      );
    }
    const order = orders.get(no);
    if (!order) return refusal(404, `There is no order ${no}`);
    if (method === 'PUT') {
      const { state } = JSON.parse(body) as Partial<Order>;
      if (!state || !STATES.includes(state)) return refusal(400, 'There is no such state');
      Object.assign(order, { state, changedAt: now() });
    }
    return { body: orderView(order, zone) };
  }

  function answerWares(no: number, { method, body }: Received, query: URLSearchParams): Reply {
    if (Number.isNaN(no)) {
      const views = scrambled(wares.values()).map((each) => wareView(each, zone));
      return pageOf(views, query);
    }
    const ware = wares.get(no);
    if (!ware) return refusal(404, `There is no ware ${no}`);
    if (method === 'PUT') ware.stock = (JSON.parse(body) as Ware).stock;
    return { body: wareView(ware, zone) };
  }

  const server = await startHttpServer((request) => {
    const { pathname, searchParams } = new URL(request.url, 'http://toyshop');
    const [, kind, no] = /^\/api\/(orders|wares)(?:\/(\d+))?$/.exec(pathname) ?? [];
    if (request.headers['x-toy-key'] !== KEY) return { status: 401, body: 'Unknown key' };
    if (!kind) return { status: 404, body: 'No such page' };
    const answer = kind === 'orders' ? answerOrders : answerWares;
    return answer(no === undefined ? NaN : Number(no), request, searchParams);
  });
  const wareOf = (sku: string): Ware => {
    const ware = [...wares.values()].find(({ code }) => code === sku);
    if (!ware) throw new Error(`The shop has no ${sku}`);
    return ware;
  };

  const wareDoors: RecordDoors = {
    clear: async () => wares.clear(),
    place: async (count, { at = now(), everySeconds = 0 } = {}) =>
      Array.from({ length: count }, (_, index) => {
        lastNo += 1;
        const no = FIRST_PLACED_WARE + lastNo;
        const madeAt = at + index * everySeconds * SECOND;
        wares.set(no, { no, code: `NEW-${no}`, stock: 3, madeAt });
        return String(no);
      }),
    change: async (id) => {
      const ware = wares.get(Number(id));
      if (ware) ware.stock += 1;
    },
    remove: async (id) => void wares.delete(Number(id)),
  };

  return {
    url: server.origin,
    skus: SKUS,
    stop: server.close,
    reset: async () => reset(),
    place: async (count, { at = now(), everySeconds = 0 } = {}) =>
      Array.from({ length: count }, (_, index) => {
        lastNo += 1;
        const placedAt = at + index * everySeconds * SECOND;
        orders.set(lastNo, { no: lastNo, placedAt, changedAt: placedAt, state: 'new', pieces: 1 });
        return String(lastNo);
      }),
    change: async (id, at = now()) => {
      const order = orders.get(Number(id));
      if (order) Object.assign(order, { changedAt: at, pieces: order.pieces + 1 });
    },
    remove: async (id) => void orders.delete(Number(id)),
    others: { product: wareDoors },
    setClock: (ms) => void (aheadMs = ms),
    stock: async (sku) => wareOf(sku).stock,
    setStock: async (sku, quantity) => void (wareOf(sku).stock = quantity),
  };
}
