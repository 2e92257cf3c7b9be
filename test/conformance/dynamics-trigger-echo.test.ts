import { byId } from './dynamics-on-sandbox';
import { told, useTrigger } from './dynamics-trigger-rig';

/** What the pack has written itself does not come back, and what a person has changed does. */

const rig = useTrigger();
const ACCOUNTS = { triggerOn: 'account', watchedColumns: ['name', 'telephone1', 'statecode'] };
const ALL = ['row.created', 'row.changed', 'row.deleted'];

const account = async (operation: string, columns: object): Promise<void> => {
  const parameters = { resource: 'account', operation, columnsSource: 'auto' };
  await rig.dynamics.run(parameters, [columns]);
};

it('leaves out rows that the node Dynamics 365 makes, changes and deletes', async () => {
  const trigger = rig.start({ ...ACCOUNTS, events: ALL });
  await trigger.poll();
  const accountid = '7a000000-0000-4000-8000-000000000001';
  await account('upsert', { accountid, name: 'Own', telephone1: '1' });
  expect(rig.dynamics.row('accounts', accountid)).toMatchObject({ name: 'Own' });
  expect(await trigger.poll()).toBeNull();
  await account('update', { accountid, telephone1: '2' });
  expect(rig.dynamics.row('accounts', accountid)).toMatchObject({ telephone1: '2' });
  expect(await trigger.poll()).toBeNull();
  await rig.dynamics.run({
    resource: 'account',
    operation: 'delete',

    row: byId(accountid),
  });
  expect(rig.dynamics.row('accounts', accountid)).toBeUndefined();
  expect(await trigger.poll()).toBeNull();
});

it('brings what a person has changed of them, also back to what was sent', async () => {
  const trigger = rig.start({ ...ACCOUNTS, events: ALL });
  await trigger.poll();
  const accountid = '7a000000-0000-4000-8000-000000000002';
  await account('upsert', { accountid, name: 'Own', telephone1: '1' });
  expect(await trigger.poll()).toBeNull();
  await rig.people.update('accounts', accountid, { telephone1: '2' });
  expect(told(await trigger.poll())).toEqual(['account.changed Own']);
  await rig.people.update('accounts', accountid, { telephone1: '1' });
  expect(await trigger.poll()).toMatchObject([{ change: { columns: ['telephone1'] } }]);
});

it('brings a change that a person has made beside one of its own', async () => {
  const trigger = rig.start({ ...ACCOUNTS, events: ALL });
  await trigger.poll();
  const accountid = '7a000000-0000-4000-8000-000000000003';
  await account('upsert', { accountid, name: 'Own', telephone1: '1' });
  await trigger.poll();
  await rig.people.update('accounts', accountid, { name: 'Theirs' });
  await account('update', { accountid, telephone1: '3' });
  expect(await trigger.poll()).toMatchObject([
    { name: 'Theirs', telephone1: '3', change: { columns: ['name', 'telephone1'] } },
  ]);
});

it('leaves out the status that an operation of its own has given a sales order', async () => {
  const trigger = rig.start({});
  await trigger.poll();
  const id = await rig.make('salesorders', { ...(await rig.customer()), name: 'S 1' });
  expect(told(await trigger.poll())).toEqual(['salesorder.created S 1']);
  const parameters = {
    resource: 'salesOrder',
    operation: 'cancel',
    row: byId(id),
  };
  await rig.dynamics.run(parameters);
  expect(rig.dynamics.row('salesorders', id)).toMatchObject({ statecode: 2 });
  expect(await trigger.poll()).toBeNull();
});

it('leaves out a sales order that the node has made with its lines', async () => {
  const trigger = rig.start({});
  await trigger.poll();
  const salesorderid = '7a000000-0000-4000-8000-000000000009';
  const line = {
    productdescription: 'Chair',
    isproductoverridden: true,
    quantity: 2,
    priceperunit: 10,
  };
  const order = {
    salesorderid,
    ...(await rig.customer()),
    name: 'S 2',
    order_details: [{ salesorderdetailid: '7a000000-0000-4000-8000-00000000000a', ...line }],
  };
  await rig.dynamics.run({ resource: 'salesOrder', operation: 'upsert', columnsSource: 'auto' }, [
    order,
  ]);
  expect(rig.dynamics.row('salesorders', salesorderid)).toMatchObject({ name: 'S 2' });
  expect(await trigger.poll()).toBeNull();
  await rig.people.update('salesorders', salesorderid, { shippingmethodcode: 2 });
  expect(told(await trigger.poll())).toEqual(['salesorder.changed S 2']);
});
