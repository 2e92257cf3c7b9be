import type { Target, Write } from './service';

/** Creates or updates a row from one field of the mapped item, and adds to the item what came of it. */
function upsert(noun: string, resource: string, columnsField: string, options: object): Write {
  return {
    noun,
    parameters: { resource, operation: 'upsert', columnsSource: 'field', columnsField, options },
  };
}

export const DATAVERSE: Target = {
  name: 'Dynamics 365',
  key: 'dynamics365',
  credential: { type: 'dynamicsDataverseApi', name: 'Dynamics 365 (Dataverse) API' },
  salesOrders: {
    node: 'dynamics365',
    document: 'dataverse.salesorder',
    writes: [
      upsert('company', 'account', 'account', {
        whenMissing: 'skip',
        outputField: 'writtenAccount',
      }),
      upsert('customer', 'contact', 'contact', {
        whenMissing: 'skip',
        outputField: 'writtenContact',
      }),
      upsert('sales order', 'salesOrder', 'salesorder', {
        outputField: 'result',
        failOnTotalDifference: true,
        unknownProducts: 'fail',
      }),
    ],
    settings: [
      {
        name: 'settings.priceList',
        noun: 'a price list',
        into: { target: 'salesorder.pricelevel' },
      },
    ],
    record: { system: 'dataverse', table: 'salesorder', resultField: 'result' },
    note: 'Company (where the order has one), customer, then the order with its lines. Each has a key made from the shop, so that writing twice does no harm.',
    setup: [
      'Products are found by SKU = product number. An order with an unknown SKU becomes a dead letter.',
    ],
  },
};
