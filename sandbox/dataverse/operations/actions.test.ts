import { testService, type TestService } from '../test-service';

const ORDER = '77777777-7777-4777-8777-777777777777';
const BOUND = 'salesorders/Microsoft.Dynamics.CRM.';

let service: TestService;

beforeEach(() => {
  service = testService();
  service.dataverse.insert('accounts', [{ name: 'Buyer', accountnumber: 'B' }]);
  service.dataverse.insert('salesorders', [
    {
      salesorderid: ORDER,
      name: 'Web 1',
      'customerid_account@odata.bind': "/accounts(accountnumber='B')",
    },
  ]);
});

afterEach(() => service.dataverse.app.close());

const order = { 'salesorderid@odata.bind': `/salesorders(${ORDER})` };
const TYPE = { '@odata.type': 'Microsoft.Dynamics.CRM.orderclose' };
const closing = (status: number, activity: object = TYPE) => ({
  OrderClose: { ...activity, subject: 'Done', ...order },
  Status: status,
});

const closed = (): unknown => service.dataverse.rows('salesorders')?.[0]?.statecode;

describe.each([
  ['FulfillSalesOrder', 'CancelSalesOrder', 100001, 3],
  ['CancelSalesOrder', 'FulfillSalesOrder', 4, 2],
])('%s', (name, another, status, state) => {
  it.each([
    ['both', 204, 204],
    ['unbound', 204, 404],
    ['bound', 404, 204],
  ] as const)('stands where the switch says: %s', async (switched, atRoot, behind) => {
    service.dataverse.switches.actionForms[name] = switched;
    service.dataverse.switches.actionForms[another] = switched === 'bound' ? 'unbound' : 'bound';
    for (const [path, expected] of [
      [name, atRoot],
      [`${BOUND}${name}`, behind],
    ] as const) {
      service.dataverse.switches.stateByColumns = 'any';
      await service.ask('PATCH', `salesorders(${ORDER})`, { statecode: 0 });
      expect((await service.ask('POST', path, closing(status))).status).toBe(expected);
      expect(closed()).toBe(expected === 204 ? state : 0);
    }
  });

  it.each([
    [
      'a parameter that it does not have',
      { ...closing(status), Reason: 'x' },
      "parameter 'Reason'",
    ],
    ['no activity', { Status: status }, "parameter 'OrderClose'"],
    ['no status', { OrderClose: { ...TYPE, ...order } }, "parameter 'Status'"],
    ['an activity of another type', closing(status, { '@odata.type': 'x' }), "type 'x'"],
    ['an activity about no order', { OrderClose: { ...TYPE }, Status: status }, 'salesorderid'],
    ['a status of another state', closing(1), '1 is not a valid status code'],
  ])('is refused with %s', async (_what, body, says) => {
    service.dataverse.switches.actionForms[name] = 'unbound';
    const answer = await service.ask('POST', name, body);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject({ message: expect.stringContaining(says) });
    expect(closed()).toBe(0);
    expect(service.dataverse.rows('ordercloses')).toEqual([]);
  });

  it('cannot be read', async () => {
    expect((await service.ask('GET', name)).status).toBe(404);
  });
});

it('an order is fulfilled without the type of the activity, and canceled only with it', async () => {
  const untyped = await service.ask('POST', 'CancelSalesOrder', closing(4, {}));
  expect(untyped.status).toBe(400);
  expect(untyped.body.error).toMatchObject({ message: expect.stringContaining('crmbaseentity') });
  const bound = `${BOUND}FulfillSalesOrder`;
  expect((await service.ask('POST', bound, closing(100001, {}))).status).toBe(204);
});

it('an order is converted where the switch says', async () => {
  const body = { SalesOrderId: ORDER, ColumnSet: { AllColumns: true } };
  const bound = `${BOUND}ConvertSalesOrderToInvoice`;
  expect((await service.ask('POST', bound, body)).status).toBe(404);
  service.dataverse.switches.actionForms['ConvertSalesOrderToInvoice'] = 'bound';
  expect((await service.ask('POST', 'ConvertSalesOrderToInvoice', body)).status).toBe(404);
  expect((await service.ask('POST', bound, body)).status).toBe(200);
});

it.each([
  [{ SalesOrderId: ORDER }, "parameter 'ColumnSet'"],
  [{ ColumnSet: { AllColumns: true } }, "parameter 'SalesOrderId'"],
  [{ SalesOrderId: 'x', ColumnSet: { AllColumns: true } }, "parameter 'SalesOrderId'"],
])('an order is not converted by %j', async (body, says) => {
  const answer = await service.ask('POST', 'ConvertSalesOrderToInvoice', body);
  expect(answer.status).toBe(400);
  expect(answer.body.error).toMatchObject({ message: expect.stringContaining(says) });
  expect(service.dataverse.rows('invoices')).toEqual([]);
});
