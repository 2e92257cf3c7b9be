import { inDryRun, Journal, onlyReading } from '../../../dryRun';
import type { Send } from '../../../http/types';
import { createClassicXCart } from './client';

const ORDER = {
  order_id: 5,
  orderNumber: '1001',
  paymentStatus: { id: 1, code: 'Q' },
  trackingNumbers: [],
};

/** A store that has one order and a status more, and refuses to be written to. */
const answers: Readonly<Record<string, unknown>> = {
  'order/5': ORDER,
  'order-status-payment/4': { id: 4, code: 'P', position: 40 },
};

const store: Send = async ({ url }) => {
  const { searchParams: query } = new URL(url);
  const path = query.get('_path') ?? '';
  const isFirst = query.get('_cnd[limit][0]') === '0';
  const list = path === 'order-status-payment' && isFirst ? [{ id: 4, code: 'P' }] : [];
  const body = path.includes('/') ? (answers[path] ?? null) : list;
  return await Promise.resolve({ status: 200, headers: {}, body: JSON.stringify(body) });
};

async function dry<T>(work: (client: ReturnType<typeof createClassicXCart>) => Promise<T>) {
  const journal = new Journal();
  const open = () =>
    createClassicXCart({
      storeUrl: 'https://shop.example',
      apiKey: 'made-up',
      send: onlyReading(store),
    });
  const result = await inDryRun(journal, async () => await work(open()));
  return { result, writes: journal.takeCommon() };
}

describe('a dry run over the classic API', () => {
  it('tells a status by its code, though it is written by an ID', async () => {
    const { result, writes } = await dry(
      async ({ orders }) => await orders.setPaymentStatus(5, 'P'),
    );
    expect(result).toMatchObject({ id: 4, code: 'P', name: 'Paid' });
    expect(writes).toEqual([
      {
        ...{ action: 'update', system: 'X-Cart', table: 'order', id: '5', of: '1001' },
        columns: [
          { column: 'paymentStatus.id', before: 1, after: 4 },
          { column: 'paymentStatus.code', before: 'Q', after: 'P' },
        ],
      },
    ]);
  });

  it('adds a tracking number once, though the order is read anew before the next', async () => {
    const { writes } = await dry(async ({ orders }) => {
      await orders.addTracking?.(5, '1Z1');
      await orders.addTracking?.(5, '1Z1');
    });
    expect(writes).toMatchObject([
      {
        action: 'create',
        table: 'ordertrackingnumber',
        columns: expect.arrayContaining([
          { column: 'value', before: null, after: '1Z1' },
        ]) as object[],
      },
    ]);
  });

  it('lets a node further on read what would be made, by the ID that stands for it', async () => {
    const made = await dry(
      async ({ profiles }) => await profiles.create({ login: 'ada@example.com' }),
    );
    const { id = 0 } = made.result;
    const later = await dry(async ({ profiles }) => await profiles.update(id, { language: 'de' }));
    expect(later.result).toMatchObject({ id, login: 'ada@example.com', language: 'de' });
    expect(later.writes).toMatchObject([{ action: 'update', table: 'profile' }]);
  });
});
