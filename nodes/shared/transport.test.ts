/** Answers as they come over the wire, through n8n's own request helper. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

import type { IDataObject } from 'n8n-workflow';

import { XCartApi } from '../../credentials/XCartApi.credentials';
import { runNode } from '../../test/engine';
import { XCart } from '../XCart/XCart.node';

let server: Server;
let origin: string;

async function serve(answer: RequestListener): Promise<void> {
  server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function run(
  operation: string,
  parameters: IDataObject = {},
  resource = 'product',
  credentialType = new XCartApi(),
) {
  return await runNode({
    nodeType: new XCart(),
    parameters: {
      resource,
      operation,
      product: { __rl: true, mode: 'id', value: '7' },
      addSource: false,
      ...parameters,
    },
    credentialTypes: [credentialType],
    credentials: {
      xCartApi: { storeUrl: origin, storeName: 'main', apiKey: 'key-1', version: '5.5.0' },
    },
    input: [{}],
    onError: 'continueErrorOutput',
  });
}

describe('a request that n8n could not send', () => {
  it('fails with the words of n8n, for there is no code', async () => {
    const credentialType = new XCartApi();
    credentialType.authenticate = async () => {
      throw new Error('No bridge acquired for this context, api_key=key-1');
    };
    await serve((_request, response) => void response.end(PRODUCT));
    // What writes is not sent again, so that nothing is waited for.
    const product = { sku: 'A', name: 'A' };
    const [failed] = (await run('create', product, 'product', credentialType)).items('Node', 1);
    expect(failed?.json['error']).toMatch(/gave no answer \(No bridge acquired for this context/);
    expect(JSON.stringify(failed)).not.toContain('key-1');
  });
});

const PRODUCT = JSON.stringify({ id: 7, sku: 'Ä-1', name: '日本' });

describe('a body', () => {
  it.each([
    ['plain', {}, Buffer.from(PRODUCT)],
    ['with a byte order mark', {}, Buffer.from(`\uFEFF${PRODUCT}`)],
    ['gzip', { 'Content-Encoding': 'gzip' }, gzipSync(PRODUCT)],
    ['deflate', { 'Content-Encoding': 'deflate' }, deflateSync(PRODUCT)],
    ['brotli', { 'Content-Encoding': 'br' }, brotliCompressSync(PRODUCT)],
    ['without a type', { 'Content-Type': '' }, Buffer.from(PRODUCT)],
    ['said to be text', { 'Content-Type': 'text/plain' }, Buffer.from(PRODUCT)],
    ['said to be bytes', { 'Content-Type': 'application/octet-stream' }, Buffer.from(PRODUCT)],
  ])('is read: %s', async (_, headers, body) => {
    await serve((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json', ...headers }).end(body);
    });
    const result = await run('get');
    expect(result.output()).toEqual([{ id: 7, sku: 'Ä-1', name: '日本' }]);
  });

  it.each([
    ['204', (): RequestListener => (_request, response) => void response.writeHead(204).end()],
    [
      'an empty 200 with a type',
      (): RequestListener => (_request, response) =>
        void response.writeHead(200, { 'Content-Type': 'application/json' }).end(),
    ],
  ])('may be missing where nothing is asked for: %s', async (_, answer) => {
    await serve(answer());
    expect((await run('delete')).output()).toEqual([{ deleted: true }]);
  });

  it('that is missing is no record, and no text of two quotes', async () => {
    await serve((_request, response) => void response.writeHead(200).end());
    const [failed] = (await run('get')).items('Node', 1);
    expect(failed?.json['error']).toMatch(/received null/);
  });
});

describe('a failure', () => {
  it.each([
    ['HTML', 'text/html', '<html><h1>Bad Gateway</h1></html>'],
    ['nothing', 'text/plain', ''],
    ['JSON that is cut off', 'application/json', '{"detail":"x'],
    ['a list', 'application/json', '["x"]'],
  ])('is told by its status where the body is %s', async (_, type, body) => {
    await serve((_request, response) => {
      response.writeHead(403, { 'Content-Type': type }).end(body);
    });
    const [failed] = (await run('get')).items('Node', 1);
    expect(failed?.json).toMatchObject({
      error: expect.stringContaining('status 403') as string,
      details: { class: 'permission', status: 403 },
    });
  });

  it('waits as long as the store says, whatever the case of the header', async () => {
    const seen: number[] = [];
    await serve((_request, response) => {
      seen.push(Date.now());
      if (seen.length === 1) response.writeHead(429, { 'RETRY-AFTER': '1' }).end();
      else response.writeHead(200).end(PRODUCT);
    });
    expect((await run('get')).output()).toHaveLength(1);
    expect((seen[1] ?? 0) - (seen[0] ?? 0)).toBeGreaterThanOrEqual(950);
  });

  it('of a connection that ends within the body is tried again, not taken for an answer', async () => {
    let count = 0;
    await serve((_request, response) => {
      count += 1;
      response.writeHead(200, { 'Content-Length': String(Buffer.byteLength(PRODUCT)) });
      if (count > 1) response.end(PRODUCT);
      else response.write(PRODUCT.slice(0, 5), () => response.destroy());
    });
    expect((await run('get')).output()).toEqual([{ id: 7, sku: 'Ä-1', name: '日本' }]);
    expect(count).toBe(2);
  });
});
