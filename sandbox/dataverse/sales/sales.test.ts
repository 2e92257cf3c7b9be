import Big from 'big.js';
import fc from 'fast-check';
import { testService, type TestService } from '../test-service';
import { documentTotals, lineAmounts } from './totals';

const ORDER = '33333333-3333-4333-8333-333333333333';

describe('amounts', () => {
  it('are exact where binary fractions are not', () => {
    const line = { priceperunit: 0.1, quantity: 3, tax: 0.2, manualdiscountamount: 0.05 };
    expect(lineAmounts(line)).toEqual({ baseamount: 0.3, extendedamount: 0.45 });
  });

  it('add up: lines, discounts, freight and tax', () => {
    const lines = [
      { extendedamount: 23.8, tax: 3.8, manualdiscountamount: 0 },
      { extendedamount: 10, tax: 0, manualdiscountamount: 2 },
    ];
    const order = { discountpercentage: 10, discountamount: 1.5, freightamount: 4.9 };
    expect(documentTotals(order, lines)).toEqual({
      totallineitemamount: 30,
      totallineitemdiscountamount: 2,
      totaldiscountamount: 4.5,
      totalamountlessfreight: 25.5,
      totaltax: 3.8,
      totalamount: 34.2,
    });
  });

  it('hold totalamount = less freight + freight + tax for any lines', () => {
    const cents = fc.integer({ min: 0, max: 1_000_000 }).map((value) => value / 100);
    const line = fc.record({
      priceperunit: cents,
      quantity: fc.integer({ min: 1, max: 50 }),
      tax: cents,
    });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), cents, (inputs, freightamount) => {
        const lines = inputs.map((input) => ({ ...input, ...lineAmounts(input) }));
        const totals = documentTotals({ freightamount }, lines);
        const expected = inputs
          .reduce(
            (sum, { priceperunit, quantity, tax }) =>
              sum.plus(new Big(priceperunit).times(quantity)).plus(tax),
            new Big(0),
          )
          .plus(freightamount);
        expect(totals.totalamount).toBe(expected.toNumber());
      }),
    );
  });
});

describe('orders', () => {
  let service: TestService;

  beforeEach(() => {
    service = testService();
    const insert = service.dataverse.insert;
    insert('accounts', [{ name: 'Buyer', accountnumber: 'B' }]);
    const [schedule] = insert('uomschedules', [{ name: 'Units' }]);
    const [uom] = insert('uoms', [
      { name: 'Each', 'uomscheduleid@odata.bind': `/uomschedules(${schedule})` },
    ]);
    const usd = "/transactioncurrencies(isocurrencycode='USD')";
    insert('transactioncurrencies', [
      { currencyname: 'Euro', isocurrencycode: 'EUR', currencysymbol: '€', exchangerate: 0.9 },
    ]);
    const [list] = insert('pricelevels', [
      { name: 'Retail', 'transactioncurrencyid@odata.bind': usd },
    ]);
    const [product] = insert('products', [{ name: 'Chair', productnumber: 'CHAIR' }]);
    insert('productpricelevels', [
      {
        amount: 49.9,
        'pricelevelid@odata.bind': `/pricelevels(${list})`,
        'productid@odata.bind': `/products(${product})`,
        'uomid@odata.bind': `/uoms(${uom})`,
      },
    ]);
    ids = { list: String(list), uom: String(uom) };
  });

  afterEach(() => service.dataverse.app.close());

  let ids: { list: string; uom: string };

  const chair = (extra: Record<string, unknown> = {}) => ({
    'productid@odata.bind': "/products(productnumber='CHAIR')",
    'uomid@odata.bind': `/uoms(${ids.uom})`,
    quantity: 2,
    ...extra,
  });

  const order = (extra: Record<string, unknown> = {}) =>
    service.ask('POST', 'salesorders', {
      salesorderid: ORDER,
      name: 'Web 1',
      'customerid_account@odata.bind': "/accounts(accountnumber='B')",
      'pricelevelid@odata.bind': `/pricelevels(${ids.list})`,
      ...extra,
    });

  const stored = (): Record<string, unknown> | undefined =>
    service.dataverse.rows('salesorders')?.[0];

  it('take the price of the price list unless it is overridden', async () => {
    await order({ order_details: [chair({ priceperunit: 1 })] });
    expect(stored()).toMatchObject({ totalamount: 99.8, pricingerrorcode: 0 });
    const [line] = service.dataverse.rows('salesorderdetails') ?? [];
    const path = `salesorderdetails(${String(line?.salesorderdetailid)})`;
    await service.ask('PATCH', path, { ispriceoverridden: true, priceperunit: 40, tax: 1.25 });
    expect(stored()).toMatchObject({ totalamount: 81.25, totaltax: 1.25 });
    await service.ask('PATCH', `salesorders(${ORDER})`, {
      freightamount: 5.5,
      discountpercentage: 10,
    });
    expect(stored()).toMatchObject({ totaldiscountamount: 8, totalamount: 78.75 });
    await service.ask('DELETE', path);
    expect(stored()).toMatchObject({ totalamount: 5.5 });
  });

  it('fill in number, currency, customer mirrors and the address text', async () => {
    await order({ billto_line1: '1 Main St', billto_city: 'Springfield', totalamount: 999 });
    expect(stored()).toMatchObject({
      ordernumber: expect.stringMatching(/^ORD-01000-/),
      _accountid_value: expect.any(String),
      _contactid_value: null,
      billto_composite: '1 Main St\r\nSpringfield',
      totalamount: 0,
      exchangerate: 1,
    });
  });

  it.each([
    ['0x80043b11', { quantity: 1 }],
    ['0x80043b0d', { 'productid@odata.bind': "/products(productnumber='CHAIR')", quantity: 1 }],
    ['0x80040203', { isproductoverridden: true, quantity: 1 }],
    ['0x80040203', { isproductoverridden: true, productdescription: 'x' }],
  ])('refuse with %s the line %j', async (code, line) => {
    const answer = await order({ order_details: [line] });
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject({ code });
    expect(service.dataverse.rows('salesorders')).toEqual([]);
  });

  it('need a customer, and the currency of their price list', async () => {
    const nobody = await service.ask('POST', 'salesorders', { name: 'x' });
    expect(nobody.status).toBe(400);
    const euro = "/transactioncurrencies(isocurrencycode='EUR')";
    const mixed = await order({ 'transactioncurrencyid@odata.bind': euro });
    expect(mixed.body.error).toMatchObject({ code: '0x80048ced' });
  });

  it('cannot change what is fixed at creation, nor anything when not active', async () => {
    await order({ ordernumber: 'W-1', order_details: [chair()] });
    const path = `salesorders(${ORDER})`;
    expect((await service.ask('PATCH', path, { ordernumber: 'W-2' })).status).toBe(400);
    expect((await service.ask('PATCH', path, { ordernumber: 'W-1', name: 'New' })).status).toBe(
      204,
    );
    const mismatch = await service.ask('PATCH', path, { statuscode: 100001 });
    expect(mismatch.body.error).toMatchObject({ code: '0x80048408' });
    expect((await service.ask('PATCH', path, { statecode: 3 })).status).toBe(204);
    expect(stored()).toMatchObject({ statecode: 3, statuscode: 100001 });
    expect((await service.ask('PATCH', path, { name: 'Late' })).status).toBe(400);
    const late = await service.ask('POST', 'salesorderdetails', {
      ...chair(),
      'salesorderid@odata.bind': `/${path}`,
    });
    expect(late.status).toBe(400);
  });

  it('become an invoice with the same lines and totals', async () => {
    await order({ freightamount: 5, order_details: [chair({ tax: 1 }), chair({ quantity: 1 })] });
    const answer = await service.ask('POST', 'ConvertSalesOrderToInvoice', {
      SalesOrderId: ORDER,
      ColumnSet: { AllColumns: true },
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ _salesorderid_value: ORDER, totalamount: 155.7 });
    expect(stored()).toMatchObject({ statecode: 4, statuscode: 100003 });
  });

  it('close by their actions', async () => {
    await order();
    const close = {
      '@odata.type': 'Microsoft.Dynamics.CRM.orderclose',
      subject: 'No stock',
      'salesorderid@odata.bind': `/salesorders(${ORDER})`,
    };
    const answer = await service.ask('POST', 'CancelSalesOrder', { OrderClose: close, Status: 4 });
    expect(answer.status).toBe(204);
    expect(stored()).toMatchObject({ statecode: 2, statuscode: 4 });
    expect(service.dataverse.rows('ordercloses')).toMatchObject([{ subject: 'No stock' }]);
  });
});
