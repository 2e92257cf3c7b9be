/** The operations on sales documents of Dynamics 365. */
import type { IDataObject } from 'n8n-workflow';

import { seedGuid } from '../../../sandbox/dataverse/catalogue';
import { byId } from './ask';
import { CUSTOMER, NOWHERE } from './dynamics.shop';
import { tableRows } from './dynamics.table';
import { type Asked, type OperationRow, pair } from './row';
import type { OperationsShop } from './shop';

const ORDERS = 'salesorders';

const idIn = ({ parameters }: Asked): unknown => (parameters?.row as IDataObject).value;

/** The first two of the orders that are there. */
const twoOrders = (shop: OperationsShop): [Asked, Asked] =>
  pair(shop.orders.map((id) => ({ parameters: { row: byId(id) } })));

const PRICES = seedGuid('price list', 'USD');

const CONTACT = '7b1f9a06-0000-5000-8000-000000000002';

/** An order with one line, as Commerce Map makes it. */
const document = (last: number, line: IDataObject): Asked => ({
  parameters: { columnsSource: 'field', columnsField: 'salesorder' },
  json: {
    salesorder: {
      salesorderid: `7b1f9a06-0000-5000-8000-00000000000${last}`,
      name: `Web ${last}`,
      transactioncurrency: 'USD',
      customer: { contact: CONTACT },
      order_details: [line],
    },
  },
});

const closing = (operation: string, outcome: string, state: object): OperationRow => ({
  resource: 'salesOrder',
  operation,
  ask: twoOrders,
  bad: { parameters: { row: byId(NOWHERE) } },
  says: /^The row does not exist/,
  fails: 'not-found',
  shows: (asked) => ({ id: idIn(asked), outcome }),
  kept: (shop, asked) => ({ is: shop.kept(ORDERS, idIn(asked)), expected: state }),
});

const own: OperationRow[] = [
  {
    resource: 'salesOrder',
    operation: 'upsert',
    ask: async (shop) => {
      await shop.made('contact', [
        {
          parameters: { columnsSource: 'field', columnsField: 'record' },
          json: { record: { contactid: CONTACT, lastname: 'Lovelace' } },
        },
      ]);
      return [
        document(3, { productnumber: 'HMR-16', quantity: 2, priceperunit: '18.50' }),
        document(4, { productnumber: 'HMR-16', quantity: 4, priceperunit: '9.25' }),
      ];
    },
    bad: document(5, { productnumber: 'NOT-THERE', quantity: 1 }),
    says: /^Product "NOT-THERE" of line 1 is not in Dynamics 365/,
    fails: 'validation',
    shows: () => ({ outcome: 'created', totalamount: 37, lines: 1 }),
    kept: (shop, { json }, { id }) => ({
      is: shop.kept(ORDERS, id),
      expected: { name: (json?.salesorder as IDataObject).name, totalamount: 37 },
    }),
  },
  {
    resource: 'salesOrder',
    operation: 'get',
    ask: twoOrders,
    bad: { parameters: { row: byId(NOWHERE) } },
    says: /^The row does not exist/,
    fails: 'not-found',
    shows: (asked) => ({ salesorderid: idIn(asked), order_details: [{ quantity: 2 }] }),
    counts: [1, 1],
  },
  // Dataverse docs: salesorder entity reference; 3 is Fulfilled, 2 Canceled.
  closing('fulfill', 'fulfilled', { statecode: 3 }),
  closing('cancel', 'canceled', { statecode: 2 }),
];

const OF_CUSTOMER = { customerid: { table: 'account', id: CUSTOMER } };

export const salesRows: OperationRow[] = [
  ...tableRows({
    resource: 'salesOrder',
    noun: 'sales order',
    table: 'salesorder',
    set: ORDERS,
    primaryId: 'salesorderid',
    make: [
      { name: 'One', description: 'first', ...OF_CUSTOMER },
      { name: 'Other', description: 'second', ...OF_CUSTOMER },
    ],
    change: [{ name: 'Third' }, { description: 'Fourth' }],
    kept: ({ customerid, ...columns }) => ({
      ...columns,
      ...(customerid !== undefined && { _customerid_value: CUSTOMER }),
    }),
    // The currency of an order stays what it was made with.
    relates: {
      navigation: 'pricelevelid',
      column: '_pricelevelid_value',
      ids: [PRICES, PRICES],
    },
    except: own.map(({ operation }) => operation),
  }),
  ...own,
];
