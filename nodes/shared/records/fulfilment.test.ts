/** What a store is told of orders that were sent or given back: only what it keeps. */
import type { IDataObject, INode, INodeType } from 'n8n-workflow';

import type { Pages } from '../../../core/http/pages';
import { runNode } from '../../../test/engine';
import { addShipment, recordRefund } from './fulfilment';
import { countedIds } from './ids';
import { locator } from './locator';
import { resourceNode } from './node';
import { type StatusAxis, updateOrderStatus } from './orders';
import type { StoreService } from './service';

interface Store {
  name: string;
  address: string;
}

interface Order {
  id: number;
}

async function* noOrders(): Pages<Order> {
  yield await Promise.resolve([]);
}

const toy: StoreService<Store> = {
  name: 'Toyshop',
  platform: 'toy',
  open: async () => await Promise.resolve({ name: 'main', address: 'toy.example' }),
};

const order = locator<Store, Order>(toy, {
  displayName: 'Order',
  name: 'order',
  ids: countedIds,
  idOf: ({ id }) => id,
  list: {
    method: 'searchOrders',
    searchedBy: 'node',
    pages: () => noOrders(),
    entry: ({ id }) => [String(id)],
  },
});

const status: StatusAxis = {
  displayName: 'Status',
  method: 'getStatuses',
  codes: { pattern: /^\d+$/, problem: 'is not a number', example: '4' },
};

let told: object[];

beforeEach(() => (told = []));

async function write(_: unknown, wishes: object[]) {
  told.push(...wishes);
  return await Promise.resolve(wishes.map((value) => ({ ok: true as const, value })));
}

function shop(keeps: boolean): INodeType {
  const node = resourceNode(
    [
      {
        name: 'Order',
        value: 'order',
        operations: [
          addShipment(toy, order, { status, shipped: '4', keepsDelivery: keeps, write }),
          recordRefund(toy, order, { keepsReason: keeps, write }),
          updateOrderStatus(toy, order, status, {
            description: 'Set the status',
            write: () => ({ one: async (wish) => (await write(toy, [wish]))[0]?.value ?? {} }),
          }),
        ],
      },
    ],
    'order',
  );
  const description: INodeType['description'] = {
    ...node.description,
    displayName: 'Toyshop',
    name: 'toyshop',
    description: 'Toyshop',
    defaults: { name: 'Toyshop' },
  };
  return { description, execute: node.execute };
}

async function run(keeps: boolean, operation: string, given: IDataObject, input: object[] = [{}]) {
  const parameters = {
    resource: 'order',
    operation,
    order: { __rl: true, mode: 'id', value: '7' },
    ...given,
  } as INode['parameters'];
  return await runNode({
    nodeType: shop(keeps),
    parameters,
    input,
    onError: 'continueErrorOutput',
  });
}

const SENT = { trackingNumber: '1Z', method: 'UPS Ground', shippedAt: '2026-01-31T08:00:00Z' };

describe('a shipment', () => {
  test('has method and date where the store keeps them, and a wrong date is none', async () => {
    await run(true, 'addShipment', SENT);
    expect(told).toEqual([
      { orderId: '7', status: '4', ...SENT, shippedAt: new Date(SENT.shippedAt) },
    ]);
    await run(true, 'addShipment', { ...SENT, shippedAt: '2026-01-31' });
    expect(told.at(-1)).toMatchObject({ shippedAt: '2026-01-31' });
    const dated = await run(true, 'addShipment', { shippedAt: 'soon' });
    expect(dated.output(1)).toMatchObject([{ error: 'Shipped At is not a date' }]);
    expect(told).toHaveLength(2);
  });

  test('is one parcel for each tracking number, and one item all the same', async () => {
    const added = await run(false, 'addShipment', { ...SENT, trackingNumber: '1Z1, 1Z2,1Z1,' });
    expect(told).toEqual([
      { orderId: '7', status: '4', trackingNumber: '1Z1' },
      { orderId: '7', status: '4', trackingNumber: '1Z2' },
    ]);
    expect(added.output(0)).toHaveLength(1);
  });

  test('has neither where the store drops them', async () => {
    await run(false, 'addShipment', SENT);
    expect(told).toEqual([{ orderId: '7', status: '4', trackingNumber: '1Z' }]);
  });
});

describe('what says nothing of its order', () => {
  const PASS = { options: { whenNothing: 'pass', outputField: 'told' } };
  const statuses = { ...PASS, status: '={{ $json.status }}' };
  const shipments = {
    ...PASS,
    trackingNumber: '={{ $json.number }}',
    newStatus: '={{ $json.status }}',
  };

  test('passes as it came, without a request and whatever it is of', async () => {
    const items = [{ row: 1, status: '5' }, { row: 2 }, { row: 3, status: ' ' }];
    const done = await run(true, 'updateStatus', statuses, items);
    expect(told).toEqual([{ orderId: '7', status: '5' }]);
    expect(done.output()).toMatchObject([
      { ...items[0], told: { status: '5', outcome: 'updated' } },
      { row: 2 },
      { row: 3 },
    ]);
    expect(done.output()[1]).not.toHaveProperty('told');
  });

  test('is a shipment without a number; one without a status leaves that of the order', async () => {
    const items = [{ status: '4' }, { number: '1Z1' }, { number: '1Z2', status: '4' }];
    const done = await run(true, 'addShipment', shipments, items);
    expect(told).toMatchObject([
      { trackingNumber: '1Z1', status: undefined },
      { trackingNumber: '1Z2', status: '4' },
    ]);
    expect(done.output()[0]).toEqual(items[0]);
  });

  test('fails where nobody has said that it may pass, and so does a code that is none', async () => {
    const failing = { status: '={{ $json.status }}' };
    const empty = await run(true, 'updateStatus', failing, [{}]);
    expect(empty.output(1)).toMatchObject([{ details: { class: 'validation' } }]);
    const none = await run(true, 'updateStatus', statuses, [{ status: 'sent' }]);
    expect(none.output(1)[0]?.['error']).toContain('is not a number');
    const unknown = await run(true, 'updateStatus', { ...failing, options: { whenNothing: 'x' } });
    expect(unknown.output(1)[0]?.['error']).toContain('When There Is Nothing to Tell');
    expect(told).toEqual([]);
  });
});

describe('a refund', () => {
  test('is that of everything where 0 says so, and of nothing where the amount is empty', async () => {
    const items = [{ back: 0 }, { back: 5 }, {}, { back: '' }];
    const recorded = await run(true, 'recordRefund', { amount: '={{ $json.back }}' }, items);
    expect(told).toEqual([{ orderId: '7' }, { orderId: '7', amount: 5 }]);
    expect(recorded.output(1)).toMatchObject([
      { error: 'Amount is empty' },
      { error: 'Amount is empty' },
    ]);
  });
});

test('an order that is one of another shop is refused before anything is sent', async () => {
  const items = [
    { shopOrder: { platform: 'toy', store: 'main' } },
    { shopOrder: { platform: 'toy', store: 'outlet' } },
    { shopOrder: { platform: 'xcart', store: 'main' } },
    { document: { shopOrder: { store: 'outlet' } }, source: { documentIn: 'document' } },
  ];
  const added = await run(false, 'addShipment', SENT, items);
  expect(told).toHaveLength(1);
  expect(added.output(1).map(({ error }) => error)).toEqual([
    'The order is one of toy outlet, and this node writes to toy main',
    'The order is one of xcart main, and this node writes to toy main',
    'The order is one of toy outlet, and this node writes to toy main',
  ]);
});
