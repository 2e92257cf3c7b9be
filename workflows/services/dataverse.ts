import type { Source, Target, Write } from './service';

/** Finds whom the columns mean, by the rules that the node's panel shows, and makes them where nobody is found. */
function matchOrCreate(noun: string, resource: string, match: object, outputField: string): Write {
  return {
    verb: 'Match or create',
    noun,
    parameters: {
      resource,
      operation: 'match',
      columnsSource: 'field',
      columnsField: resource,
      ...match,
      options: { whenMissing: 'skip', outputField },
    },
  };
}

/** Rows of one table, as its trigger and its webhooks give them. */
const rows = (triggerOn: string): Source => ({
  trigger: 'dynamics365Trigger',
  // The trigger makes its webhooks itself.
  byWebhook: { needs: 'Dynamics 365 has to reach this n8n' },
  parameters: { triggerOn },
  document: `dataverse.${triggerOn}Row`,
  orderId: '_salesorderid_value ?? salesorderid',
});

export const DATAVERSE: Target = {
  name: 'Dynamics 365',
  key: 'dynamics365',
  credential: { type: 'dynamicsDataverseApi', name: 'Microsoft Dynamics 365 (Dataverse) API' },
  salesOrders: {
    node: 'dynamics365',
    version: 1.1,
    documents: [
      {
        document: 'dataverse.salesorder',
        settings: [
          {
            name: 'settings.priceListName',
            noun: 'the name of a price list',
            into: { target: 'salesorder.pricelevel' },
          },
        ],
      },
    ],
    listsColumns: true,
    writes: [
      // Two companies may have one buyer, whose address they share.
      matchOrCreate('company', 'account', { match: 'emailAndName' }, 'writtenAccount'),
      matchOrCreate('customer', 'contact', { match: 'email' }, 'writtenContact'),
      {
        noun: 'sales order',
        parameters: {
          resource: 'salesOrder',
          operation: 'upsert',
          columnsSource: 'field',
          columnsField: 'salesorder',
          options: { outputField: 'result', failOnTotalDifference: true, unknownProducts: 'fail' },
        },
      },
    ],
    // Canceled twice is canceled once; what was never written is nothing to cancel.
    cancel: {
      noun: 'sales order',
      parameters: {
        resource: 'salesOrder',
        operation: 'cancel',
        keyType: 'idField',
        idField: 'salesorder.salesorderid',
        subject: 'Cancelled in the shop',
        options: { whenClosed: 'skip', whenNotFound: 'skip', outputField: 'result' },
      },
    },
    record: {
      system: 'dataverse',
      table: 'salesorder',
      idField: 'result.id',
      outcomeField: 'result.outcome',
    },
    note: 'Company (where the order has one) and customer are found or made, then the order with its lines. What is made has a key from the shop, so that writing twice does no harm.',
    setup: [
      'Customers are found by e-mail, else made (rule: **Match or create customer**).',
      'Products are found by SKU = product number; an unknown SKU makes a dead letter.',
    ],
  },
  changed: { salesOrders: rows('salesorder'), invoices: rows('invoice') },
};
