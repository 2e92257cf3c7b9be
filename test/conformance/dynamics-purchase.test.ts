/** Purchase orders with lines and stock adjustments of Dynamics 365: all or nothing, and once for each record. */
import { createMetadata } from '../../core/dynamics/dataverse/metadata/metadata';
import { adjustStock } from '../../core/dynamics/dataverse/purchase/adjustStock';
import {
  type PurchaseOrder,
  writePurchaseOrders,
} from '../../core/dynamics/dataverse/purchase/writePurchaseOrders';
import { seedGuid } from '../../sandbox/dataverse/catalogue';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { dataverseClient } from './dataverse-on-sandbox';

const VENDOR = '7b1f9a06-0000-5000-8000-00000000b001';
const MAIN = 'Main Warehouse';

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());
beforeEach(() => {
  sandbox.reset();
  const account = { accountid: VENDOR, name: 'Tailspin', accountnumber: 'V-7' };
  sandbox.services.dataverse.insert('accounts', [account]);
});

const rows = (set: string) => sandbox.services.dataverse.rows(set) ?? [];

const write = async (...documents: PurchaseOrder[]) => {
  const client = dataverseClient(sandbox);
  return await writePurchaseOrders(client, createMetadata(client), documents, {
    recordOf: (place) => `xcart:main:order:${place}`,
  });
};

const line = (productnumber: string, msdyn_quantity: unknown, more = {}) => ({
  productnumber,
  msdyn_quantity,
  msdyn_unitcost: 2.5,
  ...more,
});

const order = (...lines: object[]): PurchaseOrder => ({
  msdyn_name: 'PO-1',
  msdyn_purchaseorderdate: '2026-05-04',
  vendornumber: 'v-7',
  warehouse: MAIN,
  lines: lines as PurchaseOrder['lines'],
});

const quantities = () =>
  rows('msdyn_purchaseorderproducts')
    .sort((a, b) => Number(a.msdyn_lineorder) - Number(b.msdyn_lineorder))
    .map(({ msdyn_quantity, msdyn_totalcost }) => [msdyn_quantity, msdyn_totalcost]);

test('an order is made with its lines by what people call vendor, warehouse, product and unit', async () => {
  const [made] = await write(order(line('HMR-16', '2'), line('TS-1', 3, { uom: 'Each' })));
  expect(made).toMatchObject({ ok: true, value: { outcome: 'created', lines: 2 } });
  expect(rows('msdyn_purchaseorders')).toMatchObject([
    {
      msdyn_name: 'PO-1',
      _msdyn_vendor_value: VENDOR,
      _msdyn_receivetowarehouse_value: seedGuid('warehouse', MAIN),
    },
  ]);
  expect(quantities()).toEqual([
    [2, 5],
    [3, 7.5],
  ]);
});

test('the same record updates its order, and takes away its lines that are gone', async () => {
  const [first] = await write(order(line('HMR-16', 2), line('TS-1', 3)));
  const id = first?.ok ? first.value.id : '';
  sandbox.services.dataverse.insert('msdyn_purchaseorderproducts', [
    {
      msdyn_quantity: 9,
      msdyn_lineorder: 99,
      'msdyn_purchaseorder@odata.bind': `/msdyn_purchaseorders(${id})`,
    },
  ]);
  const [second] = await write(order(line('HMR-16', 4)));
  expect(second).toMatchObject({ ok: true, value: { id, outcome: 'updated', lines: 1 } });
  expect(rows('msdyn_purchaseorders')).toHaveLength(1);
  // The line that a person has added stays.
  expect(quantities().map(([quantity]) => quantity)).toEqual([4, 9]);
});

test('an order with one bad line is not made at all, and the others are', async () => {
  const outcomes = await write(
    order(line('HMR-16', 2)),
    order(line('HMR-16', 2), line('TS-1', -4)),
    order(line('NO-SUCH', 1)),
    { ...order(), vendornumber: 'V-8' },
  );
  expect(outcomes.map((one) => (one.ok ? one.value.outcome : one.error.class))).toEqual([
    'created',
    'validation',
    'validation',
    'validation',
  ]);
  expect(rows('msdyn_purchaseorders')).toHaveLength(1);
  expect(rows('msdyn_purchaseorderproducts')).toHaveLength(1);
});

test('stock is adjusted once for each record, and every line of it counts', async () => {
  const held = () =>
    rows('msdyn_productinventories').find(
      (row) =>
        row._msdyn_product_value === seedGuid('product', 'HMR-16') &&
        row._msdyn_warehouse_value === seedGuid('warehouse', MAIN),
    )?.msdyn_qtyonhand as number;
  const before = held();
  const one = { sku: 'HMR-16', warehouse: MAIN, quantity: -2, record: 'xcart:main:order:7' };
  const adjust = () =>
    adjustStock(dataverseClient(sandbox), [one, { ...one, quantity: -1 }, { ...one, sku: 'NO' }]);
  const outcomesOf = (outcomes: Awaited<ReturnType<typeof adjust>>) =>
    outcomes.map((outcome) => (outcome.ok ? outcome.value.outcome : outcome.error.message));
  const refused = 'Product "NO" is not in Dynamics 365';
  expect(outcomesOf(await adjust())).toEqual(['created', 'created', refused]);
  expect(held()).toBe(before - 3);
  expect(outcomesOf(await adjust())).toEqual(['unchanged', 'unchanged', refused]);
  expect(held()).toBe(before - 3);
});
