import { createHmac } from 'node:crypto';

import { ClarityApi } from '../../credentials/ClarityApi.credentials';
import { CLARITY_CREDENTIALS } from '../../sandbox/clarity/credentials';
import { startTestShop, type TestShop } from '../../sandbox/clarity/test-shop';
import { type Answer, publish } from '../../test/support/trigger';
import { ClarityTrigger } from './ClarityTrigger.node';

const SECRET = 'made-by-the-trigger-itself';
const NOW = Date.UTC(2026, 10, 25, 14);
const HOUR = 3_600_000;

let shop: TestShop;
let orderId: string;

beforeAll(async () => {
  shop = await startTestShop();
  shop.clarity.place({ count: 1 });
  [{ orderId } = { orderId: '' }] = shop.clarity.store.orders();
});

afterAll(async () => await shop.close());

beforeEach(() => void jest.spyOn(Date, 'now').mockReturnValue(NOW));

afterEach(() => void jest.restoreAllMocks());

interface Sent {
  /** When it happened, and when the header says that it was sent. */
  occurredAt?: number;
  sentAt?: number;
  secret?: string;
  /** Of another body than the one that is sent. */
  signedBody?: string;
}

let workflows = 0;

async function deliver(sent: Sent, profileText?: string): Promise<Answer> {
  const { occurredAt = NOW, sentAt = NOW, secret = SECRET } = sent;
  workflows += 1;
  const trigger = publish(
    {
      trigger: new ClarityTrigger(),
      credentialType: new ClarityApi(),
      credential: {
        apiUrl: shop.url,
        apiKey: CLARITY_CREDENTIALS.apiKey,
        authentication: 'apiKey',
        storeName: 'main',
        profile: profileText === undefined ? 'brief' : 'own',
        profileText,
      },
      id: `deliveries ${workflows}`,
    },
    { 'node:Trigger': { webhooks: { secret: SECRET, ids: {} } } },
  );
  const body = JSON.stringify({
    id: 'd-1',
    event: 'order.updated',
    occurredAt: new Date(occurredAt).toISOString(),
    data: { orderId },
  });
  const { signedBody = body } = sent;
  return await trigger.deliver(body, {
    'X-Clarity-Signature': `sha256=${createHmac('sha256', secret).update(signedBody).digest('hex')}`,
    'X-Clarity-Timestamp': String(sentAt / 1000),
  });
}

test('a delivery of now, with its signature, starts the workflow', async () => {
  expect(await deliver({})).toMatchObject({ items: [{ orderId }] });
});

test.each<[string, Sent]>([
  ['forged', { secret: 'another' }],
  ['signed for another body', { signedBody: '{}' }],
  ['old', { occurredAt: NOW - HOUR, sentAt: NOW - HOUR }],
  ['of a time to come', { occurredAt: NOW + HOUR, sentAt: NOW + HOUR }],
  ['old, and sent again with a new time beside it', { occurredAt: NOW - HOUR }],
  ['new, with an old time beside it', { sentAt: NOW - HOUR }],
])('a delivery that is %s is answered 401, and starts nothing', async (_, sent) => {
  expect(await deliver(sent)).toMatchObject({ status: 401, items: [] });
});

test('one that the service sends an hour late is taken where the profile allows that', async () => {
  const profile = '{"extends":"brief","webhooks":{"time":{"occurredWithinSeconds":7200}}}';
  expect(await deliver({ occurredAt: NOW - HOUR }, profile)).toMatchObject({
    items: [{ orderId }],
  });
});
