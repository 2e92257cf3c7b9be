import { CATALOGUE_ROWS, seedGuid } from '../catalogue';
import { solutionRows } from '../stock';
import { type TestService, testService } from '../test-service';

const SKU = 'HMR-16';

const started: TestService[] = [];

const service = (...solutions: Parameters<typeof solutionRows>[0]) => {
  const made = testService({ seed: CATALOGUE_ROWS, solutions, solutionSeed: solutionRows });
  started.push(made);
  return made;
};

afterEach(async () => {
  for (const { dataverse } of started.splice(0)) await dataverse.app.close();
});

describe('solutions beside Sales', () => {
  it('has no tables but those of what is installed', async () => {
    const { ask, dataverse } = service();
    expect((await ask('GET', 'msdyn_warehouses')).status).toBe(404);
    dataverse.install(['fieldService']);
    expect((await ask('GET', 'msdyn_warehouses?$select=msdyn_name')).body.value).toMatchObject([
      { msdyn_name: 'Main Warehouse' },
      { msdyn_name: 'Outlet' },
    ]);
    expect((await ask('GET', 'msdyn_vendors')).status).toBe(404);
    dataverse.reset();
    expect((await ask('GET', 'msdyn_warehouses')).status).toBe(404);
  });

  it('tells which tables there are', async () => {
    const { ask } = service('fieldService', 'dualWrite');
    const names = [
      'msdyn_productinventory',
      'msdyn_inventoryonhandentry',
      'new_paymenttransaction',
    ];
    const filter = names.map((name) => `LogicalName eq '${name}'`).join(' or ');
    const { body } = await ask('GET', `EntityDefinitions?$select=LogicalName&$filter=${filter}`);
    const found = (body.value as Array<{ LogicalName: string }>).map(
      ({ LogicalName }) => LogicalName,
    );
    expect(found.sort()).toEqual(['msdyn_inventoryonhandentry', 'msdyn_productinventory']);
  });

  it('gives a warehouse of Field Service the number that dual-write adds', async () => {
    const { ask } = service('fieldService', 'dualWrite');
    const select = '$select=msdyn_name,msdyn_warehouseidentifier&$orderby=msdyn_name';
    expect((await ask('GET', `msdyn_warehouses?${select}`)).body.value).toMatchObject([
      { msdyn_name: 'Main Warehouse', msdyn_warehouseidentifier: '11' },
      { msdyn_name: 'Outlet', msdyn_warehouseidentifier: '12' },
    ]);
  });
});

describe('stock of Field Service', () => {
  const stock = async ({ ask }: ReturnType<typeof service>, sku: string) => {
    const filter = `_msdyn_product_value eq ${seedGuid('product', sku)}`;
    const { body } = await ask(
      'GET',
      `msdyn_productinventories?$filter=${filter}&$expand=msdyn_warehouse($select=msdyn_name)`,
    );
    const rows = body.value as Array<Record<string, unknown> & { msdyn_warehouse: object }>;
    return rows;
  };

  it('moves with an inventory adjustment, header and line in one request', async () => {
    const sandbox = service('fieldService');
    const before = await stock(sandbox, SKU);
    const inMain = before.find(
      ({ msdyn_warehouse }) =>
        'msdyn_name' in msdyn_warehouse && msdyn_warehouse.msdyn_name === 'Main Warehouse',
    );
    const made = await sandbox.ask('POST', 'msdyn_inventoryadjustments', {
      msdyn_name: 'Count of June',
      'msdyn_warehouse@odata.bind': `/msdyn_warehouses(${seedGuid('warehouse', 'Main Warehouse')})`,
      msdyn_msdyn_inventoryadjustment_msdyn_inventoryadjustmentproduct_InventoryAdjustment: [
        {
          msdyn_quantity: -1.5,
          'msdyn_product@odata.bind': `/products(${seedGuid('product', SKU)})`,
          'msdyn_unit@odata.bind': `/uoms(${seedGuid('unit', 'Each')})`,
        },
      ],
    });
    expect(made.status).toBe(204);
    const after = await stock(sandbox, SKU);
    expect(
      after.find(({ msdyn_productinventoryid: id }) => id === inMain?.msdyn_productinventoryid),
    ).toMatchObject({
      msdyn_qtyonhand: Number(inMain?.msdyn_qtyonhand) - 1.5,
      msdyn_qtyavailable: Number(inMain?.msdyn_qtyavailable) - 1.5,
      msdyn_qtyallocated: inMain?.msdyn_qtyallocated,
    });
    expect(after).toHaveLength(before.length);
  });

  it('counts the cost of a line of a purchase order', async () => {
    const { ask } = service('fieldService');
    const line = await ask(
      'POST',
      'msdyn_purchaseorderproducts',
      {
        msdyn_quantity: 3,
        msdyn_unitcost: 2.5,
        msdyn_lineorder: 1,
        'msdyn_product@odata.bind': `/products(${seedGuid('product', SKU)})`,
      },
      { prefer: 'return=representation' },
    );
    expect(line.body).toMatchObject({ msdyn_totalcost: 7.5, msdyn_itemstatus: 690_970_000 });
  });
});
