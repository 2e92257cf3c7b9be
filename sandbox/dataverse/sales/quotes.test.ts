import { testService, type TestService } from '../test-service';

const QUOTE = '88888888-8888-4888-8888-888888888888';
const LINE = '99999999-9999-4999-8999-999999999999';
const QUOTE_PATH = `quotes(${QUOTE})`;

let service: TestService;

beforeEach(() => {
  service = testService();
  service.dataverse.insert('accounts', [{ name: 'Buyer', accountnumber: 'B' }]);
  service.dataverse.insert('quotes', [
    {
      quoteid: QUOTE,
      name: 'Offer 1',
      freightamount: 5,
      'customerid_account@odata.bind': "/accounts(accountnumber='B')",
      quote_details: [
        {
          quotedetailid: LINE,
          isproductoverridden: true,
          productdescription: 'Mug',
          quantity: 2,
          priceperunit: 10,
          tax: 1.5,
        },
      ],
    },
  ]);
});

afterEach(() => service.dataverse.app.close());

const quote = (): Record<string, unknown> | undefined => service.dataverse.rows('quotes')?.[0];
const patch = async (path: string, body: object) => (await service.ask('PATCH', path, body)).status;

it('a quote is numbered and added up as an order is', () => {
  expect(quote()).toMatchObject({
    quotenumber: expect.stringMatching(/^QUO-01000-/),
    revisionnumber: 0,
    statecode: 0,
    statuscode: 1,
    totaltax: 1.5,
    totalamount: 26.5,
  });
});

it('a quote is edited as a draft alone', async () => {
  expect(await patch(`quotedetails(${LINE})`, { quantity: 3 })).toBe(204);
  expect(quote()).toMatchObject({ totalamount: 36.5 });
  expect(await patch(QUOTE_PATH, { statecode: 1, statuscode: 3 })).toBe(204);
  for (const [path, body] of [
    [QUOTE_PATH, { freightamount: 9 }],
    [`quotedetails(${LINE})`, { quantity: 1 }],
  ] as const) {
    const answer = await service.ask('PATCH', path, body);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(`Only draft quote rows can be edited: ${QUOTE} is not draft.`);
  }
  expect(quote()).toMatchObject({ totalamount: 36.5 });
});

it.each([
  [2, 'WinQuote'],
  [3, 'CloseQuote'],
])('a quote gets to state %i by %s where columns do not reach it', async (statecode, message) => {
  service.dataverse.switches.stateByColumns = 'never';
  const answer = await service.ask('PATCH', QUOTE_PATH, { statecode });
  expect(answer.body.error).toMatchObject({ message: expect.stringContaining(message) });
  expect(await patch(QUOTE_PATH, { statecode: 1 })).toBe(204);
});

it.each([
  [2, 100001, 'paid'],
  [3, 100003, 'canceled'],
])('an invoice that is in state %i stays there', async (statecode, statuscode) => {
  const [invoice] = service.dataverse.insert('invoices', [
    { name: 'Bill 1', 'customerid_account@odata.bind': "/accounts(accountnumber='B')" },
  ]);
  const path = `invoices(${String(invoice)})`;
  service.dataverse.switches.stateByColumns = 'never';
  expect(await patch(path, { statecode, statuscode })).toBe(204);
  service.dataverse.switches.stateByColumns = 'open';
  expect(await patch(path, { statecode: 0 })).toBe(400);
  expect(await patch(path, { name: 'Late' })).toBe(400);
  service.dataverse.switches.stateByColumns = 'any';
  expect(await patch(path, { statecode: 0 })).toBe(204);
});
