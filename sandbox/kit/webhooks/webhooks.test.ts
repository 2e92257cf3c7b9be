import { startReceiver } from '../../test-receiver';
import { createContext } from '../context';
import { Webhooks } from './webhooks';

test('a service words its notifications itself, such as several documents under a header of its own', async () => {
  const receiver = await startReceiver();
  const { faults } = createContext();
  faults.configure({ webhooks: { duplicate: 1 } });
  const webhooks = new Webhooks<{ orders: number[] }>(faults, ({ orders }, secret) => ({
    headers: { 'x-shop-key': secret },
    body: JSON.stringify(orders.map((id) => ({ InvoiceNumber: id }))),
  }));
  webhooks.configure({ url: `${receiver.url}/`, secret: 's1' });
  const [first] = webhooks.send([{ event: 'new', about: { orders: [7, 8] } }]);
  await webhooks.idle();
  const [, toAnother] = webhooks.send([{ event: 'old', about: { orders: [9] } }], {
    url: `${receiver.url}/another`,
    secret: 's2',
  });
  await webhooks.idle();
  await receiver.close();
  const received = receiver.received.map(({ headers, text }) => ({
    key: headers['x-shop-key'],
    body: text,
  }));
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

test('all come late where the faults say so, and not at all once the service has stopped', async () => {
  const receiver = await startReceiver();
  const { faults } = createContext();
  faults.configure({ webhooks: { delayMs: 60 } });
  const webhooks = new Webhooks<object>(faults, () => ({ headers: {}, body: '{}' }));
  webhooks.configure({ url: `${receiver.url}/`, secret: '' });
  const sentAt = Date.now();
  const [late] = webhooks.send([{ event: 'new', about: {} }]);
  expect(late?.status).toBe('pending');
  await webhooks.idle();
  expect(late?.status).toBe('delivered');
  expect(Date.now() - sentAt).toBeGreaterThanOrEqual(55);
  faults.configure({ webhooks: { delayMs: 3_600_000 } });
  webhooks.send([{ event: 'new', about: {} }]);
  webhooks.stop();
  await webhooks.idle();
  await receiver.close();
  expect(receiver.received).toHaveLength(1);
});
