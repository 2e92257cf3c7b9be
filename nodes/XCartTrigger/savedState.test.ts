/** What an earlier release has saved for a published workflow goes on to work: nothing lost, nothing doubled. */
import type { IDataObject } from 'n8n-workflow';

import { XCartApi } from '../../credentials/XCartApi.credentials';
import { publish, type RunningTrigger } from '../../test/support/trigger';
import {
  KEY,
  startXCartSandbox,
  storedOrder,
  type XCartSandbox,
} from '../../test/support/xcartSandbox';
import { XCartTrigger } from './XCartTrigger.node';

const MINUTE = 60_000;
/** When it was saved, in the middle of a look back with three orders a poll. */
const SAVED_AT = Date.parse('2025-06-01T12:04:00Z');
const SEEN = {
  1: '1748779100000:ujaautyp5ib-vF87',
  2: '1748779112000:s7ih9x5ctT8f2o_z',
  3: '1748779113000:17rTHHXgcI5LUIrH',
  4: '1748779114000:z4xU8nmmNT0TlfIW',
};
const BASELINE = { 1: '1748779100000:ujaautyp5ib-vF87' };
const SAVED = {
  'node:Trigger': {
    sweptAt: 1748779440000,
    sweptFarAt: 1748779440000,
    sweptSince: 1748693040000,
    watermark: {
      origin: 'main|',
      start: 1748778800000,
      cursor: 1748779119000,
      seen: {
        ...SEEN,
        5: '1748779115000:ZmKkxOm0UanjLCgH',
        6: '1748779116000:ds8RF_HgFBPaS1Al',
        7: '1748779117000:eUfrLbeM_FB8HX7I',
        8: '1748779118000:ZAVNil7iQrRznqmV',
        9: '1748779119000:VMoVVsXQYt3_xYoY',
      },
      baseline: BASELINE,
    },
    trail: [{ first: 1748779260000, last: 1748779380000, cursor: 1748779100000 }],
    sweep: {
      watermark: {
        origin: 'main|',
        start: 1748778800000,
        cursor: 1748779114000,
        seen: SEEN,
        baseline: BASELINE,
      },
      until: 1748779119000,
    },
  },
};

let store: XCartSandbox;
let now: number;

beforeEach(async () => {
  now = SAVED_AT;
  jest.spyOn(Date, 'now').mockImplementation(() => now);
  store = await startXCartSandbox();
  const second = Date.parse('2025-06-01T12:00:00Z') / 1000;
  store.orders.push(storedOrder(1, second - 100));
  for (let id = 2; id <= 9; id += 1) store.orders.push(storedOrder(id, second - 90 + id));
});

afterEach(async () => {
  jest.restoreAllMocks();
  await store.close();
});

const start = (id: string): RunningTrigger =>
  publish(
    {
      trigger: new XCartTrigger(),
      credentialType: new XCartApi(),
      credential: { storeUrl: store.url, storeName: 'main', apiKey: KEY, version: '5.5.0' },
      parameters: { options: { maxOrders: 3 } },
      id: `saved state ${id}`,
    },
    structuredClone(SAVED),
  );

async function polls(trigger: RunningTrigger): Promise<unknown[][]> {
  const ids = [];
  for (let count = 0; count < 4; count += 1) {
    now += MINUTE;
    const items: IDataObject[] = (await trigger.poll()) ?? [];
    ids.push(items.map(({ id }) => id));
  }
  return ids;
}

test('in a new process, which looks back from the beginning', async () => {
  expect(await polls(start('restarted'))).toEqual([[2, 3, 4], [5, 6, 7], [8, 9], []]);
});

test('for the order that came meanwhile', async () => {
  store.orders.push(storedOrder(10, SAVED_AT / 1000));
  const [first] = await polls(start('order 10'));
  expect(first?.[0]).toBe(10);
});
