/** The operations on sales documents of Dynamics 365. */
import type { IDataObject } from 'n8n-workflow';

import { seedGuid } from '../../../sandbox/dataverse/catalogue';
import { byId } from './ask';
import { CUSTOMER, NOWHERE } from './dynamics.shop';
import { tableRows } from './dynamics.table';
import { type Asked, type OperationRow, pair } from './row';
import type { OperationsShop } from './shop';

const CONTACT = '7b1f9a06-0000-5000-8000-000000000002';

/** A document with lines: what the three differ in. */
interface Kind {
  resource: string;
  noun: string;
  table: string;
  set: string;
  primaryId: string;
  /** Navigation property with its lines. */
  lines: string;
}

const ORDER: Kind = {
  resource: 'salesOrder',
  noun: 'sales order',
  table: 'salesorder',
  set: 'salesorders',
  primaryId: 'salesorderid',
  lines: 'order_details',
};

const INVOICE: Kind = {
  resource: 'invoice',
  noun: 'invoice',
  table: 'invoice',
  set: 'invoices',
  primaryId: 'invoiceid',
  lines: 'invoice_details',
};

const QUOTE: Kind = {
  resource: 'quote',
  noun: 'quote',
  table: 'quote',
  set: 'quotes',
  primaryId: 'quoteid',
  lines: 'quote_details',
};

const idIn = ({ parameters }: Asked): unknown => (parameters?.row as IDataObject).value;

const chosen = (id: unknown): Asked => ({ parameters: { row: byId(id) } });

/** Two documents that are there, each with one line of two pieces. */
function place({ set, lines }: Kind, shop: OperationsShop): [Asked, Asked] {
  const line = {
    'productid@odata.bind': `/products(${seedGuid('product', 'HMR-16')})`,
    'uomid@odata.bind': `/uoms(${seedGuid('unit', 'Each')})`,
    quantity: 2,
  };
  const documents = ['One', 'Other'].map((name) => ({
    name,
    'customerid_account@odata.bind': `/accounts(${CUSTOMER})`,
    'transactioncurrencyid@odata.bind': `/transactioncurrencies(${seedGuid('currency', 'USD')})`,
    'pricelevelid@odata.bind': `/pricelevels(${seedGuid('price list', 'USD')})`,
    [lines]: [line],
  }));
  return pair(shop.sandbox.services.dataverse.insert(set, documents).map(chosen));
}

/** The same after an operation of the node. */
const after =
  (kind: Kind, operation: string) =>
  async (shop: OperationsShop): Promise<[Asked, Asked]> => {
    const asked = place(kind, shop);
    await shop.made(kind.resource, asked, operation);
    return asked;
  };

const onPlaced =
  (kind: Kind) =>
  (shop: OperationsShop): [Asked, Asked] =>
    place(kind, shop);

/** A document with one line, as Commerce Map makes it. */
const document = ({ table, primaryId, lines }: Kind, last: number, line: IDataObject): Asked => ({
  parameters: { columnsSource: 'field', columnsField: table },
  json: {
    [table]: {
      [primaryId]: `7b1f9a06-0000-5000-8000-00000000000${last}`,
      name: `Web ${last}`,
      transactioncurrency: 'USD',
      customer: { contact: CONTACT },
      [lines]: [line],
    },
  },
});

const upsert = (kind: Kind): OperationRow => ({
  resource: kind.resource,
  operation: 'upsert',
  ask: async (shop) => {
    await shop.made('contact', [
      {
        parameters: { columnsSource: 'field', columnsField: 'record' },
        json: { record: { contactid: CONTACT, lastname: 'Lovelace' } },
      },
    ]);
    return [
      document(kind, 3, { productnumber: 'HMR-16', quantity: 2, priceperunit: '18.50' }),
      document(kind, 4, { productnumber: 'HMR-16', quantity: 4, priceperunit: '9.25' }),
    ];
  },
  bad: document(kind, 5, { productnumber: 'NOT-THERE', quantity: 1 }),
  says: /^Product "NOT-THERE" of line 1 is not in Dynamics 365/,
  fails: 'validation',
  shows: () => ({ outcome: 'created', totalamount: 37, lines: 1 }),
  unforeseen: { shown: ['totalamount'] },
  kept: (shop, { json }, { id }) => ({
    is: shop.kept(kind.set, id),
    expected: { name: (json?.[kind.table] as IDataObject).name, totalamount: 37 },
  }),
});

const get = (kind: Kind): OperationRow => ({
  resource: kind.resource,
  operation: 'get',
  ask: onPlaced(kind),
  bad: chosen(NOWHERE),
  says: /^The row does not exist/,
  fails: 'not-found',
  shows: (asked) => ({ [kind.primaryId]: idIn(asked), [kind.lines]: [{ quantity: 2 }] }),
  counts: [1, 1],
});

/** Moves a document, or changes it in another way that its row shows. */
const act = (
  kind: Kind,
  operation: string,
  outcome: string,
  state: object,
  ask: OperationRow['ask'] = onPlaced(kind),
): OperationRow => ({
  resource: kind.resource,
  operation,
  ask,
  bad: chosen(NOWHERE),
  says: /^The row does not exist/,
  fails: 'not-found',
  shows: (asked) => ({ id: idIn(asked), outcome }),
  kept: (shop, asked) => ({ is: shop.kept(kind.set, idIn(asked)), expected: state }),
});

/** Makes another document of one. */
const make = (
  kind: Kind,
  operation: string,
  target: Kind,
  expected: (asked: Asked) => object,
  ask: OperationRow['ask'],
): OperationRow => ({
  resource: kind.resource,
  operation,
  ask,
  bad: chosen(NOWHERE),
  says: /^The row does not exist/,
  fails: 'not-found',
  shows: (asked) => ({ [kind.primaryId]: idIn(asked), outcome: 'created' }),
  // The lines of what is made, and what becomes of what it is made of.
  unforeseen: {
    follows: new RegExp(`^${kind.set}\\.(state|status)code$|^${target.table}details\\.`),
  },
  kept: (shop, asked, { id }) => ({ is: shop.kept(target.set, id), expected: expected(asked) }),
});

const pricing = (kind: Kind): OperationRow[] => [
  act(kind, 'lockPricing', 'locked', { ispricelocked: true }),
  act(kind, 'unlockPricing', 'unlocked', { ispricelocked: false }, after(kind, 'lockPricing')),
];

const activated = after(QUOTE, 'activate');

// States: Dataverse docs, entity references of salesorder, invoice and quote.
const OWN: [Kind, OperationRow[]][] = [
  [
    ORDER,
    [
      act(ORDER, 'fulfill', 'fulfilled', { statecode: 3 }),
      act(ORDER, 'cancel', 'canceled', { statecode: 2 }),
      make(
        ORDER,
        'convertToInvoice',
        INVOICE,
        (asked) => ({ _salesorderid_value: idIn(asked) }),
        onPlaced(ORDER),
      ),
      ...pricing(ORDER),
    ],
  ],
  [
    INVOICE,
    [
      act(INVOICE, 'markPaid', 'paid', { statecode: 2, statuscode: 100001 }),
      act(INVOICE, 'cancel', 'canceled', { statecode: 3, statuscode: 100003 }),
      ...pricing(INVOICE),
    ],
  ],
  [
    QUOTE,
    [
      act(QUOTE, 'activate', 'active', { statecode: 1, statuscode: 2 }),
      act(QUOTE, 'win', 'won', { statecode: 2, statuscode: 4 }, activated),
      act(QUOTE, 'close', 'closed', { statecode: 3, statuscode: 5 }, activated),
      make(
        QUOTE,
        'convertToSalesOrder',
        ORDER,
        (asked) => ({ _quoteid_value: idIn(asked) }),
        activated,
      ),
      make(QUOTE, 'revise', QUOTE, () => ({ statecode: 0, revisionnumber: 1 }), activated),
    ],
  ],
];

const OF_CUSTOMER = { customerid: { table: 'account', id: CUSTOMER } };
const PRICES = seedGuid('price list', 'USD');

export const salesRows: OperationRow[] = OWN.flatMap(([kind, more]) => {
  const own = [upsert(kind), get(kind), ...more];
  return [
    ...tableRows({
      ...kind,
      make: [
        { name: 'One', description: 'first', ...OF_CUSTOMER },
        { name: 'Other', description: 'second', ...OF_CUSTOMER },
      ],
      change: [{ name: 'Third' }, { description: 'Fourth' }],
      kept: ({ customerid, ...columns }) => ({
        ...columns,
        ...(customerid !== undefined && { _customerid_value: CUSTOMER }),
      }),
      // The currency of a document stays what it was made with.
      relates: {
        navigation: 'pricelevelid',
        column: '_pricelevelid_value',
        ids: [PRICES, PRICES],
      },
      except: own.map(({ operation }) => operation),
    }),
    ...own,
  ];
});
