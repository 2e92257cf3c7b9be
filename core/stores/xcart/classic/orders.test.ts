/** A store of an earlier version, which ignores the conditions that it does not know, as the classic API does. */
import { firstRows } from '../../../http/pages';
import { latestRecords, readChanges } from '../../../feeds/poll';
import type { OrderQuery } from '../client';
import { orderFeed } from '../feed';
import { createClassicXCart } from './client';

const T0 = 1_714_644_000;
const HOUR = 3600;

interface Placed {
  id: number;
  payment: string;
  shipping?: string;
  login?: string;
}

let orders: Placed[];
let asked: string[];

const dateOf = ({ id }: Placed): number => T0 + id * HOUR;

const complex = (order: Placed) => ({
  orderId: order.id,
  orderNumber: `${order.id}`,
  updateDate: `${dateOf(order)}`,
});

const whole = (order: Placed) => ({
  order_id: order.id,
  orderNumber: `${order.id}`,
  date: dateOf(order),
  lastRenewDate: dateOf(order),
  total: 5,
  currency: { code: 'USD' },
  profile: { profile_id: 1, login: order.login ?? 'ada@shop.example' },
  paymentStatus: { id: 1, code: order.payment },
  shippingStatus: { id: 1, code: order.shipping ?? 'N' },
});

const client = createClassicXCart({
  storeUrl: 'https://shop.example',
  apiKey: 'key',
  send: async ({ url }) => {
    const query = new URL(url).searchParams;
    const path = query.get('_path') ?? '';
    asked.push(path);
    const one = orders.find(({ id }) => path === `order/${id}`);
    const first = Number(query.get('_cnd[limit][0]'));
    const sorted = query.get('_cnd[orderBy][1]') === 'desc' ? [...orders].reverse() : orders;
    const page = sorted.slice(first, first + Number(query.get('_cnd[limit][1]')));
    const body = JSON.stringify(one ? whole(one) : page.map(complex));
    return await Promise.resolve({ status: 200, headers: {}, body });
  },
});

beforeEach(() => {
  asked = [];
  orders = [
    { id: 1, payment: 'P', shipping: 'S' },
    { id: 2, payment: 'Q' },
    { id: 3, payment: 'P', login: 'Bob@shop.example' },
    { id: 4, payment: 'Q', login: 'bob@shop.example' },
  ];
});

const at = (id: number): Date => new Date((T0 + id * HOUR) * 1000);

describe('a list', () => {
  it.each<[OrderQuery, number[]]>([
    [{}, [1, 2, 3, 4]],
    [{ paymentStatus: ['P'] }, [1, 3]],
    [{ paymentStatus: ['P', 'q'], shippingStatus: ['N'] }, [2, 3, 4]],
    [{ email: 'bob@' }, [3, 4]],
    [{ placedAfter: at(2), placedBefore: at(3) }, [2, 3]],
  ])('has only what fits %j', async (query, ids) => {
    const found = await firstRows((page) => client.orders.pages(query, page), 1e9);
    expect(found.map(({ id }) => id)).toEqual(ids);
  });
});

describe('a trigger', () => {
  const options = { overlapMs: 0, max: 100 };
  const paid = orderFeed(client, { paymentStatus: ['P'] });
  const since = (cursor: number) => ({
    origin: 'x',
    start: cursor,
    cursor,
    seen: {},
    baseline: {},
  });

  it('puts out no unpaid order as a paid one', async () => {
    const { changes } = await readChanges(paid, since(at(2).getTime()), options);
    expect(changes.map(({ record }) => record.id)).toEqual([3]);
    expect((await latestRecords(paid, 1)).map(({ id }) => id)).toEqual([3]);
  });

  it('stops at the date of an order that it does not put out', async () => {
    orders = Array.from({ length: 400 }, (_, index) => ({ id: index + 1, payment: 'Q' }));
    const { changes } = await readChanges(paid, since(at(399).getTime()), options);
    expect(changes).toEqual([]);
    expect(asked.filter((path) => path === 'order')).toHaveLength(1);
  });
});
