import { createHmac } from 'node:crypto';

import {
  type HttpServer,
  type Received,
  type Reply,
  startHttpServer,
} from '../../../test/support/httpServer';
import { fetchTransport } from '../../http/fetch';
import { isAuthentic } from '../../webhooks/webhook';
import { createClarity } from './client';
import { BRIEF } from './profile/brief';
import { CEF } from './profile/cef';
import { readProfile } from './profile/read';
import { deliveryId, hintsIn, hookRegistry, webhookProofs } from './webhook';

const SECRET = 'a shared secret';
const NOW = Date.UTC(2026, 10, 25, 14);

const delivered = (body: unknown, headers: Record<string, string> = {}) => ({
  rawBody: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  headers,
});

const ORDER_UPDATED = {
  id: 'd-1',
  event: 'order.updated',
  occurredAt: '2026-11-25T14:00:00Z',
  data: { orderId: 1042 },
};

describe('a delivery', () => {
  const signed = (sentAt: number, before = '', body: object = ORDER_UPDATED) => {
    const { rawBody } = delivered(body);
    const hmac = createHmac('sha256', SECRET).update(before).update(rawBody).digest('hex');
    return {
      rawBody,
      headers: {
        'x-clarity-signature': `sha256=${hmac}`,
        'x-clarity-timestamp': String(sentAt / 1000),
      },
    };
  };

  it('is believed for five minutes, with its signature', () => {
    const proofs = webhookProofs(BRIEF);
    expect(isAuthentic(signed(NOW), SECRET, proofs, NOW + 300_000)).toBe(true);
    expect(isAuthentic(signed(NOW), SECRET, proofs, NOW + 301_000)).toBe(false);
    expect(isAuthentic(signed(NOW), 'another', proofs, NOW)).toBe(false);
    expect(isAuthentic(delivered(ORDER_UPDATED), SECRET, proofs, NOW)).toBe(false);
  });

  it('of old is not believed with a new time beside it, where the signature covers the body alone', () => {
    const proofs = webhookProofs(BRIEF);
    const later = NOW + 3_600_000;
    expect(isAuthentic(signed(later), SECRET, proofs, later)).toBe(false);
    const unreadable = { ...ORDER_UPDATED, occurredAt: 'yesterday' };
    expect(isAuthentic(signed(NOW, '', unreadable), SECRET, proofs, NOW)).toBe(false);
    const inSeconds = { ...ORDER_UPDATED, occurredAt: NOW / 1000 };
    expect(isAuthentic(signed(NOW, '', inSeconds), SECRET, proofs, NOW)).toBe(true);
  });

  it('may tell of what happened earlier, where the profile says so', () => {
    const profile = readProfile(
      '{"extends":"brief","webhooks":{"time":{"occurredWithinSeconds":86400}}}',
    );
    const later = NOW + 3_600_000;
    expect(isAuthentic(signed(later), SECRET, webhookProofs(profile), later)).toBe(true);
    expect(isAuthentic(signed(NOW), SECRET, webhookProofs(profile), later)).toBe(false);
  });

  it('that does not say when it happened is refused, unless its time is signed or nobody asks', () => {
    const body = delivered({ event: 'order.updated', data: { orderId: 1042 } });
    expect(() => hintsIn(BRIEF, body)).toThrow(/no valid occurredAt/);
    for (const webhooks of ['{"signature":{"signs":"time.body"}}', '{"time":null}']) {
      const profile = readProfile(`{"extends":"brief","webhooks":${webhooks}}`);
      expect(hintsIn(profile, body)).toEqual([{ event: 'order.changed', id: '1042' }]);
    }
  });

  it('may have its time under the signature', () => {
    const profile = readProfile(
      '{"extends":"brief","webhooks":{"signature":{"signs":"time.body"},"time":{"toleranceSeconds":60}}}',
    );
    const proofs = webhookProofs(profile);
    expect(isAuthentic(signed(NOW, `${NOW / 1000}.`), SECRET, proofs, NOW)).toBe(true);
    expect(isAuthentic(signed(NOW), SECRET, proofs, NOW)).toBe(false);
    expect(isAuthentic(signed(NOW, `${NOW / 1000}.`), SECRET, proofs, NOW + 61_000)).toBe(false);
  });

  it.each<[object, object]>([
    [ORDER_UPDATED, { event: 'order.changed', id: '1042' }],
    [
      { event: 'order.created', data: { orderId: 'A-7' } },
      { event: 'order.created', id: 'A-7' },
    ],
    [
      { event: 'product.updated', data: { productId: 5 } },
      { event: 'product.changed', id: '5' },
    ],
    [
      { event: 'customer.updated', data: { id: 6 } },
      { event: 'customer.changed', id: '6' },
    ],
    [
      { event: 'payment.captured', data: { paymentId: 7 } },
      { event: 'payment.created', id: '7' },
    ],
    [
      { event: 'shipment.created', data: { shipmentId: 'S-7' } },
      { event: 'shipment.created', id: 'S-7' },
    ],
    [
      { event: 'return.requested', data: { returnId: 7 } },
      { event: 'return.created', id: '7' },
    ],
    [
      { event: 'inventory.updated', data: { inventoryId: 7, sku: 'TS-M' } },
      { event: 'inventory.changed', id: '7' },
    ],
    [
      { event: 'order.archived', data: { orderId: 8 } },
      { event: 'order.archived', id: '8' },
    ],
  ])('%j', (body, hint) => {
    expect(hintsIn(BRIEF, delivered({ ...ORDER_UPDATED, ...body }))).toEqual([hint]);
  });

  it.each([
    '',
    'x',
    '[]',
    'null',
    '{"event":"order.updated"}',
    '{"event":"order.updated","data":{"orderId":1e21}}',
    '{"event":"order.updated","data":{"orderId":{}}}',
    '{"event":"order.updated","data":{"orderId":0}}',
    '{"event":5,"data":{"orderId":1}}',
    '{"data":{"orderId":1}}',
  ])('that is none is refused: %s', (body) => {
    const timed = body.replace('{"', '{"occurredAt":"2026-11-25T14:00:00Z","');
    expect(() => hintsIn(BRIEF, delivered(timed))).toThrow(/webhook/i);
  });

  it('is known by its id', () => {
    expect(deliveryId(BRIEF, delivered(ORDER_UPDATED))).toBe('d-1');
    expect(deliveryId(BRIEF, delivered({}))).toBeUndefined();
    expect(deliveryId(BRIEF, delivered('x'))).toBeUndefined();
  });
});

describe('the registry', () => {
  let server: HttpServer;
  let hooks: Array<Record<string, unknown>>;

  const answer = ({ method, url, body }: Received): Reply => {
    const id = /\/webhooks\/([^/?]+)$/.exec(url)?.[1];
    if (method === 'DELETE') {
      const before = hooks.length;
      hooks = hooks.filter((hook) => hook['id'] !== id);
      return { status: hooks.length < before ? 204 : 404 };
    }
    if (method === 'GET') return { body: { items: hooks, total: hooks.length } };
    const hook = { ...(JSON.parse(body) as object), id: `h${hooks.length + 1}`, enabled: true };
    hooks.push(hook);
    return { status: 201, body: hook };
  };

  beforeEach(async () => {
    hooks = [];
    server = await startHttpServer(answer);
  });

  afterEach(async () => await server.close());

  const registry = (profile = BRIEF) =>
    hookRegistry(createClarity({ url: server.origin, profile, send: fetchTransport() }));

  it('is told the events of the service, and tells those of the pack', async () => {
    const hook = { event: 'order.changed', url: 'https://n8n.example/webhook/1', secret: SECRET };
    const id = await registry().create(hook);
    expect(hooks).toMatchObject([{ event: 'order.updated', url: hook.url, secret: SECRET }]);
    expect(await registry().list()).toEqual([
      { id, event: 'order.changed', url: hook.url, isEnabled: true },
    ]);
    await registry().delete(id);
    expect(hooks).toEqual([]);
    await expect(registry().delete(id)).rejects.toMatchObject({ class: 'not-found' });
  });

  it('refuses an event that the profile does not name', async () => {
    const hook = { event: 'order.dreamt', url: 'https://n8n.example/webhook/1', secret: SECRET };
    await expect(registry().create(hook)).rejects.toThrow('names no event for order.dreamt');
    expect(server.received).toEqual([]);
  });

  it('is not there where the profile has no webhooks', () => {
    expect(() => registry(CEF)).toThrow('The API profile "cef" has no webhooks');
  });
});

test('the registry tells which events the service has: what it does not tell of, the poll finds', () => {
  const client = createClarity({
    url: 'https://shop.example',
    profile: BRIEF,
    send: fetchTransport(),
  });
  const { offers } = hookRegistry(client);
  expect(
    ['order.created', 'product.created', 'product.changed'].map((event) => offers?.(event)),
  ).toEqual([true, false, true]);
});
