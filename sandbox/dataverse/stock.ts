import { PRODUCTS, seedGuid } from './catalogue';
import type { SeedRows } from './options';
import type { Solution } from './schema/solutions';

/** Rows that the solutions beside Sales begin with: two warehouses, and what lies in them of the catalogue. All made up. */

type Row = SeedRows[number][1][number];

const WAREHOUSES = [
  { name: 'Main Warehouse', number: '11' },
  { name: 'Outlet', number: '12' },
] as const;

const WAREHOUSE = 'warehouse';

const bind = (entitySet: string, kind: string, name: string): string =>
  `/${entitySet}(${seedGuid(kind, name)})`;

/** Always the same number between 0 and `below` for the same thing. */
const numberOf = (name: string, below: number): number =>
  parseInt(seedGuid('stock', name).slice(0, 8), 16) % below;

interface OnHand {
  sku: string;
  unit: string;
  warehouse: (typeof WAREHOUSES)[number];
  onHand: number;
  reserved: number;
  ordered: number;
}

/** Some have run out; the outlet has about every second product, and of the others nothing is known there. */
const ON_HAND: readonly OnHand[] = PRODUCTS.flatMap(({ sku, unit }) =>
  WAREHOUSES.flatMap((warehouse, index) => {
    const key = `${sku}:${warehouse.name}`;
    if (index > 0 && numberOf(key, 2) === 0) return [];
    const onHand = numberOf(`on hand ${key}`, 10) === 0 ? 0 : numberOf(`on hand ${key}`, 120);
    const reserved = Math.min(onHand, numberOf(`reserved ${key}`, 6));
    return [{ sku, unit, warehouse, onHand, reserved, ordered: numberOf(`ordered ${key}`, 30) }];
  }),
);

const warehouses = (solutions: ReadonlySet<Solution>): Row[] =>
  WAREHOUSES.map(({ name, number }) => ({
    msdyn_warehouseid: seedGuid(WAREHOUSE, name),
    msdyn_name: name,
    ...(solutions.has('dualWrite') && { msdyn_warehouseidentifier: number }),
  }));

const inventories = (): Row[] =>
  ON_HAND.map(({ sku, unit, warehouse, onHand, reserved, ordered }) => ({
    msdyn_productinventoryid: seedGuid('on hand', `${sku}:${warehouse.name}`),
    msdyn_name: sku,
    msdyn_qtyonhand: onHand,
    msdyn_qtyallocated: reserved,
    msdyn_qtyavailable: onHand - reserved,
    msdyn_qtyonorder: ordered,
    'msdyn_product@odata.bind': bind('products', 'product', sku),
    'msdyn_warehouse@odata.bind': bind('msdyn_warehouses', WAREHOUSE, warehouse.name),
    'msdyn_unit@odata.bind': bind('uoms', 'unit', unit),
  }));

const requests = (): Row[] =>
  PRODUCTS.map(({ sku }) => ({
    msdyn_inventoryonhandrequestid: seedGuid('on-hand request', sku),
    msdyn_requestid: `REQ-${sku}`,
    'msdyn_product@odata.bind': bind('products', 'product', sku),
  }));

const entries = (): Row[] =>
  ON_HAND.map(({ sku, warehouse, onHand, reserved, ordered }) => ({
    msdyn_inventoryonhandentryid: seedGuid('on-hand entry', `${sku}:${warehouse.name}`),
    msdyn_name: sku,
    msdyn_onhandquantity: onHand,
    msdyn_reservedonhandquantity: reserved,
    msdyn_availableonhandquantity: onHand - reserved,
    msdyn_orderedquantity: ordered,
    msdyn_totalavailablequantity: onHand - reserved + ordered,
    'msdyn_request@odata.bind': bind('msdyn_inventoryonhandrequests', 'on-hand request', sku),
    'msdyn_inventorywarehouse@odata.bind': bind('msdyn_warehouses', WAREHOUSE, warehouse.name),
  }));

const ACCOUNTS = [
  { number: '110110', name: 'Bank', type: 'Asset' },
  { number: '401100', name: 'Sales', type: 'Revenue' },
  { number: '202140', name: 'Sales tax payable', type: 'Liability' },
];

const mainAccounts = (): Row[] =>
  ACCOUNTS.map(({ number, name, type }) => ({
    mserp_mainaccountentityid: seedGuid('main account', number),
    mserp_primaryfield: `${number} | Shared`,
    mserp_mainaccountid: number,
    mserp_name: name,
    mserp_chartofaccounts: 'Shared',
    mserp_mainaccounttype: type,
  }));

/** What the installed solutions begin with; needs the rows of the catalogue before it. */
export function solutionRows(installed: readonly Solution[]): SeedRows {
  const solutions = new Set(installed);
  const hasWarehouses = solutions.has('fieldService') || solutions.has('dualWrite');
  return [
    ...(hasWarehouses ? [['msdyn_warehouses', warehouses(solutions)] as const] : []),
    ...(solutions.has('fieldService')
      ? [['msdyn_productinventories', inventories()] as const]
      : []),
    ...(solutions.has('dualWrite')
      ? [
          ['msdyn_inventoryonhandrequests', requests()] as const,
          ['msdyn_inventoryonhandentries', entries()] as const,
        ]
      : []),
    ...(solutions.has('finance') ? [['mserp_mainaccountentities', mainAccounts()] as const] : []),
  ];
}
