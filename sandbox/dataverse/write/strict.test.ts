import { testService, type TestService } from '../test-service';

const ID = '11111111-1111-4111-8111-111111111111';
const NOBODY = '99999999-9999-4999-8999-999999999999';
const NAMESPACE = 'Microsoft.Dynamics.CRM.';

let service: TestService;

beforeEach(() => {
  service = testService();
  service.dataverse.insert('accounts', [{ accountid: ID, accountnumber: 'A1', name: 'One' }]);
});

afterEach(() => service.dataverse.app.close());

const state = (): unknown => [
  service.dataverse.rows('accounts'),
  service.dataverse.rows('contacts'),
];

const targets = (...rows: object[]) => ({
  Targets: rows.map((row) => ({ '@odata.type': `${NAMESPACE}account`, ...row })),
});

interface Refused {
  what: string;
  path: string;
  body: unknown;
  status?: number;
  /** Part of the message. */
  says: string;
}

const account = `accounts(${ID})`;
const upsertMultiple = `accounts/${NAMESPACE}UpsertMultiple`;

/** What a careless client sends, and what the service says to it. */
const PATCHED: Refused[] = [
  { what: 'a column in other case', path: account, body: { Name: 'x' }, says: "property 'Name'" },
  { what: 'a number for text', path: account, body: { name: 5 }, says: 'Edm.String' },
  { what: 'text for a number', path: account, body: { revenue: '5' }, says: 'Edm.Decimal' },
  { what: 'text for a flag', path: account, body: { donotemail: 'true' }, says: 'Edm.Boolean' },
  { what: 'half a person', path: account, body: { numberofemployees: 1.5 }, says: 'Edm.Int32' },
  { what: 'too long a text', path: account, body: { name: 'x'.repeat(161) }, says: "'160'" },
  {
    what: 'the GUID of a lookup',
    path: account,
    body: { _primarycontactid_value: ID },
    says: 'Entity Reference',
  },
  {
    what: 'a bind to nobody',
    path: account,
    body: { 'primarycontactid@odata.bind': `/contacts(${NOBODY})` },
    status: 404,
    says: `contact With Id = ${NOBODY} Does Not Exist`,
  },
  {
    what: 'a bind to a row of another table',
    path: account,
    body: { 'primarycontactid@odata.bind': `/accounts(${ID})` },
    says: "takes a row of 'contact'",
  },
  {
    what: 'a bind by a name in other case',
    path: account,
    body: { 'PrimaryContactId@odata.bind': `/contacts(${ID})` },
    says: 'PrimaryContactId',
  },
  {
    what: 'the type of another table',
    path: account,
    body: { '@odata.type': `#${NAMESPACE}contact`, name: 'x' },
    says: "'Microsoft.Dynamics.CRM.contact' was found",
  },
  {
    what: 'a time for a day',
    path: `contacts(${NOBODY})`,
    body: { lastname: 'x', birthdate: '2020-02-29T00:00:00Z' },
    says: 'Edm.Date',
  },
  {
    what: 'a day that the calendar does not have',
    path: `contacts(${NOBODY})`,
    body: { lastname: 'x', birthdate: '2021-02-29' },
    says: 'Edm.Date',
  },
  {
    what: 'a key that is too long',
    path: `accounts(accountnumber='${'9'.repeat(21)}')`,
    body: { name: 'x' },
    says: "'accountnumber' attribute",
  },
  {
    what: 'a number for a key of text',
    path: 'accounts(accountnumber=5)',
    body: { name: 'x' },
    says: "'accountnumber' is not of the type 'Edm.String'",
  },
  {
    what: 'no value for a key',
    path: 'accounts(accountnumber=null)',
    body: { name: 'x' },
    says: "'accountnumber' is not of the type 'Edm.String'",
  },
];

const POSTED: Refused[] = [
  {
    what: 'a key of another table',
    path: upsertMultiple,
    body: targets({ '@odata.id': "contacts(accountnumber='A7')", name: 'x' }),
    says: "not the address of a row of 'accounts'",
  },
  {
    what: 'a key that is too long in UpsertMultiple',
    path: upsertMultiple,
    body: targets({ '@odata.id': `accounts(accountnumber='${'9'.repeat(21)}')`, name: 'x' }),
    says: "'accountnumber' attribute",
  },
  {
    what: 'one bad row among good ones',
    path: `accounts/${NAMESPACE}CreateMultiple`,
    body: targets({ name: 'x' }, { name: 5 }),
    says: 'Edm.String',
  },
];

const REFUSED = [
  ...PATCHED.map((one) => ({ ...one, method: 'PATCH' as const })),
  ...POSTED.map((one) => ({ ...one, method: 'POST' as const })),
];

describe('a write', () => {
  it.each(REFUSED)('is refused for $what', async ({ method, path, body, status = 400, says }) => {
    const before = state();
    const answer = await service.ask(method, path, body);
    expect(answer.status).toBe(status);
    expect(answer.body.error).toMatchObject({ message: expect.stringContaining(says) });
    expect(state()).toEqual(before);
  });

  it.each([
    { '@odata.type': `${NAMESPACE}account`, name: 'x' },
    { '@odata.type': `#${NAMESPACE}account`, '@odata.etag': 'W/"1"', name: 'x' },
    { 'revenue@odata.type': '#Decimal', revenue: 5, name: 'x' },
    { name: 'x'.repeat(160), 'primarycontactid@odata.bind': null },
  ])('takes %j', async (body) => {
    expect((await service.ask('PATCH', account, body)).status).toBe(204);
  });

  it('takes the longest key, and capital letters in a GUID', async () => {
    const key = '9'.repeat(20);
    const path = `accounts(accountnumber='${key}')`;
    expect((await service.ask('PATCH', path, { name: 'x' })).status).toBe(204);
    expect((await service.ask('PATCH', path, { name: 'y' })).status).toBe(204);
    expect(service.dataverse.rows('accounts')).toMatchObject([{}, { name: 'y' }]);
    const read = await service.ask('GET', `accounts(${ID.toUpperCase()})?$select=name`);
    expect(read.body).toMatchObject({ name: 'One', accountid: ID });
  });

  it('finds no row by a key that no row could have', async () => {
    const answer = await service.ask('GET', `accounts(accountnumber='${'9'.repeat(21)}')`);
    expect(answer.status).toBe(404);
  });

  it('cannot make a row whose key points to nobody', async () => {
    const keys = "EntityDefinitions(LogicalName='account')/Keys";
    const added = await service.ask('POST', keys, {
      SchemaName: 'new_ContactKey',
      KeyAttributes: ['primarycontactid'],
    });
    expect(added.status).toBe(204);
    const path = `accounts(_primarycontactid_value=${NOBODY})`;
    expect((await service.ask('PATCH', path, { name: 'x' })).status).toBe(404);
    service.dataverse.insert('contacts', [{ contactid: NOBODY, lastname: 'Now' }]);
    expect((await service.ask('PATCH', path, { name: 'x' })).status).toBe(204);
    expect(service.dataverse.rows('accounts')).toMatchObject([
      {},
      { _primarycontactid_value: NOBODY },
    ]);
  });
});
