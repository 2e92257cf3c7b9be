import type { IDataObject } from 'n8n-workflow';

import { fetchTransport } from '../../../core/http/fetch';
import { expectComplete } from '../store/cases/complete';
import { describeStore } from '../store/describeStore';
import { drain } from '../store/items';
import { MINUTE, useShop } from '../store/rig';
import { KEY, startToyshop } from './shop';
import { createToyshop } from './store/client';
import { TOYSHOP_DOCUMENTS } from './store/documents';
import { toyshopIn } from './toyshop';

test('its documents are what the shop gives', async () => {
  const [order] = TOYSHOP_DOCUMENTS;
  const shop = await startToyshop('UTC');
  try {
    const [id = ''] = await shop.place(1);
    const client = createToyshop({ shopUrl: shop.url, key: KEY }, { send: fetchTransport() });
    const given = await client.order(id);
    expect(Object.keys(given).sort()).toEqual(Object.keys(order?.sample ?? {}).sort());
    expect(order?.schema.safeParse(order.sample).success).toBe(true);
    expect(order?.fields.find(({ path }) => path === 'rows[*].code')).toMatchObject({
      required: true,
    });
  } finally {
    await shop.stop();
  }
});

// Seven hours behind UTC, summer and winter.
describeStore(toyshopIn('America/Phoenix'));

describe('the night in which clocks are', () => {
  const rig = useShop(toyshopIn('America/New_York'));

  it.each([
    ['put back, and an hour comes twice', '2026-11-01T04:30:00Z'],
    ['put forward, and an hour is left out', '2026-03-08T05:30:00Z'],
  ])('%s, loses no order and no change', async (_, begins) => {
    rig.pass(Date.parse(begins) - Date.now());
    // No ledger behind it, and so no look back that would find what a poll has lost.
    const trigger = rig.start({}, { followedBy: undefined });
    await trigger.poll();
    const orders: string[] = [];
    const put: IDataObject[] = [];
    for (let passed = 0; passed < 210; passed += 10) {
      rig.pass(10 * MINUTE);
      const [before] = orders.slice(-1);
      orders.push(...(await rig.shop.place(1)));
      if (before) await rig.shop.change(before);
      put.push(...((await trigger.poll()) ?? []));
    }
    await expectComplete(rig, orders, [...put, ...(await drain(trigger))]);
  });
});
