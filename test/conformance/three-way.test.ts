import type { IDataObject } from 'n8n-workflow';

import { openLedger } from '../../core/ledger/open';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import type { NodeRun } from '../engine';
import { ledger, useOwnLedger } from '../support/ledger';
import { throughLedger, writeNode } from './claimedWrites';
import { dataverseClient } from './dataverse-on-sandbox';

/** An order is written with its claim, somebody changes it in Dynamics 365, and the shop changes it again. */

const ORDER = '7b1f9a06-0000-5000-8000-0000000000a1';
const CONTACT = '7b1f9a06-0000-5000-8000-0000000000a2';
const LINE = '7b1f9a06-0000-5000-8000-0000000000a3';

useOwnLedger();

describe('changes of an order on the sandbox', () => {
  let sandbox: RunningSandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.stop());
  beforeEach(async () => {
    sandbox.reset();
    await dataverseClient(sandbox).create('contacts', { contactid: CONTACT, lastname: 'S' });
  });

  /** Reads the shop's order, claims it, writes it, and notes what became of it. */
  async function send(change: object, options: object = {}, source: object = {}): Promise<NodeRun> {
    const document = {
      salesorder: {
        salesorderid: ORDER,
        name: 'Web 1',
        transactioncurrency: 'USD',
        contactid: CONTACT,
        description: 'Ring twice',
        shipto_line1: '1 Main St',
        submitstatusdescription: 'Pack well',
        expectedtotal: 37,
        order_details: [
          {
            salesorderdetailid: LINE,
            productnumber: 'HMR-16',
            quantity: 2,
            priceperunit: '18.50',
          },
        ],
        ...change,
      },
      source: {
        platform: 'xcart',
        store: 'main',
        kind: 'order',
        id: '1',
        event: 'poll',
        ...source,
      },
    };
    const parameters = {
      resource: 'salesOrder',
      operation: 'upsert',
      columnsField: 'salesorder',
      options: { outputField: 'result', failOnTotalDifference: true, ...options },
    };
    return await throughLedger([document], 'salesorder', (claimed) =>
      writeNode(sandbox, parameters, claimed),
    );
  }

  const only = (set: string): IDataObject =>
    (sandbox.services.dataverse.rows(set) ?? [])[0] as IDataObject;
  const lines = () =>
    (sandbox.services.dataverse.rows('salesorderdetails') ?? []) as unknown as IDataObject[];
  const asPerson = () => dataverseClient(sandbox);
  const resultOf = (run: NodeRun) => run.output(0)[0]?.result as IDataObject;

  test('edits of a person: the line and both texts stay, the note arrives', async () => {
    await send({});
    await asPerson().create('salesorderdetails', {
      'salesorderid@odata.bind': `/salesorders(${ORDER})`,
      isproductoverridden: true,
      productdescription: 'Express packing',
      quantity: 1,
      priceperunit: 3,
    });
    await asPerson().update('salesorders', ORDER, {
      description: 'Call first',
      shipto_line1: 'Side entrance',
    });
    const run = await send({ submitstatusdescription: 'Pack very well' });
    expect(resultOf(run)).toMatchObject({
      outcome: 'updated',
      totalamount: 40,
      notes: expect.arrayContaining([
        {
          field: 'description',
          message: 'kept as it was changed in Dynamics 365; the source has not changed it since',
        },
      ]),
    });
    expect(only('salesorders')).toMatchObject({
      description: 'Call first',
      shipto_line1: 'Side entrance',
      submitstatusdescription: 'Pack very well',
      totalamount: 40,
    });
    expect(lines()).toHaveLength(2);
  });

  test('costs no more requests than without, and what was sent is not created again', async () => {
    await send({});
    sandbox.context.counters.reset();
    await send({ description: 'Ring thrice' });
    const { operations } = sandbox.context.counters.snapshot().dataverse;
    expect(operations['create salesorder'] ?? 0).toBe(0);
    expect(operations['update salesorder']).toBe(1);
  });

  test.each([
    ['source', 'The shop'],
    ['target', 'A person'],
    ['newest', 'A person'],
  ])('where both changed, %s wins', async (whenBothChanged, expected) => {
    await send({}, {}, { version: '2020-01-01T00:00:00Z' });
    await asPerson().update('salesorders', ORDER, { description: 'A person' });
    const source = { version: '2020-01-02T00:00:00Z' };
    const run = await send({ description: 'The shop' }, { whenBothChanged }, source);
    expect(only('salesorders')['description']).toBe(expected);
    expect(resultOf(run)['decisions']).toEqual([
      {
        field: 'description',
        kept: whenBothChanged === 'source' ? 'source' : 'target',
        conflict: true,
      },
    ]);
  });

  test('a column has a rule of its own', async () => {
    await send({});
    const texts = { description: 'A person', shipto_line1: 'Side entrance' };
    await asPerson().update('salesorders', ORDER, texts);
    const columnRules = { rules: [{ column: 'shipto_line1', rule: 'target' }] };
    await send({ description: 'The shop', shipto_line1: '2 Main St' }, { columnRules });
    expect(only('salesorders')).toMatchObject({
      description: 'The shop',
      shipto_line1: 'Side entrance',
    });
  });

  test('is held where a person is to decide, and goes as decided', async () => {
    await send({});
    await asPerson().update('salesorders', ORDER, { description: 'A person' });
    const change = { description: 'The shop', shipto_line1: '2 Main St' };
    const held = await send(change, { whenBothChanged: 'hold' });
    expect(held.output(1)).toMatchObject([
      {
        details: { class: 'held', code: 'CONFLICT' },
        error: expect.stringContaining('description'),
      },
    ]);
    expect(only('salesorders')).toMatchObject({
      description: 'A person',
      shipto_line1: '1 Main St',
    });
    await ledger('requeue', [{}], { which: 'held', conflicts: 'source' });
    await send(change, { whenBothChanged: 'hold' });
    expect(only('salesorders')).toMatchObject({
      description: 'The shop',
      shipto_line1: '2 Main St',
    });
  });

  test('what was written, and never confirmed, is known as sent', async () => {
    await send({});
    const open = await openLedger();
    jest.spyOn(open, 'confirm').mockRejectedValueOnce(new Error('the process has died'));
    await send({ description: 'Second' });
    expect(only('salesorders')['description']).toBe('Second');
    const back = await send({ description: 'Ring twice' });
    expect(resultOf(back)['decisions']).toBeUndefined();
    expect(only('salesorders')['description']).toBe('Ring twice');
  });

  describe('an attempt whose end nobody has confirmed', () => {
    const added = {
      salesorderdetailid: LINE.replace(/3$/, '5'),
      productnumber: 'HMR-16',
      quantity: 1,
      priceperunit: 5,
    };
    const first = {
      salesorderdetailid: LINE,
      productnumber: 'HMR-16',
      quantity: 2,
      priceperunit: '18.50',
    };

    /** Sends and writes, and the process dies before the ledger hears of it. */
    async function sendUnconfirmed(change: object): Promise<void> {
      const open = await openLedger();
      jest.spyOn(open, 'confirm').mockRejectedValueOnce(new Error('the process has died'));
      await send(change);
    }

    test('has taken out a line: it is there again when the shop puts it back', async () => {
      await send({ order_details: [first, added], expectedtotal: 42 });
      await sendUnconfirmed({ order_details: [first] });
      expect(lines()).toHaveLength(1);
      const back = await send({ order_details: [first, added], expectedtotal: 42 });
      expect(lines()).toHaveLength(2);
      expect(resultOf(back)).toMatchObject({ outcome: 'updated', totalamount: 42 });
      expect(resultOf(back)['decisions']).toBeUndefined();
    });

    test('has added a line: it goes when the shop takes it out again', async () => {
      await send({});
      await sendUnconfirmed({ order_details: [first, added], expectedtotal: 42 });
      expect(lines()).toHaveLength(2);
      const back = await send({});
      expect(lines().map((row) => row['salesorderdetailid'])).toEqual([LINE]);
      expect(resultOf(back)['decisions']).toBeUndefined();
    });
  });

  test("amounts that Dynamics 365 has rounded are nobody's edit", async () => {
    await send({ freightamount: 3.3333, expectedtotal: undefined });
    const stored = only('salesorders')['freightamount'] as number;
    expect(stored).toBeCloseTo(3.33, 2);
    await asPerson().update('salesorders', ORDER, { freightamount: 3.33 });
    const calm = await send({ freightamount: 3.3333, expectedtotal: undefined, description: 'x' });
    expect(resultOf(calm)['decisions']).toBeUndefined();
    const change = { freightamount: 4.4444, expectedtotal: undefined };
    const changed = await send(change, { whenBothChanged: 'hold' });
    expect(changed.output(1)).toEqual([]);
    expect(only('salesorders')['freightamount']).toBeCloseTo(4.44, 2);
    await asPerson().update('salesorders', ORDER, { freightamount: 4.45 });
    const again = { ...change, freightamount: 5 };
    const held = await send(again, { whenBothChanged: 'hold' });
    expect(held.output(1)).toMatchObject([{ details: { class: 'held' } }]);
  });

  test('a buyer who becomes a company is a change of the shop alone', async () => {
    const account = '7b1f9a06-0000-5000-8000-0000000000a9';
    await asPerson().create('accounts', { accountid: account, name: 'S Ltd' });
    await send({});
    const buyer = { contactid: undefined, accountid: account.toUpperCase() };
    const run = await send(buyer, { whenBothChanged: 'hold' });
    expect(run.output(1)).toEqual([]);
    expect(only('salesorders')['_customerid_value']).toBe(account);
    await send({}, { whenBothChanged: 'hold' });
    expect(only('salesorders')['_customerid_value']).toBe(CONTACT);
    await asPerson().update('salesorders', ORDER, {
      'customerid_account@odata.bind': `/accounts(${account})`,
    });
    const other = CONTACT.replace(/2$/, '8');
    await asPerson().create('contacts', { contactid: other, lastname: 'T' });
    const held = await send({ contactid: other }, { whenBothChanged: 'hold' });
    expect(held.output(1)).toMatchObject([{ details: { class: 'held' } }]);
  });

  test('a line that a person took out stays out, and one that the shop took out goes', async () => {
    await send({});
    await asPerson().delete('salesorderdetails', LINE);
    const run = await send({ description: 'Other' });
    expect(lines()).toHaveLength(0);
    expect(resultOf(run)['totaldifference']).toBe(-37);
    const other = LINE.replace(/3$/, '4');
    const line = {
      salesorderdetailid: other,
      productnumber: 'HMR-16',
      quantity: 1,
      priceperunit: 5,
    };
    await send({ order_details: [line], expectedtotal: 5 });
    expect(lines().map((row) => row['salesorderdetailid'])).toEqual([other]);
  });

  test('paid again after it was canceled in Dynamics 365, it waits for a person, and goes when it is active again', async () => {
    const { switches } = sandbox.services.dataverse;
    switches.stateByColumns = 'any';
    await send({});
    const canceled = { statecode: 2, statuscode: 4 };
    await asPerson().setStatus('salesorders', ORDER, canceled);
    const paid = await send({ description: 'Paid' });
    expect(paid.output(1)).toMatchObject([{ details: { class: 'held', code: 'CLOSED' } }]);
    const list = await ledger('listHeld', [{}], { returnAll: true });
    expect(list.output()).toMatchObject([
      {
        error: {
          class: 'held',
          message: 'Sales order "Web 1" is Canceled in Dynamics 365 and can no longer be changed',
          fix: expect.stringContaining('make the order active again and requeue') as string,
        },
      },
    ]);
    expect((await ledger('listDead', [{}], { returnAll: true })).output()).toEqual([]);
    await ledger('requeue', [{}], { which: 'held' });
    await send({ description: 'Paid' });
    expect((await ledger('listHeld', [{}], { returnAll: true })).output()).toHaveLength(1);
    await asPerson().setStatus('salesorders', ORDER, { statecode: 0, statuscode: 1 });
    await ledger('requeue', [{}], { which: 'held' });
    await send({ description: 'Paid' });
    expect(only('salesorders')['description']).toBe('Paid');
    expect((await ledger('listHeld', [{}], { returnAll: true })).output()).toEqual([]);
  });
});
