import { createHmac } from 'node:crypto';

import { z } from 'zod';

import { countedId } from './ids';
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
