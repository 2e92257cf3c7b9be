import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createContext } from '../context';
import { Webhooks } from './webhooks';

test('a service words its notifications itself, such as several documents under a header of its own', async () => {
  const received: Array<{ key: unknown; body: string }> = [];
  const receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      received.push({ key: request.headers['x-shop-key'], body });
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const { port } = receiver.address() as AddressInfo;

  const { faults } = createContext();
  faults.configure({ webhooks: { duplicate: 1 } });
  const webhooks = new Webhooks<{ orders: number[] }>(faults, ({ orders }, secret) => ({
    headers: { 'x-shop-key': secret },
    body: JSON.stringify(orders.map((id) => ({ InvoiceNumber: id }))),
  }));
  webhooks.configure({ url: `http://127.0.0.1:${port}/`, secret: 's1' });
  const [first] = webhooks.send([{ event: 'new', about: { orders: [7, 8] } }]);
  await webhooks.idle();
  const [, toAnother] = webhooks.send([{ event: 'old', about: { orders: [9] } }], {
    url: `http://127.0.0.1:${port}/another`,
    secret: 's2',
  });
  await webhooks.idle();
  receiver.close();
  expect(toAnother?.url).toMatch(/another$/);
  expect(received.slice(2).map(({ key }) => key)).toEqual(['s2', 's2']);

  const sent = { key: 's1', body: '[{"InvoiceNumber":7},{"InvoiceNumber":8}]' };
  expect(received.slice(0, 2)).toEqual([sent, sent]);
  expect(webhooks.deliveries().slice(0, 2)).toMatchObject([
    { event: 'new', orders: [7, 8], duplicate: false, status: 'delivered' },
    { event: 'new', orders: [7, 8], duplicate: true, status: 'delivered' },
  ]);
  expect(webhooks.lastDeliveryId(({ orders }) => orders.includes(8))).toBe(first?.deliveryId);
  expect(webhooks.lastDeliveryId(({ orders }) => orders.includes(1))).toBeUndefined();
});
