import { salesOrderName, startFlow } from '../../scripts/n8n/shop';
import { World } from '../../scripts/n8n/world';
import { waitFor } from './flow';
import { DynamicsPerson, type Row } from './person';

jest.setTimeout(300_000);

describe('Edits of a person in Dynamics 365, on a real n8n', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.open();
  });
  afterAll(async () => {
    await world.close();
  });

  const lines = async (id: string): Promise<Row[]> =>
    (await world.control.rows('salesorderdetails')).filter(
      ({ _salesorderid_value: order }) => order === id,
    );

  it('stay where the shop has changed something else, and what it has changed arrives', async () => {
    await startFlow(world);
    const [order] = await world.control.placeOrders({
      count: 1,
      lines: 1,
      paid: true,
      notify: true,
    });
    if (!order) throw new Error('The sandbox placed no order');
    const salesOrder = async (): Promise<Row | undefined> =>
      (await world.control.rows('salesorders')).find(({ name }) => name === salesOrderName(order));
    await waitFor(world, async () => (await salesOrder()) !== undefined, 60_000);
    await waitFor(world, async () => (await world.states()).done === 1, 60_000);
    const before = await salesOrder();
    const id = String(before?.salesorderid);

    const person = await DynamicsPerson.signIn(world);
    await person.create('salesorderdetails', {
      'salesorderid@odata.bind': `/salesorders(${id})`,
      isproductoverridden: true,
      productdescription: 'Express packing',
      quantity: 1,
      priceperunit: 3,
    });
    await person.change('salesorders', id, {
      description: 'Call before delivery',
      shipto_line1: 'Side entrance',
    });
    await world.control.changeOrder(order.id, { adminNotes: 'Checked by the office' });
    await world.control.notify(order.id);

    const hasArrived = async (): Promise<boolean> =>
      Object.values((await salesOrder()) ?? {}).includes('Checked by the office');
    await waitFor(world, hasArrived, 60_000);
    await waitFor(world, async () => (await world.unsettled()) === 0, 60_000);
    expect(await salesOrder()).toMatchObject({
      description: 'Call before delivery',
      shipto_line1: 'Side entrance',
      totalamount: Number(before?.totalamount) + 3,
    });
    const texts = (await lines(id)).map(({ productdescription }) => productdescription);
    expect(texts).toHaveLength(2);
    expect(texts).toContain('Express packing');
    expect(await world.deadLetters()).toEqual([]);
  });
});
