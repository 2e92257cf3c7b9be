import { date, decimal, flag, text } from '../columns';
import type { ColumnSchema, TableSchema } from '../types';
import { warehouse } from './fieldservice';
import { solutionLookup, solutionTable } from './solution';

/**
 * What dual-write brings of stock and vendors. Source: dual-write mapping reference ("CDS inventory on-hand requests",
 * "CDS inventory on-hand entries", "Vendors V2"). Types, lengths and the target of `msdyn_product` are not documented:
 * they are inferred from the fields of Supply Chain Management that the columns are mapped to.
 */

const warehouseNumber = text('msdyn_warehouseidentifier', 100, {
  schemaName: 'msdyn_warehouseidentifier',
  label: 'Warehouse ID',
  indexed: true,
});

const warehouseOf = (table: string): ColumnSchema =>
  solutionLookup(table, 'msdyn_inventorywarehouse', 'msdyn_warehouse', {
    schemaName: 'msdyn_InventoryWarehouse',
    label: 'Inventory Warehouse',
    required: 'none',
  });

const amounts = (...names: string[]): ColumnSchema[] =>
  names.map((name) => decimal(`msdyn_${name}`, 6, { schemaName: `msdyn_${name}` }));

const onHandRequest = solutionTable({
  name: 'msdyn_inventoryonhandrequest',
  label: 'CDS inventory on-hand request',
  objectTypeCode: 10_201,
  primaryName: 'msdyn_requestid',
  columns: [
    text('msdyn_requestid', 100, { schemaName: 'msdyn_requestid', label: 'Request ID' }),
    solutionLookup('msdyn_inventoryonhandrequest', 'msdyn_product', 'product', {
      schemaName: 'msdyn_Product',
      label: 'Product',
    }),
    warehouseOf('msdyn_inventoryonhandrequest'),
    flag('msdyn_isatpcalculation', false, { schemaName: 'msdyn_isatpcalculation' }),
    ...amounts('orderquantity'),
    text('msdyn_referencenumber', 100, { schemaName: 'msdyn_referencenumber' }),
  ],
});

const onHandEntry = solutionTable({
  name: 'msdyn_inventoryonhandentry',
  label: 'CDS inventory on-hand entry',
  entitySet: 'msdyn_inventoryonhandentries',
  objectTypeCode: 10_202,
  columns: [
    solutionLookup('msdyn_inventoryonhandentry', 'msdyn_request', 'msdyn_inventoryonhandrequest', {
      schemaName: 'msdyn_Request',
      label: 'Request',
    }),
    warehouseOf('msdyn_inventoryonhandentry'),
    ...amounts(
      'onhandquantity',
      'reservedonhandquantity',
      'availableonhandquantity',
      'orderedquantity',
      'onorderquantity',
      'reservedorderedquantity',
      'availableorderedquantity',
      'totalavailablequantity',
      'unavailableonhandquantity',
      'orderquantity',
      'atpquantity',
      'projectedissuequantity',
      'projectedonhandquantity',
      'projectedreceiptquantity',
    ),
    date('msdyn_atpdate', { schemaName: 'msdyn_atpdate' }),
  ],
});

const vendor = solutionTable({
  name: 'msdyn_vendor',
  label: 'Vendor',
  objectTypeCode: 10_203,
  columns: [
    text('msdyn_vendoraccountnumber', 20, {
      schemaName: 'msdyn_vendoraccountnumber',
      label: 'Vendor account number',
      required: 'application',
      indexed: true,
    }),
  ],
});

/** Dual-write gives the warehouse of Field Service the number that Supply Chain Management knows it by. */
export const dualWriteTables: readonly TableSchema[] = [
  { ...warehouse, columns: [...warehouse.columns, warehouseNumber] },
  onHandRequest,
  onHandEntry,
  vendor,
];
