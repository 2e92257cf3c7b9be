import type { INode } from 'n8n-workflow';

import { XCartApi } from '../../credentials/XCartApi.credentials';
import { type NodeRun, runNode } from '../../test/engine';
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
});

afterEach(async () => await store.close());

async function addPayments(
  parameters: INode['parameters'],
  input: object[],
  onError?: INode['onError'],
): Promise<NodeRun> {
  return await runNode({
    nodeType: new XCart(),
    parameters: { resource: 'order', operation: 'addPayments', ...parameters },
    credentialTypes: [new XCartApi()],
    credentials: {
      xCartApi: { storeUrl: store.url, storeName: 'b2c', apiKey: KEY, version: '5.5.0' },
    },
    input,
    onError,
  });
}

describe('Add Payments', () => {
  it('adds payments to orders that may have been refunded, with one request for each of them', async () => {
    const orders = [
      { id: 1, payment_status: { code: 'P' }, claim: { outcome: 'new' } },
      { id: 2, payment_status: { code: 'P' }, claim: { outcome: 'changed' } },
      { id: 3, payment_status: { code: 'P' }, claim: { outcome: 'retry' } },
      { id: 4, payment_status: { code: 'R' }, claim: { outcome: 'new' } },
      { id: 5, payment_status: { code: 'OWN' } },
      { id: 6, payment_status: null },
    ];
    store.orders.push(...orders.map(({ id }) => storedOrder(id, 1)));
    store.intercept = ({ path }) => ({ status: 200, body: [{ id: 300, of: path }] });
    const result = await addPayments({}, orders);
    expect(result.output().map(({ payment_transactions: added }) => added)).toEqual(
      [2, 3, 4, 5].reduce<unknown[]>(
        (all, id) => {
          all[id - 1] = [{ id: 300, of: `/api/orders/${id}/payment_transactions` }];
          return all;
        },
        Array.from({ length: 6 }, () => undefined),
      ),
    );
    expect(result.output()[1]).toMatchObject(orders[1] ?? {});
    expect(store.requests).toHaveLength(4);
    await addPayments({ for: 'all' }, orders);
    expect(store.requests).toHaveLength(10);
  });

  it('fails an order whose payments cannot be read, and takes it for unrefunded never', async () => {
    store.intercept = ({ path }) =>
      path.includes('/2/') ? { status: 500, body: { detail: 'No' } } : { status: 200, body: [] };
    const result = await addPayments(
      { for: 'all' },
      [{ id: 1 }, { id: 2 }, { salesorder: {} }],
      'continueErrorOutput',
    );
    expect(result.output(0)).toEqual([{ id: 1, payment_transactions: [] }]);
    expect(result.output(1)).toMatchObject([
      { id: 2, details: { class: 'transient' } },
      { error: expect.stringContaining('"id" is missing') as string },
    ]);
  });
});
