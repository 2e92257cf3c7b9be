import { createHmac } from 'node:crypto';

import {
  type IncomingHeaders,
  isAuthentic as isProven,
  readDocuments,
} from '../../webhooks/webhook';
import { DELIVERIES, WEBHOOK_HEADERS, webhookProofs } from './webhook';

const SECRET = 'a shared secret';
const BODY = Buffer.from('{"event":"order.created","id":1042,"order_number":"1001"}');
const signature = (body: Buffer, secret = SECRET): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

const isAuthentic = (
  rawBody: Buffer,
  headers: IncomingHeaders,
  secret: string,
  names = WEBHOOK_HEADERS,
): boolean => isProven({ rawBody, headers }, secret, webhookProofs(names));

function parseDelivery(rawBody: Buffer) {
  const [document, ...more] = readDocuments(rawBody, DELIVERIES);
  if (!document || more.length > 0) throw new Error('one delivery is one document');
  return document;
}

describe('who sends', () => {
  it.each([
    ['the secret', { 'x-webhook-secret': SECRET }, true],
    ['the signature', { 'x-webhook-signature': signature(BODY) }, true],
    ['the signature without its prefix', { 'x-webhook-signature': signature(BODY).slice(7) }, true],
    ['both', { 'x-webhook-secret': SECRET, 'x-webhook-signature': signature(BODY) }, true],
    ['nothing', {}, false],
    ['an empty secret', { 'x-webhook-secret': '' }, false],
    ['another secret', { 'x-webhook-secret': 'a shared secreT' }, false],
    ['a signature of another body', { 'x-webhook-signature': signature(Buffer.from('{}')) }, false],
    ['a signature with another key', { 'x-webhook-signature': signature(BODY, 'x') }, false],
    [
      'the secret and a wrong signature',
      { 'x-webhook-secret': SECRET, 'x-webhook-signature': 'sha256=00' },
      false,
    ],
  ])('%s', (_, headers, expected) => {
    expect(isAuthentic(BODY, headers, SECRET)).toBe(expected);
  });

  it('trusts nobody without a secret of its own', () => {
    expect(isAuthentic(BODY, { 'x-webhook-secret': '' }, '')).toBe(false);
    expect(isAuthentic(BODY, { 'x-webhook-signature': signature(BODY, '') }, '')).toBe(false);
  });

  it('takes other header names', () => {
    const names = { secret: 'X-Shop-Key', signature: 'X-Shop-Sign', delivery: 'X-Shop-Id' };
    expect(isAuthentic(BODY, { 'x-shop-key': SECRET }, SECRET, names)).toBe(true);
    expect(isAuthentic(BODY, { 'x-webhook-secret': SECRET }, SECRET, names)).toBe(false);
  });
});

describe('what is sent', () => {
  it('is a hint to an order', () => {
    expect(parseDelivery(BODY)).toEqual({ event: 'order.created', id: 1042, order_number: '1001' });
    expect(parseDelivery(Buffer.from('{"event":"order.changed","id":"7"}')).id).toBe(7);
  });

  it.each([
    ['not JSON', 'x', /not JSON/],
    ['no id', '{"event":"order.created"}', /no valid id/],
    ['an id that would lead elsewhere', '{"event":"e","id":"1/../2"}', /no valid id/],
    ['a list', '[]', /no valid body/],
    ['a list of one', '[{"event":"order.created","id":1}]', /no valid body/],
  ])('%s is refused', (_, body, message) => {
    expect(() => parseDelivery(Buffer.from(body))).toThrow(message);
  });

  it.each([
    '0',
    '-1',
    '-0',
    '1.5',
    '1e21',
    '9007199254740993',
    '99999999999999999999999',
    'true',
    'null',
    '[7]',
    '{"id":7}',
    '"0"',
    '"-1"',
    '"+1"',
    '"1.0"',
    '"1e3"',
    '"007"',
    '" 7"',
    '""',
    '"٧"',
    '"９"',
    '"0x10"',
    '"9007199254740992"',
    '"99999999999999999999999"',
  ])('is no id of an order: %s', (id) => {
    const body = Buffer.from(`{"event":"order.created","id":${id}}`);
    expect(() => parseDelivery(body)).toThrow(/no valid id$/);
  });

  it('is the greatest id that there can be', () => {
    for (const id of ['9007199254740991', '"9007199254740991"']) {
      const body = Buffer.from(`{"event":"order.created","id":${id}}`);
      expect(parseDelivery(body).id).toBe(Number.MAX_SAFE_INTEGER);
    }
  });
});
