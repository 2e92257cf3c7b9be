import { table, type TableSchema } from '../service';
import { lookup, text } from '../schema/columns';
import { testService, type TestService } from '../test-service';

const warehouse: TableSchema = table({
  name: 'new_warehouse',
  schemaName: 'new_Warehouse',
  label: 'Warehouse',
  entitySet: 'new_warehouses',
  objectTypeCode: 10001,
  primaryName: 'new_name',
  custom: true,
  columns: [
    text('new_name', 100, { schemaName: 'new_Name', required: 'system' }),
    lookup('new_ownerid', {
      table: 'account',
      collection: 'new_account_warehouses',
      navigation: 'new_OwnerId',
    }),
  ],
  keys: [{ name: 'new_NameKey', columns: ['new_name'] }],
});

let service: TestService;
let now = Date.parse('2026-01-01T00:00:00Z');

beforeEach(() => {
  service = testService({ tables: [warehouse] }, () => new Date(now));
});

afterEach(() => service.dataverse.app.close());

const values = async (path: string): Promise<Array<Record<string, unknown>>> => {
  const { status, body } = await service.ask('GET', path);
  expect({ status, error: body.error }).toEqual({ status: 200, error: undefined });
  return body.value as Array<Record<string, unknown>>;
};

describe('metadata', () => {
  it('filters and selects tables, by enum and managed property too', async () => {
    const owned = await values(
      "EntityDefinitions?$select=LogicalName&$filter=OwnershipType eq Microsoft.Dynamics.CRM.OwnershipTypes'UserOwned' and CanCreateAttributes/Value eq true and IsCustomEntity eq true",
    );
    expect(owned).toEqual([{ LogicalName: 'new_warehouse', MetadataId: expect.any(String) }]);
  });

  it.each([
    ["EntityDefinitions?$filter=OwnershipType eq 'UserOwned'", 'OwnershipTypes'],
    ["EntityDefinitions?$filter=DisplayName/UserLocalizedLabel/Label eq 'Account'", 'Label'],
    [
      "EntityDefinitions(LogicalName='account')/Attributes/Microsoft.Dynamics.CRM.EnumAttributeMetadata",
      'EnumAttributeMetadata',
    ],
  ])('refuses %s', async (path, text) => {
    const { status, body } = await service.ask('GET', path);
    expect({ status, error: body.error }).toMatchObject({
      status: 400,
      error: { message: expect.stringContaining(text) },
    });
  });

  it('serves a custom table like any other', async () => {
    await service.ask('POST', 'accounts', { name: 'Owner', accountnumber: 'O' });
    const made = await service.ask('POST', 'new_warehouses', {
      new_name: 'North',
      'new_OwnerId@odata.bind': "/accounts(accountnumber='O')",
    });
    expect(made.status).toBe(204);
    const { body } = await service.ask(
      'GET',
      "new_warehouses(new_name='north')?$expand=new_OwnerId($select=name)",
    );
    expect(body).toMatchObject({ new_name: 'North', new_OwnerId: { name: 'Owner' } });
    service.dataverse.reset();
    expect(await values('new_warehouses')).toEqual([]);
  });

  it('shows columns with types, lengths and levels', async () => {
    const path = "EntityDefinitions(LogicalName='salesorder')/Attributes";
    const columns = await values(
      `${path}?$select=LogicalName,AttributeType,IsValidForCreate,RequiredLevel`,
    );
    const byName = new Map(columns.map((column) => [column.LogicalName, column]));
    expect(byName.get('customerid')).toMatchObject({ AttributeType: 'Customer' });
    expect(byName.get('totalamount')).toMatchObject({
      AttributeType: 'Money',
      IsValidForCreate: false,
    });
    expect(byName.get('name')).toMatchObject({ RequiredLevel: { Value: 'SystemRequired' } });
    const texts = await values(
      `${path}/Microsoft.Dynamics.CRM.StringAttributeMetadata?$select=LogicalName,MaxLength`,
    );
    expect(texts).toContainEqual(
      expect.objectContaining({ LogicalName: 'billto_city', MaxLength: 80 }),
    );
    const uncast = await service.ask('GET', `${path}?$select=LogicalName,MaxLength`);
    expect(uncast.status).toBe(400);
  });

  it('shows choices only behind a cast', async () => {
    const path = "EntityDefinitions(LogicalName='salesorder')/Attributes(LogicalName='statuscode')";
    const cast = `${path}/Microsoft.Dynamics.CRM.StatusAttributeMetadata`;
    const { body } = await service.ask(
      'GET',
      `${cast}?$select=LogicalName&$expand=OptionSet($select=Options)`,
    );
    const options = (body.OptionSet as { Options: Array<Record<string, unknown>> }).Options;
    expect(options[0]).toMatchObject({
      Value: 1,
      State: 0,
      Label: { UserLocalizedLabel: { Label: 'New', LanguageCode: 1033 } },
    });
    expect((await service.ask('GET', `${path}?$expand=OptionSet`)).status).toBe(400);
  });

  it('names the navigation properties to bind by', async () => {
    const relations = await values(
      "EntityDefinitions(LogicalName='salesorder')/ManyToOneRelationships",
    );
    const binds = relations
      .filter((relation) => relation.ReferencingAttribute === 'customerid')
      .map((relation) => relation.ReferencingEntityNavigationPropertyName);
    expect(binds.sort()).toEqual(['customerid_account', 'customerid_contact']);
    const [goal] = (await values('GlobalOptionSetDefinitions')) ?? [];
    const { body } = await service.ask('GET', "GlobalOptionSetDefinitions(Name='metric_goaltype')");
    expect(body).toMatchObject({ Name: goal?.Name, IsGlobal: true });
  });

  it('makes an alternate key, which works once its index is built', async () => {
    service.dataverse.switches.keyIndexSeconds = 60;
    const keys = "EntityDefinitions(LogicalName='salesorder')/Keys";
    const made = await service.ask('POST', keys, {
      SchemaName: 'new_OrderNumberKey',
      KeyAttributes: ['ordernumber'],
    });
    expect(made.status).toBe(204);
    expect(made.headers['odata-entityid']).toMatch(
      /EntityDefinitions\([0-9a-f-]{36}\)\/Keys\([0-9a-f-]{36}\)$/,
    );
    expect(await values(keys)).toMatchObject([{ EntityKeyIndexStatus: 'Pending' }]);
    const path = "salesorders(ordernumber='W-1')";
    expect((await service.ask('GET', path)).status).toBe(400);
    now += 61_000;
    expect(await values(keys)).toMatchObject([{ EntityKeyIndexStatus: 'Active' }]);
    expect((await service.ask('GET', path)).status).toBe(404);
    const again = await service.ask('POST', keys, {
      SchemaName: 'new_OrderNumberKey',
      KeyAttributes: ['ordernumber'],
    });
    expect(again.status).toBe(400);
    const unknown = await service.ask('POST', keys, {
      SchemaName: 'new_X',
      KeyAttributes: ['nothing'],
    });
    expect(unknown.body.error).toMatchObject({ code: '0x80041103' });
  });

  it('fails a key that the rows already break', async () => {
    service.dataverse.insert('accounts', [{ name: 'Same' }, { name: 'Same' }]);
    const keys = "EntityDefinitions(LogicalName='account')/Keys";
    await service.ask('POST', keys, { SchemaName: 'new_NameKey', KeyAttributes: ['name'] });
    const [, added] = await values(keys);
    expect(added).toMatchObject({ EntityKeyIndexStatus: 'Failed' });
  });

  it('adds columns of several types', async () => {
    const add = (body: Record<string, unknown>): ReturnType<TestService['ask']> =>
      service.ask('POST', "EntityDefinitions(LogicalName='account')/Attributes", body);
    const type = (name: string): string => `Microsoft.Dynamics.CRM.${name}AttributeMetadata`;
    const label = { LocalizedLabels: [{ Label: 'Gold', LanguageCode: 1033 }] };
    await add({
      '@odata.type': type('Decimal'),
      SchemaName: 'new_Score',
      Precision: 3,
      MaxValue: 10,
      MinValue: 0,
    });
    await add({
      '@odata.type': type('Picklist'),
      SchemaName: 'new_Tier',
      OptionSet: { IsGlobal: false, Options: [{ Value: 100, Label: label }] },
    });
    const made = await service.ask('POST', 'accounts', {
      name: 'x',
      new_score: 1.23456,
      new_tier: 100,
    });
    expect(made.status).toBe(204);
    expect(service.dataverse.rows('accounts')).toMatchObject([{ new_score: 1.235, new_tier: 100 }]);
    expect((await service.ask('POST', 'accounts', { name: 'x', new_tier: 1 })).status).toBe(400);
    expect((await add({ '@odata.type': type('String'), SchemaName: 'new_Tier' })).status).toBe(400);
    expect((await add({ '@odata.type': type('String'), SchemaName: 'noprefix' })).status).toBe(400);
  });
});
