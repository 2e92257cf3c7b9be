import { CATALOGUE_ROWS, seedGuid } from '../../catalogue';
import { testService, type TestService } from '../../test-service';

const QUOTE = '88888888-8888-4888-8888-888888888888';
const ORDER = '77777777-7777-4777-8777-777777777777';
const INVOICE = '66666666-6666-4666-8666-666666666666';
const CRM = 'Microsoft.Dynamics.CRM';

const PLACES = { quotes: QUOTE, salesorders: ORDER, invoices: INVOICE };

let service: TestService;

const line = (details: string) => ({
  [details]: [
    {
      'productid@odata.bind': `/products(${seedGuid('product', 'HMR-16')})`,
      'uomid@odata.bind': `/uoms(${seedGuid('unit', 'Each')})`,
      quantity: 2,
    },
    { isproductoverridden: true, productdescription: 'Wrap', quantity: 1, priceperunit: 4 },
  ],
});

beforeEach(() => {
  service = testService({ seed: CATALOGUE_ROWS });
  const { insert } = service.dataverse;
  insert('accounts', [{ name: 'Buyer', accountnumber: 'B' }]);
  const common = {
    name: 'Web 1',
    freightamount: 5,
    'customerid_account@odata.bind': "/accounts(accountnumber='B')",
    'pricelevelid@odata.bind': `/pricelevels(${seedGuid('price list', 'USD')})`,
  };
  insert('quotes', [{ quoteid: QUOTE, ...common, ...line('quote_details') }]);
  insert('salesorders', [{ salesorderid: ORDER, ...common, ...line('order_details') }]);
  insert('invoices', [{ invoiceid: INVOICE, ...common, ...line('invoice_details') }]);
});

afterEach(() => service.dataverse.app.close());

const rows = (set: string) => service.dataverse.rows(set) ?? [];
const stateOf = (set: keyof typeof PLACES) => {
  const row = rows(set)[0];
  return [row?.statecode, row?.statuscode];
};
const call = (name: string, body: object = {}) => service.ask('POST', name, body);
const activate = () => service.ask('PATCH', `quotes(${QUOTE})`, { statecode: 1 });
const total = () => Number(rows('quotes')[0]?.totalamount);

const closing = (Status: number, extra: object = {}) => ({
  QuoteClose: { subject: 'Done', 'quoteid@odata.bind': `/quotes(${QUOTE})`, ...extra },
  Status,
});

describe.each([
  ['WinQuote', 4, 2],
  ['CloseQuote', 6, 3],
])('%s', (name, status, state) => {
  it('closes an active quote and records an activity', async () => {
    await activate();
    expect((await call(name, closing(status))).status).toBe(204);
    expect(stateOf('quotes')).toEqual([state, status]);
    expect(rows('quotes')).toMatchObject([{ closedon: expect.any(String) }]);
    expect(rows('quotecloses')).toMatchObject([{ subject: 'Done', _quoteid_value: QUOTE }]);
    const again = await call(name, closing(status));
    expect([again.status, rows('quotecloses').length]).toEqual([400, 1]);
  });

  it('takes the usual reason for -1', async () => {
    await activate();
    expect((await call(name, closing(-1))).status).toBe(204);
    expect(stateOf('quotes')).toEqual([state, state === 2 ? 4 : 5]);
  });

  it('takes a draft only where the switch says so', async () => {
    const refused = await call(name, closing(status));
    expect(refused.status).toBe(400);
    expect(refused.text).toContain('Only active quote rows can be closed');
    service.dataverse.switches.draftQuotes = 'accept';
    expect((await call(name, closing(status))).status).toBe(204);
  });
});

describe('ReviseQuote', () => {
  const revise = (columns: object = { AllColumns: true }) =>
    call('ReviseQuote', { QuoteId: QUOTE, ColumnSet: columns });

  it('makes a draft of a closed quote under its number, with its lines', async () => {
    await activate();
    expect((await revise()).text).toContain('not in closed state');
    await call('CloseQuote', closing(7));
    const answer = await revise();
    expect(answer.status).toBe(200);
    const [before, after] = rows('quotes');
    expect(after).toMatchObject({
      quoteid: answer.body.quoteid,
      quotenumber: before?.quotenumber,
      revisionnumber: 1,
      statecode: 0,
      totalamount: total(),
    });
    expect(rows('quotedetails')).toHaveLength(4);
    expect((await revise()).text).toContain('already exists another quote in Draft/Active state');
    expect(rows('quotes')).toHaveLength(2);
  });
});

describe('ConvertQuoteToSalesOrder', () => {
  const convert = (extra: object = {}) =>
    call('ConvertQuoteToSalesOrder', {
      QuoteId: QUOTE,
      ColumnSet: { Columns: ['name', 'totalamount'] },
      ...extra,
    });

  it('makes an order of an active quote and wins the quote', async () => {
    await activate();
    const answer = await convert({ QuoteCloseStatus: 4, QuoteCloseSubject: 'Yes' });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ name: 'Web 1', totalamount: total() });
    expect(answer.body).not.toHaveProperty('freightamount');
    expect(rows('salesorders')).toContainEqual(
      expect.objectContaining({ salesorderid: answer.body.salesorderid, _quoteid_value: QUOTE }),
    );
    expect(stateOf('quotes')).toEqual([2, 4]);
    expect(rows('quotecloses')).toMatchObject([{ subject: 'Yes' }]);
  });

  it('makes an order of a won quote, each time one, and leaves the quote where the switch says so', async () => {
    service.dataverse.switches.convertWinsQuote = false;
    await activate();
    await convert();
    expect(stateOf('quotes')).toEqual([1, 2]);
    await call('WinQuote', closing(4));
    await convert();
    expect(rows('salesorders')).toHaveLength(3);
  });

  it('takes no draft and no closed quote', async () => {
    expect((await convert()).status).toBe(400);
    await activate();
    await call('CloseQuote', closing(5));
    expect((await convert()).text).toContain('Only open quote rows can be converted');
    expect(rows('salesorders')).toHaveLength(1);
  });
});

describe('ColumnSet', () => {
  const convert = (ColumnSet: unknown) =>
    call('ConvertSalesOrderToInvoice', { SalesOrderId: ORDER, ColumnSet });

  it.each([
    ['a list', ['name']],
    ['a text', 'name'],
    ['a member that it has not', { Names: ['name'] }],
    ['columns that are no texts', { Columns: [1] }],
    ['a column that is not there', { Columns: ['nothing'] }],
  ])('is refused as %s, and makes nothing', async (_, columns) => {
    expect((await convert(columns)).status).toBe(400);
    expect(rows('invoices')).toHaveLength(1);
    expect(stateOf('salesorders')).toEqual([0, 1]);
  });

  it.each<[string, object, string[]]>([
    ['of all', { AllColumns: true }, ['name', 'invoicenumber']],
    ['of one', { AllColumns: false, Columns: ['invoicenumber'] }, ['invoicenumber']],
    ['of none', {}, []],
  ])('%s gives these columns and the key', async (_, columns, names) => {
    const { body } = await convert(columns);
    expect(Object.keys(body)).toEqual(expect.arrayContaining(['invoiceid', ...names]));
    expect('name' in body).toBe(names.includes('name'));
  });
});

describe.each([
  ['SalesOrder', 'salesorders', 'salesorderdetails'],
  ['Invoice', 'invoices', 'invoicedetails'],
] as const)('the prices of a %s', (noun, set, details) => {
  const id = PLACES[set];
  const lock = () => call(`${set}(${id})/${CRM}.Lock${noun}Pricing`);
  const unlock = () => call(`Unlock${noun}Pricing`, { [`${noun}Id`]: id });
  const isLocked = () => rows(set)[0]?.ispricelocked;

  it('are locked and unlocked, also when they are already', async () => {
    for (const expected of [204, 204]) expect((await lock()).status).toBe(expected);
    expect(isLocked()).toBe(true);
    for (const expected of [204, 204]) expect((await unlock()).status).toBe(expected);
    expect(isLocked()).toBe(false);
    service.dataverse.switches.pricesLockedAgain = 'reject';
    expect((await unlock()).status).toBe(400);
  });

  it('stay as they are against the price list while they are locked', async () => {
    const [first] = rows(details);
    const path = `${details}(${String(first?.[`${noun.toLowerCase()}detailid`])})`;
    const price = () => rows(details)[0]?.priceperunit;
    const before = price();
    await lock();
    const item = rows('productpricelevels').find(({ amount }) => amount === before);
    const listed = `productpricelevels(${String(item?.productpricelevelid)})`;
    await service.ask('PATCH', listed, { amount: 99 });
    await service.ask('PATCH', path, { quantity: 3 });
    expect(price()).toBe(before);
    await unlock();
    await service.ask('PATCH', path, { quantity: 4 });
    expect(price()).toBe(99);
  });

  it('are not locked on a document that takes no changes, nor by parameters that do not belong', async () => {
    const named = await call(`${set}(${id})/${CRM}.Lock${noun}Pricing`, { [`${noun}Id`]: id });
    expect(named.status).toBe(400);
    await service.ask('PATCH', `${set}(${id})`, { statecode: 2 });
    expect((await lock()).status).toBe(400);
    expect(isLocked()).toBe(false);
  });

  it('are locked where the switch says', async () => {
    const name = `Lock${noun}Pricing`;
    const bound = `${set}(${id})/${CRM}.${name}`;
    const asked = async () => [
      (await call(bound)).status,
      (await call(name, { [`${noun}Id`]: id })).status,
      (await call(`${set}/${CRM}.${name}`, { [`${noun}Id`]: id })).status,
    ];
    expect(await asked()).toEqual([204, 404, 404]);
    service.dataverse.switches.actionForms[name] = 'unbound';
    expect(await asked()).toEqual([404, 204, 404]);
    service.dataverse.switches.actionForms[name] = 'both';
    expect(await asked()).toEqual([204, 204, 404]);
  });
});

it.each([
  ['UnlockSalesOrderPricing', { SalesOrderId: INVOICE }],
  ['ReviseQuote', { QuoteId: ORDER, ColumnSet: {} }],
])('%s finds no row of another table', async (name, body) => {
  expect((await call(name, body)).status).toBe(404);
});
