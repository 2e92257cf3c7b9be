import { createMetadata } from '../../core/dynamics/dataverse/metadata/metadata';
import { filterOf } from '../../core/dynamics/dataverse/rows/conditions';
import { toWireRow } from '../../core/dynamics/dataverse/rows/wireRow';
import type { Dataverse, DataverseMetadata } from '../../core/dynamics/dataverse/types';
import { seedGuid } from '../../sandbox/dataverse/catalogue';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { dataverseClient } from './dataverse-on-sandbox';

const ORDER = seedGuid('metadata', 'order');
const CONTACT = seedGuid('metadata', 'contact');

describe('metadata and friendly rows on the sandbox', () => {
  let sandbox: RunningSandbox;
  let client: Dataverse;
  let metadata: DataverseMetadata;

  beforeAll(async () => {
    sandbox = await startSandbox();
    client = dataverseClient(sandbox);
  });
  afterAll(() => sandbox.stop());
  beforeEach(() => {
    sandbox.reset();
    metadata = createMetadata(client);
  });

  const requests = (): number => sandbox.context.counters.snapshot().dataverse.requests;

  test('knows a table by either name, and asks once for each', async () => {
    const before = requests();
    const [bySet, byName] = [
      await metadata.table('salesorders'),
      await metadata.table('salesorder'),
    ];
    expect(bySet).toEqual(byName);
    expect(bySet).toMatchObject({
      logicalName: 'salesorder',
      entitySetName: 'salesorders',
      primaryId: 'salesorderid',
      primaryName: 'name',
    });
    await metadata.table('salesorders');
    expect(requests() - before).toBe(2);
    const all = await metadata.tables();
    expect(all.map(({ entitySetName }) => entitySetName)).toEqual(
      expect.arrayContaining(['accounts', 'contacts', 'products', 'salesorders', 'uoms']),
    );
  });

  test('says of a table that is not there what to check', async () => {
    await expect(metadata.columns('new_nothing')).rejects.toMatchObject({
      class: 'validation',
      message: 'This environment has no table "new_nothing".',
    });
  });

  test('reads types, lengths, choices and targets of the columns', async () => {
    const columns = new Map((await metadata.columns('salesorder')).map((one) => [one.name, one]));
    expect(columns.get('name')).toMatchObject({ type: 'string', maxLength: 300, required: true });
    expect(columns.get('freightamount')).toMatchObject({ type: 'money', updatable: true });
    expect(columns.get('totalamount')).toMatchObject({
      type: 'money',
      creatable: false,
      updatable: false,
    });
    expect(columns.get('submitdate')).toMatchObject({ type: 'date' });
    expect(columns.get('modifiedon')).toMatchObject({ type: 'datetime', updatable: false });
    expect(columns.get('statecode')?.choices).toContainEqual({ value: 0, label: 'Active' });
    expect(columns.get('customerid')?.targets).toEqual(
      expect.arrayContaining([
        { table: 'account', entitySetName: 'accounts', navigationProperty: 'customerid_account' },
        { table: 'contact', entitySetName: 'contacts', navigationProperty: 'customerid_contact' },
      ]),
    );
    expect(columns.has('customeridname')).toBe(false);
  });

  test('knows keys, and the lines of an order', async () => {
    expect(await metadata.keys('product')).toContainEqual(
      expect.objectContaining({ columns: ['productnumber'], active: true }),
    );
    expect(await metadata.collections('salesorder')).toContainEqual({
      navigationProperty: 'order_details',
      table: 'salesorderdetail',
      lookupColumn: 'salesorderid',
    });
  });

  test('a row in the words of people is one that the service takes', async () => {
    await client.create('contacts', { contactid: CONTACT, lastname: 'Lovelace' });
    const [product] = await client.list('products', {
      select: ['productid', '_defaultuomid_value'],
      top: 1,
    });
    const wire = await toWireRow(
      metadata,
      'salesorder',
      {
        salesorderid: ORDER,
        name: 'Web 1',
        freightamount: '4.95',
        freighttermscode: 'no charge',
        willcall: 'yes',
        submitdate: '2026-10-31T22:00:00+02:00',
        customerid: { table: 'contact', id: CONTACT },
        totalamount: 1,
        order_details: [
          {
            productid: product?.['productid'],
            uomid: product?.['_defaultuomid_value'],
            quantity: '2',
            priceperunit: 10,
            ispriceoverridden: true,
          },
        ],
      },
      { mode: 'create' },
    );
    expect(wire).not.toHaveProperty('totalamount');
    await client.create('salesorders', wire);
    const stored = await client.get('salesorders', ORDER);
    expect(stored).toMatchObject({
      freightamount: 4.95,
      freighttermscode: 2,
      willcall: true,
      submitdate: '2026-10-31',
      _customerid_value: CONTACT,
      totalamount: 24.95,
    });
  });

  test('a row that was read can be written back', async () => {
    await client.create('contacts', { contactid: CONTACT, lastname: 'Lovelace' });
    const read = await client.get('contacts', CONTACT, { annotations: true });
    const wire = await toWireRow(
      metadata,
      'contact',
      { ...read, firstname: 'Ada' },
      { mode: 'update' },
    );
    await client.update('contacts', CONTACT, wire);
    expect(await client.get('contacts', CONTACT)).toMatchObject({
      firstname: 'Ada',
      lastname: 'Lovelace',
    });
  });

  test('names every column that does not fit', async () => {
    const row = { name: 'x'.repeat(301), freightamount: 'much', nam: 1, customerid: CONTACT };
    const failure = toWireRow(metadata, 'salesorder', row, { mode: 'create' });
    await expect(failure).rejects.toMatchObject({ class: 'validation' });
    await expect(failure).rejects.toThrow(
      /name takes 300 characters.*freightamount takes a number.*nam is not a column.*customerid may point to/,
    );
  });

  test('conditions find exactly what they say, wildcards or not', async () => {
    const names = ['A_1', 'AX1', '50%', '50 percent', '[x]', 'x', "O'Neil [x]"];
    for (const lastname of names) await client.create('contacts', { lastname });
    const columns = await metadata.columns('contact');
    const found = async (operator: string, value: string): Promise<unknown[]> => {
      const filter = filterOf([{ column: 'lastname', operator, value }], 'all', columns);
      return (await client.list('contacts', { filter })).map(({ lastname }) => lastname);
    };
    for (const name of names.slice(0, 4)) expect(await found('eq', name)).toEqual([name]);
    expect(await found('eq', "O'Neil [x]")).toEqual(["O'Neil [x]"]);
    expect(await found('eq', '[x]')).toContain('[x]');
    expect(await found('ne', 'A_1')).toContain('AX1');
    expect(await found('ne', 'A_1')).not.toContain('A_1');
    expect(await found('contains', '_')).toEqual(['A_1']);
  });
});
