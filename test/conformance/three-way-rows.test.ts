import type { IDataObject } from 'n8n-workflow';

import { openLedger } from '../../core/ledger/open';
import { DynamicsDataverseApi } from '../../credentials/DynamicsDataverseApi.credentials';
import { Dynamics365 } from '../../nodes/Dynamics365/Dynamics365.node';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { type NodeRun, runNode } from '../engine';
import { ledger, useOwnLedger } from '../support/ledger';
import { throughLedger, writeNode } from './claimedWrites';
import { dataverseClient, dataverseCredential } from './dataverse-on-sandbox';

/** A customer is written with the claim of each order, somebody corrects him in Dynamics 365, and the shop writes again. */

const CONTACT = '7b1f9a06-0000-5000-8000-0000000000b1';
const ACCOUNT = '7b1f9a06-0000-5000-8000-0000000000b2';
const CUSTOMER = {
  contactid: CONTACT,
  firstname: 'Ada',
  lastname: 'Byron',
  telephone1: '100',
  jobtitle: 'Countess',
};

useOwnLedger();

describe('changes of a customer on the sandbox', () => {
  let sandbox: RunningSandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.stop());
  beforeEach(() => sandbox.reset());

  interface Order {
    id: string;
    customer?: object;
    source?: object;
  }

  interface Way {
    options?: object;
    resource?: string;
    operation?: string;
    more?: IDataObject;
  }

  /** Claims orders, writes their customers, and notes what became of them. */
  async function send(
    orders: Order[],
    { options = {}, resource = 'contact', operation = 'upsert', more = {} }: Way = {},
  ): Promise<NodeRun> {
    const documents = orders.map(({ id, customer = {}, source }) => ({
      customer: { ...CUSTOMER, ...customer },
      placed: id,
      source: { platform: 'xcart', store: 'main', kind: 'order', id, event: 'poll', ...source },
    }));
    const parameters = {
      resource,
      operation,
      columnsField: 'customer',
      ...more,
      options: { outputField: 'result', ...options },
    };
    return await throughLedger(documents, 'contact', (claimed) =>
      writeNode(sandbox, parameters, claimed),
    );
  }

  const stored = (set = 'contacts'): IDataObject =>
    (sandbox.services.dataverse.rows(set) ?? [])[0] as IDataObject;
  const asPerson = () => dataverseClient(sandbox);
  const resultsOf = (run: NodeRun) => run.output(0).map(({ result }) => result as IDataObject);
  const operations = () => sandbox.context.counters.snapshot().dataverse.operations;
  const requests = () => sandbox.context.counters.snapshot().dataverse.requests;

  test('a corrected phone stays when another order changes the name alone', async () => {
    await send([{ id: '1' }]);
    await asPerson().update('contacts', CONTACT, { telephone1: '200' });
    sandbox.context.counters.reset();
    const run = await send([{ id: '2', customer: { lastname: 'King' } }]);
    expect(resultsOf(run)).toEqual([{ id: CONTACT, outcome: 'updated' }]);
    expect(stored()).toMatchObject({ telephone1: '200', lastname: 'King' });
    expect(requests()).toBe(1);
  });

  test('a further order of a customer who has not changed asks nothing of Dynamics 365', async () => {
    await send([{ id: '1' }]);
    await asPerson().update('contacts', CONTACT, { telephone1: '200' });
    sandbox.context.counters.reset();
    const run = await send([{ id: '2' }, { id: '3' }], { options: { whenBothChanged: 'hold' } });
    expect(resultsOf(run)).toEqual([
      { id: CONTACT, outcome: 'unchanged' },
      { id: CONTACT, outcome: 'unchanged' },
    ]);
    expect(requests()).toBe(0);
    expect(stored()).toMatchObject({ telephone1: '200' });
  });

  test.each([
    ['source', '300'],
    ['target', '200'],
    ['newest', '200'],
  ])('where both changed the phone, %s wins', async (whenBothChanged, expected) => {
    await send([{ id: '1' }]);
    await asPerson().update('contacts', CONTACT, { telephone1: '200' });
    const order = {
      id: '2',
      customer: { telephone1: '300', lastname: 'King' },
      source: { version: '2020-01-02T00:00:00Z' },
    };
    const run = await send([order], { options: { whenBothChanged } });
    expect(stored()).toMatchObject({ telephone1: expected, lastname: 'King' });
    const isRead = whenBothChanged !== 'source';
    expect(operations()['retrieve contact'] ?? 0).toBe(isRead ? 1 : 0);
    expect(resultsOf(run)[0]?.notes).toEqual(
      isRead
        ? [
            {
              field: 'telephone1',
              message: 'changed on both sides; kept as it is in Dynamics 365',
            },
          ]
        : undefined,
    );
  });

  test('a column has a rule of its own, and what is read is read for all items at once', async () => {
    const other = { contactid: CONTACT.replace(/b1$/, 'b3') };
    await send([{ id: '1' }, { id: '2', customer: other }]);
    const edits = { telephone1: '200', jobtitle: 'Poet' };
    await asPerson().update('contacts', CONTACT, edits);
    sandbox.context.counters.reset();
    const columnRules = { rules: [{ column: 'jobtitle', rule: 'target' }] };
    const change = { telephone1: '300', jobtitle: 'Lady' };
    await send(
      [
        { id: '3', customer: change },
        { id: '4', customer: { ...change, ...other } },
      ],
      { options: { columnRules } },
    );
    const rows = (sandbox.services.dataverse.rows('contacts') ?? []) as unknown as IDataObject[];
    expect(rows.map(({ telephone1, jobtitle }) => [telephone1, jobtitle])).toEqual([
      ['300', 'Poet'],
      ['300', 'Lady'],
    ]);
    expect(requests()).toBe(2);
  });

  test('is held where a person is to decide, and goes as decided', async () => {
    await send([{ id: '1' }]);
    await asPerson().update('contacts', CONTACT, { telephone1: '200' });
    const order = { id: '2', customer: { telephone1: '300', lastname: 'King' } };
    const held = await send([order], { options: { whenBothChanged: 'hold' } });
    expect(held.output(1)).toMatchObject([
      {
        details: { class: 'held', code: 'CONFLICT' },
        error: expect.stringContaining('telephone1'),
      },
    ]);
    expect(stored()).toMatchObject({ telephone1: '200', lastname: 'Byron' });
    await ledger('requeue', [{}], { which: 'held', conflicts: 'source' });
    await send([order], { options: { whenBothChanged: 'hold' } });
    expect(stored()).toMatchObject({ telephone1: '300', lastname: 'King' });
  });

  test('what was written, and never confirmed, is not taken for an edit of a person', async () => {
    await send([{ id: '1' }]);
    const open = await openLedger();
    jest.spyOn(open, 'confirm').mockRejectedValueOnce(new Error('the process has died'));
    await send([{ id: '2', customer: { telephone1: '300' } }]);
    expect(stored()).toMatchObject({ telephone1: '300' });
    const back = await send([{ id: '3' }], { options: { whenBothChanged: 'target' } });
    expect(resultsOf(back)).toEqual([{ id: CONTACT, outcome: 'updated' }]);
    expect(stored()).toMatchObject({ telephone1: '100' });
  });

  test('several orders of one customer in one run go in order, in one request', async () => {
    await send([{ id: '1' }]);
    await asPerson().update('contacts', CONTACT, { telephone1: '200' });
    sandbox.context.counters.reset();
    await send([
      { id: '2', customer: { telephone1: '300', lastname: 'King' } },
      { id: '3', customer: { lastname: 'Lovelace' } },
    ]);
    expect(stored()).toMatchObject({ telephone1: '100', lastname: 'Lovelace' });
    expect(requests()).toBe(1);
  });

  test('a contact that was deleted comes back whole', async () => {
    await send([{ id: '1' }]);
    await asPerson().delete('contacts', CONTACT);
    const run = await send([{ id: '2', customer: { lastname: 'King' } }]);
    expect(resultsOf(run)).toEqual([{ id: CONTACT, outcome: 'created' }]);
    expect(stored()).toMatchObject({ ...CUSTOMER, lastname: 'King' });
  });

  test('Update and rows of any table take changes the same way', async () => {
    const account = { accountid: ACCOUNT, name: 'Shop Ltd', telephone1: '100' };
    const only = { contactid: undefined, firstname: undefined, lastname: undefined };
    const blank = { ...only, jobtitle: undefined };
    const table = { __rl: true, mode: 'name', value: 'account' };
    const rows = { resource: 'row', more: { table } };
    await send([{ id: '1', customer: { ...blank, ...account } }], rows);
    await asPerson().update('accounts', ACCOUNT, { telephone1: '200' });
    const change = { ...blank, ...account, name: 'Shop Inc' };
    await send([{ id: '2', customer: change }], { resource: 'account', operation: 'update' });
    expect(stored('accounts')).toMatchObject({ name: 'Shop Inc', telephone1: '200' });
  });

  describe('Match or Create', () => {
    const match = { operation: 'match', more: { match: 'email', whenMatched: 'update' } };
    const customer = { emailaddress1: 'ada@example.com' };

    test('leaves what a person has corrected of a contact that was made from the shop', async () => {
      await send([{ id: '1', customer }], match);
      await asPerson().update('contacts', CONTACT, { telephone1: '200' });
      const change = { ...customer, lastname: 'King' };
      const run = await send([{ id: '2', customer: change }], match);
      expect(resultsOf(run)).toMatchObject([{ id: CONTACT, outcome: 'updated' }]);
      expect(stored()).toMatchObject({ telephone1: '200', lastname: 'King' });
    });

    test('takes the rules of the panel for a contact that was there before, and tells what was decided', async () => {
      const { id = '' } = await asPerson().create('contacts', { ...customer, jobtitle: 'Poet' });
      await send([{ id: '1', customer }], match);
      expect(stored()).toMatchObject({ contactid: id, telephone1: '100', jobtitle: 'Countess' });
      await asPerson().update('contacts', id, { telephone1: '200' });
      const change = { ...customer, telephone1: '300' };
      const options = { whenBothChanged: 'target' };
      const run = await send([{ id: '2', customer: change }], { ...match, options });
      expect(resultsOf(run)).toMatchObject([
        {
          id,
          outcome: 'unchanged',
          decisions: [{ field: 'telephone1', kept: 'target', conflict: true }],
          notes: [{ field: 'telephone1' }],
        },
      ]);
      const held = await send([{ id: '3', customer: { ...customer, telephone1: '400' } }], {
        ...match,
        options: { whenBothChanged: 'hold' },
      });
      expect(held.output(1)).toMatchObject([{ details: { class: 'held', code: 'CONFLICT' } }]);
      expect(stored()).toMatchObject({ telephone1: '200' });
    });

    test('writes nothing for a known customer who has not changed', async () => {
      await send([{ id: '1', customer }], match);
      sandbox.context.counters.reset();
      await send([{ id: '2', customer }], match);
      expect(operations()['upsert contact'] ?? 0).toBe(0);
      expect(requests()).toBe(1);
    });
  });

  test('without a claim each order writes the customer whole, as before', async () => {
    const put = async (): Promise<NodeRun> =>
      await runNode({
        nodeType: new Dynamics365(),
        parameters: {
          resource: 'contact',
          operation: 'upsert',
          columnsSource: 'field',
          columnsField: 'c',
        },
        credentialTypes: [new DynamicsDataverseApi()],
        credentials: { dynamicsDataverseApi: dataverseCredential(sandbox) },
        input: [{ c: CUSTOMER }],
      });
    await put();
    await asPerson().update('contacts', CONTACT, { telephone1: '200' });
    expect((await put()).output(0)).toEqual([{ id: CONTACT, outcome: 'updated' }]);
    expect(stored()).toMatchObject({ telephone1: '100' });
  });
});
