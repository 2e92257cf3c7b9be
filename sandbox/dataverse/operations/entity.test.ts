import { ROOT, testService, type TestService } from '../test-service';

const ID = '11111111-1111-4111-8111-111111111111';
const OTHER = '22222222-2222-4222-8222-222222222222';
const REPRESENTATION = { prefer: 'return=representation' };

const OTHER_TASK = '77777777-7777-4777-8777-777777777777';

let service: TestService;

beforeEach(() => {
  service = testService({
    keys: {
      contact: [{ name: 'NameMailKey', columns: ['firstname', 'emailaddress1'] }],
      account: [{ name: 'PrimaryContactKey', columns: ['primarycontactid'] }],
    },
  });
});

afterEach(() => service.dataverse.app.close());

const error = (body: Record<string, unknown>): unknown => body.error;

describe('create', () => {
  it('answers 204 with the address, or 201 with the row and without the address', async () => {
    const plain = await service.ask('POST', 'accounts', { accountid: ID, name: 'One' });
    expect(plain).toMatchObject({ status: 204, text: '' });
    expect(plain.headers).toMatchObject({
      'odata-version': '4.0',
      'odata-entityid': `${ROOT}accounts(${ID})`,
      req_id: expect.any(String),
    });
    const shown = await service.ask(
      'POST',
      'accounts?$select=name',
      { name: 'Two' },
      REPRESENTATION,
    );
    expect(shown.status).toBe(201);
    expect(shown.headers).not.toHaveProperty('odata-entityid');
    expect(shown.headers['preference-applied']).toBe('return=representation');
    expect(shown.body).toMatchObject({ name: 'Two', accountid: expect.any(String) });
    expect(shown.headers.etag).toBe(shown.body['@odata.etag']);
  });

  it.each([
    [
      { nickname: 'x' },
      '0x80048d19',
      "Invalid property 'nickname' was found in entity 'Microsoft.Dynamics.CRM.account'",
    ],
    [{ name: 5 }, '0x80048d19', "Cannot convert the literal '5' to the expected type 'Edm.String'"],
    [{ revenue: '5' }, '0x80048d19', "to the expected type 'Edm.Decimal'"],
    [
      { accountnumber: 'x'.repeat(21) },
      '0x80044331',
      "A validation error occurred.  The length of the 'accountnumber' attribute of the 'account' entity exceeded the maximum allowed length of '20'.",
    ],
    [{ overriddencreatedon: '2026-02-30' }, '0x80048d19', 'expected type'],
    [{ overriddencreatedon: '2026-02-30T00:00:00Z' }, '0x80048d19', 'expected type'],
    [{ paymenttermscode: 9 }, '0x8004431a', 'The picklist value is out of the range.'],
    [{ numberofemployees: -1 }, '0x80044330', 'outside the valid range'],
    [{ statuscode: 2 }, '0x80048408', 'not a valid status code'],
    [{ 'nobody@odata.bind': `/contacts(${ID})` }, '0x80048d19', "An undeclared property 'nobody'"],
    [
      { 'primarycontactid@odata.bind': `/contacts(${ID})` },
      '0x80040217',
      `contact With Id = ${ID} Does Not Exist`,
    ],
    [{ _primarycontactid_value: ID }, '0x80060888', 'Use Navigation properties instead'],
    [{ primarycontactid: ID }, '0x80048d19', "reading the value|A 'PrimitiveValue' node"],
    [{ '@logicalName': 'account' }, '0x80048d19', 'is an invalid instance annotation name'],
  ])('refuses %j', async (body, code, text) => {
    const answer = await service.ask('POST', 'accounts', body);
    expect(answer.status).toBe(code === '0x80040217' ? 404 : 400);
    expect(error(answer.body)).toMatchObject({
      code,
      message: expect.stringContaining(text.split('|').at(-1) ?? ''),
    });
    expect(service.dataverse.rows('accounts')).toEqual([]);
  });

  it('reads over annotations and computed columns', async () => {
    const answer = await service.ask('POST', 'accounts', {
      '@odata.type': 'Microsoft.Dynamics.CRM.account',
      'name@OData.Community.Display.V1.FormattedValue': 'x',
      name: 'One',
      createdon: '2020-01-01T00:00:00Z',
    });
    expect(answer.status).toBe(204);
  });

  it('binds rows that are there to a collection of the new one', async () => {
    service.dataverse.insert('tasks', [
      { activityid: ID, subject: 'Call' },
      { activityid: OTHER_TASK, subject: 'Write' },
    ]);
    const answer = await service.ask('POST', 'accounts', {
      name: 'Parent',
      'Account_Tasks@odata.bind': [`/tasks(${ID})`, `/tasks(${OTHER_TASK})`],
    });
    expect(answer.status).toBe(204);
    const [account] = service.dataverse.rows('accounts') ?? [];
    const { body } = await service.ask('GET', 'tasks?$select=_regardingobjectid_value');
    expect(body.value).toMatchObject([
      { _regardingobjectid_value: account?.accountid },
      { _regardingobjectid_value: account?.accountid },
    ]);
  });

  it.each([
    ['a row of another table', [`/accounts(${ID})`], 'takes rows of'],
    ['what is no address', [{ subject: 'New' }], 'takes the addresses of rows'],
    ['a row that is not there', [`/tasks(${OTHER_TASK})`], 'Does Not Exist'],
  ])('does not bind %s to a collection', async (_what, bound, message) => {
    service.dataverse.insert('accounts', [{ accountid: ID, name: 'A' }]);
    const answer = await service.ask('POST', 'accounts', {
      name: 'B',
      'Account_Tasks@odata.bind': bound,
    });
    expect(answer.body.error).toMatchObject({ message: expect.stringContaining(message) });
    expect(service.dataverse.rows('accounts')).toHaveLength(1);
  });

  it('undoes a deep insert as a whole', async () => {
    const answer = await service.ask('POST', 'accounts', {
      name: 'Parent',
      primarycontactid: { lastname: 'Made first' },
      contact_customer_accounts: [{ lastname: 'Fine' }, { nosuchcolumn: 'Wrong' }],
    });
    expect(answer.status).toBe(400);
    expect(service.dataverse.rows('accounts')).toEqual([]);
    expect(service.dataverse.rows('contacts')).toEqual([]);
  });

  it('refuses a primary key that is taken, in children too', async () => {
    await service.ask('POST', 'contacts', { contactid: ID, lastname: 'First' });
    const answer = await service.ask('POST', 'accounts', {
      name: 'Parent',
      contact_customer_accounts: [{ contactid: ID, lastname: 'Second' }],
    });
    expect(answer.status).toBe(412);
    expect(error(answer.body)).toMatchObject({ code: '0x80040237' });
    expect(service.dataverse.rows('accounts')).toEqual([]);
  });
});

describe('keys', () => {
  beforeEach(async () => {
    await service.ask('POST', 'contacts', {
      contactid: ID,
      firstname: 'Joe',
      lastname: "O'Neil",
      emailaddress1: 'joe@example.com',
    });
  });

  it.each([
    [`contacts(${ID})`],
    [`contacts(contactid=${ID})`],
    ["contacts(firstname='JOE',emailaddress1='joe@example.com')"],
    ["contacts(emailaddress1='joe%40example.com',firstname='Joe')"],
    ["contacts(firstname=@f,emailaddress1=@e)?@f='Joe'&@e='joe@example.com'"],
  ])('finds the row by %s', async (path) => {
    expect((await service.ask('GET', path)).body).toMatchObject({ contactid: ID });
  });

  it('takes a lookup as part of a key', async () => {
    await service.ask('POST', 'accounts', {
      name: 'One',
      'primarycontactid@odata.bind': `contacts(${ID})`,
    });
    const { body } = await service.ask('GET', `accounts(_primarycontactid_value=${ID})`);
    expect(body.name).toBe('One');
  });

  it('tells an undeclared key from a row that is missing', async () => {
    const undeclared = await service.ask('GET', "contacts(lastname='x')");
    expect(undeclared.status).toBe(400);
    expect(error(undeclared.body)).toMatchObject({
      message: expect.stringContaining(
        "The key in the request URI is not valid for resource 'Microsoft.Dynamics.CRM.contact'",
      ),
    });
    const missing = await service.ask('GET', "contacts(firstname='Ann',emailaddress1='a')");
    expect(missing.status).toBe(404);
    expect(error(missing.body)).toMatchObject({
      code: '0x80060891',
      message: 'A record with the specified key values does not exist in contact entity',
    });
    const reserved = await service.ask('GET', "accounts(accountnumber='A%2FB')");
    expect(reserved.status).toBe(400);
  });

  it('upserts by alternate key, and answers with the alternate-key address', async () => {
    const path = "contacts(firstname='Ann',emailaddress1='ann@example.com')";
    const made = await service.ask('PATCH', path, { lastname: 'New' });
    expect(made.status).toBe(204);
    expect(made.headers['odata-entityid']).toBe(
      `${ROOT}contacts(firstname='Ann',emailaddress1='ann%40example.com')`,
    );
    const shown = await service.ask(
      'PATCH',
      `${path}?$select=contactid`,
      { lastname: 'Newer' },
      REPRESENTATION,
    );
    expect(shown.status).toBe(200);
    expect(shown.headers.etag).toBeDefined();
    const other = await service.ask(
      'PATCH',
      "accounts(accountnumber='NEW')?$select=accountid",
      { name: 'x' },
      REPRESENTATION,
    );
    expect(other.status).toBe(201);
  });

  it('lets key values of the body win in a new row and drops them in an existing one', async () => {
    await service.ask('PATCH', "accounts(accountnumber='URL')", {
      name: 'x',
      accountnumber: 'BODY',
    });
    expect(service.dataverse.rows('accounts')).toMatchObject([{ accountnumber: 'BODY' }]);
    await service.ask('PATCH', "accounts(accountnumber='BODY')", { accountnumber: 'CHANGED' });
    expect(service.dataverse.rows('accounts')).toMatchObject([{ accountnumber: 'BODY' }]);
  });

  it('keeps keys unique on change, and frees what was given up', async () => {
    await service.ask('POST', 'accounts', { accountid: ID, name: 'a', accountnumber: 'A' });
    await service.ask('POST', 'accounts', { accountid: OTHER, name: 'b', accountnumber: 'B' });
    const taken = await service.ask('PATCH', `accounts(${OTHER})`, { accountnumber: 'a' });
    expect(taken.status).toBe(412);
    expect(error(taken.body)).toMatchObject({ code: '0x80060892' });
    await service.ask('PATCH', `accounts(${ID})`, { accountnumber: null });
    const free = await service.ask('PATCH', `accounts(${OTHER})`, { accountnumber: 'a' });
    expect(free.status).toBe(204);
  });
});

describe('preconditions of PATCH', () => {
  const patch = (id: string, headers: Record<string, string>): ReturnType<TestService['ask']> =>
    service.ask('PATCH', `accounts(${id})`, { name: 'x' }, headers);

  beforeEach(async () => {
    await service.ask('POST', 'accounts', { accountid: ID, name: 'One' });
  });

  it.each([
    [{}, 204, 204],
    [{ 'if-none-match': 'null' }, 204, 204],
    [{ 'if-match': '*' }, 204, 404],
    [{ 'if-none-match': '*' }, 412, 204],
    [{ 'if-match': 'W/"1"' }, 412, 404],
  ])('%j: row there %i, row missing %i', async (headers, there, missing) => {
    expect((await patch(ID, headers as Record<string, string>)).status).toBe(there);
    expect((await patch(OTHER, headers as Record<string, string>)).status).toBe(missing);
  });

  it('compares the ETag, for DELETE too, and answers 304 to a conditional GET', async () => {
    const { headers } = await service.ask('GET', `accounts(${ID})`);
    const etag = String(headers.etag);
    const unchanged = { 'if-none-match': etag };
    expect((await service.ask('GET', `accounts(${ID})`, undefined, unchanged)).status).toBe(304);
    expect((await patch(ID, { 'if-match': etag })).status).toBe(204);
    const stale = await service.ask('DELETE', `accounts(${ID})`, undefined, { 'if-match': etag });
    expect(error(stale.body)).toMatchObject({ code: '0x80060882' });
    expect((await service.ask('DELETE', `accounts(${ID})`)).status).toBe(204);
    expect((await service.ask('DELETE', `accounts(${ID})`)).status).toBe(404);
  });
});

describe('members and bulk messages', () => {
  it('reads, writes and clears one column', async () => {
    await service.ask('POST', 'accounts', { accountid: ID, name: 'One' });
    const path = `accounts(${ID})/name`;
    expect((await service.ask('GET', path)).body).toMatchObject({ value: 'One' });
    expect((await service.ask('PUT', path, { value: 'Two' })).status).toBe(204);
    expect((await service.ask('GET', `${path}/$value`)).text).toBe('Two');
    expect((await service.ask('DELETE', path)).status).toBe(204);
    expect((await service.ask('GET', path)).status).toBe(204);
  });

  it('refuses PATCH and DELETE on a collection', async () => {
    expect((await service.ask('PATCH', 'accounts', {})).status).toBe(405);
    expect((await service.ask('DELETE', 'accounts')).status).toBe(405);
    expect((await service.ask('GET', 'nothing')).status).toBe(404);
  });

  it('keeps a row that others need', async () => {
    await service.ask('POST', 'accounts', { accountid: ID, name: 'One' });
    await service.ask('POST', 'salesorders', {
      name: 'Order',
      'customerid_account@odata.bind': `/accounts(${ID})`,
    });
    const answer = await service.ask('DELETE', `accounts(${ID})`);
    expect(answer.status).toBe(405);
    expect(error(answer.body)).toMatchObject({ code: '0x80040227' });
  });

  it('are found for a table by its message filters', async () => {
    const filters = (table: string) =>
      service.ask(
        'GET',
        'sdkmessagefilters?$select=sdkmessagefilterid&$filter=sdkmessageid/name eq @message and ' +
          `primaryobjecttypecode eq @table&@message='CreateMultiple'&@table='${table}'`,
      );
    expect((await filters('account')).body.value).toHaveLength(1);
    expect((await filters('nothing')).body.value).toEqual([]);
  });

  it('creates, updates and upserts many rows, all or none', async () => {
    const type = { '@odata.type': 'Microsoft.Dynamics.CRM.account' };
    const send = (message: string, targets: unknown[]): ReturnType<TestService['ask']> =>
      service.ask('POST', `accounts/Microsoft.Dynamics.CRM.${message}`, { Targets: targets });
    const made = await send('CreateMultiple', [
      { ...type, name: 'a', accountnumber: 'A' },
      { ...type, name: 'b', accountnumber: 'B' },
    ]);
    const [first] = made.body.Ids as string[];
    expect(made.status).toBe(200);
    const failed = await send('CreateMultiple', [
      { ...type, name: 'c', accountnumber: 'C' },
      { ...type, name: 'd', accountnumber: 'A' },
    ]);
    expect(failed.status).toBe(412);
    expect((await send('UpdateMultiple', [{ ...type, accountid: first, name: 'a2' }])).status).toBe(
      204,
    );
    const upserted = await send('UpsertMultiple', [
      { ...type, '@odata.id': "accounts(accountnumber='A')", name: 'a3' },
      { ...type, '@odata.id': "accounts(accountnumber='E')", name: 'e' },
    ]);
    expect(upserted.status).toBe(204);
    const rows = service.dataverse.rows('accounts') ?? [];
    expect(rows.map((row) => row.name).sort()).toEqual(['a3', 'b', 'e']);
    expect((await send('CreateMultiple', [{ name: 'untyped' }])).status).toBe(400);
    expect((await send('DeleteMultiple', [])).status).toBe(501);
  });
});
