import { Dynamics365 } from '../../nodes/Dynamics365/Dynamics365.node';
import { DynamicsDataverseApi } from '../../credentials/DynamicsDataverseApi.credentials';
import { seedGuid } from '../../sandbox/dataverse/catalogue';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import {
  editorContext,
  type NodeRun,
  type RunNode,
  runNode,
  runWorkflow,
  START_TYPE,
} from '../engine';
import { dataverseCredential } from './dataverse-on-sandbox';

const TYPE = 'n8n-nodes-dynamics-commerce.dynamics365';
const ORDER = '7b1f9a06-0000-5000-8000-000000000001';
const CONTACT = '7b1f9a06-0000-5000-8000-000000000002';

describe('the Dynamics 365 node on the sandbox', () => {
  let sandbox: RunningSandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.stop());
  beforeEach(() => sandbox.reset());

  const shared = () => ({
    credentialTypes: [new DynamicsDataverseApi()],
    credentials: { dynamicsDataverseApi: dataverseCredential(sandbox) },
  });

  async function run(
    parameters: RunNode['parameters'],
    input: object[],
    onError?: RunNode['onError'],
  ): Promise<NodeRun> {
    return await runNode({
      nodeType: new Dynamics365(),
      parameters,
      input,
      onError,
      ...shared(),
    });
  }

  const rows = (set: string) => sandbox.services.dataverse.rows(set) ?? [];
  const byId = (id: string) => ({ __rl: true, mode: 'id', value: id });

  const document = (index: number, change: object = {}) => ({
    contact: { contactid: CONTACT, lastname: 'Lovelace' },
    salesorder: {
      salesorderid: ORDER.replace(/1$/, String(index)),
      name: `Web ${index}`,
      transactioncurrency: 'USD',
      contactid: CONTACT,
      order_details: [{ productnumber: 'HMR-16', quantity: 2, priceperunit: '18.50' }],
      ...change,
    },
    source: { platform: 'xcart', store: 'main', kind: 'order', id: String(index) },
  });

  const write = (resource: string) => ({
    resource,
    operation: 'upsert',
    columnsSource: 'field',
    columnsField: resource === 'salesOrder' ? 'salesorder' : resource,
    options: {
      outputField: resource === 'salesOrder' ? 'salesorder' : resource,
      whenMissing: 'skip',
    },
  });

  test('takes orders through account, contact and sales order, failures to the error output', async () => {
    const result = await runWorkflow({
      nodeTypes: { [TYPE]: new Dynamics365() },
      workflow: {
        nodes: [
          { name: 'Start', type: START_TYPE },
          { name: 'Account', type: TYPE, parameters: write('account') },
          { name: 'Contact', type: TYPE, parameters: write('contact') },
          {
            name: 'Order',
            type: TYPE,
            parameters: write('salesOrder'),
            onError: 'continueErrorOutput',
          },
        ],
        connections: {
          Start: { main: [[{ node: 'Account', type: 'main', index: 0 }]] },
          Account: { main: [[{ node: 'Contact', type: 'main', index: 0 }]] },
          Contact: { main: [[{ node: 'Order', type: 'main', index: 0 }]] },
        },
      },
      input: [
        document(1),
        document(2, { order_details: [{ productnumber: 'NOT-THERE', quantity: 1 }] }),
        document(3),
      ],
      ...shared(),
    });
    expect(result.error).toBeUndefined();
    expect(result.json('Contact')[0]).toMatchObject({
      contact: { id: CONTACT, outcome: 'created' },
    });
    expect(result.json('Order', 0)).toMatchObject([
      { salesorder: { outcome: 'created', totalamount: 37, lines: 1 }, source: { id: '1' } },
      { salesorder: { outcome: 'created', totalamount: 37, lines: 1 }, source: { id: '3' } },
    ]);
    const [failed, ...others] = result.json('Order', 1);
    expect(others).toEqual([]);
    expect(failed).toMatchObject({
      error: 'Product "NOT-THERE" of line 1 is not in Dynamics 365',
      details: { class: 'validation', retryable: false },
      salesorder: { name: 'Web 2' },
      source: { id: '2' },
    });
    expect(rows('contacts')).toHaveLength(1);
    expect(rows('salesorders')).toHaveLength(2);
    expect(result.run.data.resultData.metadata).toEqual({
      sales_orders: 'Web 1, Web 2, Web 3',
      sales_orders_outcome: '2 created, 1 failed',
    });
  });

  test('takes 1,000 orders of three lines with their customers in at most 100 requests', async () => {
    const items = Array.from({ length: 1000 }, (_unused, index) => {
      const customer = seedGuid('test account', String(index % 400));
      const person = seedGuid('test contact', String(index));
      return {
        account: { accountid: customer, name: `Customer ${index % 400}` },
        contact: { contactid: person, lastname: `Person ${index}` },
        salesorder: {
          salesorderid: seedGuid('test order', String(index)),
          name: `Web ${index}`,
          transactioncurrency: 'USD',
          customer: { account: customer },
          order_details: ['HMR-16', 'MOUSE-1', 'TENT-2'].map((productnumber) => ({
            productnumber,
            quantity: 1,
            priceperunit: '10.00',
          })),
          expectedtotal: '30.00',
        },
      };
    });
    const chain = ['account', 'contact', 'salesOrder'];
    const result = await runWorkflow({
      nodeTypes: { [TYPE]: new Dynamics365() },
      workflow: {
        nodes: [
          { name: 'Start', type: START_TYPE },
          ...chain.map((name) => ({ name, type: TYPE, parameters: write(name) })),
        ],
        connections: Object.fromEntries(
          ['Start', ...chain]
            .slice(0, -1)
            .map((from, index) => [
              from,
              { main: [[{ node: chain[index] ?? '', type: 'main' as const, index: 0 }]] },
            ]),
        ),
      },
      input: items,
      ...shared(),
    });
    expect(result.error).toBeUndefined();
    const orders = result.json('salesOrder').map(({ salesorder }) => salesorder);
    expect(orders).toHaveLength(1000);
    expect(orders[999]).toMatchObject({ outcome: 'created', totalamount: 30, lines: 3 });
    expect(rows('accounts')).toHaveLength(400);
    expect(rows('salesorders')).toHaveLength(1000);
    const { sales_orders: noted = '' } = result.run.data.resultData.metadata ?? {};
    expect(noted).toMatch(/^Web 0, Web 1, .*\d … Web 999$/);
    expect(noted.length).toBeLessThanOrEqual(255);
    const { dataverse, entra } = sandbox.context.counters.snapshot();
    expect(dataverse.requests).toBeLessThanOrEqual(100);
    expect(entra.requests).toBeLessThanOrEqual(1);
  });

  test('reads an order by its number with its lines, fulfills it and cancels another', async () => {
    await run(write('contact'), [document(1)]);
    const written = await run(write('salesOrder'), [document(1), document(2)]);
    expect(written.error).toBeUndefined();
    const number = (written.output()[0]?.['salesorder'] as { ordernumber: string }).ordernumber;
    const read = await run(
      {
        resource: 'salesOrder',
        operation: 'get',
        keyType: 'orderNumber',
        orderNumber: '={{ $json.number }}',
      },
      [{ number }, { number: number.replace(/.$/, '_') }],
      'continueErrorOutput',
    );
    expect(read.output(0)).toMatchObject([
      { name: 'Web 1', order_details: [{ quantity: 2, priceperunit: 18.5 }] },
    ]);
    expect(JSON.stringify(read.output(0))).not.toContain('@odata');
    expect(read.output(1)).toMatchObject([{ details: { class: 'not-found' } }]);

    const fulfilled = await run(
      { resource: 'salesOrder', operation: 'fulfill', row: byId(ORDER) },
      [{}],
    );
    expect(fulfilled.error).toBeUndefined();
    const canceled = await run(
      { resource: 'salesOrder', operation: 'cancel', row: byId(ORDER.replace(/1$/, '2')) },
      [{}],
    );
    expect(canceled.error).toBeUndefined();
    const states = Object.fromEntries(
      rows('salesorders').map((row) => [row['name'], row['statecode']]),
    );
    expect(states).toEqual({ 'Web 1': 3, 'Web 2': 2 });
  });

  test('cancels calmly: once, and only what is there and open', async () => {
    await run(write('contact'), [document(1)]);
    await run(write('salesOrder'), [document(1), document(2)]);
    const [open, shipped] = [ORDER, ORDER.replace(/1$/, '2')];
    const missing = ORDER.replace(/1$/, '9');
    await run({ resource: 'salesOrder', operation: 'fulfill', row: byId(shipped) }, [{}]);
    const cancel = {
      resource: 'salesOrder',
      operation: 'cancel',
      row: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
      options: { whenClosed: 'skip', whenNotFound: 'skip', outputField: 'result' },
    };
    const ids = [{ id: open }, { id: missing }, { id: shipped }];
    const first = await run(cancel, ids, 'continueErrorOutput');
    expect(first.output(0).map(({ result }) => result)).toEqual([
      { id: open, outcome: 'canceled' },
      { id: missing, outcome: 'skipped' },
    ]);
    expect(first.output(1)).toMatchObject([
      {
        error: 'The sales order is Fulfilled in Dynamics 365 already',
        details: { class: 'held', code: 'CLOSED' },
      },
    ]);
    sandbox.context.counters.reset();
    const byField = { ...cancel, row: undefined, keyType: 'idField', idField: 'order.key' };
    const again = await run(byField, [{ order: { key: open } }]);
    expect(again.output()).toMatchObject([{ result: { id: open, outcome: 'unchanged' } }]);
    const { dataverse } = sandbox.context.counters.snapshot();
    expect(dataverse.requests).toBe(1);
    const empty = await run(byField, [{ order: {} }], 'continueErrorOutput');
    expect(empty.output(1)).toMatchObject([
      { error: 'The field "order.key" of this item holds no ID of an order' },
    ]);
  });

  test('finds rows by conditions, with values that could be syntax', async () => {
    const created = await run(
      { resource: 'account', operation: 'create' },
      ["O'Neil & Sons", '100 % Wool', '1000 Wool', 'Cut\u0001 in half \ud83d'].map((name) => ({
        name,
        numberofemployees: '7',
      })),
    );
    expect(created.error).toBeUndefined();
    const find = async (column: string, operator: string, value: string) =>
      (
        await run(
          {
            resource: 'account',
            operation: 'getAll',
            returnAll: true,
            conditions: { condition: [{ column, operator, value }] },
            options: { select: 'name' },
          },
          [{}],
        )
      )
        .output()
        .map(({ name }) => name);
    expect(await find('name', 'eq', "O'Neil & Sons")).toEqual(["O'Neil & Sons"]);
    expect(await find('name', 'contains', '0 % W')).toEqual(['100 % Wool']);
    expect(await find('name', 'in', "100 % Wool,O'Neil & Sons")).toHaveLength(2);
    expect(await find('numberofemployees', 'ge', '7')).toHaveLength(4);
    expect(await find('name', 'eq', "x' or name ne 'x")).toEqual([]);
    expect(await find('name', 'in', 'Cut\u0001 in half \ud83d')).toEqual(['Cut in half ']);
  });

  test('works on any table, and turns labels, lookups and text into what columns take', async () => {
    const table = { __rl: true, mode: 'name', value: 'contact' };
    const created = await run(
      {
        resource: 'row',
        operation: 'create',
        table,
        columnsSource: 'map',
        columns: {
          mappingMode: 'defineBelow',
          value: { lastname: '={{ $json.name }}', emailaddress1: null },
          matchingColumns: [],
          schema: [],
        },
        options: { returnRow: true },
      },
      [{ name: 'Hopper' }, { name: 'Hamilton' }],
    );
    expect(created.error).toBeUndefined();
    expect(created.output()).toMatchObject([
      { outcome: 'created', lastname: 'Hopper' },
      { outcome: 'created', lastname: 'Hamilton' },
    ]);
    const [first] = created.output();
    const updated = await run({ resource: 'row', operation: 'update', table, options: {} }, [
      { contactid: first?.['id'], firstname: 'Grace' },
    ]);
    expect(updated.output()).toEqual([{ id: first?.['id'], outcome: 'updated' }]);
    const missing = await run(
      { resource: 'row', operation: 'update', table },
      [{ contactid: ORDER, firstname: 'Grace' }],
      'continueErrorOutput',
    );
    expect(missing.output(1)).toMatchObject([{ details: { class: 'not-found' } }]);
  });

  test('creates or updates a product by its alternate key', async () => {
    const product = {
      productnumber: 'NEW-1',
      name: 'New thing',
      defaultuomid: seedGuid('unit', 'Each'),
      defaultuomscheduleid: seedGuid('unit group', 'Default Unit'),
    };
    const parameters = {
      resource: 'product',
      operation: 'upsert',
      keyType: 'alternateKeyInColumns',
      keyColumns: 'productnumber',
    };
    const first = await run(parameters, [product]);
    expect(first.error).toBeUndefined();
    expect(first.output()).toEqual([{ id: expect.any(String), outcome: 'created' }]);
    const second = await run(parameters, [{ ...product, name: 'Newer thing' }]);
    expect(second.output()).toEqual([{ id: first.output()[0]?.['id'], outcome: 'updated' }]);
  });

  describe('in the editor', () => {
    const node = new Dynamics365();
    const { listSearch, loadOptions, resourceMapping } = node.methods;
    const context = (parameters: RunNode['parameters']) =>
      editorContext({ nodeType: node, parameters, ...shared() });
    const table = { __rl: true, mode: 'list', value: 'salesorder' };

    test('lists tables by any of their names', async () => {
      const { results } = await listSearch.searchTables.call(
        context({ resource: 'row', operation: 'get' }),
        'SALESORD',
      );
      expect(results.map(({ value }) => value)).toContain('salesorder');
      expect(results.map(({ value }) => value)).not.toContain('account');
    });

    test('lists rows of the chosen table by their name', async () => {
      const { results } = await listSearch.searchRows.call(
        context({ resource: 'product', operation: 'get' }),
        'Hammer',
      );
      expect(results).toEqual([{ name: 'Hammer 16 oz', value: seedGuid('product', 'HMR-16') }]);
    });

    test('offers the writable columns, with choices and one field per lookup target', async () => {
      const { fields } = await resourceMapping.getColumns.call(
        context({ resource: 'row', operation: 'create', table }),
      );
      const byName = new Map(fields.map((field) => [field.id, field]));
      expect(byName.get('statuscode')).toMatchObject({ type: 'options' });
      expect(byName.get('statuscode')?.options).toContainEqual({ name: 'New', value: 1 });
      expect(byName.get('freightamount')).toMatchObject({ type: 'number' });
      expect([...byName.keys()]).toEqual(
        expect.arrayContaining(['customerid_account', 'customerid_contact', 'pricelevelid']),
      );
      expect(byName.has('versionnumber')).toBe(false);
    });

    test('offers alternate keys and columns to compare', async () => {
      const product = context({ resource: 'product', operation: 'upsert' });
      const keys = await loadOptions.getAlternateKeys.call(product);
      expect(keys.map(({ value }) => value)).toContain('productnumber');
      const columns = await loadOptions.getReadableColumns.call(
        context({ resource: 'salesOrder', operation: 'getAll' }),
      );
      expect(columns.map(({ value }) => value)).toEqual(
        expect.arrayContaining(['name', '_customerid_value']),
      );
    });

    test('is silent while no table is chosen', async () => {
      const { fields } = await resourceMapping.getColumns.call(
        context({ resource: 'row', operation: 'create' }),
      );
      expect(fields).toEqual([]);
    });
  });
});
