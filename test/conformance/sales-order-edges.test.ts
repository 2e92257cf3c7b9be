import { writeRows } from '../../core/dynamics/dataverse/rows/writeRows';
import type { SalesOrderDocument } from '../../core/dynamics/dataverse/sales/documents';
import type { SalesResult } from '../../core/dynamics/dataverse/sales/result';
import { SALES_ORDER } from '../../core/dynamics/dataverse/sales/salesOrder';
import { writeSalesDocuments } from '../../core/dynamics/dataverse/sales/write';
import type { Dataverse } from '../../core/dynamics/dataverse/types';
import { compileMapping } from '../../core/mapping';
import type { Row } from '../../core/odata/types';
import type { Outcome } from '../../core/outcome';
import { DOCUMENTS, findPreset } from '../../core/presets';
import { seedGuid } from '../../sandbox/dataverse/catalogue';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { dataverseClient } from './dataverse-on-sandbox';

const AWKWARD = `O'Neil 5" [x]_%`;

const preset = findPreset('xcart.order', 'dataverse.salesorder');
const mapping = preset && compileMapping(preset, { documents: DOCUMENTS });

const ADDRESS = {
  firstname: 'Ada',
  lastname: 'Byron',
  phone: '+15125550100',
  street: '1 Main St\nApt 4',
  zipcode: '78701',
  city: 'Austin',
  country_code: 'US',
  state_name: 'Texas',
};

interface Item {
  sku: string;
  price: number;
  amount: number;
}

const cents = (value: number): number => Math.round(value * 100) / 100;

/** An X-Cart order whose totals are those of its lines, as X-Cart rounds them: once, at the end. */
function shopOrder(items: Item[], change: object = {}, surcharges: object[] = []): Row {
  const goods = cents(items.reduce((sum, { price, amount }) => sum + price * amount, 0));
  const more = (surcharges as Array<{ value: number; include: boolean }>)
    .filter(({ include }) => !include)
    .reduce((sum, { value }) => sum + value, 0);
  return {
    id: 1042,
    order_number: '1001',
    email: 'ada@example.com',
    currency: 'USD',
    customer_id: 15,
    items: items.map(({ sku, price, amount }, index) => ({
      id: 2000 + index,
      sku,
      name: sku,
      price,
      item_net_price: price,
      amount,
    })),
    sub_total: goods,
    total: cents(goods + more),
    billing_address: ADDRESS,
    shipping_address: ADDRESS,
    surcharges,
    create_date: '2026-05-02T10:00:00+00:00',
    ...change,
  };
}

describe('odd orders of a shop in Dynamics 365', () => {
  let sandbox: RunningSandbox;
  let client: Dataverse;

  beforeAll(async () => {
    sandbox = await startSandbox();
    client = dataverseClient(sandbox);
  });
  afterAll(() => sandbox.stop());
  beforeEach(() => sandbox.reset());

  const rows = (set: string): Row[] => sandbox.services.dataverse.rows(set) ?? [];
  /** What was done, such as `create salesorder`; a refused insert counts as one too. */
  const operations = () => sandbox.context.counters.snapshot().dataverse.operations;

  function addProduct(productnumber: string, change: Row = {}): void {
    const [first] = rows('products');
    sandbox.services.dataverse.insert('products', [
      {
        productid: seedGuid('edge product', productnumber),
        productnumber,
        name: productnumber.slice(0, 100),
        'defaultuomid@odata.bind': `/uoms(${String(first?.['_defaultuomid_value'])})`,
        'defaultuomscheduleid@odata.bind': `/uomschedules(${String(first?.['_defaultuomscheduleid_value'])})`,
        ...change,
      } as never,
    ]);
  }

  function mapped(order: Row): { salesorder: SalesOrderDocument; contact: Row } {
    const result = mapping?.map(order, { source: { platform: 'xcart', store: 'main' } });
    if (!result?.ok) throw result?.error ?? new Error('There is no preset');
    return result.document as unknown as { salesorder: SalesOrderDocument; contact: Row };
  }

  async function deliver(order: Row): Promise<Outcome<SalesResult>> {
    const { salesorder, contact } = mapped(order);
    const [customer] = await writeRows(client, 'upsert', [
      { set: 'contacts', primaryId: 'contactid', row: contact },
    ]);
    expect(customer).toMatchObject({ ok: true });
    const [outcome] = await writeSalesDocuments(client, SALES_ORDER, [salesorder]);
    if (!outcome) throw new Error('There is no outcome');
    return outcome;
  }

  function refusal(outcome: Outcome<SalesResult>): string {
    if (outcome.ok) throw new Error('It should have failed');
    return `${outcome.error.class}: ${outcome.error.message}`;
  }

  test('finds a product whose number is full of quotes, brackets and wildcards', async () => {
    addProduct(AWKWARD);
    addProduct('AX1');
    const outcome = await deliver(shopOrder([{ sku: AWKWARD, price: 5, amount: 1 }]));
    expect(outcome).toMatchObject({ ok: true, value: { outcome: 'created', totalamount: 5 } });
    expect(refusal(await deliver(shopOrder([{ sku: 'A_1', price: 5, amount: 1 }])))).toBe(
      'validation: Product "A_1" of line 1 is not in Dynamics 365',
    );
  });

  test('writes prices with four decimals, included tax and free lines to the cent', async () => {
    const items = [
      { sku: 'HMR-16', price: 84.0336, amount: 3 },
      { sku: 'MOUSE-1', price: 1.3333, amount: 1 },
      { sku: 'MOUSE-1', price: 1.3333, amount: 1 },
      { sku: 'TENT-2', price: 0, amount: 2 },
    ];
    const surcharges = [
      { type: 'tax', include: true, value: 47.9 },
      { type: 'tax', include: false, value: 0.01 },
      { type: 'discount', include: false, value: -1.11 },
      { type: 'shipping', include: false, value: 4.95 },
      { type: 'handling', include: false, value: 2 },
    ];
    const order = shopOrder(items, {}, surcharges);
    const outcome = await deliver(order);
    expect(outcome).toMatchObject({
      ok: true,
      value: { outcome: 'created', lines: 4, totalamount: order['total'] },
    });
    expect(outcome).not.toHaveProperty('value.totaldifference');
  });

  test('writes pieces that come back, parts of a piece, and what only adds or gives back', async () => {
    const items = [
      { sku: 'HMR-16', price: 18.5, amount: 2 },
      { sku: 'MOUSE-1', price: 1.999, amount: -2 },
      { sku: 'MOUSE-1', price: 9.99, amount: 0.333 },
      { sku: 'TENT-2', price: 20, amount: 0 },
    ];
    const surcharges = [
      { type: 'wrapping', include: false, value: 4 },
      { type: 'handling', include: false, value: -5 },
      { type: 'discount', include: false, value: 2 },
      { type: 'tax', include: false, value: -1 },
    ];
    const order = shopOrder(items, {}, surcharges);
    const outcome = await deliver(order);
    expect(outcome).toMatchObject({
      ok: true,
      value: { outcome: 'created', lines: 4, totalamount: order['total'] },
    });
    expect(outcome).not.toHaveProperty('value.totaldifference');
    expect(await deliver(order)).toMatchObject({ ok: true, value: { outcome: 'unchanged' } });
  });

  test('writes an order without lines', async () => {
    const outcome = await deliver(
      shopOrder([], {}, [{ type: 'shipping', include: false, value: 5 }]),
    );
    expect(outcome).toMatchObject({ ok: true, value: { outcome: 'created', totalamount: 5 } });
  });

  test('an order delivered again costs no write, whatever its texts are like', async () => {
    const order = shopOrder([{ sku: 'HMR-16', price: 18.5, amount: 2 }], {
      notes: `<b>Please</b> ring\r\ntwice 😀 ${'😀'.repeat(2000)}`,
      shipping_method_name: 'Ground ',
      shipping_address: { ...ADDRESS, city: '😀'.repeat(100), street: 'x'.repeat(400) },
    });
    expect(await deliver(order)).toMatchObject({ ok: true, value: { outcome: 'created' } });
    const before = rows('salesorders');
    const { salesorder } = mapped(order);
    sandbox.context.counters.reset();
    expect(await writeSalesDocuments(client, SALES_ORDER, [salesorder])).toMatchObject([
      { ok: true, value: { outcome: 'unchanged' } },
    ]);
    expect(rows('salesorders')).toEqual(before);
    expect(Object.keys(operations()).filter((name) => /update|delete|contact/.test(name))).toEqual(
      [],
    );
    expect(rows('salesorderdetails')).toHaveLength(1);
  });

  test('clears what the shop has cleared, and no part of an old address stays', async () => {
    const items = [{ sku: 'HMR-16', price: 18.5, amount: 2 }];
    const discount = { type: 'discount', include: false, value: -2 };
    await deliver(shopOrder(items, {}, [discount]));
    const moved = { ...ADDRESS, street: '5 Oak Ave', phone: '', state_name: '' };
    const outcome = await deliver(
      shopOrder(items, { shipping_address: moved, billing_address: moved }),
    );
    expect(outcome).toMatchObject({ ok: true, value: { outcome: 'updated', totalamount: 37 } });
    const [stored] = rows('salesorders');
    expect(stored).toMatchObject({
      shipto_line1: '5 Oak Ave',
      shipto_line2: null,
      shipto_stateorprovince: null,
      shipto_telephone: null,
      billto_line2: null,
      discountamount: 0,
    });
    expect(rows('contacts')[0]).toMatchObject({
      address1_line1: '5 Oak Ave',
      address1_line2: null,
    });
  });

  test('leaves alone what a person has set and the shop says nothing of', async () => {
    const order = shopOrder([{ sku: 'HMR-16', price: 18.5, amount: 2 }], {
      shipping_address: null,
    });
    const { salesorder } = mapped(order);
    await deliver(order);
    await client.update('salesorders', salesorder.salesorderid, {
      shipto_city: 'Dallas',
      requestdeliveryby: '2026-06-01',
    });
    expect(await deliver(order)).toMatchObject({ ok: true, value: { outcome: 'unchanged' } });
    await deliver({ ...order, email: 'ada.byron@example.com' });
    expect(rows('salesorders')[0]).toMatchObject({
      shipto_city: 'Dallas',
      requestdeliveryby: '2026-06-01',
      emailaddress: 'ada.byron@example.com',
    });
  });

  test('names a product that is retired or has no unit; a line that is there stays', async () => {
    addProduct('GONE');
    addProduct('BARE', { 'defaultuomid@odata.bind': null });
    const gone = shopOrder([{ sku: 'GONE', price: 5, amount: 1 }]);
    await deliver(gone);
    const retired = { statecode: 1, statuscode: 2 };
    await client.update('products', seedGuid('edge product', 'GONE'), retired);
    expect(await deliver(gone)).toMatchObject({ ok: true, value: { outcome: 'unchanged' } });
    expect(refusal(await deliver({ ...gone, id: 1043 }))).toBe(
      'validation: Product "GONE" of line 1 is Retired in Dynamics 365, and cannot be added to an order',
    );
    const bare = shopOrder([{ sku: 'BARE', price: 5, amount: 1 }], { id: 1044 });
    expect(refusal(await deliver(bare))).toContain('has no default unit');
    expect(rows('salesorders')).toHaveLength(1);
  });

  test('refuses a price list of another currency by its name', async () => {
    const { salesorder } = mapped(shopOrder([{ sku: 'HMR-16', price: 18.5, amount: 2 }]));
    const [outcome] = await writeSalesDocuments(client, SALES_ORDER, [
      { ...salesorder, transactioncurrency: 'EUR', pricelevel: 'Web Store USD' },
    ]);
    if (!outcome) throw new Error('There is no outcome');
    expect(refusal(outcome)).toBe(
      'validation: Price list "Web Store USD" in EUR is not in Dynamics 365',
    );
  });

  test('takes lines of 150 products, reordered, changed, one more and one less', async () => {
    const items = Array.from({ length: 150 }, (_unused, index) => ({
      sku: index % 2 ? 'HMR-16' : 'MOUSE-1',
      price: 1 + index / 100,
      amount: 1 + (index % 3),
    }));
    const tax = { type: 'tax', include: false, value: 33.33 };
    const order = shopOrder(items, {}, [tax]);
    expect(await deliver(order)).toMatchObject({
      ok: true,
      value: { lines: 150, totalamount: order['total'] },
    });
    const changed = [{ sku: 'TENT-2', price: 9.99, amount: 1 }, ...items.slice(2).reverse()];
    const next = shopOrder(changed, {}, [tax]);
    expect(await deliver(next)).toMatchObject({
      ok: true,
      value: { outcome: 'updated', lines: 149, totalamount: next['total'] },
    });
    expect(rows('salesorderdetails')).toHaveLength(149);
  });

  test('holds an invoiced order', async () => {
    const order = shopOrder([{ sku: 'HMR-16', price: 18.5, amount: 2 }]);
    await deliver(order);
    const { salesorder } = mapped(order);
    await client.callAction('ConvertSalesOrderToInvoice', {
      SalesOrderId: salesorder.salesorderid,
      ColumnSet: { AllColumns: true },
    });
    expect(await deliver(order)).toMatchObject({ ok: true, value: { outcome: 'unchanged' } });
    const outcome = await deliver(shopOrder([{ sku: 'HMR-16', price: 18.5, amount: 3 }]));
    expect(refusal(outcome)).toContain('held: Sales order "X-Cart 1001" is Invoiced');
  });
});
