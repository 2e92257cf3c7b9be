import {
  choice,
  date,
  dateTime,
  double,
  flag,
  integer,
  memo,
  money,
  price,
  text,
} from '../columns';
import type { ColumnSchema, TableSchema } from '../types';
import { solutionLookup, solutionTable } from './solution';

/**
 * Stock, purchasing and payments of Field Service. Source: Field Service entity reference (msdyn_warehouse,
 * msdyn_productinventory, msdyn_inventoryadjustment, msdyn_inventoryadjustmentproduct, msdyn_purchaseorder,
 * msdyn_purchaseorderproduct, msdyn_payment). Lookups to tables that the sandbox does not have (bookings, work orders,
 * resources, payment terms) are left out.
 */

const BILLION = 1_000_000_000;

const quantity = (name: string, schemaName: string, label: string, min = 0): ColumnSchema =>
  double(name, 2, { schemaName, label, min, max: BILLION });

const internalFlags = memo('msdyn_internalflags', 1_048_576, {
  schemaName: 'msdyn_InternalFlags',
  label: 'Internal Flags',
});

const product = (table: string): ColumnSchema =>
  solutionLookup(table, 'msdyn_product', 'product', {
    schemaName: 'msdyn_Product',
    label: 'Product',
  });

const unit = (table: string): ColumnSchema =>
  solutionLookup(table, 'msdyn_unit', 'uom', { schemaName: 'msdyn_Unit', label: 'Unit' });

const warehouseOf = (table: string, extra: Partial<ColumnSchema> = {}): ColumnSchema =>
  solutionLookup(table, 'msdyn_warehouse', 'msdyn_warehouse', {
    schemaName: 'msdyn_Warehouse',
    label: 'Warehouse',
    ...extra,
  });

export const warehouse = solutionTable({
  name: 'msdyn_warehouse',
  label: 'Warehouse',
  objectTypeCode: 10_101,
  columns: [
    text('msdyn_name', 100, {
      schemaName: 'msdyn_name',
      label: 'Name',
      required: 'application',
      indexed: true,
    }),
    memo('msdyn_description', 2000, { schemaName: 'msdyn_Description', label: 'Description' }),
  ],
});

const productInventory = solutionTable({
  name: 'msdyn_productinventory',
  label: 'Product Inventory',
  pluralLabel: 'Product Inventory',
  entitySet: 'msdyn_productinventories',
  objectTypeCode: 10_102,
  ownership: 'OrganizationOwned',
  columns: [
    product('msdyn_productinventory'),
    warehouseOf('msdyn_productinventory'),
    unit('msdyn_productinventory'),
    quantity('msdyn_qtyonhand', 'msdyn_QtyOnHand', 'Quantity On Hand', -BILLION),
    quantity('msdyn_qtyavailable', 'msdyn_QtyAvailable', 'Quantity Available', -BILLION),
    quantity('msdyn_qtyallocated', 'msdyn_QtyAllocated', 'Quantity Allocated'),
    quantity('msdyn_qtyonorder', 'msdyn_QtyOnOrder', 'Quantity On Order'),
    quantity('msdyn_reorderpoint', 'msdyn_ReorderPoint', 'Reorder Point'),
    text('msdyn_bin', 100, { schemaName: 'msdyn_Bin', label: 'Bin' }),
    text('msdyn_row', 100, { schemaName: 'msdyn_Row', label: 'Row' }),
    internalFlags,
  ],
});

const inventoryAdjustment = solutionTable({
  name: 'msdyn_inventoryadjustment',
  label: 'Inventory Adjustment',
  objectTypeCode: 10_103,
  columns: [
    warehouseOf('msdyn_inventoryadjustment'),
    dateTime('msdyn_adjustmenttime', {
      schemaName: 'msdyn_AdjustmentTime',
      label: 'Adjustment Time',
    }),
    memo('msdyn_description', 2000, { schemaName: 'msdyn_Description', label: 'Description' }),
  ],
});

const inventoryAdjustmentProduct = solutionTable({
  name: 'msdyn_inventoryadjustmentproduct',
  label: 'Inventory Adjustment Product',
  objectTypeCode: 10_104,
  columns: [
    solutionLookup(
      'msdyn_inventoryadjustmentproduct',
      'msdyn_inventoryadjustment',
      'msdyn_inventoryadjustment',
      {
        schemaName: 'msdyn_InventoryAdjustment',
        label: 'Inventory Adjustment',
        required: 'none',
      },
    ),
    product('msdyn_inventoryadjustmentproduct'),
    unit('msdyn_inventoryadjustmentproduct'),
    double('msdyn_quantity', 2, {
      schemaName: 'msdyn_Quantity',
      label: 'Quantity',
      min: -BILLION,
      max: BILLION,
      required: 'application',
    }),
  ],
});

const address: ColumnSchema[] = [
  text('msdyn_addressname', 250, { schemaName: 'msdyn_AddressName', label: 'Address Name' }),
  text('msdyn_address1', 250, { schemaName: 'msdyn_Address1', label: 'Street 1' }),
  text('msdyn_address2', 250, { schemaName: 'msdyn_Address2', label: 'Street 2' }),
  text('msdyn_address3', 250, { schemaName: 'msdyn_Address3', label: 'Street 3' }),
  text('msdyn_city', 80, { schemaName: 'msdyn_City', label: 'City' }),
  text('msdyn_stateorprovince', 50, {
    schemaName: 'msdyn_StateOrProvince',
    label: 'State Or Province',
  }),
  text('msdyn_postalcode', 20, { schemaName: 'msdyn_PostalCode', label: 'Postal Code' }),
  text('msdyn_country', 80, { schemaName: 'msdyn_Country', label: 'Country/Region' }),
];

const purchaseOrder = solutionTable({
  name: 'msdyn_purchaseorder',
  label: 'Purchase Order',
  objectTypeCode: 10_105,
  columns: [
    text('msdyn_name', 100, {
      schemaName: 'msdyn_name',
      label: 'Name',
      required: 'application',
      indexed: true,
    }),
    solutionLookup('msdyn_purchaseorder', 'msdyn_vendor', 'account', {
      schemaName: 'msdyn_Vendor',
      label: 'Vendor',
    }),
    date('msdyn_purchaseorderdate', {
      schemaName: 'msdyn_PODate',
      label: 'Purchase Order Date',
      required: 'application',
    }),
    date('msdyn_dateexpected', { schemaName: 'msdyn_DateExpected', label: 'Date Expected' }),
    choice(
      'msdyn_systemstatus',
      {
        690970000: 'Draft',
        690970001: 'Submitted',
        690970002: 'Canceled',
        690970003: 'Products Received',
        690970004: 'Billed',
      },
      {
        schemaName: 'msdyn_SystemStatus',
        label: 'System Status',
        default: 690_970_000,
        required: 'application',
      },
    ),
    choice(
      'msdyn_approvalstatus',
      { 690970000: 'Approved', 690970001: 'Rejected' },
      { schemaName: 'msdyn_ApprovalStatus', label: 'Approval Status' },
    ),
    choice(
      'msdyn_shipto',
      {
        690970000: 'Site',
        690970001: 'Business Unit',
        690970002: 'Service Account',
        690970003: 'Other',
      },
      { schemaName: 'msdyn_ShipTo', label: 'Ship To' },
    ),
    solutionLookup('msdyn_purchaseorder', 'msdyn_receivetowarehouse', 'msdyn_warehouse', {
      schemaName: 'msdyn_ReceivetoWarehouse',
      label: 'Receive to Warehouse',
      required: 'none',
    }),
    price('msdyn_totalamount', { schemaName: 'msdyn_TotalAmount', label: 'Total Amount', min: 0 }),
    price('msdyn_amountbilled', {
      schemaName: 'msdyn_AmountBilled',
      label: 'Amount Billed',
      min: 0,
    }),
    text('msdyn_vendornote', 100, { schemaName: 'msdyn_VendorNote', label: 'Vendor Note' }),
    ...address,
    internalFlags,
  ],
});

const purchaseOrderProduct = solutionTable({
  name: 'msdyn_purchaseorderproduct',
  label: 'Purchase Order Product',
  objectTypeCode: 10_106,
  columns: [
    solutionLookup('msdyn_purchaseorderproduct', 'msdyn_purchaseorder', 'msdyn_purchaseorder', {
      schemaName: 'msdyn_PurchaseOrder',
      label: 'Purchase Order',
    }),
    product('msdyn_purchaseorderproduct'),
    unit('msdyn_purchaseorderproduct'),
    {
      ...quantity('msdyn_quantity', 'msdyn_Quantity', 'Quantity'),
      required: 'application',
    },
    price('msdyn_unitcost', {
      schemaName: 'msdyn_UnitCost',
      label: 'Unit Cost',
      min: 0,
      max: BILLION,
    }),
    price('msdyn_totalcost', { schemaName: 'msdyn_TotalCost', label: 'Total Cost', min: 0 }),
    integer('msdyn_lineorder', {
      schemaName: 'msdyn_LineOrder',
      label: 'Line Order',
      required: 'application',
    }),
    memo('msdyn_description', 2000, { schemaName: 'msdyn_Description', label: 'Description' }),
    choice(
      'msdyn_itemstatus',
      { 690970000: 'Pending', 690970001: 'Received', 690970002: 'Canceled' },
      {
        schemaName: 'msdyn_ItemStatus',
        label: 'Item Status',
        default: 690_970_000,
        required: 'application',
      },
    ),
    quantity('msdyn_qtyreceived', 'msdyn_QtyReceived', 'Quantity Received'),
    quantity('msdyn_qtybilled', 'msdyn_QtyBilled', 'Quantity Billed'),
    flag('msdyn_isordered', false, { schemaName: 'msdyn_IsOrdered', label: 'Is Ordered' }),
    date('msdyn_dateexpected', { schemaName: 'msdyn_DateExpected', label: 'Date Expected' }),
    solutionLookup('msdyn_purchaseorderproduct', 'msdyn_associatetowarehouse', 'msdyn_warehouse', {
      schemaName: 'msdyn_AssociateToWarehouse',
      label: 'Associate To Warehouse',
      required: 'none',
    }),
    internalFlags,
  ],
});

const payment = solutionTable({
  name: 'msdyn_payment',
  label: 'Payment',
  objectTypeCode: 10_107,
  columns: [
    solutionLookup('msdyn_payment', 'msdyn_account', 'account', {
      schemaName: 'msdyn_Account',
      label: 'Account',
    }),
    money('msdyn_amount', {
      schemaName: 'msdyn_Amount',
      label: 'Amount',
      min: 0,
      max: BILLION,
      required: 'application',
    }),
    money('msdyn_unappliedamount', {
      schemaName: 'msdyn_UnappliedAmount',
      label: 'Unapplied Amount',
      min: -BILLION,
      max: BILLION,
    }),
    date('msdyn_date', { schemaName: 'msdyn_Date', label: 'Date', required: 'application' }),
    choice(
      'msdyn_paymenttype',
      { 690970000: 'Cash', 690970001: 'Check', 690970002: 'Credit Card', 690970003: 'Other' },
      { schemaName: 'msdyn_PaymentType', label: 'Payment Type', required: 'application' },
    ),
    text('msdyn_checknumber', 100, { schemaName: 'msdyn_CheckNumber', label: 'Check Number' }),
  ],
});

export const fieldServiceTables: readonly TableSchema[] = [
  warehouse,
  productInventory,
  inventoryAdjustment,
  inventoryAdjustmentProduct,
  purchaseOrder,
  purchaseOrderProduct,
  payment,
];
