import { isUnfinished, nodeRuns } from '../../scripts/n8n/executions';
import type { PlacedOrder } from '../../scripts/n8n/sandbox-control';
import { ledgerKey, salesOrderName, startFlow } from '../../scripts/n8n/shop';
import { World } from '../../scripts/n8n/world';
import type { OrdersRequest } from '../../sandbox/xcart/control-input';
import { DONE } from '../../workflows/parts/remember';
import { waitFor } from './flow';
import { DynamicsPerson, type Row } from './person';

jest.setTimeout(400_000);

const PATIENCE_MS = 60_000;
const KIM = '00000000-0000-4000-8000-0000000000a1';
const CANCELED = 2;

/** What shops do to their orders, one after the other on one n8n with the template as it is imported. */
describe('states of orders and their customers, on a real n8n', () => {
  let world: World;
  let workflowId: string;

  beforeAll(async () => {
    world = await World.open();
    workflowId = await startFlow(world);
  });
  afterAll(async () => await world?.close());

  async function placed(request: Omit<OrdersRequest, 'count'>): Promise<PlacedOrder> {
    const [order] = await world.control.placeOrders({ count: 1, notify: true, ...request });
    if (!order) throw new Error('The sandbox placed no order');
    return order;
  }

  const salesOrders = async (order: PlacedOrder): Promise<Row[]> =>
    (await world.control.rows('salesorders')).filter(({ name }) => name === salesOrderName(order));

  const recordOf = async (order: PlacedOrder) => (await world.records([ledgerKey(order)]))[0];

  const waitUntil = async (condition: () => Promise<boolean>): Promise<void> =>
    await waitFor(world, condition, PATIENCE_MS);

  const isIn = async (state: string, order: PlacedOrder): Promise<boolean> =>
    (await recordOf(order))?.state === state;

  /** Waits for the state, and for the end of the runs that led to it. */
  async function settled(state: string, order: PlacedOrder): Promise<void> {
    await waitUntil(async () => await isIn(state, order));
    await waitUntil(async () => (await running()) === 0);
  }

  const running = async (): Promise<number> =>
    (await world.api.executions({ workflowId })).filter(({ status }) => isUnfinished(status))
      .length;

  /** Announces the order once more, as another delivery that is not known yet, and waits until that run is over. */
  async function deliverAgain(order: PlacedOrder): Promise<void> {
    const before = (await world.api.executions({ workflowId })).length;
    await world.control.notify(order.id, { deliveryId: `again-${order.id}` });
    await waitUntil(async () => (await world.api.executions({ workflowId })).length > before);
    await waitUntil(async () => (await running()) === 0);
  }

  /** What the template has marked as done of an order, in all its runs so far. */
  async function itemsOf(order: PlacedOrder): Promise<Row[]> {
    const executions = await world.api.executions({ workflowId });
    const runs = await Promise.all(executions.map(({ id }) => nodeRuns(world.api, id)));
    const items = runs.flatMap(({ nodes }) => (nodes[DONE]?.items ?? []) as Row[]);
    return items.filter(({ claim }) => (claim as Row).key === ledgerKey(order));
  }

  it('cancels in Dynamics 365, once, what was written and is called off in the shop', async () => {
    const order = await placed({ paid: true });
    await settled('done', order);
    expect(await salesOrders(order)).toMatchObject([{ statecode: 0 }]);

    await world.control.changeOrder(order.id, { paymentStatus: 'C' });
    await waitUntil(async () => (await salesOrders(order))[0]?.statecode === CANCELED);
    await settled('done', order);
    const closes = await world.control.rows('ordercloses');
    expect(closes).toMatchObject([{ subject: 'Cancelled in the shop' }]);
    expect(await recordOf(order)).toMatchObject({
      remark: expect.stringContaining('Payment is Cancelled: cancelled in Dynamics 365') as string,
    });

    const { dataverse: before } = await world.control.counts();
    await deliverAgain(order);
    const { dataverse: after } = await world.control.counts();
    expect(after.operations).toEqual(before.operations);
    await world.control.changeOrder(order.id, { adminNotes: 'Called the customer' });
    await waitUntil(async () => (await itemsOf(order)).length === 3);
    expect(await world.control.rows('ordercloses')).toEqual(closes);
    expect(await salesOrders(order)).toMatchObject([{ statecode: CANCELED }]);
  });

  it('writes nothing of what is called off before it was ever written', async () => {
    const order = await placed({ paymentStatus: 'Q' });
    await settled('held', order);
    await world.control.changeOrder(order.id, { paymentStatus: 'C' });
    await settled('skipped', order);
    expect(await salesOrders(order)).toEqual([]);
    expect(await recordOf(order)).toMatchObject({
      links: [],
      remark: expect.stringContaining('never written') as string,
    });
  });

  it('holds a declined order with its reason, and writes it by itself when it is paid', async () => {
    const order = await placed({ paymentStatus: 'D' });
    await settled('held', order);
    expect(await salesOrders(order)).toEqual([]);
    expect(await world.held()).toMatchObject([
      {
        key: ledgerKey(order),
        error: {
          class: 'held',
          message: 'Payment is Declined: held until it is paid. Change this in Route by State.',
        },
      },
    ]);

    await world.control.changeOrder(order.id, { paymentStatus: 'P' });
    await settled('done', order);
    expect(await salesOrders(order)).toMatchObject([{ statecode: 0, totalamount: order.total }]);
    expect(await world.held()).toEqual([]);
  });

  it('tells a refund of a part once, with its amount, in the item and in the ledger', async () => {
    const order = await placed({ paid: true });
    await settled('done', order);
    await world.control.refundOrder(order.id, 5);
    await waitUntil(async () => (await recordOf(order))?.remark !== undefined);
    await settled('done', order);
    const total = order.total.toFixed(2);
    expect(await recordOf(order)).toMatchObject({
      remark: `Refund of 5.00 USD in the shop (5.00 of ${total})`,
    });
    await world.control.changeOrder(order.id, { adminNotes: 'One lid was missing' });
    await waitUntil(async () => (await itemsOf(order)).length === 3);
    const refunds = (await itemsOf(order)).flatMap(({ refund }) => refund ?? []);
    expect(refunds).toEqual([{ amount: 5, total: 5, currency: 'USD' }]);
    expect(await recordOf(order)).toMatchObject({
      state: 'done',
      remark: `Refunded in the shop: 5.00 USD of ${total} USD`,
    });
    expect(await salesOrders(order)).toMatchObject([{ statecode: 0, totalamount: order.total }]);
  });

  it('takes a guest and a customer for the contact that a person has made', async () => {
    const person = await DynamicsPerson.signIn(world);
    await person.create('contacts', {
      contactid: KIM,
      firstname: 'Kim',
      lastname: 'Smith',
      emailaddress1: 'kim@example.com',
      telephone1: 'entered by a person',
    });
    const email = 'Kim@Example.com';
    const kim = { paid: true, email, address: { company: '' } };
    const guest = await placed({ ...kim, guest: true });
    await settled('done', guest);
    const customer = await placed({ ...kim, customerId: 4711 });
    await settled('done', customer);
    const contacts = (await world.control.rows('contacts')).filter(
      ({ emailaddress1: address }) => String(address).toLowerCase() === email.toLowerCase(),
    );
    expect(contacts).toMatchObject([{ contactid: KIM, telephone1: 'entered by a person' }]);
    for (const order of [guest, customer])
      expect(await salesOrders(order)).toMatchObject([{ _customerid_value: KIM }]);
  });

  it('leaves no dead letter, no run that failed and nothing half done', async () => {
    expect(await world.deadLetters()).toEqual([]);
    expect(await world.unsettled()).toBe(0);
    const executions = await world.api.executions({ workflowId }, Infinity);
    expect(executions.filter(({ status }) => status !== 'success')).toEqual([]);
  });
});
