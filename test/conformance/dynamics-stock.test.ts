/** Stock of the node Dynamics 365, whichever table of the environment keeps it. */
import { Dynamics365 } from '../../nodes/Dynamics365/Dynamics365.node';
import { DynamicsDataverseApi } from '../../credentials/DynamicsDataverseApi.credentials';
import { seedGuid } from '../../sandbox/dataverse/catalogue';
import { table } from '../../sandbox/dataverse';
import { decimal, lookup, text } from '../../sandbox/dataverse/schema/columns';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { type NodeRun, type RunNode, runNode } from '../engine';
import { dataverseCredential } from './dataverse-on-sandbox';

const SKU = 'HMR-16';
const MAIN = 'Main Warehouse';

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.reset());

let onEnd: (() => Promise<void>) | undefined;

afterEach(async () => {
  await onEnd?.();
  onEnd = undefined;
});

const run = async (
  parameters: RunNode['parameters'],
  input: object[] = [{}],
  onError?: RunNode['onError'],
): Promise<NodeRun> =>
  await runNode({
    nodeType: new Dynamics365(),
    parameters: { resource: 'inventory', ...parameters },
    input,
    onError,
    credentialTypes: [new DynamicsDataverseApi()],
    credentials: { dynamicsDataverseApi: dataverseCredential(sandbox) },
  });

const dataverse = () => sandbox.services.dataverse;

/** What the sandbox holds of the product in the warehouse. */
const held = (sku: string, warehouse: string) =>
  dataverse()
    .rows('msdyn_productinventories')
    ?.find(
      (row) =>
        row._msdyn_product_value === seedGuid('product', sku) &&
        row._msdyn_warehouse_value === seedGuid('warehouse', warehouse),
    );

const levels = { operation: 'getAll', productNumbers: SKU, returnAll: true };

test('stock of Field Service comes by product and by warehouse', async () => {
  const row = held(SKU, MAIN);
  const expected = {
    productnumber: SKU,
    warehouse: MAIN,
    onhand: row?.msdyn_qtyonhand,
    available: row?.msdyn_qtyavailable,
    reserved: row?.msdyn_qtyallocated,
    ordered: row?.msdyn_qtyonorder,
  };
  const [level, ...others] = (await run({ ...levels, warehouses: 'main warehouse' })).output();
  expect(level).toMatchObject(expected);
  expect(others).toEqual([]);
  const all = (await run({ operation: 'getAll', warehouses: MAIN, returnAll: true })).output();
  expect(all.length).toBeGreaterThan(20);
  expect(new Set(all.map(({ warehouse }) => warehouse))).toEqual(new Set([MAIN]));
});

test('the same question of many items is asked once', async () => {
  const requests = () => sandbox.context.counters.snapshot().dataverse?.requests ?? 0;
  const one = (await run(levels)).output();
  const ofOne = requests();
  const of20 = (
    await run(
      levels,
      Array.from({ length: 20 }, () => ({})),
    )
  ).output();
  expect(of20).toHaveLength(20 * one.length);
  expect(requests() - ofOne).toBe(ofOne);
});

test('raw columns are those of the table', async () => {
  const [row] = (await run({ ...levels, simplify: false })).output();
  expect(row).toMatchObject({
    _msdyn_product_value: seedGuid('product', SKU),
    msdyn_reorderpoint: null,
  });
});

test('dual-write gives the same form, of several answers the newest', async () => {
  dataverse().install(['dualWrite']);
  const [old] = (await run({ ...levels, warehouses: MAIN })).output();
  expect(old).toMatchObject({ productnumber: SKU, warehouse: MAIN });
  const [request] = dataverse().insert('msdyn_inventoryonhandrequests', [
    { 'msdyn_product@odata.bind': `/products(${seedGuid('product', SKU)})` },
  ]);
  dataverse().insert('msdyn_inventoryonhandentries', [
    {
      msdyn_onhandquantity: 1234,
      msdyn_reservedonhandquantity: 34,
      msdyn_availableonhandquantity: 1200,
      'msdyn_request@odata.bind': `/msdyn_inventoryonhandrequests(${request})`,
      'msdyn_inventorywarehouse@odata.bind': `/msdyn_warehouses(${seedGuid('warehouse', MAIN)})`,
    },
  ]);
  const now = (await run({ ...levels, warehouses: MAIN })).output();
  expect(now).toMatchObject([
    { onhand: 1234, reserved: 34, available: 1200, ordered: null, warehouse: MAIN },
  ]);
});

test('a table of the business comes first, its columns found by their usual names', async () => {
  const own = (name: string, onHand: string) =>
    table({
      name,
      schemaName: name,
      label: 'Stock',
      entitySet: `${name}s`,
      objectTypeCode: 10_900 + name.length,
      primaryName: 'new_name',
      columns: [
        text('new_name', 100),
        lookup('new_product', { table: 'product', collection: `${name}_products` }),
        text('new_location', 100),
        decimal(onHand, 2),
      ],
    });
  const rows = (onHand: string) => [
    {
      [onHand]: 3.25,
      new_location: 'Shelf 9',
      'new_product@odata.bind': `/products(${seedGuid('product', SKU)})`,
    },
  ];
  // Tables that are added stay: an environment of its own.
  const shared = sandbox;
  sandbox = await startSandbox();
  onEnd = async () => {
    await sandbox.stop();
    sandbox = shared;
  };
  dataverse().install([]);
  dataverse().addTable(own('msdyn_inventoryonhand', 'new_onhandquantity'));
  dataverse().addTable(own('new_shelf', 'new_pieces'));
  dataverse().insert('msdyn_inventoryonhands', rows('new_onhandquantity'));
  dataverse().insert('new_shelfs', rows('new_pieces'));
  const expected = [
    { productnumber: SKU, warehouse: 'Shelf 9', onhand: 3.25, available: null, ordered: null },
  ];
  expect((await run({ ...levels, warehouses: 'Shelf 9' })).output()).toMatchObject(expected);
  const other = { ...levels, table: { __rl: true, mode: 'name', value: 'new_shelf' } };
  const unnamed = await run(other);
  expect(unnamed.error).toMatchObject({
    message: 'The table new_shelf has no column that is known to hold the quantity on hand',
    description: 'Name it in the option Columns of the Table.',
  });
  const named = await run({ ...other, options: { stockColumns: { onhand: 'new_pieces' } } });
  expect(named.output()).toMatchObject(expected);
});

test('an environment without stock says what was looked for', async () => {
  dataverse().install([]);
  const { error } = await run(levels);
  expect(error).toMatchObject({
    message: expect.stringContaining('msdyn_productinventory (Field Service)') as string,
    description: expect.stringContaining('Install Field Service') as string,
  });
});

test('hundreds of products take a handful of requests, and 0 is not the same as unknown', async () => {
  const products = dataverse().rows('products') ?? [];
  const empty = products.find(
    ({ productnumber }) => held(String(productnumber), MAIN)?.msdyn_qtyonhand === 0,
  );
  const [unstocked] = dataverse().insert('products', [
    {
      productnumber: 'NEVER-STOCKED',
      name: 'New',
      'defaultuomid@odata.bind': `/uoms(${seedGuid('unit', 'Each')})`,
      'defaultuomscheduleid@odata.bind': `/uomschedules(${seedGuid('unit group', 'Default Unit')})`,
    },
  ]);
  expect(unstocked).toBeDefined();
  const numbers = [
    ...products.map(({ productnumber }) => String(productnumber)),
    'NEVER-STOCKED',
    'NO-SUCH',
  ];
  const input = Array.from({ length: 300 }, (_, index) => ({
    sku: numbers[index % numbers.length],
  }));
  const before = sandbox.context.counters.snapshot().dataverse?.requests ?? 0;
  const output = (
    await run(
      {
        operation: 'getStock',
        productNumber: '={{ $json.sku }}',
        warehouses: MAIN,
        options: { outputField: 'stock' },
      },
      input,
    )
  ).output();
  const requests = (sandbox.context.counters.snapshot().dataverse?.requests ?? 0) - before;
  expect(output).toHaveLength(300);
  expect(requests).toBeLessThanOrEqual(8);
  const of = (sku: unknown) => output.find((item) => item.sku === sku)?.stock;
  expect(of(SKU)).toMatchObject({ status: 'known', onhand: held(SKU, MAIN)?.msdyn_qtyonhand });
  expect(of(empty?.productnumber)).toMatchObject({ status: 'known', onhand: 0 });
  expect(of('NEVER-STOCKED')).toMatchObject({ status: 'notStocked', onhand: null });
  expect(of('NO-SUCH')).toMatchObject({ status: 'unknownProduct', onhand: null, warehouses: [] });
});

test('a warehouse that is not there is no stock of 0', async () => {
  const { error } = await run({ ...levels, warehouses: 'Cellar' });
  expect(error?.message).toBe('Warehouse "Cellar" is not in Dynamics 365');
});
