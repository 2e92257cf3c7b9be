/** The operations on any table of Dynamics 365. */
import { by } from './ask';
import { NOWHERE } from './dynamics.shop';
import { tableRows } from './dynamics.table';
import { type Asked, type OperationRow, pair } from './row';

/** An order that is closed by an action of the environment. */
const fulfil = (id: unknown, more: object): Asked => ({
  parameters: {
    boundTo: 'set',
    table: by('name', 'salesorder'),
    kind: 'action',
    callable: by('name', 'FulfillSalesOrder'),
    parametersFrom: 'json',
    parametersJson: JSON.stringify({
      OrderClose: {
        '@odata.type': 'Microsoft.Dynamics.CRM.orderclose',
        'salesorderid@odata.bind': `/salesorders(${String(id)})`,
      },
      ...more,
    }),
  },
});

const orderIn = ({ parameters }: Asked): string =>
  /salesorders\((.*?)\)/.exec(String(parameters?.parametersJson))?.[1] ?? '';

const callRow: OperationRow = {
  resource: 'row',
  operation: 'call',
  ask: ({ orders }) => pair(orders.map((id) => fulfil(id, { Status: 100001 }))),
  bad: fulfil(NOWHERE, { Status: 100001 }),
  says: /^The row does not exist/,
  fails: 'not-found',
  shows: () => ({ success: true }),
  // Dataverse docs: salesorder entity reference; 3 is Fulfilled.
  kept: (shop, asked) => ({
    is: shop.kept('salesorders', orderIn(asked)),
    expected: { statecode: 3 },
  }),
  // Each answers with something else.
  preview: 'none',
};

const tableRowsOfAny: OperationRow[] = tableRows({
  resource: 'row',
  noun: 'row',
  table: 'account',
  set: 'accounts',
  primaryId: 'accountid',
  where: { table: by('name', 'account') },
  make: [{ name: 'Contoso', numberofemployees: '7' }, { name: 'Fabrikam' }],
  change: [{ telephone1: '1' }, { name: 'Fabrikam Ltd' }],
  kept: ({ numberofemployees, ...columns }) => ({
    ...columns,
    ...(numberofemployees !== undefined && { numberofemployees: Number(numberofemployees) }),
  }),
  // Each table has columns of its own.
  preview: 'none',
});

export const rowRows: OperationRow[] = [...tableRowsOfAny, callRow];
