/** Rows of Dynamics 365 that are associated with others: pairs, lookups, twice, and what is not there. */
import type { IDataObject } from 'n8n-workflow';

import { DynamicsDataverseApi } from '../../credentials/DynamicsDataverseApi.credentials';
import { Dynamics365 } from '../../nodes/Dynamics365/Dynamics365.node';
import { seedGuid } from '../../sandbox/dataverse/catalogue';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { editorContext, runNode } from '../engine';
import { dataverseCredential } from './dataverse-on-sandbox';

const NOWHERE = '7b1f9a06-0000-5000-8000-00000000dead';
const [EUR, GBP] = [seedGuid('currency', 'EUR'), seedGuid('currency', 'GBP')];

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(async () => await sandbox.stop());
beforeEach(() => sandbox.reset('dataverse'));

const shared = () => ({
  credentialTypes: [new DynamicsDataverseApi()],
  credentials: { dynamicsDataverseApi: dataverseCredential(sandbox) },
});

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

interface Wish extends IDataObject {
  row: string;
  related?: string;
}

/** What comes of each wish: an outcome, or the class of the error. */
async function link(
  operation: 'associate' | 'disassociate',
  [table, relationship]: readonly [string, string],
  wishes: Wish[],
): Promise<unknown[]> {
  const run = await runNode({
    nodeType: new Dynamics365(),
    parameters: {
      resource: 'row',
      operation,
      table: { __rl: true, mode: 'name', value: table },
      row: byId('={{ $json.row }}'),
      relationship,
      related: byId('={{ $json.related }}'),
    },
    input: wishes,
    onError: 'continueRegularOutput',
    ...shared(),
  });
  if (run.error) throw run.error;
  return run
    .output()
    .map(({ outcome, details }) => outcome ?? (details as IDataObject | undefined)?.class);
}

const insert = (set: string, row: Record<string, string>): string =>
  sandbox.services.dataverse.insert(set, [row])[0] ?? '';

const pairs = () => sandbox.services.dataverse.rows('contactorderscollection') ?? [];

function orderAndContacts(): { order: string; contacts: [string, string] } {
  const contacts = ['Byron', 'Hopper'].map((lastname) => insert('contacts', { lastname }));
  const order = insert('salesorders', {
    name: 'Web 1',
    'customerid_contact@odata.bind': `/contacts(${contacts[0]})`,
  });
  return { order, contacts: contacts as [string, string] };
}

const ORDER_CONTACTS = ['salesorder', 'contactorders_association'] as const;

test('pairs of rows are made once and taken away once, however often it is asked', async () => {
  const { order, contacts } = orderAndContacts();
  const wishes = contacts.map((related) => ({ row: order, related }));
  expect(await link('associate', ORDER_CONTACTS, wishes)).toEqual(['associated', 'associated']);
  expect(await link('associate', ORDER_CONTACTS, wishes)).toEqual(['unchanged', 'unchanged']);
  expect(pairs()).toHaveLength(2);
  const [first] = wishes;
  expect(await link('disassociate', ORDER_CONTACTS, first ? [first] : [])).toEqual([
    'disassociated',
  ]);
  expect(await link('disassociate', ORDER_CONTACTS, wishes)).toEqual([
    'unchanged',
    'disassociated',
  ]);
  expect(pairs()).toEqual([]);
});

test('a pair with a row that is not there fails alone', async () => {
  const { order, contacts } = orderAndContacts();
  const wishes = [
    { row: order, related: NOWHERE },
    { row: NOWHERE, related: contacts[0] },
    { row: order, related: contacts[0] },
  ];
  expect(await link('associate', ORDER_CONTACTS, wishes)).toEqual([
    'not-found',
    'not-found',
    'associated',
  ]);
  expect(await link('disassociate', ORDER_CONTACTS, wishes)).toEqual([
    'unchanged',
    'not-found',
    'disassociated',
  ]);
});

test('an ID that is none fails alone', async () => {
  const { order, contacts } = orderAndContacts();
  const [first, last] = contacts;
  const wishes = [
    { row: order, related: first },
    { row: order, related: 'C-1' },
    { row: 'SO-1', related: first },
    { row: order, related: last },
  ];
  const outcomes = ['validation', 'validation'];
  expect(await link('associate', ORDER_CONTACTS, wishes)).toEqual([
    'associated',
    ...outcomes,
    'associated',
  ]);
  expect(await link('disassociate', ORDER_CONTACTS, wishes)).toEqual([
    'disassociated',
    ...outcomes,
    'disassociated',
  ]);
});

test('a lookup is freed of a row whose ID stands in braces, and of none by what is no ID', async () => {
  const row = insert('accounts', { name: 'Contoso' });
  const lookup = ['account', 'transactioncurrencyid'] as const;
  await link('associate', lookup, [{ row, related: EUR }]);
  sandbox.context.counters.reset();
  expect(await link('disassociate', lookup, [{ row, related: 'EUR' }])).toEqual(['validation']);
  const { operations = {} } = sandbox.context.counters.snapshot().dataverse ?? {};
  expect(Object.keys(operations).filter((name) => !name.startsWith('metadata'))).toEqual([]);
  const braced = `{${EUR.toUpperCase()}}`;
  expect(await link('disassociate', lookup, [{ row, related: braced }])).toEqual(['disassociated']);
});

test('a lookup is freed of the row that is named, and of whatever it points to where none is', async () => {
  const row = insert('accounts', { name: 'Contoso' });
  const lookup = ['account', 'transactioncurrencyid'] as const;
  const pointed = () =>
    sandbox.services.dataverse.rowsById('accounts')?.get(row)?._transactioncurrencyid_value;
  expect(await link('associate', lookup, [{ row, related: EUR }])).toEqual(['associated']);
  expect(await link('disassociate', lookup, [{ row, related: GBP }])).toEqual(['unchanged']);
  expect(pointed()).toBe(EUR);
  expect(await link('disassociate', lookup, [{ row, related: EUR }])).toEqual(['disassociated']);
  expect(pointed()).toBeNull();
  await link('associate', lookup, [{ row, related: GBP }]);
  expect(await link('disassociate', lookup, [{ row, related: '' }])).toEqual(['disassociated']);
  expect(pointed()).toBeNull();
});

test('a row joins the collection of another', async () => {
  const { contacts } = orderAndContacts();
  const row = insert('accounts', { name: 'Contoso' });
  const employees = ['account', 'contact_customer_accounts'] as const;
  const wishes = contacts.map((related) => ({ row, related }));
  expect(await link('associate', employees, wishes)).toEqual(['associated', 'associated']);
  const parents = (sandbox.services.dataverse.rows('contacts') ?? []).map(
    (contact) => contact._parentcustomerid_value,
  );
  expect(parents).toEqual([row, row]);
});

test('what is no relationship, and another row that is not chosen, is said before anything is sent', async () => {
  const row = insert('accounts', { name: 'Contoso' });
  sandbox.context.counters.reset();
  expect(await link('associate', ['account', 'nosuch'], [{ row, related: EUR }])).toEqual([
    'validation',
  ]);
  expect(await link('associate', ['account', 'primarycontactid'], [{ row, related: '' }])).toEqual([
    'validation',
  ]);
  expect(
    await link('disassociate', ['account', 'contact_customer_accounts'], [{ row, related: '' }]),
  ).toEqual(['validation']);
  const { operations } = sandbox.context.counters.snapshot().dataverse ?? {};
  expect(Object.keys(operations ?? {}).filter((name) => !name.startsWith('metadata'))).toEqual([]);
});

describe('in the editor', () => {
  const node = new Dynamics365();
  const context = (parameters: object) =>
    editorContext({
      nodeType: node,
      parameters: { resource: 'salesOrder', operation: 'associate', ...parameters },
      ...shared(),
    });

  test('every way to other rows is listed by the names of both ends', async () => {
    const ways = await node.methods.loadOptions.getRelationships.call(context({}));
    const names = new Map(ways.map(({ value, name }) => [value, name]));
    expect(names.get('contactorders_association')).toBe('Contact (N:N, contactorders_association)');
    expect(names.get('order_details')).toMatch(/ \(1:N, order_details\)$/);
    expect(names.get('customerid_account')).toMatch(/ → Account \(N:1, customerid_account\)$/);
    expect(names.get('customerid_contact')).toMatch(/ → Contact \(N:1, customerid_contact\)$/);
  });

  test('the rows of the table at the other end are listed', async () => {
    const relationship = 'transactioncurrencyid';
    const { results } = await node.methods.listSearch.searchRelatedRows.call(
      context({ relationship }),
      'Euro',
    );
    expect(results).toEqual([{ name: 'Euro', value: EUR }]);
    const none = await node.methods.listSearch.searchRelatedRows.call(context({}));
    expect(none.results).toEqual([]);
  });
});
