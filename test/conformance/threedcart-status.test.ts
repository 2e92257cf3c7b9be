/** A new status reaches the trigger of 3dcart by webhooks alone, whether or not the store calls it an update. */
import { fetchTransport } from '../../core/http/fetch';
import { createHooks } from '../../core/webhooks/hooks';
import { isAuthentic, readHints } from '../../core/webhooks/webhook';
import { createThreeDCart } from '../../core/stores/threedcart/client';
import {
  DELIVERIES,
  hookRegistry,
  hookUrl,
  PROOFS,
  STATUS_CHANGED,
} from '../../core/stores/threedcart/webhook';
import { THREEDCART_CREDENTIALS } from '../../sandbox/threedcart';
import { startTestStore, type TestStore } from '../../sandbox/threedcart/test-store';
import { type HttpServer, startHttpServer } from '../support/httpServer';

const SECRET = 'a secret';
const CHANGED = 'order.changed';

let shop: TestStore;
let receiver: HttpServer;

beforeAll(async () => {
  shop = await startTestStore();
  receiver = await startHttpServer(() => ({ body: {} }));
});

afterAll(async () => {
  await shop.close();
  await receiver.close();
});

test.each([
  [true, [CHANGED, STATUS_CHANGED]],
  [false, [STATUS_CHANGED]],
])('where a new status is an update: %s', async (statusChangeIsUpdate, told) => {
  shop.service.reset();
  receiver.received.length = 0;
  shop.service.setSwitches({ statusChangeIsUpdate });
  const client = createThreeDCart({
    ...THREEDCART_CREDENTIALS,
    apiUrl: shop.url,
    send: fetchTransport(),
  });
  const registry = hookRegistry(client, ['order.created', CHANGED, STATUS_CHANGED]);
  const events = [CHANGED, ...((await registry.alsoToldBy?.(CHANGED)) ?? [])];
  const wanted = events.map((event) => {
    const hook = { event, url: `${receiver.origin}/hook`, secret: SECRET };
    return { ...hook, url: hookUrl(hook) };
  });
  expect(Object.keys(await createHooks(registry, wanted, {}))).toEqual([CHANGED, STATUS_CHANGED]);
  const [order] = shop.service.place({ count: 1, state: 'paid' }, false);
  if (order === undefined) throw new Error('No order was placed');
  shop.service.change(order, { orderStatus: 4 });
  await shop.service.webhooks.idle();
  const hints = receiver.received.flatMap(({ body, url, headers }) => {
    const query = Object.fromEntries(new URL(url, receiver.origin).searchParams);
    const delivery = { rawBody: Buffer.from(body), headers, query };
    expect(isAuthentic(delivery, SECRET, PROOFS)).toBe(true);
    return readHints(delivery, DELIVERIES);
  });
  expect(hints.map(({ event }) => event).sort()).toEqual(told);
  expect(new Set(hints.map(({ id }) => id))).toEqual(new Set([String(order.OrderID)]));
});
