/** What each workflow of Dynamics 365 does one after the other, and what its nodes then put out. */
import { seedGuid } from '../../sandbox/dataverse/catalogue';
import { by, byId } from '../suites/operations/ask';
import { CONTRACTS } from '../suites/operations/dynamics.shop';

/** One node behind the one before it. */
export interface Step {
  name: string;
  /** Resource and operation of the node Dynamics 365; left out: `type` says which node it is. */
  of?: readonly [resource: string, operation: string];
  type?: readonly [name: string, version: number];
  parameters?: object;
  /** Its item leaves by the error output, where the next node stands. */
  fails?: true;
  /** The first item that it puts out has at least this. */
  shows?: object;
}

export interface Chain {
  name: string;
  steps: Step[];
}

export const KEYED = '7b1f9a06-0000-5000-8000-0000000000e1';
export const CONTACT = '7b1f9a06-0000-5000-8000-0000000000e2';
export const ORDER = '7b1f9a06-0000-5000-8000-0000000000e3';
export const TEXT = 'Signed, für 12 € – and 漢字\r\n';
export const SKU = 'HMR-16';

const account = { table: by('name', 'account') };
const contract = { table: by('name', CONTRACTS.name) };

const idOf = (step: string, field = 'id') =>
  byId(`={{ $(${JSON.stringify(step)}).first().json.${field} }}`);

/** As a person maps each column in the panel. */
const columns = (value: object): object => ({
  columnsSource: 'map',
  columns: { mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] },
});

const fromField = (columnsField: string): object => ({ columnsSource: 'field', columnsField });

/** Edit Fields with JSON. */
const given = (name: string, json: string): Step => ({
  name,
  type: ['set', 3.4],
  parameters: { mode: 'raw', jsonOutput: json, options: {} },
});

const keyed = (name: string, telephone1: string, outcome: string): Step => ({
  name,
  of: ['row', 'upsert'],
  parameters: { ...account, ...columns({ accountid: KEYED, name: 'Fabrikam', telephone1 }) },
  shows: { id: KEYED, outcome },
});

const linked = (name: string, operation: string, outcome: string): Step => ({
  name,
  of: ['row', operation],
  parameters: {
    ...account,
    row: byId(KEYED),
    relationship: 'transactioncurrencyid',
    related: byId(seedGuid('currency', 'EUR')),
  },
  shows: { outcome },
});

const rows: Chain = {
  name: 'rows of any table',
  steps: [
    {
      name: 'Create',
      of: ['row', 'create'],
      parameters: { ...account, ...columns({ name: 'Contoso', numberofemployees: '7' }) },
      shows: { outcome: 'created' },
    },
    {
      name: 'Get',
      of: ['row', 'get'],
      parameters: { ...account, row: idOf('Create'), options: { etag: true } },
      shows: { name: 'Contoso', numberofemployees: 7, '@odata.etag': expect.any(String) as string },
    },
    {
      name: 'Update',
      of: ['row', 'update'],
      parameters: {
        ...account,
        row: idOf('Create'),
        ...columns({ telephone1: '1' }),
        options: { ifMatchField: '@odata.etag' },
      },
      shows: { outcome: 'updated' },
    },
    given('Read Before', '={{ JSON.stringify($("Get").first().json) }}'),
    {
      name: 'Update Too Late',
      of: ['row', 'update'],
      parameters: {
        ...account,
        row: idOf('Create'),
        ...columns({ telephone1: '2' }),
        options: { ifMatchField: '@odata.etag' },
      },
      fails: true,
    },
    {
      name: 'Conflict',
      type: ['noOp', 1],
      shows: { error: expect.any(String) as string, details: { class: 'conflict' } },
    },
    keyed('Upsert New', '1', 'created'),
    keyed('Upsert Again', '2', 'updated'),
    {
      name: 'Find',
      of: ['row', 'getAll'],
      parameters: {
        ...account,
        returnAll: true,
        conditions: { condition: [{ column: 'telephone1', operator: 'eq', value: '2' }] },
      },
      shows: { accountid: KEYED, name: 'Fabrikam' },
    },
    {
      name: 'Find by FetchXML',
      of: ['row', 'getAll'],
      parameters: {
        ...account,
        returnAll: true,
        query: 'fetchXml',
        fetchXml:
          '<fetch><entity name="account"><attribute name="name" /><filter><condition attribute="telephone1" operator="eq" value="1" /></filter></entity></fetch>',
      },
      shows: { name: 'Contoso' },
    },
    {
      name: 'Count',
      of: ['row', 'count'],
      parameters: {
        ...account,
        conditions: { condition: [{ column: 'name', operator: 'eq', value: 'Contoso' }] },
      },
      shows: { count: 1 },
    },
    linked('Associate', 'associate', 'associated'),
    {
      name: 'Get Associated',
      of: ['row', 'get'],
      parameters: { ...account, row: byId(KEYED) },
      shows: { _transactioncurrencyid_value: seedGuid('currency', 'EUR') },
    },
    linked('Disassociate', 'disassociate', 'disassociated'),
    {
      name: 'Call',
      of: ['row', 'call'],
      parameters: { boundTo: 'nothing', kind: 'function', callable: by('name', 'WhoAmI') },
      shows: { UserId: expect.any(String) as string },
    },
    {
      name: 'Delete',
      of: ['row', 'delete'],
      parameters: { ...account, row: idOf('Create') },
      shows: { deleted: true },
    },
  ],
};

const file = { ...contract, row: idOf('Contract'), fileColumn: CONTRACTS.file };

const files: Chain = {
  name: 'files',
  steps: [
    {
      name: 'Contract',
      of: ['row', 'create'],
      parameters: { ...contract, ...columns({ new_name: 'Signed' }) },
      shows: { outcome: 'created' },
    },
    given('Text', JSON.stringify({ text: TEXT })),
    {
      name: 'File',
      type: ['convertToFile', 1.1],
      parameters: {
        operation: 'toText',
        sourceProperty: 'text',
        binaryPropertyName: 'data',
        options: { fileName: 'signed.txt' },
      },
    },
    {
      name: 'Upload',
      of: ['row', 'uploadFile'],
      parameters: { ...file, inputField: 'data' },
      shows: { name: 'signed.txt', size: Buffer.byteLength(TEXT) },
    },
    {
      name: 'Download',
      of: ['row', 'downloadFile'],
      parameters: { ...file, outputBinary: 'back' },
      shows: { fileName: 'signed.txt', size: Buffer.byteLength(TEXT) },
    },
    {
      name: 'Other Contract',
      of: ['row', 'create'],
      parameters: {
        ...contract,
        ...columns({ new_name: 'Copied' }),
        options: { outputField: 'made' },
      },
      shows: { made: { outcome: 'created' } },
    },
    {
      name: 'Upload Copy',
      of: ['row', 'uploadFile'],
      parameters: { ...file, row: idOf('Other Contract', 'made.id'), inputField: 'back' },
      shows: { name: 'signed.txt', size: Buffer.byteLength(TEXT) },
    },
  ],
};

const ORDERED = {
  contact: { contactid: CONTACT, lastname: 'Lovelace' },
  salesorder: {
    salesorderid: ORDER,
    name: 'Web 3',
    transactioncurrency: 'USD',
    customer: { contact: CONTACT },
    order_details: [{ productnumber: SKU, quantity: 2, priceperunit: '18.50' }],
  },
};

const sales: Chain = {
  name: 'an order, its invoice, prices and stock',
  steps: [
    given('Document', JSON.stringify(ORDERED)),
    {
      name: 'Contact',
      of: ['contact', 'upsert'],
      parameters: { ...fromField('contact'), options: { outputField: 'customer' } },
      shows: { customer: { outcome: 'created' } },
    },
    {
      name: 'Order',
      of: ['salesOrder', 'upsert'],
      parameters: { ...fromField('salesorder'), options: { outputField: 'saved' } },
      shows: { saved: { outcome: 'created', totalamount: 37, lines: 1 } },
    },
    {
      name: 'Order Again',
      of: ['salesOrder', 'upsert'],
      parameters: fromField('salesorder'),
      shows: { id: ORDER, outcome: 'unchanged' },
    },
    {
      name: 'Invoice',
      of: ['salesOrder', 'convertToInvoice'],
      parameters: { row: byId(ORDER) },
      shows: { outcome: 'created', salesorderid: ORDER },
    },
    {
      name: 'Paid',
      of: ['invoice', 'markPaid'],
      parameters: { row: idOf('Invoice') },
      shows: { outcome: 'paid' },
    },
    {
      name: 'Price',
      of: ['priceListItem', 'setPrice'],
      parameters: { productNumber: SKU, priceList: 'Web Store EUR', price: '15.55' },
      shows: { outcome: 'updated', amount: 15.55 },
    },
    {
      name: 'Stock',
      of: ['inventory', 'getStock'],
      parameters: { productNumber: SKU },
      shows: { productnumber: SKU, status: 'known' },
    },
  ],
};

const environment = (name: string, operation: string, shows: object): Step => ({
  name,
  of: ['environment', operation],
  parameters: { options: { solutionName: 'Default', keyWait: 0 } },
  shows,
});

const prepare: Chain = {
  name: 'an environment',
  steps: [
    environment('Check Before', 'check', {}),
    environment('Prepare', 'prepare', { state: 'present' }),
    environment('Prepare Again', 'prepare', { outcome: 'unchanged' }),
    environment('Check After', 'check', { state: 'present' }),
  ],
};

export const CHAINS: Chain[] = [rows, files, sales, prepare];
