/** Purchase orders with lines and stock adjustments of Dynamics 365: all or nothing, and once for each record. */
import { createMetadata } from '../../core/dynamics/dataverse/metadata/metadata';
import { adjustStock } from '../../core/dynamics/dataverse/purchase/adjustStock';
import type { Adjustment } from '../../core/dynamics/dataverse/purchase/movements';
import type { PurchaseOrder } from '../../core/dynamics/dataverse/purchase/orderJobs';
import { writePurchaseOrders } from '../../core/dynamics/dataverse/purchase/writePurchaseOrders';
import type { Dataverse } from '../../core/dynamics/dataverse/types';
import { ServiceError } from '../../core/errors';
import type { Outcome } from '../../core/outcome';
import { seedGuid } from '../../sandbox/dataverse/catalogue';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { dataverseClient } from './dataverse-on-sandbox';

const VENDOR = '7b1f9a06-0000-5000-8000-00000000b001';
const OWN_KEY = '7b1f9a06-0000-5000-8000-00000000c001';
const MAIN = 'Main Warehouse';

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());
beforeEach(() => {
  sandbox.reset();
  const account = { accountid: VENDOR, name: 'Tailspin', accountnumber: 'V-7' };
  sandbox.services.dataverse.insert('accounts', [account]);
});

const rows = (set: string) => sandbox.services.dataverse.rows(set) ?? [];

const write = async (...documents: PurchaseOrder[]) => {
  const client = dataverseClient(sandbox);
  return await writePurchaseOrders(client, createMetadata(client), documents, {
    recordOf: (place) => `xcart:main:order:${place}`,
  });
};

const line = (productnumber: string, msdyn_quantity: unknown, more = {}) => ({
  productnumber,
  msdyn_quantity,
  msdyn_unitcost: 2.5,
  ...more,
});

const order = (...lines: object[]): PurchaseOrder => ({
  msdyn_name: 'PO-1',
  msdyn_purchaseorderdate: '2026-05-04',
  vendornumber: 'v-7',
  warehouse: MAIN,
  lines: lines as PurchaseOrder['lines'],
});

const quantities = () =>
  rows('msdyn_purchaseorderproducts')
    .sort((a, b) => Number(a.msdyn_lineorder) - Number(b.msdyn_lineorder))
    .map(({ msdyn_quantity, msdyn_totalcost }) => [msdyn_quantity, msdyn_totalcost]);

test('an order is made with its lines by what people call vendor, warehouse, product and unit', async () => {
  const [made] = await write(order(line('HMR-16', '2'), line('TS-1', 3, { uom: 'Each' })));
  expect(made).toMatchObject({ ok: true, value: { outcome: 'created', lines: 2 } });
  expect(rows('msdyn_purchaseorders')).toMatchObject([
    {
      msdyn_name: 'PO-1',
      _msdyn_vendor_value: VENDOR,
      _msdyn_receivetowarehouse_value: seedGuid('warehouse', MAIN),
    },
  ]);
  expect(quantities()).toEqual([
    [2, 5],
    [3, 7.5],
  ]);
});

test('the same record updates its order, and takes away its lines that are gone', async () => {
  const [first] = await write(order(line('HMR-16', 2), line('TS-1', 3)));
  const id = first?.ok ? first.value.id : '';
  sandbox.services.dataverse.insert('msdyn_purchaseorderproducts', [
    {
      msdyn_quantity: 9,
      msdyn_lineorder: 99,
      'msdyn_purchaseorder@odata.bind': `/msdyn_purchaseorders(${id})`,
    },
  ]);
  const [second] = await write(order(line('HMR-16', 4)));
  expect(second).toMatchObject({ ok: true, value: { id, outcome: 'updated', lines: 1 } });
  expect(rows('msdyn_purchaseorders')).toHaveLength(1);
  // The line that a person has added stays.
  expect(quantities().map(([quantity]) => quantity)).toEqual([4, 9]);
});

test('an order with one bad line is not made at all, and the others are', async () => {
  const outcomes = await write(
    order(line('HMR-16', 2)),
    order(line('HMR-16', 2), line('TS-1', -4)),
    order(line('NO-SUCH', 1)),
    { ...order(), vendornumber: 'V-8' },
  );
  expect(outcomes.map((one) => (one.ok ? one.value.outcome : one.error.class))).toEqual([
    'created',
    'validation',
    'validation',
    'validation',
  ]);
  expect(rows('msdyn_purchaseorders')).toHaveLength(1);
  expect(rows('msdyn_purchaseorderproducts')).toHaveLength(1);
});

const writeOf = async (records: string[], ...documents: PurchaseOrder[]) => {
  const client = dataverseClient(sandbox);
  return await writePurchaseOrders(client, createMetadata(client), documents, {
    recordOf: (place) => records[place],
  });
};

const told = (outcomes: Outcome<{ id: string; outcome: string }>[]) =>
  outcomes.map((one) => (one.ok ? one.value.outcome : one.error.message));

describe('what is ordered for one record', () => {
  const RECORD = 'xcart:main:order:7';
  const OTHER = 'xcart:main:order:8';

  beforeEach(() => {
    const account = { name: 'Proseware', accountnumber: 'V-9' };
    sandbox.services.dataverse.insert('accounts', [account]);
  });

  test('is an order for each vendor, in one run or in several', async () => {
    const one = order(line('HMR-16', 2));
    const other = { ...order(line('TS-1', 1)), vendornumber: 'V-9', msdyn_name: 'PO-2' };
    const both = await writeOf([RECORD, RECORD], one, other);
    expect(told(both)).toEqual(['created', 'created']);
    const [again] = await writeOf([RECORD], other);
    expect(again).toMatchObject({ ok: true, value: { outcome: 'updated' } });
    expect(again?.ok && again.value.id).toBe(both[1]?.ok && both[1].value.id);
    expect(rows('msdyn_purchaseorders')).toHaveLength(2);
  });

  test('is written once where it comes twice', async () => {
    const one = order(line('HMR-16', 2));
    expect(told(await writeOf([RECORD, RECORD], one, { ...one }))).toEqual(['created', 'created']);
    expect(rows('msdyn_purchaseorders')).toMatchObject([{ msdyn_name: 'PO-1' }]);
  });

  test('is not written at all where two would share a row, and others are', async () => {
    const one = order(line('HMR-16', 2));
    const other = { ...order(line('TS-1', 1)), msdyn_name: 'PO-2' };
    const third = { ...other, vendornumber: 'V-9', msdyn_name: 'PO-3' };
    const outcomes = await writeOf([RECORD, RECORD, RECORD], one, other, third);
    const refused = `Purchase orders PO-1 (${RECORD}) and PO-2 (${RECORD}) of this run have the same key; one row cannot hold both, and neither was written`;
    expect(told(outcomes)).toEqual([refused, refused, 'created']);
    expect(rows('msdyn_purchaseorders')).toMatchObject([{ msdyn_name: 'PO-3' }]);
  });

  test('is one order however the vendor is spelt', async () => {
    const { vendornumber, ...rest } = order(line('HMR-16', 2));
    const spelt: PurchaseOrder[] = [
      { ...rest, vendornumber },
      { ...rest, msdyn_vendor: VENDOR.toUpperCase() },
      { ...rest, msdyn_vendor: `{${VENDOR}}` },
      { ...rest, msdyn_vendor: `accounts(${VENDOR})` },
      { ...rest, msdyn_vendor: { id: VENDOR } },
      { ...rest, msdyn_vendor: { table: 'account', id: VENDOR } },
      { ...rest, 'msdyn_vendor@odata.bind': `/accounts(${VENDOR})` },
    ];
    const ids = new Set<string>();
    for (const document of spelt) {
      const [outcome] = await writeOf([RECORD], document);
      ids.add(outcome?.ok ? outcome.value.id : String(outcome?.error.message));
    }
    expect(ids.size).toBe(1);
    expect(rows('msdyn_purchaseorders')).toMatchObject([{ _msdyn_vendor_value: VENDOR }]);
  });

  test('needs a vendor that can be told, or an ID of its own', async () => {
    const { vendornumber: _, ...rest } = order(line('HMR-16', 2));
    const outcomes = await writeOf(
      [RECORD, OTHER],
      rest,
      { ...rest, msdyn_vendor: 'accountnumber=V-7' },
      order(line('TS-1', 1)),
      { ...rest, msdyn_purchaseorderid: OWN_KEY, msdyn_vendor: { id: VENDOR } },
    );
    expect(told(outcomes)).toEqual([
      `Purchase order PO-1 (${RECORD}) has no vendor`,
      `The vendor of purchase order PO-1 (${OTHER}) is given neither by number nor by GUID`,
      'created',
      'created',
    ]);
    expect(outcomes[0]?.ok === false && outcomes[0].error.fix).toMatch(/msdyn_purchaseorderid/);
    expect(outcomes[1]?.ok === false && outcomes[1].error.fix).toMatch(/vendornumber/);
  });

  test.each([
    ['held where nothing names it', [], {}, 'held'],
    ['sent again by a ledger where a record does', [RECORD], {}, 'transient'],
    [
      'sent again by a ledger where its ID does',
      [],
      { msdyn_purchaseorderid: OWN_KEY },
      'transient',
    ],
  ])('is %s and no answer comes', async (_what, records, more, expected) => {
    const client = dataverseClient(sandbox);
    const silent: Dataverse = {
      ...client,
      batch: async (operations) => {
        const outcomes = await client.batch(operations);
        const isWrite = operations.some((operation) => 'changeSet' in operation);
        const error = new ServiceError('Timed out', { class: 'transient', code: 'TIMEOUT' });
        return isWrite ? outcomes.map(() => ({ ok: false, error })) : outcomes;
      },
    };
    const documents = [{ ...order(line('HMR-16', 2)), ...more }];
    const [outcome] = await writePurchaseOrders(silent, createMetadata(client), documents, {
      recordOf: (place) => (records as string[])[place],
    });
    expect(outcome).toMatchObject({ ok: false, error: { class: expected } });
    expect(rows('msdyn_purchaseorders')).toHaveLength(1);
  });

  test('does not become that of another record by a key that was mapped for both', async () => {
    const one = { ...order(line('HMR-16', 2)), msdyn_purchaseorderid: OWN_KEY };
    const [first, second] = await writeOf([RECORD, OTHER], one, { ...one });
    for (const outcome of [first, second]) {
      expect(outcome).toMatchObject({ ok: false, error: { class: 'validation' } });
    }
    expect(rows('msdyn_purchaseorders')).toEqual([]);
  });
});

describe('stock is adjusted', () => {
  const RECORD = 'xcart:main:order:7';
  const one = { sku: 'HMR-16', warehouse: MAIN, quantity: -2, record: RECORD };
  const held = () =>
    rows('msdyn_productinventories').find(
      (row) =>
        row._msdyn_product_value === seedGuid('product', 'HMR-16') &&
        row._msdyn_warehouse_value === seedGuid('warehouse', MAIN),
    )?.msdyn_qtyonhand as number;
  let before = 0;
  const moved = () => held() - before;
  const adjust = async (...adjustments: Adjustment[]) =>
    await adjustStock(dataverseClient(sandbox), adjustments);
  beforeEach(() => {
    before = held();
  });

  test('once for each movement of a record, whatever comes together', async () => {
    const lines = [
      { ...one, movement: 'line 1' },
      { ...one, movement: 'line 2', quantity: -1 },
      { ...one, sku: 'NO' },
    ] as const;
    const refused = 'Product "NO" is not in Dynamics 365';
    expect(told(await adjust(...lines))).toEqual(['created', 'created', refused]);
    expect(moved()).toBe(-3);
    expect(told(await adjust(...lines))).toEqual(['unchanged', 'unchanged', refused]);
    // Alone, and in another order.
    expect(told(await adjust(lines[1]))).toEqual(['unchanged']);
    expect(told(await adjust({ ...one, quantity: 2, movement: 'cancel' }))).toEqual(['created']);
    expect(moved()).toBe(-1);
  });

  test('once however product and warehouse are spelt', async () => {
    const id = seedGuid('warehouse', MAIN);
    const spelt = [
      one,
      { ...one, warehouse: id },
      { ...one, warehouse: `{${id.toUpperCase()}}` },
      { ...one, sku: 'hmr-16', warehouse: MAIN.toUpperCase() },
    ];
    for (const adjustment of spelt) await adjust(adjustment);
    expect(moved()).toBe(-2);
    expect(told(await adjust(...spelt))).toEqual(spelt.map(() => 'unchanged'));
    const other = { ...one, warehouse: id, quantity: -1, movement: 'line 2' };
    const refused = expect.stringMatching(/neither was made$/) as string;
    expect(told(await adjust({ ...one, movement: 'line 2' }, other))).toEqual([refused, refused]);
    expect(moved()).toBe(-2);
  });

  test('not by what has the key of another movement', async () => {
    expect(told(await adjust(one))).toEqual(['created']);
    const [other] = await adjust({ ...one, quantity: 2 });
    expect(other).toMatchObject({ ok: false, error: { class: 'conflict' } });
    expect(told(other ? [other] : [])).toEqual([
      expect.stringMatching(
        /^Another movement was made for this record: -2 by .*, and not 2 of HMR-16$/,
      ),
    ]);
    const [inOtherUnit] = await adjust({ ...one, unit: 'Pack' });
    expect(inOtherUnit).toMatchObject({ ok: false, error: { class: 'conflict' } });
    expect(moved()).toBe(-2);
  });

  test('once by two items that ask for the same, and both say so', async () => {
    const outcomes = await adjust(one, { ...one });
    expect(moved()).toBe(-2);
    expect(outcomes[1]).toEqual(outcomes[0]);
    expect(outcomes[0]).toMatchObject({
      ok: true,
      value: { outcome: 'created', notes: [{ field: 'movement' }] },
    });
  });

  test('by neither of two that differ under one key', async () => {
    const outcomes = await adjust(one, { ...one, quantity: -1 }, { ...one, sku: 'TS-1' });
    const refused = `Two movements of HMR-16 in ${MAIN} for the record ${RECORD}, -2 and -1, have no name in Movement; neither was made`;
    expect(told(outcomes)).toEqual([refused, refused, 'created']);
    expect(moved()).toBe(0);
  });

  test('in no warehouse whose name stands for two', async () => {
    sandbox.services.dataverse.insert('msdyn_warehouses', [{ msdyn_name: MAIN }]);
    const [outcome] = await adjust(one);
    expect(outcome).toMatchObject({
      ok: false,
      error: {
        class: 'validation',
        message: `Warehouse "${MAIN}" stands for 2 warehouses in Dynamics 365`,
      },
    });
    expect(moved()).toBe(0);
    expect(told(await adjust({ ...one, warehouse: seedGuid('warehouse', MAIN) }))).toEqual([
      'created',
    ]);
  });

  test.each(['0x80060892', '0x80040333'])('and %s is no sign that it was', async (code) => {
    const client = dataverseClient(sandbox);
    const error = new ServiceError('Refused', { class: 'duplicate', code });
    const refusing: Dataverse = {
      ...client,
      batch: async (operations) => {
        const isWrite = operations.some((operation) => 'changeSet' in operation);
        return isWrite ? [{ ok: false, error }] : await client.batch(operations);
      },
    };
    expect(await adjustStock(refusing, [one])).toEqual([{ ok: false, error }]);
  });

  describe('where an answer is lost', () => {
    const rule = { service: 'dataverse', method: 'POST', path: '\\$batch', holdMs: 0, times: 1 };
    const loseAnswer = () => {
      const rules = [{ ...rule, kind: 'timeout-after-commit' }];
      sandbox.context.faults.configure({ rules } as never);
    };

    test('once, by a record', async () => {
      loseAnswer();
      expect(told(await adjust(one))).toEqual(['unchanged']);
      expect(moved()).toBe(-2);
    });

    test('once without a record, and that nobody knows', async () => {
      loseAnswer();
      const [outcome] = await adjust({ ...one, record: undefined });
      expect(outcome?.ok === false && outcome.error.toDetails()).toMatchObject({
        class: 'held',
        code: 'IN_DOUBT',
        retryable: false,
        fix: expect.stringContaining('Inventory Adjustments') as string,
      });
      expect(moved()).toBe(-2);
    });
  });
});
