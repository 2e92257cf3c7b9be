/** Statuses, shipments and refunds, as far as X-Cart 5.5's REST API takes them. */
import type { IDataObject, INode } from 'n8n-workflow';

import { XCartApi } from '../../credentials/XCartApi.credentials';
import { runNode } from '../../test/engine';
import {
  KEY,
  startXCartSandbox,
  storedOrder,
  type XCartSandbox,
} from '../../test/support/xcartSandbox';
import { XCart } from './XCart.node';

let store: XCartSandbox;

beforeEach(async () => {
  store = await startXCartSandbox();
  store.orders = [1, 2, 3].map((id) => storedOrder(id, 100, { total: 10 * id, items: [] }));
});

afterEach(async () => await store.close());

const run = async (operation: string, parameters: IDataObject, input: object[]) =>
  await runNode({
    nodeType: new XCart(),
    parameters: {
      resource: 'order',
      operation,
      order: { __rl: true, mode: 'id', value: '={{ $json.order }}' },
      ...parameters,
    } as INode['parameters'],
    credentialTypes: [new XCartApi()],
    credentials: { xCartApi: { storeUrl: store.url, storeName: 'b2c', apiKey: KEY } },
    input,
    onError: 'continueErrorOutput',
  });

const puts = () =>
  store.requests.filter(({ method }) => method === 'PUT').map(({ path, body }) => [path, body]);

test('two statuses of one order are not guessed between, and the same one is written once', async () => {
  const items = [
    { order: 1, code: 'P' },
    { order: 2, code: 'P' },
    { order: 1, code: 'D' },
    { order: 2, code: 'P' },
  ];
  const set = await run('updatePaymentStatus', { paymentStatus: '={{ $json.code }}' }, items);
  expect(set.output(0)).toMatchObject([{ id: 2 }, { id: 2, payment_status: { code: 'P' } }]);
  expect(set.output(1)).toMatchObject([{ code: 'P' }, { code: 'D' }]);
  expect(set.output(1)[0]?.error).toBe('Order 1 is given more than once, with different statuses');
  expect(puts()).toEqual([['/api/orders/2/payment_status', { code: 'P' }]]);
});

describe('a shipment', () => {
  const tracked = { trackingNumber: '={{ $json.code }}' };

  test('is the shipping status alone, and a tracking number is not lost silently', async () => {
    const items = [{ order: 1 }, { order: 2, code: '1Z999' }];
    const added = await run('addShipment', tracked, items);
    expect(added.output(0)).toMatchObject([{ id: 1, shipping_status: { code: 'S' } }]);
    expect(added.output(1)).toMatchObject([
      {
        order: 2,
        error: 'X-Cart 5.5 has no way to write a tracking number over REST',
        details: { class: 'validation' },
      },
    ]);
    expect(puts()).toEqual([['/api/orders/1/shipping_status', { code: 'S' }]]);
  });

  test('with a tracking number is written without it where that is chosen', async () => {
    const parameters = { ...tracked, withTracking: 'leaveOut', newStatus: 'D' };
    const added = await run('addShipment', parameters, [{ order: 2, code: '1Z999' }]);
    expect(added.output(0)).toMatchObject([{ id: 2, shipping_status: { code: 'D' } }]);
  });

  test('of which X-Cart takes nothing passes where that is chosen', async () => {
    const parameters = {
      ...tracked,
      withTracking: 'leaveOut',
      newStatus: '={{ $json.status }}',
      options: { whenNothing: 'pass', outputField: 'shipment' },
    };
    const items = [{ order: 1, code: '1Z1' }, { order: 2, code: '1Z2', status: 'S' }, { order: 3 }];
    const added = await run('addShipment', parameters, items);
    expect(added.output(0)).toMatchObject([
      { ...items[0], shipment: { id: 1, outcome: 'unchanged' } },
      { ...items[1], shipment: { id: 2, shipping_status: { code: 'S' } } },
      items[2],
    ]);
    expect(puts()).toEqual([['/api/orders/2/shipping_status', { code: 'S' }]]);
  });

  test('is told by each item what to do about its tracking number', async () => {
    const parameters = { ...tracked, withTracking: '={{ $json.with }}' };
    const items = [
      { order: 1, code: '1Z1', with: 'leaveOut' },
      { order: 2, code: '1Z2', with: 'fail' },
    ];
    const added = await run('addShipment', parameters, items);
    expect(added.output(0)).toMatchObject([{ id: 1 }]);
    expect(added.output(1)).toMatchObject([{ order: 2, details: { class: 'validation' } }]);
    expect(puts()).toEqual([['/api/orders/1/shipping_status', { code: 'S' }]]);
  });

  test('is not asked for what X-Cart drops', () => {
    const shown = new XCart().description.properties.filter(({ displayOptions }) =>
      displayOptions?.show?.['operation']?.includes('addShipment'),
    );
    expect(shown.map(({ name }) => name)).toEqual([
      ...['dryRun', 'order', 'shipmentNotice', 'trackingNumber', 'withTracking'],
      ...['setStatus', 'newStatus'],
    ]);
  });

  test('of which the status is not to be set is nothing', async () => {
    const nothing = await run('addShipment', { setStatus: false }, [{ order: 1 }]);
    expect(nothing.output(1)).toMatchObject([{ error: expect.stringMatching(/status/) as string }]);
    expect(store.requests).toEqual([]);
  });
});

describe('a refund', () => {
  test('of a whole order is its payment status; that of a part cannot be said', async () => {
    const items = [
      { order: 1, paid: 0 },
      { order: 2, paid: '20' },
      { order: 3, paid: 5 },
      { order: 1, paid: 4 },
      { order: 1, paid: -1 },
    ];
    const recorded = await run('recordRefund', { amount: '={{ $json.paid }}' }, items);
    expect(recorded.output(0)).toMatchObject([
      { id: 1, payment_status: { code: 'R' } },
      { id: 2, payment_status: { code: 'R' } },
    ]);
    expect(recorded.output(1).map(({ error }) => error)).toEqual([
      expect.stringMatching(/refund of a part over REST: 5 of 30/),
      expect.stringMatching(/refund of a part over REST: 4 of 10/),
      expect.stringMatching(/Amount takes a number of 0 or more/),
    ]);
    expect(puts()).toHaveLength(2);
  });

  test('of which the amount is empty is none, and least of all one of the whole order', async () => {
    const items = [{ order: 1 }, { order: 2, paid: '' }, { order: 3, paid: null }];
    const recorded = await run('recordRefund', { amount: '={{ $json.paid }}' }, items);
    expect(recorded.output(0)).toEqual([]);
    expect(recorded.output(1).map(({ error }) => error)).toEqual(
      items.map(() => 'Amount is empty'),
    );
    expect(store.requests).toEqual([]);
  });
});
