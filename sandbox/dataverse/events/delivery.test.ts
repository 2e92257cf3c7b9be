import { startReceiver, type Receiver } from '../../test-receiver';
import { BATCH_TYPE, batchBody, testService, type TestService } from '../test-service';
import { SYSTEM_IDS } from '../seed';
import {
  addImage,
  contextOf,
  imageIn,
  note,
  register,
  targetAttributes,
  targetIn,
  type Context,
} from './test-hooks';

/** What is delivered of changes. Source: Dataverse docs, use-webhooks. */

const ORDER = 'b0000000-0000-4000-8000-000000000001';
const ACCOUNT = 'b0000000-0000-4000-8000-000000000002';
const NOW = '2017-09-25T23:44:07Z';

/** A line whose product is written in. */
const chair = (more: object = {}): object => ({
  isproductoverridden: true,
  productdescription: 'Chair',
  quantity: 2,
  priceperunit: 10,
  ...more,
});

let receiver: Receiver;
let service: TestService;
let ask: TestService['ask'];

beforeAll(async () => {
  receiver = await startReceiver();
  service = testService({ tables: [note] }, () => new Date(NOW));
  ({ ask } = service);
});

beforeEach(() => {
  service.dataverse.reset();
  service.context.faults.clear();
  receiver.received.length = 0;
  receiver.answers.length = 0;
});

afterAll(async () => {
  await service.dataverse.app.close();
  await receiver.close();
});

const on = (table: string, message: string, step: object = {}) =>
  register(ask, { url: `${receiver.url}/hook?own=1`, table, message, step });

async function contexts(): Promise<Context[]> {
  await service.dataverse.webhooks.idle();
  return receiver.received.map(contextOf);
}

const newAccount = (more: object = {}) =>
  ask('POST', 'accounts', { accountid: ACCOUNT, name: 'Contoso', ...more });

const newOrder = (more: object = {}) =>
  ask('POST', 'salesorders', {
    salesorderid: ORDER,
    name: 'Web 1001',
    'customerid_account@odata.bind': `/accounts(${ACCOUNT})`,
    order_details: [chair()],
    ...more,
  });

const typed = (name: string, members: object) => ({
  __type: `${name}:http://schemas.microsoft.com/xrm/2011/Contracts`,
  ...members,
});

it('tells of a new row with its columns, its id and the name that asynchronous steps have', async () => {
  await on('account', 'Create');
  await newAccount({ revenue: 12.5, customertypecode: 3 });
  const [context] = await contexts();
  expect(context).toMatchObject({
    MessageName: 'Create',
    Mode: 1,
    Stage: 40,
    Depth: 1,
    PrimaryEntityName: 'account',
    PrimaryEntityId: ACCOUNT,
    SecondaryEntityName: 'none',
    UserId: SYSTEM_IDS.applicationUser,
    InitiatingUserId: SYSTEM_IDS.applicationUser,
    BusinessUnitId: SYSTEM_IDS.businessUnit,
    OrganizationId: SYSTEM_IDS.organization,
    OutputParameters: [{ key: 'id', value: ACCOUNT }],
    PreEntityImages: [],
    OwningExtension: { Name: 'n8n: Create of account' },
  });
  expect(targetAttributes(context ?? {})).toMatchObject({
    name: 'Contoso',
    revenue: typed('Money', { Value: 12.5 }),
    customertypecode: typed('OptionSetValue', { Value: 3 }),
    createdon: `/Date(${Date.parse(NOW)})/`,
    modifiedon: `/Date(${Date.parse(NOW)})/`,
    modifiedby: expect.objectContaining({ Id: SYSTEM_IDS.applicationUser }),
    modifiedonbehalfby: null,
    ownerid: typed('EntityReference', {
      Id: SYSTEM_IDS.applicationUser,
      KeyAttributes: [],
      LogicalName: 'systemuser',
      Name: null,
      RowVersion: null,
    }),
  });
  expect(imageIn(context ?? {}, 'PostEntityImages', 'AsynchronousStepPrimaryName')).toEqual({
    name: 'Contoso',
    accountid: ACCOUNT,
  });
});

it('sends the secret with the key, and the headers of Dataverse', async () => {
  await on('account', 'Create');
  await newAccount();
  const [context] = await contexts();
  const [{ path, headers, text } = { path: '', headers: {}, text: '' }] = receiver.received;
  expect(path).toBe('/hook?own=1&code=the-secret');
  expect(headers).toMatchObject({
    'content-type': expect.stringMatching(/^application\/json/),
    'x-ms-dynamics-organization': 'sandbox.example',
    'x-ms-dynamics-entity-name': 'account',
    'x-ms-dynamics-request-name': 'Create',
    'x-ms-correlation-request-id': context?.CorrelationId,
  });
  expect(headers).not.toHaveProperty('x-ms-dynamics-msg-size-exceeded');
  expect(text).toContain('"\\/Date(');
  expect(text).not.toMatch(/[^\\]\//);
});

it('tells of a change what was sent and what moved with it', async () => {
  await newAccount();
  await on('account', 'Update');
  await ask('PATCH', `accounts(${ACCOUNT})`, { telephone1: '1', address1_city: 'Bonn' });
  const [context] = await contexts();
  expect(targetIn(context ?? {})).toMatchObject({ Id: ACCOUNT, LogicalName: 'account' });
  expect(Object.keys(targetAttributes(context ?? {}))).toEqual([
    'telephone1',
    'address1_city',
    'accountid',
    'address1_composite',
    'modifiedon',
    'modifiedby',
    'modifiedonbehalfby',
  ]);
  expect(context).toMatchObject({ OutputParameters: [], MessageName: 'Update' });
});

it('tells of a deleted row by a reference, and of those that go with it', async () => {
  await newAccount();
  await newOrder();
  await on('salesorder', 'Delete');
  await on('salesorderdetail', 'Delete');
  await ask('DELETE', `salesorders(${ORDER})`);
  const all = await contexts();
  expect(all.map(({ PrimaryEntityName }) => PrimaryEntityName).sort()).toEqual([
    'salesorder',
    'salesorderdetail',
  ]);
  const order = all.find(({ PrimaryEntityName }) => PrimaryEntityName === 'salesorder') ?? {};
  expect(targetIn(order)).toEqual(
    typed('EntityReference', {
      Id: ORDER,
      KeyAttributes: [],
      LogicalName: 'salesorder',
      Name: null,
      RowVersion: null,
    }),
  );
  expect(order.PostEntityImages).toEqual([]);
});

it('looks at filtering attributes, whether a column that is sent has another value or not', async () => {
  await newAccount();
  await on('account', 'Update', { filteringattributes: 'name, address1_composite' });
  await ask('PATCH', `accounts(${ACCOUNT})`, { telephone1: '1' });
  expect(await contexts()).toHaveLength(0);
  await ask('PATCH', `accounts(${ACCOUNT})`, { name: 'Contoso' });
  expect(await contexts()).toHaveLength(1);
  await ask('PATCH', `accounts(${ACCOUNT})`, { address1_city: 'Bonn' });
  expect(await contexts()).toHaveLength(2);
});

it('has the images that were asked for, without columns that are empty', async () => {
  await newAccount();
  const { stepId } = await on('account', 'Update');
  await addImage(ask, stepId, { attributes: 'name,telephone1' });
  await addImage(ask, stepId, { name: 'Post', entityalias: 'After', imagetype: 1 });
  await ask('PATCH', `accounts(${ACCOUNT})`, { name: 'New' });
  const [context = {}] = await contexts();
  expect(imageIn(context, 'PreEntityImages', 'Pre')).toEqual({
    name: 'Contoso',
    accountid: ACCOUNT,
  });
  const after = imageIn(context, 'PostEntityImages', 'After');
  expect(after).toMatchObject({ name: 'New', accountid: ACCOUNT });
  expect(after).not.toHaveProperty('telephone1');
  expect((context.PreEntityImages as object[])[0]).not.toHaveProperty(['value', '__type']);
});

it('tells of an order that an action closes, and of its totals when a line changes them', async () => {
  await newAccount();
  await newOrder();
  await on('salesorder', 'Update', { filteringattributes: 'statecode,totalamount' });
  await ask('POST', 'salesorderdetails', {
    ...chair({ quantity: 1 }),
    'salesorderid@odata.bind': `/salesorders(${ORDER})`,
  });
  await ask('POST', 'salesorders/Microsoft.Dynamics.CRM.FulfillSalesOrder', {
    OrderClose: { 'salesorderid@odata.bind': `/salesorders(${ORDER})` },
    Status: -1,
  });
  const [totals = {}, closed = {}] = await contexts();
  expect(targetAttributes(totals)).toHaveProperty('totalamount');
  expect(targetAttributes(closed)).toMatchObject({
    statecode: typed('OptionSetValue', { Value: 3 }),
    statuscode: typed('OptionSetValue', { Value: 100001 }),
  });
});

it('tells nothing of what was undone, and each of what a batch and a bulk message write', async () => {
  await on('account', 'Create');
  const post = (name: string, more: object = {}) => ({
    request: 'POST /api/data/v9.2/accounts',
    body: { name, ...more },
  });
  await ask('POST', '$batch', batchBody([[post('One'), post('Two', { nothing: 1 })]]), BATCH_TYPE);
  expect(await contexts()).toHaveLength(0);
  await ask('POST', '$batch', batchBody([[post('One'), post('Two')], post('Three')]), BATCH_TYPE);
  await ask('POST', 'accounts/Microsoft.Dynamics.CRM.CreateMultiple', {
    Targets: ['Four', 'Five'].map((name) => ({
      '@odata.type': 'Microsoft.Dynamics.CRM.account',
      name,
    })),
  });
  service.dataverse.insert('accounts', [{ name: 'Six' }]);
  const names = (await contexts()).map((context) => targetAttributes(context).name);
  expect(names.sort()).toEqual(['Five', 'Four', 'One', 'Six', 'Three', 'Two']);
});

it('calls the steps of an event that are enabled, for all tables where a step has no filter', async () => {
  const { stepId } = await on('account', 'Create');
  await ask('PATCH', `sdkmessageprocessingsteps(${stepId})`, { statecode: 1 });
  await newAccount();
  expect(await contexts()).toHaveLength(0);
  await ask('PATCH', `sdkmessageprocessingsteps(${stepId})`, {
    statecode: 0,
    'sdkmessagefilterid@odata.bind': null,
  });
  await ask('POST', 'contacts', { lastname: 'Doe' });
  expect((await contexts()).map(({ PrimaryEntityName }) => PrimaryEntityName)).toEqual(['contact']);
});

it('names the user acted as and the caller, the tag, and the depth', async () => {
  const [user] = service.dataverse.insert('systemusers', [
    {
      firstname: 'Jane',
      lastname: 'Doe',
      'businessunitid@odata.bind': `/businessunits(${SYSTEM_IDS.businessUnit})`,
    },
  ]);
  await on('account', 'Create');
  await ask(
    'POST',
    'accounts?tag=A%20string%20value',
    { name: 'x' },
    { mscrmcallerid: user ?? '' },
  );
  const [context] = await contexts();
  expect(context).toMatchObject({
    UserId: user,
    InitiatingUserId: SYSTEM_IDS.applicationUser,
    SharedVariables: [{ key: 'tag', value: 'A string value' }],
    Depth: 1,
  });
});

it('names the app of a request beside its parameters, and not where a delivery is as documented', async () => {
  const app = { key: 'x-ms-app-name', value: 'msdynce_saleshub' };
  const make = () => ask('POST', 'accounts?tag=x', { name: 'x' }, { 'x-ms-app-name': app.value });
  await on('account', 'Create');
  await make();
  service.dataverse.switches.deliveryMembers = 'documented';
  await make();
  const [captured, documented] = await contexts();
  const tag = { key: 'tag', value: 'x' };
  const target = expect.objectContaining({ key: 'Target' });
  const detection = { key: 'SuppressDuplicateDetection', value: false };
  expect(captured).toMatchObject({
    InputParameters: [target, app],
    SharedVariables: [app, tag],
    ParentContext: { InputParameters: [target, app, detection], SharedVariables: [app, tag] },
  });
  expect(documented).toMatchObject({
    InputParameters: [target],
    SharedVariables: [tag],
    ParentContext: { InputParameters: [target, detection] },
    OwningExtension: { Name: null },
  });
});

it('names the user in whose context a step runs, and by a switch the user acted as', async () => {
  const user = (lastname: string): object => ({
    lastname,
    'businessunitid@odata.bind': `/businessunits(${SYSTEM_IDS.businessUnit})`,
  });
  const [own = '', acted = ''] = service.dataverse.insert('systemusers', [
    { ...user('Doe') },
    { ...user('Roe') },
  ]);
  await on('account', 'Create', {
    'impersonatinguserid@odata.bind': `/systemusers(${own})`,
  });
  service.dataverse.switches.initiatingUser = 'impersonated';
  await ask('POST', 'accounts', { name: 'x' }, { mscrmcallerid: acted });
  const [context] = await contexts();
  expect(context).toMatchObject({ UserId: own, InitiatingUserId: acted });
});

it('tells of a link that a deletion clears only by a switch', async () => {
  await newAccount();
  await ask('POST', 'contacts', {
    lastname: 'Doe',
    'parentcustomerid_account@odata.bind': `/accounts(${ACCOUNT})`,
  });
  await on('contact', 'Update');
  await ask('DELETE', `accounts(${ACCOUNT})`);
  expect(await contexts()).toHaveLength(0);
  await newAccount();
  const [contact] = service.dataverse.rows('contacts') ?? [];
  await ask('PATCH', `contacts(${String(contact?.contactid)})`, {
    'parentcustomerid_account@odata.bind': `/accounts(${ACCOUNT})`,
  });
  service.dataverse.switches.clearedLinks = 'update';
  await ask('DELETE', `accounts(${ACCOUNT})`);
  const [, cleared = {}] = await contexts();
  expect(targetAttributes(cleared).parentcustomerid).toBeNull();
});

it('tells of totals at the depth that a switch gives them', async () => {
  await newAccount();
  await newOrder();
  await on('salesorder', 'Update');
  service.dataverse.switches.consequenceDepth = 2;
  await ask('POST', 'salesorderdetails', {
    ...chair(),
    'salesorderid@odata.bind': `/salesorders(${ORDER})`,
  });
  expect(await contexts()).toMatchObject([{ Depth: 2, ParentContext: null }]);
});

it.each([
  { 'mscrm.bypassbusinesslogicexecution': 'CustomSync,CustomAsync' },
  { 'mscrm.bypassbusinesslogicexecution': 'CustomAsync' },
])('passes asynchronous steps over for who asks so: %j', async (headers) => {
  await on('account', 'Create');
  await ask('POST', 'accounts', { name: 'x' }, headers);
  await ask('POST', 'accounts', { name: 'y' }, { 'mscrm.bypasscustompluginexecution': 'true' });
  expect(await contexts()).toHaveLength(1);
});

it('takes the large members out of what has more than 256 KB, and says so', async () => {
  await on('new_note', 'Create');
  const write = (length: number) => ask('POST', 'new_notes', { new_text: 'x'.repeat(length) });
  await write(120_000);
  await write(140_000);
  const [whole = {}, cut = {}] = await contexts();
  expect(targetAttributes(whole).new_text).toHaveLength(120_000);
  expect(receiver.received[0]?.headers).not.toHaveProperty('x-ms-dynamics-msg-size-exceeded');
  expect(receiver.received[1]?.headers).toHaveProperty('x-ms-dynamics-msg-size-exceeded');
  for (const name of ['ParentContext', 'InputParameters', 'PreEntityImages', 'PostEntityImages']) {
    expect(whole).toHaveProperty(name);
    expect(cut).not.toHaveProperty(name);
  }
  expect(cut).toMatchObject({ MessageName: 'Create', PrimaryEntityName: 'new_note' });
});

it('writes several choices as a list', async () => {
  await on('new_note', 'Create');
  await ask('POST', 'new_notes', { new_name: 'x', new_kinds: '1,9' });
  const [context = {}] = await contexts();
  expect(targetAttributes(context).new_kinds).toEqual(
    [1, 9].map((Value) => typed('OptionSetValue', { Value })),
  );
});
