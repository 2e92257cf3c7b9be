import type { INode } from 'n8n-workflow';

import { ThreeDCartApi } from '../../credentials/ThreeDCartApi.credentials';
import { runNode } from '../../test/engine';
import { type HttpServer, startHttpServer } from '../../test/support/httpServer';
import { ThreeDCart } from './ThreeDCart.node';

let shop: HttpServer;

beforeEach(async () => {
  shop = await startHttpServer(({ method, url }) => {
    if (method === 'GET') return { body: [{ OrderID: Number(/\d+$/.exec(url)?.[0]) }] };
    return { body: [1, 2].map((id) => ({ Key: 'OrderID', Value: String(id), Status: '200' })) };
  });
});

afterEach(async () => await shop.close());

test('each number stands behind the label of its own item', async () => {
  const done = await runNode({
    nodeType: new ThreeDCart(),
    parameters: {
      resource: 'order',
      operation: 'writeBackNumber',
      order: { __rl: true, mode: 'id', value: '={{ $json.order }}' },
      number: '={{ $json.number }}',
      into: 'InternalComments',
      label: '={{ $json.label }}',
    } as INode['parameters'],
    credentialTypes: [new ThreeDCartApi()],
    credentials: {
      threeDCartApi: {
        apiUrl: shop.origin,
        secureUrl: 'https://shop.example',
        privateKey: 'key',
        token: 'token',
        storeName: 'main',
        timeZone: 'America/New_York',
        currency: 'USD',
      },
    },
    input: [
      { order: 1, number: 'SO-1', label: 'Europe' },
      { order: 2, number: 'SO-2', label: 'America' },
    ],
  });
  expect(done.error).toBeUndefined();
  const written = shop.received.filter(({ method }) => method === 'PUT');
  expect(written.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
    [
      { OrderID: 1, InternalComments: 'Europe SO-1' },
      { OrderID: 2, InternalComments: 'America SO-2' },
    ],
  ]);
});
