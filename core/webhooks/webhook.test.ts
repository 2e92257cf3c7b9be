import { createHmac } from 'node:crypto';

import { z } from 'zod';

import { countedId } from '../stores/kit/ids';
import { type DeliveryDescription, isAuthentic, type Proof, readHints } from './webhook';

const SECRET = 'a shared secret';
const BODY = Buffer.from('{"Id":1}');
const hmac = (algorithm: string, encoding: 'hex' | 'base64'): string =>
  createHmac(algorithm, SECRET).update(BODY).digest(encoding);

describe('a proof', () => {
  const inQuery: Proof = { by: 'secret', in: 'query', name: 'key' };
  const base64: Proof = {
    by: 'signature',
    in: 'header',
    name: 'X-Sign',
    algorithm: 'sha512',
    encoding: 'base64',
  };
  const prefixed: Proof = { ...base64, algorithm: 'sha1', encoding: 'hex', prefix: 'v1,' };

  it.each<[string, Proof, Record<string, string>, Record<string, unknown>, boolean]>([
    ['a secret in the address', inQuery, {}, { key: SECRET }, true],
    ['another one', inQuery, {}, { key: 'x' }, false],
    ['none', inQuery, {}, {}, false],
    ['two of them', inQuery, {}, { key: [SECRET, SECRET] }, false],
    ['one that is inherited', { ...inQuery, name: 'constructor' }, {}, {}, false],
    ['a signature in base64', base64, { 'x-sign': hmac('sha512', 'base64') }, {}, true],
    ['in other letters', base64, { 'x-sign': hmac('sha512', 'base64').toLowerCase() }, {}, false],
    ['by another algorithm', base64, { 'x-sign': hmac('sha256', 'base64') }, {}, false],
    ['in hex', prefixed, { 'x-sign': `v1,${hmac('sha1', 'hex').toUpperCase()}` }, {}, true],
    ['a prefix alone', prefixed, { 'x-sign': 'v1,' }, {}, false],
  ])('%s', (_, proof, headers, query, expected) => {
    expect(isAuthentic({ rawBody: BODY, headers, query }, SECRET, [proof])).toBe(expected);
  });

  it('that fails is not made good by another', () => {
    const delivery = { rawBody: BODY, headers: { 'x-sign': 'x' }, query: { key: SECRET } };
    expect(isAuthentic(delivery, SECRET, [inQuery, base64])).toBe(false);
    expect(isAuthentic(delivery, SECRET, [inQuery])).toBe(true);
    expect(isAuthentic(delivery, SECRET, [])).toBe(false);
  });
});

describe('the time of a delivery', () => {
  const NOW = Date.UTC(2026, 10, 25, 14, 0, 0);
  const time: Proof = { by: 'time', in: 'header', name: 'X-Time', toleranceMs: 300_000 };
  const signature: Proof = {
    by: 'signature',
    in: 'header',
    name: 'X-Sign',
    algorithm: 'sha256',
    encoding: 'hex',
    prefix: 'sha256=',
  };
  const signed = (before = ''): string =>
    `sha256=${createHmac('sha256', SECRET).update(before).update(BODY).digest('hex')}`;
  const isTaken = (headers: Record<string, string>, proofs: Proof[] = [signature, time]) =>
    isAuthentic({ rawBody: BODY, headers }, SECRET, proofs, NOW);

  it.each([
    ['seconds', String(NOW / 1000), true],
    ['milliseconds', String(NOW), true],
    ['ISO 8601', '2026-11-25T15:00:00+01:00', true],
    ['a little early', String(NOW / 1000 + 300), true],
    ['a little late', String(NOW / 1000 - 300), true],
    ['old', String(NOW / 1000 - 301), false],
    ['far ahead', String(NOW + 301_000), false],
    ['no time', 'soon', false],
    ['empty', '', false],
  ])('%s', (_, stamp, expected) => {
    expect(isTaken({ 'x-sign': signed(), 'x-time': stamp })).toBe(expected);
  });

  it('has to be sent, and proves nothing by itself', () => {
    const now = { 'x-time': String(NOW) };
    expect(isTaken({ 'x-sign': signed() })).toBe(false);
    expect(isTaken(now)).toBe(false);
    expect(isTaken(now, [time])).toBe(false);
    expect(isTaken({ ...now, 'x-sign': 'sha256=00' })).toBe(false);
  });

  it('cannot be made another one where it is under the signature', () => {
    const stamp = String(NOW / 1000);
    const proofs = [{ ...signature, signedBefore: 'X-Time' }, time];
    expect(isTaken({ 'x-sign': signed(`${stamp}.`), 'x-time': stamp }, proofs)).toBe(true);
    const other = String(NOW / 1000 - 1);
    expect(isTaken({ 'x-sign': signed(`${stamp}.`), 'x-time': other }, proofs)).toBe(false);
    expect(isTaken({ 'x-sign': signed(), 'x-time': stamp }, proofs)).toBe(false);
  });
});

describe('a delivery of many documents', () => {
  const description: DeliveryDescription<{ Id: number }> = {
    document: z.object({ Id: countedId(0) }).passthrough(),
    mayBeList: true,
    hintOf: ({ Id: id }, { query }) => ({ event: String(query?.['event']), id: String(id) }),
    expected: 'Send a list of orders.',
  };
  const hints = (body: string) =>
    readHints({ rawBody: Buffer.from(body), headers: {}, query: { event: 'new' } }, description);

  it.each([
    ['[{"Id":0},{"Id":"7"},{"Id":7}]', ['0', '7']],
    ['{"Id":3,"OrderItemList":[]}', ['3']],
    ['[]', []],
  ])('%s', (body, ids) => {
    expect(hints(body)).toEqual(ids.map((id) => ({ event: 'new', id })));
  });

  it('names the field that is wrong, and where', () => {
    expect(() => hints('[{"Id":1},{"Id":-1}]')).toThrow(/no valid 1\.Id$/);
    expect(() => hints('{"Id":"00"}')).toThrow(/no valid Id$/);
    expect(() => hints('7')).toThrow(/no valid body$/);
  });
});
