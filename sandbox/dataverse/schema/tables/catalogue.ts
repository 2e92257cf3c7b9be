import {
  choice,
  date,
  decimal,
  flag,
  integer,
  lookup,
  memo,
  price,
  states,
  table,
  text,
} from '../columns';

export const product = table({
  name: 'product',
  schemaName: 'Product',
  label: 'Product',
  entitySet: 'products',
  objectTypeCode: 1024,
  ownership: 'OrganizationOwned',
  columns: [
    text('name', 100, { schemaName: 'Name', label: 'Name', required: 'system' }),
    text('productnumber', 100, {
      schemaName: 'ProductNumber',
      label: 'Product ID',
      required: 'system',
    }),
    memo('description', 2000, { schemaName: 'Description', label: 'Description' }),
    choice(
      'productstructure',
      { 1: 'Product', 2: 'Product Family', 3: 'Product Bundle' },
      {
        default: 1,
        writable: 'create',
      },
    ),
    choice('producttypecode', {
      1: 'Sales Inventory',
      2: 'Miscellaneous Charges',
      3: 'Services',
      4: 'Flat Fees',
    }),
    integer('quantitydecimal', { min: 0, max: 5, label: 'Decimals Supported', default: 2 }),
    price('price', { schemaName: 'Price', label: 'List Price', min: 0 }),
    price('standardcost', { label: 'Standard Cost', min: 0 }),
    price('currentcost', { label: 'Current Cost', min: 0 }),
    decimal('quantityonhand', 2, { label: 'Quantity On Hand', min: 0 }),
    decimal('stockweight', 2, { label: 'Stock Weight', min: 0 }),
    flag('isstockitem', false, { label: 'Stock Item' }),
    text('vendorname', 100, { label: 'Vendor' }),
    text('vendorpartnumber', 100, { label: 'Vendor Name' }),
    text('size', 200, { label: 'Size' }),
    text('producturl', 255, { label: 'URL' }),
    lookup(
      'defaultuomid',
      { table: 'uom', collection: 'unit_of_measurement_products', onDelete: 'restrict' },
      { schemaName: 'DefaultUoMId', label: 'Default Unit', required: 'application' },
    ),
    lookup(
      'defaultuomscheduleid',
      {
        table: 'uomschedule',
        collection: 'unit_of_measurement_schedule_products',
        onDelete: 'restrict',
      },
      { schemaName: 'DefaultUoMScheduleId', label: 'Unit Group', required: 'application' },
    ),
    lookup(
      'pricelevelid',
      { table: 'pricelevel', collection: 'price_level_products' },
      { schemaName: 'PriceLevelId', label: 'Default Price List' },
    ),
    date('validfromdate', { label: 'Valid From' }),
    date('validtodate', { label: 'Valid To' }),
    ...states([
      { value: 0, label: 'Active', reasons: { 1: 'Active' } },
      { value: 1, label: 'Retired', reasons: { 2: 'Retired' } },
      { value: 2, label: 'Draft', reasons: { 0: 'Draft' } },
      { value: 3, label: 'Under Revision', reasons: { 3: 'Under Revision' } },
    ]),
  ],
  keys: [{ name: 'ProductNumberKey', columns: ['productnumber'] }],
});

export const pricelevel = table({
  name: 'pricelevel',
  schemaName: 'PriceLevel',
  label: 'Price List',
  entitySet: 'pricelevels',
  objectTypeCode: 1022,
  ownership: 'OrganizationOwned',
  columns: [
    text('name', 100, { schemaName: 'Name', label: 'Name', required: 'system' }),
    memo('description', 2000, { schemaName: 'Description', label: 'Description' }),
    date('begindate', { label: 'Start Date' }),
    date('enddate', { label: 'End Date' }),
    lookup(
      'transactioncurrencyid',
      {
        table: 'transactioncurrency',
        collection: 'transactioncurrency_pricelevel',
        onDelete: 'restrict',
      },
      {
        schemaName: 'TransactionCurrencyId',
        label: 'Currency',
        required: 'system',
        writable: 'create',
      },
    ),
    ...states([
      { value: 0, label: 'Active', reasons: { 100001: 'Active' } },
      { value: 1, label: 'Inactive', reasons: { 100002: 'Inactive' } },
    ]),
  ],
});

export const productpricelevel = table({
  name: 'productpricelevel',
  schemaName: 'ProductPriceLevel',
  stateless: true,
  label: 'Price List Item',
  entitySet: 'productpricelevels',
  objectTypeCode: 1026,
  ownership: 'OrganizationOwned',
  primaryName: 'productnumber',
  columns: [
    text('productnumber', 100, { label: 'Product ID', writable: 'never' }),
    price('amount', { schemaName: 'Amount', label: 'Amount' }),
    decimal('percentage', 5, { label: 'Percentage' }),
    choice(
      'pricingmethodcode',
      {
        1: 'Currency Amount',
        2: 'Percent of List',
        3: 'Percent Markup - Current Cost',
        4: 'Percent Margin - Current Cost',
        5: 'Percent Markup - Standard Cost',
        6: 'Percent Margin - Standard Cost',
      },
      { default: 1 },
    ),
    choice(
      'quantitysellingcode',
      { 1: 'No Control', 2: 'Whole', 3: 'Whole and Fractional' },
      {
        default: 1,
      },
    ),
    lookup(
      'pricelevelid',
      { table: 'pricelevel', collection: 'price_level_product_price_levels', onDelete: 'cascade' },
      { schemaName: 'PriceLevelId', label: 'Price List', required: 'system' },
    ),
    lookup(
      'productid',
      { table: 'product', collection: 'product_price_levels', onDelete: 'cascade' },
      { schemaName: 'ProductId', label: 'Product', required: 'system' },
    ),
    lookup(
      'uomid',
      { table: 'uom', collection: 'unit_of_measurement_product_price_level', onDelete: 'restrict' },
      { schemaName: 'UoMId', label: 'Unit', required: 'system' },
    ),
  ],
});

export const uomschedule = table({
  name: 'uomschedule',
  schemaName: 'UoMSchedule',
  stateless: true,
  label: 'Unit Group',
  entitySet: 'uomschedules',
  objectTypeCode: 1056,
  ownership: 'OrganizationOwned',
  columns: [
    text('name', 200, { schemaName: 'Name', label: 'Name', required: 'system' }),
    text('baseuomname', 100, { label: 'Base Unit' }),
    memo('description', 2000, { label: 'Description' }),
  ],
});

export const uom = table({
  name: 'uom',
  schemaName: 'UoM',
  stateless: true,
  label: 'Unit',
  entitySet: 'uoms',
  objectTypeCode: 1055,
  ownership: 'OrganizationOwned',
  columns: [
    text('name', 100, { schemaName: 'Name', label: 'Name', required: 'system' }),
    decimal('quantity', 10, { label: 'Quantity', required: 'system', default: 1 }),
    flag('isschedulebaseuom', false, { label: 'Is Base' }),
    lookup(
      'uomscheduleid',
      {
        table: 'uomschedule',
        collection: 'unit_of_measurement_schedule_units',
        onDelete: 'cascade',
      },
      { schemaName: 'UoMScheduleId', label: 'Unit Group', required: 'system' },
    ),
    lookup(
      'baseuom',
      { table: 'uom', collection: 'unit_of_measurement_base_unit' },
      { schemaName: 'BaseUoM', label: 'Base Unit' },
    ),
  ],
});
