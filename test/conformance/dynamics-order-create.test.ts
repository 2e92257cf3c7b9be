import { DynamicsDataverseApi } from '../../credentials/DynamicsDataverseApi.credentials';
import { Dynamics365 } from '../../nodes/Dynamics365/Dynamics365.node';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { type NodeRun, type RunNode, runNode } from '../engine';
import { dataverseCredential } from './dataverse-on-sandbox';

const ORDER = '7b1f9a06-0000-5000-8000-000000000001';
const CONTACT = '7b1f9a06-0000-5000-8000-000000000002';

describe('Sales Order: Create', () => {
  let sandbox: RunningSandbox;
  beforeAll(async () => {
    sandbox = await startSandbox();
    const contact = { contactid: CONTACT, lastname: 'Lovelace' };
    await run({ resource: 'contact', operation: 'upsert', columnsSource: 'auto' }, [contact]);
  });
  afterAll(() => sandbox.stop());

  async function run(parameters: RunNode['parameters'], input: object[]): Promise<NodeRun> {
    return await runNode({
      nodeType: new Dynamics365(),
      parameters,
      input,
      credentialTypes: [new DynamicsDataverseApi()],
      credentials: { dynamicsDataverseApi: dataverseCredential(sandbox) },
    });
  }

  const create = { resource: 'salesOrder', operation: 'create' };
  const rows = () => sandbox.services.dataverse.rows('salesorders') ?? [];

  /** As Commerce Map makes it. */
  const item = {
    salesorder: {
      salesorderid: ORDER,
      name: 'Web 1',
      transactioncurrency: 'USD',
      contactid: CONTACT,
      order_details: [{ productnumber: 'HMR-16', quantity: 2, priceperunit: '18.50' }],
    },
    source: { platform: 'xcart', store: 'main', kind: 'order', id: '1' },
  };
  const { transactioncurrency: _, ...withoutCurrency } = item.salesorder;

  test.each([
    ['in its field', {}, item],
    ['where a field is named', { columnsSource: 'field', columnsField: 'salesorder' }, item],
    ['as the item itself', {}, item.salesorder],
    ['known by its lines', {}, withoutCurrency],
  ])('leads what Commerce Map makes to Create or Update: %s', async (_where, set, given) => {
    const refused = await run({ ...create, ...set }, [given]);
    const { message, description } = refused.error as Error & { description?: string };
    expect(message).toMatch(/^This is a whole sales order, as Commerce Map makes it/);
    expect(description).toMatch(/^Choose the operation Create or Update/);
    expect(rows()).toEqual([]);
  });

  test('the operation that it names takes it as it is, with nothing set', async () => {
    const taken = await run({ resource: 'salesOrder', operation: 'upsert' }, [item]);
    expect(taken.output()).toMatchObject([{ outcome: 'created', lines: 1 }]);
  });

  test('says in the columns of Prepare which order of which shop it comes from, where the option names them', async () => {
    const write = async (shopReferencePrefix: string) =>
      await run({ resource: 'salesOrder', operation: 'upsert', options: { shopReferencePrefix } }, [
        item,
      ]);
    expect((await write('new')).error?.message).toContain('new_externalsource');
    const prepare = { resource: 'environment', operation: 'prepare', parts: ['columns'] };
    expect((await run(prepare, [{}])).error).toBeUndefined();
    expect((await write('new')).output()).toMatchObject([{ outcome: 'updated' }]);
    expect(rows().find(({ salesorderid }) => salesorderid === ORDER)).toMatchObject({
      new_externalsource: 'xcart.main',
      new_externalid: '1',
    });
    expect((await write('new')).output()).toMatchObject([{ outcome: 'unchanged' }]);
    expect((await write('mscrm')).error?.message).toContain('Prefix');
    const source = { ...item.source, kind: 'payment', id: '9' };
    await run(
      {
        resource: 'salesOrder',
        operation: 'upsert',
        options: { shopReferencePrefix: 'new' },
      },
      [{ ...item, source }],
    );
    expect(rows().find(({ salesorderid }) => salesorderid === ORDER)).toMatchObject({
      new_externalid: '1',
    });
  });

  test('creates a row of columns, also where they are those of a deep insert', async () => {
    const order = {
      name: 'By hand',
      'customerid_contact@odata.bind': `/contacts(${CONTACT})`,
      order_details: [{ productdescription: 'Wrap', isproductoverridden: true, quantity: 1 }],
    };
    const created = await run({ ...create, columnsSource: 'field', columnsField: 'order' }, [
      { order },
    ]);
    expect(created.error).toBeUndefined();
    expect(rows().map(({ name }) => name)).toContain('By hand');
  });
});
