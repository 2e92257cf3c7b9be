import { CATALOGUE_ROWS } from '../catalogue';
import { testService, type TestService } from '../test-service';

const ORDER = '66666666-6666-4666-8666-666666666666';

let service: TestService;

beforeEach(() => {
  service = testService({ seed: CATALOGUE_ROWS });
  service.dataverse.insert('accounts', [{ name: 'Buyer', accountnumber: 'B' }]);
});

afterEach(() => service.dataverse.app.close());

const currency = (code: string): string => `/transactioncurrencies(isocurrencycode='${code}')`;

const order = (code: string, extra: object = {}) =>
  service.ask('POST', 'salesorders', {
    salesorderid: ORDER,
    name: 'Web 1',
    'customerid_account@odata.bind': "/accounts(accountnumber='B')",
    'transactioncurrencyid@odata.bind': currency(code),
    ...extra,
  });

const writeIn = (extra: object) => ({
  isproductoverridden: true,
  productdescription: 'Mug',
  quantity: 1,
  ...extra,
});

const only = (entitySet: string): Record<string, unknown> | undefined =>
  service.dataverse.rows(entitySet)?.[0];

/** Amounts with more digits than any currency has, what is kept of them, and what four of 1.2345 and the second make. */
const KEPT = [
  { code: 'USD', amounts: [1.2346, 0.0051], kept: [1.23, 0.01], total: 4.95 },
  { code: 'GBP', amounts: [1.2346, 0.0051], kept: [1.23, 0.01], total: 4.95 },
  { code: 'JPY', amounts: [1.2346, 0.5051], kept: [1, 1], total: 6 },
  { code: 'KWD', amounts: [1.2346, 0.0051], kept: [1.235, 0.005], total: 4.943 },
] as const;

describe.each(KEPT)('amounts in $code', ({ code, amounts, kept, total }) => {
  const [amount, small] = amounts;
  const [keptAmount, keptSmall] = kept;

  it('are kept in the digits of the currency, and add up in them', async () => {
    const line = writeIn({ priceperunit: 1.2345, quantity: 2, tax: amount });
    await order(code, { freightamount: amount, discountamount: small, order_details: [line] });
    expect(only('salesorderdetails')).toMatchObject({ priceperunit: 1.2345, tax: keptAmount });
    expect(only('salesorders')).toMatchObject({
      freightamount: keptAmount,
      discountamount: keptSmall,
      totaltax: keptAmount,
    });
    const { baseamount } = only('salesorderdetails') ?? {};
    const sum = Number(baseamount) + 2 * keptAmount - keptSmall;
    expect(Number(only('salesorders')?.totalamount)).toBeCloseTo(sum, 10);
  });

  it('are rounded when they change, and when they are answered', async () => {
    await order(code);
    const changed = await service.ask(
      'PATCH',
      `salesorders(${ORDER})?$select=freightamount`,
      { freightamount: amount },
      { prefer: 'return=representation' },
    );
    expect(changed.body).toMatchObject({ freightamount: keptAmount });
    await service.ask('PUT', `salesorders(${ORDER})/freightamount`, { value: small });
    expect(only('salesorders')).toMatchObject({ freightamount: keptSmall, totalamount: keptSmall });
  });

  it('are the same on the invoice', async () => {
    const line = writeIn({ priceperunit: 1.2345, quantity: 4 });
    await order(code, { freightamount: small, order_details: [line] });
    await service.ask('POST', 'ConvertSalesOrderToInvoice', {
      SalesOrderId: ORDER,
      ColumnSet: { AllColumns: true },
    });
    const totals = ['salesorders', 'invoices'].map((set) => only(set)?.totalamount);
    expect(totals).toEqual([total, total]);
  });
});

it('an amount is rounded once, not by the way of four digits', async () => {
  await order('USD', { freightamount: 1.00499999 });
  expect(only('salesorders')).toMatchObject({ freightamount: 1 });
});

it('prices of one piece have the digits that the organization has for prices', async () => {
  const line = writeIn({ priceperunit: 0.3075, quantity: 2 });
  await order('KWD', { order_details: [line] });
  expect(only('salesorderdetails')).toMatchObject({ priceperunit: 0.3075, baseamount: 0.615 });
  const { organizationid } = only('organizations') ?? {};
  const path = `organizations(${String(organizationid)})`;
  await service.ask('PATCH', path, { pricingdecimalprecision: 2 });
  const { salesorderdetailid } = only('salesorderdetails') ?? {};
  const linePath = `salesorderdetails(${String(salesorderdetailid)})`;
  await service.ask('PATCH', linePath, { priceperunit: 0.3075 });
  expect(only('salesorderdetails')).toMatchObject({ priceperunit: 0.31, baseamount: 0.62 });
});

it.each([
  ['USD', '$1,234.50'],
  ['JPY', '¥1,235'],
  ['KWD', 'KD1,234.500'],
])('amounts in %s read %s', async (code, text) => {
  await order(code, { freightamount: 1234.5 });
  const answer = await service.ask(
    'GET',
    `salesorders(${ORDER})?$select=freightamount`,
    undefined,
    { prefer: 'odata.include-annotations="*"' },
  );
  const name = 'freightamount@OData.Community.Display.V1.FormattedValue';
  expect(answer.body[name]).toBe(text);
});

it('a row without an own currency has the digits of the base currency', async () => {
  await service.ask('POST', 'contacts', { lastname: 'Kim', creditlimit: 10.005 });
  expect(only('contacts')).toMatchObject({ creditlimit: 10.01 });
});

it('the catalogue has its prices in the digits of each currency', () => {
  const digits = new Map(
    (service.dataverse.rows('transactioncurrencies') ?? []).map((row) => [
      row.transactioncurrencyid,
      Number(row.currencyprecision),
    ]),
  );
  expect([...digits.values()].sort()).toEqual([0, 2, 2, 2, 3]);
  for (const { amount, _transactioncurrencyid_value: id } of service.dataverse.rows(
    'productpricelevels',
  ) ?? []) {
    expect(Number(amount)).toBe(Number(Number(amount).toFixed(digits.get(id as string))));
  }
});

it('the metadata say where the digits come from', async () => {
  const cast = 'Attributes/Microsoft.Dynamics.CRM.MoneyAttributeMetadata';
  const answer = await service.ask(
    'GET',
    `EntityDefinitions(LogicalName='salesorderdetail')/${cast}?$select=LogicalName,PrecisionSource`,
  );
  const sources = (answer.body.value as Record<string, unknown>[]).map(
    ({ LogicalName, PrecisionSource }) => [LogicalName, PrecisionSource],
  );
  expect(sources).toEqual(
    expect.arrayContaining([
      ['priceperunit', 1],
      ['tax', 2],
      ['extendedamount', 2],
    ]),
  );
});

it('an amount that is added to a table has the digits that were asked for', async () => {
  const add = (SchemaName: string, extra: object) =>
    service.ask('POST', "EntityDefinitions(LogicalName='contact')/Attributes", {
      '@odata.type': 'Microsoft.Dynamics.CRM.MoneyAttributeMetadata',
      SchemaName,
      Precision: 1,
      ...extra,
    });
  await add('new_Own', { PrecisionSource: 0 });
  await add('new_Silent', {});
  const euros = { 'transactioncurrencyid@odata.bind': currency('EUR') };
  const amounts = { new_own: 1.2345, new_silent: 1.2345 };
  await service.ask('POST', 'contacts', { lastname: 'Kim', ...euros, ...amounts });
  expect(only('contacts')).toMatchObject({ new_own: 1.2, new_silent: 1.23 });
});
