/** The operations on any table of Dynamics 365. */
import type { IDataObject } from 'n8n-workflow';

import { by, byId } from './ask';
import { CONTRACTS, NOWHERE } from './dynamics.shop';
import { tableRows } from './dynamics.table';
import { type Asked, type OperationRow, pair } from './row';
import type { OperationsShop } from './shop';

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

/** One file for each item, in a column of the contracts that are there. */
const PDF = Buffer.from('%PDF-1.4 made up');

const BINARY = {
  data: { data: PDF.toString('base64'), mimeType: 'application/pdf', fileName: 'scan.pdf' },
};

const contract = (id: unknown): Asked => ({
  parameters: {
    table: by('name', CONTRACTS.name),
    row: byId(id),
    fileColumn: CONTRACTS.file,
  },
});

const twoContracts = ({ sandbox }: OperationsShop): [Asked, Asked] =>
  pair(
    sandbox.services.dataverse
      .insert(CONTRACTS.set, [{ new_name: 'One' }, { new_name: 'Other' }])
      .map(contract),
  );

const scanned = (shop: OperationsShop, { parameters }: Asked): unknown =>
  shop.kept(CONTRACTS.set, (parameters?.row as IDataObject).value)?.[`${CONTRACTS.file}_name`];

const fileRow = (operation: string, more: Partial<OperationRow>): OperationRow => ({
  resource: 'row',
  operation,
  binary: BINARY,
  ask: async (shop) => {
    const asked = twoContracts(shop);
    await shop.made('row', asked, 'uploadFile', BINARY);
    return asked;
  },
  bad: contract(NOWHERE),
  says: /^The row does not exist/,
  fails: 'not-found',
  ...more,
});

const fileRows: OperationRow[] = [
  fileRow('uploadFile', {
    ask: twoContracts,
    shows: () => ({ name: 'scan.pdf', size: PDF.length }),
    kept: (shop, asked) => ({ is: { name: scanned(shop, asked) }, expected: { name: 'scan.pdf' } }),
  }),
  fileRow('downloadFile', {
    shows: () => ({ fileName: 'scan.pdf', size: PDF.length, mimeType: 'application/pdf' }),
    // What was on the item stays on it.
    preview: ['fileName', 'size', 'mimeType'],
  }),
  fileRow('deleteFile', {
    shows: () => ({ deleted: true }),
    kept: (shop, asked) => ({ is: { name: scanned(shop, asked) }, expected: { name: null } }),
  }),
];

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

export const rowRows: OperationRow[] = [...tableRowsOfAny, callRow, ...fileRows];
