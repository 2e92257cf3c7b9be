/** The Dataverse of the sandbox for the operations of Dynamics 365 to work in. */
import type { IDataObject } from 'n8n-workflow';

import { DynamicsDataverseApi } from '../../../credentials/DynamicsDataverseApi.credentials';
import { Dynamics365 } from '../../../nodes/Dynamics365/Dynamics365.node';
import { table } from '../../../sandbox/dataverse';
import { seedGuid } from '../../../sandbox/dataverse/catalogue';
import { text } from '../../../sandbox/dataverse/schema/columns';
import { type RunningSandbox, startSandbox } from '../../../sandbox/start';
import { doorsOf } from '../../../scripts/n8n/doors';
import type { StoreNode } from './ask';
import type { OperationsShop, ShopRig } from './shop';

/** Sales orders that are there before an operation is asked, each with one line. */
const ORDERS = 3;

/** No row of an environment has it. */
export const NOWHERE = '7b1f9a06-0000-5000-8000-00000000dead';

/** The account whose orders are there. */
export const CUSTOMER = '7b1f9a06-0000-5000-8000-00000000c001';

const bind = (set: string, kind: string, name: string): string =>
  `/${set}(${seedGuid(kind, name)})`;

/** Open sales orders of one customer, made as the service's own rules make them. */
function placeOrders({ services: { dataverse } }: RunningSandbox, count: number): string[] {
  if (!dataverse.rowsById('accounts')?.has(CUSTOMER)) {
    dataverse.insert('accounts', [{ accountid: CUSTOMER, name: 'Adatum' }]);
  }
  const ids = dataverse.insert(
    'salesorders',
    Array.from({ length: count }, (_, index) => ({
      name: `Web ${index + 1}`,
      'customerid_account@odata.bind': `/accounts(${CUSTOMER})`,
      'transactioncurrencyid@odata.bind': bind('transactioncurrencies', 'currency', 'USD'),
      'pricelevelid@odata.bind': bind('pricelevels', 'price list', 'USD'),
    })),
  );
  for (const id of ids) {
    dataverse.insert('salesorderdetails', [
      {
        'salesorderid@odata.bind': `/salesorders(${id})`,
        'productid@odata.bind': bind('products', 'product', 'HMR-16'),
        'uomid@odata.bind': bind('uoms', 'unit', 'Each'),
        quantity: 2,
      },
    ]);
  }
  return ids;
}

const shelf = ({ services: { dataverse } }: RunningSandbox, set: string) => {
  const rows = dataverse.rowsById(set);
  if (!rows) throw new Error(`The environment has no ${set}`);
  return rows;
};

/** Every row of every table: what an operation that only reads must leave as it is. */
const stateOf = (sandbox: RunningSandbox): unknown =>
  Object.fromEntries(
    sandbox.services.dataverse
      .entitySets()
      .map((set) => [set, [...shelf(sandbox, set).values()]])
      .filter(([, rows]) => rows?.length !== 0),
  );

/** Kinds of records are entity sets. */
function shopOf(
  sandbox: RunningSandbox,
  orders: string[],
  made: OperationsShop['made'],
): OperationsShop {
  const door = doorsOf(sandbox.control.url);
  return {
    orders,
    sandbox,
    made,
    place: async (count) => placeOrders(sandbox, count),
    staff: async (method, path, body) => await door(method, `/dataverse/${path}`, body),
    kept: (set, id) => shelf(sandbox, set).get(String(id)),
    ids: (set) => [...shelf(sandbox, set).keys()],
    state: () => stateOf(sandbox),
  };
}

/** A table of somebody's own, with a column that takes files. */
export const CONTRACTS = { name: 'new_contract', set: 'new_contracts', file: 'new_scan' } as const;

export const contracts = table({
  name: CONTRACTS.name,
  schemaName: 'new_Contract',
  label: 'Contract',
  entitySet: CONTRACTS.set,
  objectTypeCode: 10_501,
  primaryId: `${CONTRACTS.name}id`,
  primaryName: 'new_name',
  ownership: 'UserOwned',
  custom: true,
  columns: [
    text('new_name', 100),
    {
      name: CONTRACTS.file,
      schemaName: 'new_Scan',
      label: 'Scan',
      type: 'file',
      required: 'none',
      writable: 'always',
      custom: true,
    },
  ],
});

export async function startDynamics(): Promise<ShopRig> {
  const sandbox = await startSandbox();
  sandbox.services.dataverse.addTable(contracts);
  return {
    sandbox,
    fresh: async (made) => {
      sandbox.reset('dataverse');
      sandbox.services.dataverse.install(['fieldService', 'finance']);
      return shopOf(sandbox, placeOrders(sandbox, ORDERS), made);
    },
  };
}

export const dynamicsNode = ({ sandbox }: ShopRig): StoreNode => ({
  nodeType: new Dynamics365(),
  credentialTypes: [new DynamicsDataverseApi()],
  credentials: {
    dynamicsDataverseApi: sandbox.credentials.dynamicsDataverseApi?.data as IDataObject,
  },
});
