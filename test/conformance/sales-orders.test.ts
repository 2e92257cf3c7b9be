import Big from 'big.js';
import { v5 as uuidV5 } from 'uuid';

import { writeRows } from '../../core/dynamics/dataverse/rows/writeRows';
import type {
  SalesOrderDocument,
  SalesOrderLine,
} from '../../core/dynamics/dataverse/sales/documents';
import { SALES_ORDER } from '../../core/dynamics/dataverse/sales/salesOrder';
import { writeSalesDocuments } from '../../core/dynamics/dataverse/sales/write';
import type { Dataverse } from '../../core/dynamics/dataverse/types';
import type { Row } from '../../core/odata/types';
import { SELLABLE_ITEMS } from '../../sandbox/seed';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { dataverseClient } from './dataverse-on-sandbox';

const NAMESPACE = '2d9f3a52-7f0e-4a9e-9a55-6f3a3f6c1b10';
const idOf = (name: string): string => uuidV5(name, NAMESPACE);

function line(order: number, place: number): SalesOrderLine & { priceperunit: string } {
  const item = SELLABLE_ITEMS[(order * 3 + place) % SELLABLE_ITEMS.length];
  if (!item) throw new Error('The catalogue is empty');
  return {
    salesorderdetailid: idOf(`line ${order}/${place}`),
    productnumber: item.sku,
    quantity: place + 1,
    // Not the price of the price list: what the shop charged must hold.
    priceperunit: new Big(item.price).minus('0.01').toFixed(2),
    tax: '0.10',
  };
}

function orderOf(number: number, change: Partial<SalesOrderDocument> = {}): SalesOrderDocument {
  const lines = [0, 1, 2].map((place) => line(number, place));
  const goods = lines.reduce(
    (sum, { priceperunit, quantity }) => sum.plus(new Big(priceperunit).times(Number(quantity))),
    new Big(0),
  );
  return {
    salesorderid: idOf(`order ${number}`),
    name: `Web ${number}`,
    transactioncurrency: 'USD',
    pricelevel: 'Web Store USD',
    contactid: idOf(`customer ${number % 40}`),
    freightamount: '4.95',
    billto_city: 'Springfield',
    expectedtotal: goods.plus('4.95').plus('0.30').toFixed(2),
    order_details: lines,
    ...change,
  };
}

describe('sales orders on the sandbox', () => {
  let sandbox: RunningSandbox;
  let client: Dataverse;

  beforeAll(async () => {
    sandbox = await startSandbox();
    client = dataverseClient(sandbox);
  });
  afterAll(() => sandbox.stop());

  beforeEach(async () => {
    sandbox.reset();
    const contacts = Array.from({ length: 40 }, (_unused, index) => ({
      set: 'contacts',
      primaryId: 'contactid',
      key: idOf(`customer ${index}`),
      row: { firstname: 'Ada', lastname: `Example ${index}` },
    }));
    const written = await writeRows(client, 'upsert', contacts);
    expect(written.every((outcome) => outcome.ok && outcome.value.outcome === 'created')).toBe(
      true,
    );
    sandbox.context.counters.reset();
  });

  const rows = (set: string): Row[] => sandbox.services.dataverse.rows(set) ?? [];
  const requests = (): number => sandbox.context.counters.snapshot().dataverse.requests;

  test('writes 1,000 orders of three lines, each once, in at most 60 requests', async () => {
    const documents = Array.from({ length: 1000 }, (_unused, index) => orderOf(index));
    const outcomes = await writeSalesDocuments(client, SALES_ORDER, documents);
    expect(outcomes.filter((outcome) => !outcome.ok)).toEqual([]);
    expect(rows('salesorders')).toHaveLength(1000);
    expect(rows('salesorderdetails')).toHaveLength(3000);
    expect(requests()).toBeLessThanOrEqual(60);
    expect(outcomes[7]).toEqual({
      ok: true,
      value: {
        id: idOf('order 7'),
        outcome: 'created',
        name: 'Web 7',
        ordernumber: expect.any(String),
        totalamount: Number(documents[7]?.expectedtotal),
        lines: 3,
      },
    });
    expect(outcomes.some((outcome) => outcome.ok && 'totaldifference' in outcome.value)).toBe(
      false,
    );
  });

  test('leaves an order that is the same untouched, and keeps the price of the shop', async () => {
    await writeSalesDocuments(client, SALES_ORDER, [orderOf(1), orderOf(2)]);
    const before = rows('salesorders');
    const again = await writeSalesDocuments(client, SALES_ORDER, [orderOf(1), orderOf(2)]);
    expect(again).toMatchObject([
      { ok: true, value: { outcome: 'unchanged', lines: 3 } },
      { ok: true, value: { outcome: 'unchanged', lines: 3 } },
    ]);
    expect(rows('salesorders')).toEqual(before);
  });

  test('changes only what differs, lines included, and the totals follow', async () => {
    const first = orderOf(1);
    await writeSalesDocuments(client, SALES_ORDER, [first]);
    const [kept, changed] = first.order_details ?? [];
    const document = orderOf(1, {
      freightamount: 0,
      order_details: [
        kept ?? {},
        { ...changed, quantity: 10 },
        {
          salesorderdetailid: idOf('gift'),
          productdescription: 'Gift wrap',
          quantity: 1,
          priceperunit: '3.00',
        },
      ],
      expectedtotal: undefined,
    });
    const [outcome] = await writeSalesDocuments(client, SALES_ORDER, [document]);
    expect(outcome).toMatchObject({ ok: true, value: { outcome: 'updated', lines: 3 } });
    expect(rows('salesorderdetails')).toHaveLength(3);
    const total = new Big(kept?.priceperunit ?? 0)
      .plus('0.10')
      .plus(new Big(changed?.priceperunit ?? 0).times(10))
      .plus('0.10')
      .plus(3);
    expect(outcome).toMatchObject({ value: { totalamount: total.toNumber() } });
    expect(await writeSalesDocuments(client, SALES_ORDER, [document])).toMatchObject([
      { value: { outcome: 'unchanged' } },
    ]);
  });

  test('fails an order with an unknown SKU alone, or writes it in', async () => {
    const unknown = orderOf(1, {
      order_details: [{ ...line(1, 0), productnumber: 'NOT-THERE' }],
    });
    const [failed, fine] = await writeSalesDocuments(client, SALES_ORDER, [unknown, orderOf(2)]);
    expect(fine).toMatchObject({ ok: true, value: { outcome: 'created' } });
    expect(failed).toMatchObject({ ok: false });
    if (failed?.ok !== false) throw new Error('It should have failed');
    expect(failed.error.message).toBe('Product "NOT-THERE" of line 1 is not in Dynamics 365');
    expect(failed.error.class).toBe('validation');
    expect(failed.error.fix).toContain('productnumber');
    const [writtenIn] = await writeSalesDocuments(client, SALES_ORDER, [unknown], {
      unknownProducts: 'write-in',
    });
    expect(writtenIn).toMatchObject({ ok: true, value: { outcome: 'created', lines: 1 } });
  });

  test('writes each order once when answers are lost after the commit', async () => {
    sandbox.context.faults.configure({
      rules: [
        {
          service: 'dataverse',
          method: 'POST',
          path: '\\$batch',
          kind: 'timeout-after-commit',
          after: 1,
          times: 3,
          holdMs: 9_000,
        },
      ],
    } as never);
    const hurried = dataverseClient(sandbox, { timeoutMs: 3_000 });
    const documents = Array.from({ length: 60 }, (_unused, index) => orderOf(index));
    const outcomes = await writeSalesDocuments(hurried, SALES_ORDER, documents);
    expect(outcomes.filter((outcome) => !outcome.ok)).toEqual([]);
    expect(rows('salesorders')).toHaveLength(60);
    expect(rows('salesorderdetails')).toHaveLength(180);
    expect(sandbox.context.counters.snapshot().dataverse.faults['timeout-after-commit']).toBe(3);
  });

  test('does not touch an order that is closed', async () => {
    await writeSalesDocuments(client, SALES_ORDER, [orderOf(1)]);
    const close = {
      OrderClose: {
        '@odata.type': 'Microsoft.Dynamics.CRM.orderclose',
        subject: 'Shipped',
        'salesorderid@odata.bind': `/salesorders(${idOf('order 1')})`,
      },
      Status: 100001,
    };
    await client.callAction('FulfillSalesOrder', close, { set: 'salesorders' });
    expect(await writeSalesDocuments(client, SALES_ORDER, [orderOf(1)])).toMatchObject([
      { ok: true, value: { outcome: 'unchanged' } },
    ]);
    const [outcome] = await writeSalesDocuments(client, SALES_ORDER, [
      orderOf(1, { freightamount: 9 }),
    ]);
    if (outcome?.ok !== false) throw new Error('It should have failed');
    expect(outcome.error).toMatchObject({ class: 'held', code: 'CLOSED' });
    expect(outcome.error.message).toContain('is Fulfilled in Dynamics 365');
  });

  test('tells of a total that differs, and fails for it when told to', async () => {
    const wrong = orderOf(1, { expectedtotal: '1.00' });
    const [told] = await writeSalesDocuments(client, SALES_ORDER, [wrong]);
    const total = Number(orderOf(1).expectedtotal);
    expect(told).toMatchObject({
      ok: true,
      value: { totaldifference: new Big(total).minus(1).toNumber() },
    });
    const [failed] = await writeSalesDocuments(client, SALES_ORDER, [wrong], {
      failOnTotalDifference: true,
    });
    if (failed?.ok !== false) throw new Error('It should have failed');
    expect(failed.error.message).toContain('where 1.00 is expected');
  });

  test('knows no total of what it would change in a dry run, and fails nothing for that', async () => {
    await writeSalesDocuments(client, SALES_ORDER, [orderOf(1), orderOf(2)]);
    const before = structuredClone(rows('salesorders'));
    const order = orderOf(1);
    const added = { ...line(4, 0), salesorderdetailid: idOf('line added') };
    const total = new Big(order.expectedtotal ?? 0).plus(added.priceperunit).plus('0.10');
    const longer = {
      ...order,
      expectedtotal: total.toFixed(2),
      order_details: [...(order.order_details ?? []), added],
    };
    const dry = dataverseClient(sandbox, { dryRun: { note: () => {} } });
    const options = { failOnTotalDifference: true };
    const wrong = orderOf(2, { expectedtotal: '1.00' });
    const [changed, unchanged, made] = await writeSalesDocuments(
      dry,
      SALES_ORDER,
      [longer, wrong, orderOf(3)],
      options,
    );
    expect(changed).toMatchObject({ ok: true, value: { outcome: 'updated', lines: 4 } });
    expect(changed).not.toHaveProperty('value.totaldifference');
    expect(changed?.ok && changed.value.totalamount).toBeUndefined();
    expect(unchanged).toMatchObject({ ok: false });
    expect(made).toMatchObject({ ok: true, value: { outcome: 'created' } });
    expect(rows('salesorders')).toEqual(before);
    const [real] = await writeSalesDocuments(client, SALES_ORDER, [longer], options);
    expect(real).toMatchObject({ ok: true, value: { outcome: 'updated', lines: 4 } });
  });

  test('gives documents with the same key one order, the last of them', async () => {
    const outcomes = await writeSalesDocuments(client, SALES_ORDER, [
      orderOf(1, { name: 'First' }),
      orderOf(1, { name: 'Second' }),
    ]);
    expect(outcomes).toMatchObject([{ value: { name: 'Second' } }, { value: { name: 'Second' } }]);
    expect(rows('salesorders')).toHaveLength(1);
  });

  test('says that another row has the key of a line', async () => {
    await writeSalesDocuments(client, SALES_ORDER, [orderOf(1)]);
    const [outcome] = await writeSalesDocuments(client, SALES_ORDER, [
      orderOf(2, { order_details: [line(1, 0)] }),
    ]);
    if (outcome?.ok !== false) throw new Error('It should have failed');
    expect(outcome.error.message).toContain('Sales order "Web 2" was refused as a duplicate');
    expect(rows('salesorders')).toHaveLength(1);
  });

  it('does not count an order as written that cannot be read back', async () => {
    const blind: Dataverse = {
      ...client,
      request: async (operation) => {
        const answer = await client.request(operation);
        return operation.method === 'GET' && operation.path.startsWith('salesorders?')
          ? { ...answer, body: { value: [] } }
          : answer;
      },
    };
    const [outcome] = await writeSalesDocuments(blind, SALES_ORDER, [orderOf(7001)]);
    expect(outcome).toMatchObject({ ok: false, error: { code: 'NOT_READ_BACK', retryable: true } });
    const [again] = await writeSalesDocuments(client, SALES_ORDER, [orderOf(7001)]);
    expect(again).toMatchObject({ ok: true, value: { outcome: 'unchanged' } });
  });
});
