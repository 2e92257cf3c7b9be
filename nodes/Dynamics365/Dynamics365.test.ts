import { NodeHelpers } from 'n8n-workflow';

import { forgetTokens } from '../../core/dynamics/auth';
import type { NodeRun, RunNode } from '../../test/engine';
import { ID, MISSING, PlainDataverse, runDynamics } from '../../test/support/plainDataverse';
import { Dynamics365 } from './Dynamics365.node';

const service = new PlainDataverse();

beforeAll(() => service.start());
afterAll(() => service.stop());
beforeEach(() => {
  service.seen.length = 0;
});

const run = async (
  parameters: RunNode['parameters'],
  input: object[],
  onError?: RunNode['onError'],
): Promise<NodeRun> => await runDynamics(service, parameters, input, { onError });

describe('Dynamics 365', () => {
  test('creates an account from the whole item, without what travels along', async () => {
    const result = await run(
      { resource: 'account', operation: 'create', options: { convert: 'never' } },
      [{ name: 'Contoso', source: { id: '1' }, claim: { key: 'k' } }],
    );
    expect(result.error).toBeUndefined();
    expect(result.output()).toEqual([{ id: ID, outcome: 'created' }]);
    expect(service.seen).toHaveLength(1);
    expect(service.seen[0]).toMatchObject({ method: 'POST', url: '/api/data/v9.2/accounts' });
    expect(JSON.parse(service.seen[0]?.body ?? '')).toEqual({ name: 'Contoso' });
  });

  test('creates or updates by the key among the columns, and puts the result on the item', async () => {
    const result = await run(
      {
        resource: 'account',
        operation: 'upsert',
        columnsSource: 'field',
        columnsField: 'account',
        options: { outputField: 'account', suppressFlows: true, solutionName: ' Commerce ' },
      },
      [{ order: 7, account: { accountid: ID, name: 'Contoso' } }],
    );
    expect(result.output()).toEqual([{ order: 7, account: { id: ID, outcome: 'created' } }]);
    expect(service.seen[0]).toMatchObject({
      method: 'PATCH',
      url: `/api/data/v9.2/accounts(${ID})?$select=accountid`,
      body: JSON.stringify({ name: 'Contoso' }),
    });
    expect(service.seen[0]?.headers).toMatchObject({
      'mscrm.suppresscallbackregistrationexpanderjob': 'true',
      'mscrm.solutionuniquename': 'Commerce',
    });
  });

  test('writes a row that several items hold once, and hands its result to each', async () => {
    const account = { accountid: ID, name: 'Contoso' };
    const result = await run(
      {
        resource: 'account',
        operation: 'upsert',
        columnsSource: 'field',
        columnsField: 'account',
        options: { outputField: 'account' },
      },
      [
        { order: 1, account },
        { order: 2, account: { ...account, name: 'Contoso Ltd' } },
      ],
    );
    expect(result.output()).toEqual([
      { order: 1, account: { id: ID, outcome: 'created' } },
      { order: 2, account: { id: ID, outcome: 'created' } },
    ]);
    expect(service.seen.map(({ body }) => body)).toEqual([JSON.stringify({ name: 'Contoso Ltd' })]);
  });

  test('offers Batch Size only where rows of many items go together', () => {
    const collections = new Dynamics365().description.properties.filter(
      ({ name, displayOptions }) =>
        name === 'options' && displayOptions?.show?.['resource']?.includes('row'),
    );
    const offers = (operation: string) =>
      collections.some(
        ({ displayOptions, options = [] }) =>
          displayOptions?.show?.['/operation']?.includes(operation) &&
          options.some(({ name }) => name === 'batchSize'),
      );
    const operations = ['count', 'getAll', 'uploadFile', 'downloadFile', 'get', 'update', 'delete'];
    expect(operations.filter(offers)).toEqual(['get', 'update', 'delete']);
  });

  test('passes an item without columns through when told to', async () => {
    const parameters = {
      resource: 'account',
      operation: 'upsert',
      columnsSource: 'field',
      columnsField: 'account',
    };
    const skipped = await run({ ...parameters, options: { whenMissing: 'skip' } }, [{ order: 7 }]);
    expect(skipped.output()).toEqual([{ order: 7 }]);
    const failed = await run(parameters, [{ order: 7 }]);
    expect(failed.error?.message).toContain('There is nothing to write in the field "account"');
    expect(service.seen).toHaveLength(0);
  });

  test('finds a row by an alternate key, and encodes its value', async () => {
    const result = await run(
      {
        resource: 'account',
        operation: 'get',
        keyType: 'alternateKey',
        keyValues: { columns: [{ name: 'accountnumber', value: '={{ $json.number }}' }] },
        options: { select: 'name, accountid' },
      },
      [{ number: "O'Neil 1" }],
    );
    expect(result.error).toBeUndefined();
    expect(service.seen[0]?.url).toBe(
      "/api/data/v9.2/accounts(accountnumber='O''Neil%201')?$select=name,accountid",
    );
  });

  test('puts a missing row on the error output as { error, details } with its input', async () => {
    const result = await run(
      {
        resource: 'account',
        operation: 'get',
        row: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
      },
      [{ id: MISSING, order: 7 }],
      'continueErrorOutput',
    );
    expect(result.output(0)).toEqual([]);
    expect(result.output(1)).toEqual([
      {
        id: MISSING,
        order: 7,
        error: expect.any(String),
        details: expect.objectContaining({ class: 'not-found', status: 404, retryable: false }),
      },
    ]);
  });

  test('deletes a row', async () => {
    const result = await run(
      { resource: 'contact', operation: 'delete', row: { __rl: true, mode: 'id', value: ID } },
      [{}],
    );
    expect(result.output()).toEqual([{ deleted: true }]);
    expect(service.seen[0]).toMatchObject({
      method: 'DELETE',
      url: `/api/data/v9.2/contacts(${ID})`,
    });
  });

  test('asks the same question of many items once', async () => {
    const result = await run({ resource: 'account', operation: 'getAll', limit: 5 }, [{}, {}]);
    expect(result.output()).toEqual([
      { accountid: ID, name: 'Contoso' },
      { accountid: ID, name: 'Contoso' },
    ]);
    expect(service.seen).toHaveLength(1);
  });

  test('renews a token that is refused, once, and sends again', async () => {
    forgetTokens();
    const before = service.tokens;
    service.validToken = before + 2;
    const result = await run(
      { resource: 'contact', operation: 'delete', row: { __rl: true, mode: 'id', value: ID } },
      [{}],
    );
    expect(result.error).toBeUndefined();
    expect(service.tokens).toBe(before + 2);
  });

  test('says of a GUID that is none what to do', async () => {
    const result = await run(
      {
        resource: 'account',
        operation: 'get',
        row: { __rl: true, mode: 'id', value: '={{ 42 }}' },
      },
      [{}],
    );
    expect(result.error?.message).toMatch(/GUID/);
  });
});

test('writes nothing where what holds for the whole run differs from item to item', async () => {
  const items = [
    { name: 'Contoso', user: 'a' },
    { name: 'Fabrikam', user: 'b' },
  ];
  const { error } = await run(
    {
      resource: 'account',
      operation: 'create',
      options: { callerObjectId: '={{ $json.user }}' },
    },
    items,
  );
  expect(error?.message).toMatch(/^Caller Object Id in Options differs from item to item/);
  expect(service.seen).toEqual([]);
});

describe('the description', () => {
  const { properties } = new Dynamics365().description;

  test('has a default for every field that n8n can use', () => {
    const { description } = new Dynamics365();
    const parameters = NodeHelpers.getNodeParameters(
      properties,
      {},
      true,
      false,
      null,
      description,
    );
    expect(parameters).toMatchObject({ resource: 'account', operation: 'create' });
  });

  test('names every field but once for each operation', () => {
    const keys = properties.map(({ name, displayOptions }) =>
      JSON.stringify([name, displayOptions?.show]),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });
});
