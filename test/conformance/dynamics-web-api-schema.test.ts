import type { DynamicsWebApi } from 'dynamics-web-api';
import { startSandbox, type RunningSandbox } from '../../sandbox/start';
import {
  createAccount,
  failureOf,
  fetchToken,
  independentClient,
  type Json,
} from './dynamics-web-api';

/** The same independent client: functions, actions, metadata and access. */

let sandbox: RunningSandbox;
let api: DynamicsWebApi;

beforeAll(async () => {
  sandbox = await startSandbox();
  api = independentClient(sandbox);
});

beforeEach(() => sandbox.reset());

afterAll(() => sandbox.stop());

describe('functions and metadata', () => {
  it('answers WhoAmI and the current organisation', async () => {
    const me = await api.callFunction<Json>({ name: 'WhoAmI' });
    expect(me.UserId).toMatch(/^[0-9a-f-]{36}$/);
    const organization = await api.callFunction<Json>({
      name: 'RetrieveCurrentOrganization',
      parameters: { AccessType: "Microsoft.Dynamics.CRM.EndpointAccessType'Default'" },
    });
    expect(organization.Detail).toMatchObject({ State: 'Enabled' });
  });

  it('fulfils an order by its action', async () => {
    await createAccount(api);
    const key = await api.create<Json, string>({
      collection: 'salesorders',
      data: { name: 'Web 1', 'customerid_account@odata.bind': "/accounts(accountnumber='NW-1')" },
    });
    await api.callAction({
      collection: 'salesorders',
      actionName: 'Microsoft.Dynamics.CRM.FulfillSalesOrder',
      action: {
        OrderClose: { subject: 'Shipped', 'salesorderid@odata.bind': `/salesorders(${key})` },
        Status: 100001,
      },
    });
    const order = await api.retrieve<Json>({ collection: 'salesorders', key });
    expect(order).toMatchObject({ statecode: 3, statuscode: 100001 });
  });

  it('describes tables, columns, choices, keys and relationships', async () => {
    const { value } = await api.retrieveEntities<Json>({
      select: ['LogicalName', 'EntitySetName'],
      filter: "LogicalName eq 'salesorder'",
    });
    expect(value).toMatchObject([{ LogicalName: 'salesorder', EntitySetName: 'salesorders' }]);
    const entityKey = String(value?.[0]?.MetadataId);
    const status = await api.retrieveAttributes<Json>({
      entityKey,
      castType: 'Microsoft.Dynamics.CRM.StatusAttributeMetadata',
      select: ['LogicalName'],
      expand: [{ property: 'OptionSet' }],
    });
    const [statuscode] = status.value ?? [];
    const options = (statuscode?.OptionSet as { Options: Json[] }).Options;
    expect(options.map(({ Value, State }) => [Value, State])).toContainEqual([100001, 3]);
    const entity = await api.retrieveEntity<Json>({
      key: "LogicalName='account'",
      select: ['LogicalName'],
      expand: [{ property: 'Keys' }],
    });
    expect(entity.Keys).toMatchObject([
      { KeyAttributes: ['accountnumber'], EntityKeyIndexStatus: 'Active' },
    ]);
    expect(await api.retrieveCsdlMetadata()).toContain(
      '<EntityType Name="salesorder" BaseType="mscrm.crmbaseentity">',
    );
  });

  it('adds a column, which can be written at once', async () => {
    await api.createAttribute({
      entityKey: "LogicalName='account'",
      data: {
        '@odata.type': 'Microsoft.Dynamics.CRM.StringAttributeMetadata',
        SchemaName: 'new_ExternalId',
        MaxLength: 20,
        DisplayName: { LocalizedLabels: [{ Label: 'External id', LanguageCode: 1033 }] },
      },
    });
    const key = await createAccount(api, { new_externalid: 'shop-1' });
    const row = await api.retrieve<Json>({ collection: 'accounts', key });
    expect(row.new_externalid).toBe('shop-1');
    const failure = await failureOf(
      api.update({ collection: 'accounts', key, data: { new_externalid: 'x'.repeat(21) } }),
    );
    expect(failure).toMatchObject({ status: 400, code: '0x80044331' });
  });
});

describe('access', () => {
  it('answers 401 to an expired token, and takes a fresh one', async () => {
    const stale = await fetchToken(sandbox);
    sandbox.services.entra.expireTokens();
    const failure = await failureOf(api.retrieveMultiple({ collection: 'accounts', token: stale }));
    expect(failure.status).toBe(401);
    expect((await api.retrieveMultiple({ collection: 'accounts' })).value).toEqual([]);
  });
});
