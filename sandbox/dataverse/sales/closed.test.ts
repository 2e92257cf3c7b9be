import { BATCH_TYPE, batchBody, testService, type TestService } from '../test-service';

const ORDER = '44444444-4444-4444-8444-444444444444';
const LINE = '55555555-5555-4555-8555-555555555555';
const USER = '7e5a2f10-0000-4000-8000-000000000003';
const ORDER_PATH = `salesorders(${ORDER})`;
const LINE_PATH = `salesorderdetails(${LINE})`;

let service: TestService;

beforeEach(() => {
  service = testService();
  service.dataverse.insert('accounts', [{ name: 'Buyer', accountnumber: 'B' }]);
  service.dataverse.insert('salesorders', [
    {
      salesorderid: ORDER,
      name: 'Web 1',
      'customerid_account@odata.bind': "/accounts(accountnumber='B')",
      order_details: [{ salesorderdetailid: LINE, ...writeIn('Mug') }],
    },
  ]);
});

afterEach(() => service.dataverse.app.close());

const writeIn = (productdescription: string) => ({
  isproductoverridden: true,
  productdescription,
  quantity: 2,
  priceperunit: 10,
});

const orderClose = {
  '@odata.type': 'Microsoft.Dynamics.CRM.orderclose',
  subject: 'Done',
  'salesorderid@odata.bind': `/${ORDER_PATH}`,
};

const BOUND = 'salesorders/Microsoft.Dynamics.CRM.';

const byMessage = (name: string) =>
  name === 'ConvertSalesOrderToInvoice'
    ? service.ask('POST', name, { SalesOrderId: ORDER, ColumnSet: { AllColumns: true } })
    : service.ask('POST', name === 'FulfillSalesOrder' ? `${BOUND}${name}` : name, {
        OrderClose: orderClose,
        Status: name === 'CancelSalesOrder' ? 4 : 100001,
      });

const state = (): unknown => [
  service.dataverse.rows('salesorders'),
  service.dataverse.rows('salesorderdetails'),
  service.dataverse.rows('ordercloses'),
];

const MESSAGES = [
  ['CancelSalesOrder', 2],
  ['FulfillSalesOrder', 3],
  ['ConvertSalesOrderToInvoice', 4],
] as const;

interface Edit {
  edit: string;
  method: 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
}

const bound = { ...writeIn('Cup'), 'salesorderid@odata.bind': `/${ORDER_PATH}` };
const changeSet = batchBody([
  [{ request: `PATCH /api/data/v9.2/${ORDER_PATH}`, body: { name: 'Late' }, contentId: '1' }],
]);

/** Every way on which a change reaches an order or its lines. */
const EDITS: Edit[] = [
  { edit: 'a column', method: 'PATCH', path: ORDER_PATH, body: { name: 'Late' } },
  { edit: 'only the case of it', method: 'PATCH', path: ORDER_PATH, body: { name: 'WEB 1' } },
  { edit: 'the value it has', method: 'PATCH', path: ORDER_PATH, body: { name: 'Web 1' } },
  { edit: 'a column alone', method: 'PUT', path: `${ORDER_PATH}/name`, body: { value: 'Late' } },
  { edit: 'no column', method: 'DELETE', path: `${ORDER_PATH}/description` },
  {
    edit: 'a lookup',
    method: 'PUT',
    path: `${ORDER_PATH}/ownerid/$ref`,
    body: { '@odata.id': `systemusers(${USER})` },
  },
  {
    edit: 'a column with the state',
    method: 'PATCH',
    path: ORDER_PATH,
    body: { name: 'Late', statecode: 0, statuscode: 1 },
  },
  {
    edit: 'UpdateMultiple',
    method: 'POST',
    path: 'salesorders/Microsoft.Dynamics.CRM.UpdateMultiple',
    body: {
      Targets: [
        { '@odata.type': 'Microsoft.Dynamics.CRM.salesorder', salesorderid: ORDER, name: 'Late' },
      ],
    },
  },
  { edit: 'a change set', method: 'POST', path: '$batch', body: changeSet, headers: BATCH_TYPE },
  { edit: 'a line more', method: 'POST', path: 'salesorderdetails', body: bound },
  {
    edit: 'a line more behind it',
    method: 'POST',
    path: `${ORDER_PATH}/order_details`,
    body: writeIn('Cup'),
  },
  { edit: 'a line changed', method: 'PATCH', path: LINE_PATH, body: { quantity: 3 } },
  { edit: 'a line less', method: 'DELETE', path: LINE_PATH },
];

describe.each(MESSAGES)('an order closed by %s', (message, statecode) => {
  beforeEach(async () => {
    expect((await byMessage(message)).status).toBeLessThan(300);
    expect(service.dataverse.rows('salesorders')).toMatchObject([{ statecode }]);
  });

  it.each(EDITS)('takes no edit: $edit', async ({ method, path, body, headers }) => {
    const before = state();
    const answer = await service.ask(method, path, body, headers);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('0x80040203');
    expect(answer.text).toContain(`Only active salesorder rows can be edited: ${ORDER}`);
    expect(state()).toEqual(before);
  });

  it.each(['CancelSalesOrder', 'FulfillSalesOrder'])('is not closed again: %s', async (again) => {
    const before = state();
    const answer = await byMessage(again);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject({ code: '0x80040203' });
    expect(state()).toEqual(before);
  });

  it('keeps its state against columns, unless the switch says otherwise', async () => {
    const reopen = { statecode: 0, statuscode: 1 };
    expect((await service.ask('PATCH', ORDER_PATH, reopen)).status).toBe(400);
    service.dataverse.switches.stateByColumns = 'any';
    expect((await service.ask('PATCH', ORDER_PATH, reopen)).status).toBe(204);
    expect((await service.ask('PATCH', ORDER_PATH, { name: 'Open' })).status).toBe(204);
  });

  it('is refused as the switch words it', async () => {
    service.dataverse.switches.notActive = { status: 403, code: '0x80040265' };
    const answer = await service.ask('PATCH', ORDER_PATH, { name: 'Late' });
    expect(answer.status).toBe(403);
    expect(answer.body.error).toMatchObject({ code: '0x80040265' });
  });

  it('may be sent what it has, where the switch says so', async () => {
    service.dataverse.switches.unchangedColumns = 'ignored';
    const same = { name: 'Web 1', description: null };
    expect((await service.ask('PATCH', ORDER_PATH, same)).status).toBe(204);
    expect((await service.ask('PATCH', ORDER_PATH, { name: 'WEB 1' })).status).toBe(400);
  });

  it('is deleted with its lines all the same', async () => {
    expect((await service.ask('DELETE', ORDER_PATH)).status).toBe(204);
    expect(service.dataverse.rows('salesorderdetails')).toEqual([]);
  });
});

describe('the date of an order that is fulfilled', () => {
  const dateOf = async (): Promise<unknown> => {
    expect((await byMessage('FulfillSalesOrder')).status).toBe(204);
    return service.dataverse.rows('salesorders')?.[0]?.['datefulfilled'];
  };

  it('is left as it is', async () => {
    expect(await dateOf()).toBeNull();
  });

  it('is that of the message where the switch says so and there is none', async () => {
    service.dataverse.switches.fulfillSetsDate = true;
    const today = service.context.now().toISOString().slice(0, 10);
    expect(await dateOf()).toBe(today);
  });

  it('stays where somebody has entered one', async () => {
    service.dataverse.switches.fulfillSetsDate = true;
    await service.ask('PATCH', ORDER_PATH, { datefulfilled: '2026-05-01' });
    expect(await dateOf()).toBe('2026-05-01');
  });
});

describe('an order that is submitted', () => {
  beforeEach(async () => {
    expect((await service.ask('PATCH', ORDER_PATH, { statecode: 1 })).status).toBe(204);
  });

  it('takes no edit, yet can be closed', async () => {
    expect((await service.ask('PATCH', ORDER_PATH, { name: 'Late' })).status).toBe(400);
    expect((await byMessage('CancelSalesOrder')).status).toBe(204);
  });

  it('can be made active again by its state', async () => {
    expect((await service.ask('PATCH', ORDER_PATH, { statecode: 0 })).status).toBe(204);
    expect((await service.ask('PATCH', ORDER_PATH, { name: 'Late' })).status).toBe(204);
  });
});

describe('the states that end an order', () => {
  it.each(MESSAGES)('need %s where columns do not reach them', async (message, statecode) => {
    service.dataverse.switches.stateByColumns = 'never';
    const answer = await service.ask('PATCH', ORDER_PATH, { statecode });
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject({ message: expect.stringContaining(message) });
    expect((await service.ask('PATCH', ORDER_PATH, { statuscode: 2 })).status).toBe(204);
    expect((await byMessage(message)).status).toBeLessThan(300);
  });

  it.each(MESSAGES)('are reached by columns too, as %s does', async (_message, statecode) => {
    expect((await service.ask('PATCH', ORDER_PATH, { statecode })).status).toBe(204);
    expect(service.dataverse.rows('salesorders')).toMatchObject([{ statecode }]);
  });
});
