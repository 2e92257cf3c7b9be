/** Actions and functions of Dynamics 365, of which the environment says by $metadata what they are and take. */
import { byId, byName, useDynamics } from './dynamics-on-sandbox';

const NOWHERE = '7b1f9a06-0000-5000-8000-00000000dead';

const dynamics = useDynamics();

/** Kind is left at Find Out. */
const call = async (parameters: object, input?: object[]) =>
  (await dynamics.run({ resource: 'row', operation: 'call', ...parameters }, input)).output();

const operations = () =>
  Object.keys(dynamics.sandbox.context.counters.snapshot().dataverse?.operations ?? {});

/** An order of some customer, that can be closed. */
function newOrder(): string {
  const customer = dynamics.insert('accounts', { name: 'Contoso' });
  return dynamics.insert('salesorders', {
    name: 'Web 1',
    'customerid_account@odata.bind': `/accounts(${customer})`,
  });
}

const FULFIL = {
  boundTo: 'set',
  table: byName('salesorder'),
  callable: byName('FulfillSalesOrder'),
};

const closing = (order: string) =>
  JSON.stringify({
    '@odata.type': 'Microsoft.Dynamics.CRM.orderclose',
    'salesorderid@odata.bind': `/salesorders(${order})`,
  });

test('an action of a table is found out, and its parameters get their types', async () => {
  const order = newOrder();
  const parameters = {
    parameter: [
      { name: 'orderclose', value: '={{ $json.closing }}' },
      { name: 'status', value: '100001' },
    ],
  };
  const done = await call({ ...FULFIL, parameters }, [{ closing: closing(order) }]);
  expect(done).toEqual([{ success: true }]);
  expect(dynamics.row('salesorders', order)).toMatchObject({ statecode: 3, statuscode: 100001 });
});

test('an action of a row is found out', async () => {
  const order = newOrder();
  const locked = await call({
    boundTo: 'row',
    table: byName('salesorder'),
    row: byId(order),
    callable: byName('LockSalesOrderPricing'),
  });
  expect(locked).toEqual([{ success: true }]);
  expect(dynamics.row('salesorders', order)?.ispricelocked).toBe(true);
});

test('a function that is called by itself is found out, and a list is written as JSON', async () => {
  dynamics.insert('accounts', { name: 'Contoso' });
  const parameters = { parameter: [{ name: 'EntityNames', value: '["account"]' }] };
  const [counted] = await call({ callable: byName('RetrieveTotalRecordCount'), parameters });
  expect(counted).toMatchObject({
    EntityRecordCountCollection: {
      Keys: ['account'],
      Values: [dynamics.sandbox.services.dataverse.rows('accounts')?.length],
    },
  });
});

test('where it is called otherwise, that is said, and nothing is called', async () => {
  dynamics.sandbox.context.counters.reset();
  const elsewhere = await call({ callable: byName('FulfillSalesOrder') });
  expect(elsewhere).toMatchObject([
    { error: 'FulfillSalesOrder is not called there', details: { class: 'validation' } },
  ]);
  expect(operations()).not.toContain('FulfillSalesOrder');
});

test('of many items, one with an ID that is none fails alone', async () => {
  const [first, last] = [newOrder(), newOrder()];
  const locked = await call(
    {
      boundTo: 'row',
      table: byName('salesorder'),
      row: byId('={{ $json.order }}'),
      callable: byName('LockSalesOrderPricing'),
    },
    [{ order: first }, { order: 'SO-1' }, { order: NOWHERE }, { order: last }],
  );
  expect(locked).toMatchObject([
    { success: true },
    { error: 'ID "SO-1" is not a GUID.', details: { class: 'validation' } },
    { details: { class: 'not-found' } },
    { success: true },
  ]);
});
