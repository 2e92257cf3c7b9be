import { DynamicsWebApi, type Config } from 'dynamics-web-api';

import { table } from '../../sandbox/dataverse';
import { text } from '../../sandbox/dataverse/schema/columns';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { type Receiver, startReceiver } from '../../sandbox/test-receiver';
import {
  createAccount,
  failureOf,
  fetchToken,
  independentClient,
  type Json,
} from './dynamics-web-api';

/** Options of requests and of the client itself that the other files have no use for. */

let sandbox: RunningSandbox;
let api: DynamicsWebApi;
let receiver: Receiver;

const SENSOR = table({
  name: 'new_sensor',
  schemaName: 'new_Sensor',
  label: 'Sensor',
  entitySet: 'new_sensors',
  objectTypeCode: 10_901,
  custom: true,
  elastic: true,
  primaryName: 'new_name',
  columns: [text('new_name', 100, { schemaName: 'new_Name', label: 'Name' })],
});

beforeAll(async () => {
  [sandbox, receiver] = await Promise.all([startSandbox(), startReceiver()]);
  api = independentClient(sandbox);
});
beforeEach(() => {
  sandbox.reset();
  receiver.received.length = 0;
});
afterAll(async () => {
  await sandbox.stop();
  await receiver.close();
});

const dataverse = () => sandbox.services.dataverse;

const client = (config: Config): DynamicsWebApi =>
  new DynamicsWebApi({
    serverUrl: `${sandbox.dataverse.url}/`,
    onTokenRefresh: () => fetchToken(sandbox),
    ...config,
  });

describe('who asks', () => {
  const OBJECT_ID = 'd0000000-0000-4000-8000-0000000000aa';
  let user: string;

  beforeEach(() => {
    const [unit] = dataverse().rows('businessunits') ?? [];
    const delegate = {
      lastname: 'Delegate',
      azureactivedirectoryobjectid: OBJECT_ID,
      'businessunitid@odata.bind': `/businessunits(${String(unit?.businessunitid)})`,
    };
    [user = ''] = dataverse().insert('systemusers', [delegate]);
  });

  const ownerOf = async (by: DynamicsWebApi, extra: Json = {}): Promise<unknown> => {
    const row = await by.create<Json, Json>({
      collection: 'accounts',
      data: { name: 'Theirs' },
      returnRepresentation: true,
      select: ['_ownerid_value'],
      ...extra,
    });
    return row._ownerid_value;
  };

  it('is another user, by request or for all of them, by either id', async () => {
    expect(await ownerOf(api, { impersonate: user })).toBe(user);
    expect(await ownerOf(api, { impersonateAAD: OBJECT_ID })).toBe(user);
    expect(await ownerOf(client({ impersonate: user }))).toBe(user);
    expect(await ownerOf(client({ impersonateAAD: OBJECT_ID }))).toBe(user);
    expect(await ownerOf(api)).not.toBe(user);
  });

  it('is nobody without a token, and brings one of its own', async () => {
    const anonymous = client({ onTokenRefresh: null });
    const read = { collection: 'accounts', select: ['name'] };
    expect(await failureOf(anonymous.retrieveMultiple(read))).toMatchObject({ status: 401 });
    const token = await fetchToken(sandbox);
    expect((await anonymous.retrieveMultiple({ ...read, token })).value).toEqual([]);
  });
});

describe('writes', () => {
  it('look for duplicates when they are asked to', async () => {
    await createAccount(api);
    const twin = { collection: 'accounts', data: { name: 'Northwind Traders' } };
    expect(await failureOf(api.create({ ...twin, duplicateDetection: true }))).toMatchObject({
      status: 412,
      code: '0x80040333',
    });
    await api.create(twin);
  });

  it('tell steps their tag, and pass over those that wait for an endpoint', async () => {
    const [endpoint = ''] = dataverse().insert('serviceendpoints', [
      {
        name: 'n8n',
        url: receiver.url,
        contract: 8,
        authtype: 4,
        authvalue: 's',
        messageformat: 2,
      },
    ]);
    const message = dataverse()
      .rows('sdkmessages')
      ?.find(({ name }) => name === 'Create');
    const filter = dataverse()
      .rows('sdkmessagefilters')
      ?.find(
        (row) =>
          row.primaryobjecttypecode === 'account' &&
          row._sdkmessageid_value === message?.sdkmessageid,
      );
    dataverse().insert('sdkmessageprocessingsteps', [
      {
        name: 'wait',
        stage: 40,
        mode: 0,
        rank: 1,
        supporteddeployment: 0,
        'eventhandler_serviceendpoint@odata.bind': `/serviceendpoints(${endpoint})`,
        'sdkmessageid@odata.bind': `/sdkmessages(${String(message?.sdkmessageid)})`,
        'sdkmessagefilterid@odata.bind': `/sdkmessagefilters(${String(filter?.sdkmessagefilterid)})`,
      },
    ]);
    const data = { name: 'Told' };
    await api.create({ collection: 'accounts', data, tag: 'from the shop' });
    expect(receiver.received).toHaveLength(1);
    expect(receiver.received[0]?.text).toContain('"value":"from the shop"');
    await api.create({ collection: 'accounts', data, bypassCustomPluginExecution: true });
    expect(receiver.received).toHaveLength(1);
  });

  it('say what they found amiss as it is, or as older versions did', async () => {
    const key = await createAccount(api);
    const stale = { collection: 'accounts', key, data: { name: 'x' }, ifmatch: 'W/"1"' };
    expect(await api.update(stale)).toBe(false);
    const strict = client({ propagateErrors: true });
    expect(await failureOf(strict.update(stale))).toMatchObject({ status: 412 });
  });

  it('upsert many rows by addresses that stay as they are', async () => {
    const plain = client({ disableODataIdAbsoluteUrl: true });
    await plain.callAction({
      actionName: 'Microsoft.Dynamics.CRM.UpsertMultiple',
      collection: 'accounts',
      action: {
        Targets: [
          {
            '@odata.type': 'Microsoft.Dynamics.CRM.account',
            '@odata.id': "accounts(accountnumber='M-1')",
            name: 'Many',
          },
        ],
      },
    });
    expect(dataverse().rows('accounts')).toMatchObject([{ accountnumber: 'M-1', name: 'Many' }]);
  });
});

describe('reads', () => {
  const accounts = [
    { name: 'One', accountnumber: 'A-1', numberofemployees: 1 },
    { name: 'Two', accountnumber: 'A-2', numberofemployees: 2 },
  ];

  it('execute views of the system and of a user', async () => {
    const [first = '', second = ''] = dataverse().insert('accounts', accounts);
    dataverse().change('accounts', second, { statecode: 1 });
    const views = await api.retrieveMultiple<Json>({
      collection: 'savedqueries',
      select: ['name', 'savedqueryid'],
      filter: "name eq 'Active Accounts'",
    });
    const savedQuery = String(views.value[0]?.savedqueryid);
    const active = await api.retrieve<{ value: Json[] }>({ collection: 'accounts', savedQuery });
    expect(active.value).toEqual([expect.objectContaining({ accountid: first, name: 'One' })]);
    const userQuery = await api.create<Json, string>({
      collection: 'userqueries',
      data: {
        name: 'Mine',
        returnedtypecode: 'account',
        querytype: 0,
        fetchxml:
          '<fetch><entity name="account"><attribute name="name"/><filter>' +
          '<condition attribute="numberofemployees" operator="eq" value="2"/></filter></entity></fetch>',
      },
    });
    const mine = await api.retrieve<{ value: Json[] }>({ collection: 'accounts', userQuery });
    expect(mine.value).toMatchObject([{ name: 'Two' }]);
    const elsewhere = api.retrieve({ collection: 'contacts', userQuery });
    expect(await failureOf(elsewhere)).toMatchObject({ status: 400 });
  });

  it('add up, past caches, with parameters and headers of their own', async () => {
    dataverse().insert('accounts', accounts);
    const summed = await api.retrieveMultiple<Json>({
      collection: 'accounts',
      apply: 'aggregate(numberofemployees with sum as people)',
      noCache: true,
    });
    expect(summed.value).toMatchObject([{ people: 3 }]);
    const named = await api.retrieveMultiple<Json>({
      collection: 'accounts',
      select: ['name'],
      filter: 'accountnumber eq @p1',
      queryParams: ["@p1='A-2'"],
      headers: { Prefer: 'odata.include-annotations="*"' },
    });
    expect(named.value).toMatchObject([{ name: 'Two' }]);
  });

  it('take pages, annotations and representations as the client is set up', async () => {
    const own = client({
      maxPageSize: 1,
      includeAnnotations: 'OData.Community.Display.V1.FormattedValue',
      returnRepresentation: true,
      useEntityNames: true,
    });
    const made = await own.create<Json, Json>({ collection: 'account', data: accounts[0] as Json });
    expect(made).toMatchObject({ statecode_Formatted: 'Active' });
    await own.create({ collection: 'account', data: { name: 'Other' } });
    const page = await own.retrieveMultiple<Json>({ collection: 'account', select: ['name'] });
    expect(page.value).toHaveLength(1);
    expect(page.oDataNextLink).toBeDefined();
    expect(own.Utility.getCollectionName('account')).toBe('accounts');
  });

  it('find rows of elastic tables by their partition', async () => {
    dataverse().addTable(SENSOR);
    const collection = 'new_sensors';
    const key = await api.create<Json, string>({
      collection,
      data: { new_name: 'One', partitionid: 'device-1' },
    });
    const partitionId = 'device-1';
    expect(await api.retrieve<Json>({ collection, key, partitionId })).toMatchObject({
      new_name: 'One',
    });
    expect(await failureOf(api.retrieve({ collection, key }))).toMatchObject({ status: 404 });
    const there = await api.retrieveMultiple({ collection, partitionId });
    const elsewhere = await api.retrieveMultiple({ collection, partitionId: 'device-2' });
    expect([there.value.length, elsewhere.value.length]).toEqual([1, 0]);
    await api.update({ collection, key, data: { new_name: 'Other' }, partitionId });
    expect(dataverse().rows(collection)).toMatchObject([{ new_name: 'Other' }]);
  });

  it('go down to one column of a definition, of a type', async () => {
    const column = await api.retrieve<Json>({
      collection: 'EntityDefinitions',
      key: "LogicalName='account'",
      navigationProperty: 'Attributes',
      navigationPropertyKey: "LogicalName='accountnumber'",
      metadataAttributeType: 'Microsoft.Dynamics.CRM.StringAttributeMetadata',
      select: ['MaxLength'],
    });
    expect(column).toMatchObject({ MaxLength: 20 });
  });

  it('are given up when nobody waits for them any more', async () => {
    const controller = new AbortController();
    controller.abort();
    const read = { collection: 'accounts', select: ['name'] };
    await expect(
      api.retrieveMultiple({ ...read, signal: controller.signal }),
    ).rejects.toMatchObject({ message: expect.stringMatching(/abort/i) });
    sandbox.context.faults.configure({ latency: { dataverse: { perRequestMs: 400 } } });
    await expect(api.retrieveMultiple({ ...read, timeout: 50 })).rejects.toMatchObject({
      code: 'ECONNRESET',
    });
  });
});

describe('the client', () => {
  it('is set up anew, and makes others that are set up as it is', async () => {
    const changed = client({});
    changed.setConfig({ dataApi: { version: '9.1', path: 'data' } });
    const other = changed.initializeInstance();
    const { value } = await other.retrieveMultiple<Json>({
      collection: 'accounts',
      select: ['name'],
      maxPageSize: 1,
    });
    expect(value).toEqual([]);
    const address = `${sandbox.dataverse.url}/api/data/v9.1/accounts`;
    expect(other.Utility.toAbsoluteUrl('accounts')).toBe(address);
  });
});

describe('names that are deprecated', () => {
  it('call a function, search, and clear a column', async () => {
    const { UserId: user } = await api.callFunction<Json>({ functionName: 'WhoAmI' });
    expect(user).toMatch(/^[0-9a-f-]{36}$/);
    dataverse().switches.searchLimits = { perSecond: 100, perMinute: 1000 };
    const key = await createAccount(api, { telephone1: '1' });
    const found = await api.search({
      query: {
        search: 'northwind',
        returnTotalRecordCount: true,
        searchType: 'simple',
        searchMode: 'all',
      },
    });
    expect(found.totalrecordcount).toBe(1);
    const { value } = await api.autocomplete({ query: { search: 'nort', useFuzzy: true } });
    expect(value).toBe('{crmhit}northwind{/crmhit}');
    await api.deleteRecord({ collection: 'accounts', key, fieldName: 'telephone1' });
    expect(dataverse().rows('accounts')).toMatchObject([{ telephone1: null }]);
  });
});
