import type { ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';

import {
  KEY,
  startXCartSandbox,
  storedOrder,
  type XCartSandbox,
} from '../../../test/support/xcartSandbox';
import { xCartTest } from './credentialTest';

let store: XCartSandbox;

beforeEach(async () => {
  store = await startXCartSandbox();
});

afterEach(async () => await store.close());

async function tested(
  data: { storeUrl?: string; apiKey?: string; api?: string } = {},
): Promise<INodeCredentialTestResult> {
  return await xCartTest.call({} as ICredentialTestFunctions, {
    id: '1',
    name: 'shop',
    type: 'xCartApi',
    data: { storeUrl: store.url, apiKey: KEY, ...data },
  });
}

describe('the test of the X-Cart credential', () => {
  it('reads one order with the key, as the nodes do, and bears an empty store', async () => {
    expect(await tested()).toMatchObject({ status: 'OK' });
    store.orders.push(storedOrder(1, 100), storedOrder(2, 200));
    expect(await tested({ storeUrl: ` ${store.url}/api/`, apiKey: ` ${KEY}\n` })).toMatchObject({
      status: 'OK',
    });
    const { method, path, query, headers } = store.requests.at(-1) ?? {};
    expect([method, path, query?.get('itemsPerPage')]).toEqual(['GET', '/api/orders', '1']);
    expect(headers?.['x-auth-token']).toBe(KEY);
  });

  it('reads one order by the classic API where that is chosen', async () => {
    expect(await tested({ api: 'classic' })).toMatchObject({ status: 'OK' });
    const { path, query } = store.requests.at(-1) ?? {};
    expect([path, query?.get('_path'), query?.get('_key')]).toEqual(['/admin.php', 'order', KEY]);
    const refused = await tested({ api: 'classic', apiKey: 'wrong-key' });
    expect(refused.message).toMatch(/API Key may not read orders/);
    expect(refused.message).not.toContain('wrong-key');
    store.intercept = () => ({ status: 404, body: '' });
    expect((await tested({ api: 'classic' })).message).toMatch(/whether API fits/);
    store.intercept = () => ({ status: 200, body: '<html>' });
    expect((await tested({ api: 'classic' })).message).toMatch(/module REST API is on/);
  });

  it.each([
    ['shop.example', /^Store URL is not a web address\. Write it/],
    ['', /^Store URL is not a web address/],
    ['http://shop.example', /^Store URL/],
    ['https://127.0.0.1:1', /^127\.0\.0\.1:1 gave no answer\. Check that Store URL is right/],
    [
      'https://127.0.0.1:59321',
      /^127\.0\.0\.1:59321 refuses the connection \(ECONNREFUSED\)\. Check host and port of Store URL/,
    ],
  ])('names the field where the address is "%s"', async (storeUrl, message) => {
    expect(await tested({ storeUrl })).toEqual({
      status: 'Error',
      message: expect.stringMatching(message) as string,
    });
  });

  it.each([
    ['refuses the key', { status: 401, body: {} }, /API Key/],
    ['lets the key read nothing', { status: 403, body: {} }, /API Key/],
    ['is older', { status: 404, body: {} }, /no REST API at Store URL/],
    [
      'has moved',
      { status: 301, body: {}, headers: { location: 'https://www.x.example/' } },
      /Store URL/,
    ],
    ['is another website', { status: 200, body: '<html>' }, /Store URL/],
    ['is another service', { status: 200, body: { hello: 'world' } }, /Store URL/],
    ['is down', { status: 503, body: {} }, /status 503.*Store URL/],
  ])('says what to repair where the store %s', async (_what, answer, message) => {
    store.intercept = () => answer;
    const result = await tested({ apiKey: 'secret-key' });
    expect(result.status).toBe('Error');
    expect(result.message).toMatch(message);
    expect(result.message).not.toContain('secret-key');
  });
});
