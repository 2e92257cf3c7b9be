import { documentAddress } from '../address';
import {
  choice,
  date,
  decimal,
  flag,
  integer,
  lookup,
  lookupAny,
  memo,
  money,
  price,
  text,
} from '../columns';
import type { ColumnSchema } from '../types';

/** Columns that quote, order and invoice share; the service keeps the totals. */
export function documentColumns(document: string, collectionPrefix: string): ColumnSchema[] {
  const total = (name: string): ColumnSchema => money(name, { writable: 'never' });
  return [
    lookupAny(
      'customerid',
      [
        {
          table: 'account',
          collection: `${collectionPrefix}_customer_accounts`,
          onDelete: 'restrict',
        },
        {
          table: 'contact',
          collection: `${collectionPrefix}_customer_contacts`,
          onDelete: 'restrict',
        },
      ],
      { schemaName: 'CustomerId', label: 'Customer', required: 'system' },
    ),
    lookup(
      'accountid',
      { table: 'account', collection: `${document}_accounts` },
      { schemaName: 'AccountId', label: 'Account', writable: 'never' },
    ),
    lookup(
      'contactid',
      { table: 'contact', collection: `${document}_contacts` },
      { schemaName: 'ContactId', label: 'Contact', writable: 'never' },
    ),
    lookup(
      'pricelevelid',
      { table: 'pricelevel', collection: `price_level_${document}s`, onDelete: 'restrict' },
      { schemaName: 'PriceLevelId', label: 'Price List', required: 'application' },
    ),
    lookup(
      'transactioncurrencyid',
      {
        table: 'transactioncurrency',
        collection: `transactioncurrency_${document}`,
        onDelete: 'restrict',
      },
      { schemaName: 'TransactionCurrencyId', label: 'Currency', writable: 'create' },
    ),
    total('totalamount'),
    total('totalamountlessfreight'),
    total('totallineitemamount'),
    total('totaldiscountamount'),
    total('totallineitemdiscountamount'),
    total('totaltax'),
    money('discountamount', { min: 0, label: 'Discount Amount' }),
    decimal('discountpercentage', 5, { min: 0, max: 100, label: 'Discount (%)' }),
    money('freightamount', { min: 0, label: 'Freight Amount' }),
    choice('pricingerrorcode', PRICING_ERRORS, { default: 0 }),
    choice(
      'skippricecalculation',
      { 0: 'DoPriceCalcAlways', 1: 'SkipPriceCalcOnRetrieve' },
      {
        default: 0,
      },
    ),
    flag('ispricelocked', false, { label: 'Prices Locked', writable: 'update' }),
    ...documentAddress('billto'),
    ...documentAddress('shipto'),
    choice('shipto_freighttermscode', { 1: 'FOB', 2: 'No Charge' }),
    choice('paymenttermscode', { 1: 'Net 30', 2: '2% 10, Net 30', 3: 'Net 45', 4: 'Net 60' }),
    choice('shippingmethodcode', {
      1: 'Airborne',
      2: 'DHL',
      3: 'FedEx',
      4: 'UPS',
      5: 'Postal Mail',
      6: 'Full Load',
      7: 'Will Call',
    }),
    flag('willcall', false, { label: 'Ship To' }),
    text('emailaddress', 100, { label: 'Email Address' }),
    memo('description', 2000, { schemaName: 'Description', label: 'Description' }),
  ];
}

/** Columns that the lines of quotes, orders and invoices share. */
export function lineColumns(line: string): ColumnSchema[] {
  return [
    lookup(
      'productid',
      { table: 'product', collection: `product_${line}s`, onDelete: 'restrict' },
      { schemaName: 'ProductId', label: 'Existing Product' },
    ),
    lookup(
      'uomid',
      { table: 'uom', collection: `unit_of_measurement_${line}s`, onDelete: 'restrict' },
      { schemaName: 'UoMId', label: 'Unit' },
    ),
    flag('isproductoverridden', false, { label: 'Select Product', writable: 'create' }),
    flag('ispriceoverridden', false, { label: 'Pricing' }),
    text('productname', 500, { label: 'Product Name', writable: 'never' }),
    text('productdescription', 500, { label: 'Write-In Product' }),
    memo('description', 2000, { label: 'Description' }),
    decimal('quantity', 5, { label: 'Quantity', required: 'system' }),
    price('priceperunit', { label: 'Price Per Unit' }),
    money('tax', { label: 'Tax' }),
    money('manualdiscountamount', { min: 0, label: 'Manual Discount' }),
    money('volumediscountamount', { label: 'Volume Discount', writable: 'never' }),
    money('baseamount', { label: 'Amount', writable: 'never' }),
    money('extendedamount', { label: 'Extended Amount', writable: 'never' }),
    integer('lineitemnumber', { min: 0, max: 1_000_000_000, label: 'Line Item Number' }),
    integer('sequencenumber', { label: 'Sequence Number' }),
    choice('pricingerrorcode', PRICING_ERRORS, { default: 0 }),
    choice('producttypecode', {
      1: 'Product',
      2: 'Bundle',
      3: 'Required Bundle Product',
      4: 'Optional Bundle Product',
      5: 'Project-based Service',
    }),
    ...documentAddress('shipto').filter((column) => column.name !== 'shipto_composite'),
    flag('willcall', false, { label: 'Ship To' }),
    lookup('salesrepid', { table: 'systemuser', collection: `system_user_${line}s` }),
  ];
}

export const PRICING_ERRORS = {
  0: 'None',
  1: 'Detail Error',
  2: 'Missing Price Level',
  3: 'Inactive Price Level',
  4: 'Missing Quantity',
  5: 'Missing Unit Price',
  6: 'Missing Product',
  7: 'Invalid Product',
  8: 'Missing Pricing Code',
  9: 'Invalid Pricing Code',
  10: 'Missing UOM',
  11: 'Product Not In Price Level',
  37: 'Transaction currency is not set for the product price list item',
} as const;

/** Days only, in the time zone of the user (UserLocal). */
export const days = (...names: string[]): ColumnSchema[] => names.map((name) => date(name));
