import { readdirSync } from 'node:fs';
import { referenceColumns } from '.';
import { testService, type TestService } from '../../test-service';
import { builtInTables } from '../tables';
import { withServedTargets } from '../served';

let service: TestService;

beforeEach(() => {
  service = testService();
});

afterEach(() => service.dataverse.app.close());

const attribute = async (table: string, column: string): Promise<Record<string, unknown>> => {
  const path = `EntityDefinitions(LogicalName='${table}')/Attributes(LogicalName='${column}')`;
  return (await service.ask('GET', path)).body;
};

const labels = async (table: string, column: string): Promise<string[]> => {
  const path =
    `EntityDefinitions(LogicalName='${table}')/Attributes(LogicalName='${column}')` +
    '/Microsoft.Dynamics.CRM.PicklistAttributeMetadata?$expand=OptionSet';
  const { body } = await service.ask('GET', path);
  const { Options: options } = body.OptionSet as {
    Options: Array<{ Label: { UserLocalizedLabel: { Label: string } } }>;
  };
  return options.map((option) => option.Label.UserLocalizedLabel.Label);
};

/** Row by entity set and id, as a client reads it. */
const rowAt = async (path: string): Promise<Record<string, unknown>> =>
  (await service.ask('GET', path)).body;

const created = async (entitySet: string, body: object): Promise<Record<string, unknown>> =>
  (await service.ask('POST', entitySet, body, { prefer: 'return=representation' })).body;

describe('columns of the public reference', () => {
  it.each([
    ['accountclassificationcode', ['Default Value']],
    ['accountratingcode', ['Default Value']],
    ['businesstypecode', ['Default Value']],
    ['customersizecode', ['Default Value']],
    ['ownershipcode', ['Public', 'Private', 'Subsidiary', 'Other']],
    ['preferredcontactmethodcode', ['Any', 'Email', 'Phone', 'Fax', 'Mail']],
    ['preferredappointmenttimecode', ['Morning', 'Afternoon', 'Evening']],
    ['shippingmethodcode', ['Default Value']],
    ['territorycode', ['Default Value']],
  ])('give an account the choices of %s', async (column, expected) => {
    expect(await labels('account', column)).toEqual(expected);
  });

  it('have their sizes and names', async () => {
    expect(await attribute('account', 'address1_latitude')).toMatchObject({
      '@odata.type': '#Microsoft.Dynamics.CRM.DoubleAttributeMetadata',
      SchemaName: 'Address1_Latitude',
      MinValue: -90,
      MaxValue: 90,
      Precision: 5,
      DisplayName: { UserLocalizedLabel: { Label: 'Address 1: Latitude' } },
    });
    expect((await labels('account', 'industrycode'))[32]).toBe('Wholesale');
  });

  it('are read and written like all others', async () => {
    const row = await created('accounts', { name: 'A', address1_latitude: 52.5, industrycode: 33 });
    expect(row).toMatchObject({ address1_latitude: 52.5, industrycode: 33, donotfax: false });
    const refused = await service.ask('POST', 'accounts', { name: 'B', industrycode: 99 });
    expect(refused.status).toBe(400);
  });

  it('are not overwritten where a table has its own', async () => {
    expect(await attribute('account', 'telephone1')).toMatchObject({
      DisplayName: { UserLocalizedLabel: { Label: 'Main Phone' } },
    });
    const emails = builtInTables
      .find(({ name }) => name === 'account')
      ?.columns.filter(({ name }) => name === 'emailaddress1');
    expect(emails).toMatchObject([{ indexed: true }]);
  });

  it('are never missed, although the service requires them', async () => {
    const filled = builtInTables.flatMap(({ columns }) => columns).filter(({ filled }) => filled);
    expect(filled.length).toBeGreaterThan(100);
    expect((await service.ask('POST', 'accounts', { name: 'A' })).status).toBe(204);
  });

  it('are there once each, and so are the collections of every table', () => {
    for (const { name, columns } of builtInTables) {
      const names = columns.map((column) => column.name);
      expect({ name, twice: names.filter((one, at) => names.indexOf(one) !== at) }).toEqual({
        name,
        twice: [],
      });
    }
    const collections = withServedTargets(builtInTables).flatMap(({ columns }) =>
      columns.flatMap((column) =>
        (column.targets ?? []).map(({ table, collection }) => `${table}.${collection}`),
      ),
    );
    expect(collections.filter((one, at) => collections.indexOf(one) !== at)).toEqual([]);
  });
});

describe('every table of the reference', () => {
  const files = readdirSync(__dirname).filter((file) => file.endsWith('.json'));
  const tables = files.map((file) => file.replace('.json', ''));

  it('has all columns that its file lists', async () => {
    expect(tables.length).toBeGreaterThan(20);
    for (const table of tables) {
      const { body } = await service.ask(
        'GET',
        `EntityDefinitions(LogicalName='${table}')/Attributes?$select=LogicalName`,
      );
      const names = (body.value as Array<{ LogicalName: string }>).map((one) => one.LogicalName);
      const listed = referenceColumns(table).map(({ name }) => name);
      expect({ table, missing: listed.filter((name) => !names.includes(name)) }).toEqual({
        table,
        missing: [],
      });
    }
  });

  it.each([
    ['salesorder', 'customerid', 'order_customer_accounts', 'customerid_account'],
    ['salesorder', 'pricelevelid', 'price_level_orders', 'pricelevelid'],
    ['salesorder', 'quoteid', 'quote_orders', 'quoteid'],
    ['salesorderdetail', 'quotedetailid', 'msdyn_quotedetail_salesorderdetail', 'QuoteDetailId'],
    [
      'invoicedetail',
      'parentbundleid',
      'invoicedetail_parent_invoicedetail',
      'parentbundleid_invoicedetail',
    ],
    ['task', 'owninguser', 'user_task', 'owninguser_task'],
    ['serviceendpoint', 'createdby', 'createdby_serviceendpoint', 'createdby'],
    [
      'sdkmessageprocessingstep',
      'plugintypeid',
      'plugintypeid_sdkmessageprocessingstep',
      'plugintypeid',
    ],
    ['asyncoperation', 'ownerid', 'owner_asyncoperations', 'ownerid'],
    ['uom', 'uomscheduleid', 'unit_of_measure_schedule_conversions', 'uomscheduleid'],
  ])('names the relationship of %s.%s as it is named', async (table, column, name, navigation) => {
    const { body } = await service.ask(
      'GET',
      `EntityDefinitions(LogicalName='${table}')/ManyToOneRelationships?$filter=ReferencingAttribute eq '${column}'`,
    );
    const [first] = body.value as Array<Record<string, unknown>>;
    expect(first).toMatchObject({
      SchemaName: name,
      ReferencingEntityNavigationPropertyName: navigation,
    });
  });

  it('has a new row without what nobody has asked for', async () => {
    const group = await created('uomschedules', { name: 'Pieces' });
    expect(group).toMatchObject({ statecode: 0, statuscode: 1, _organizationid_value: null });
  });
});

describe('relationships', () => {
  it('lead to tables that are served, in every form of the metadata', async () => {
    const { body } = await service.ask(
      'GET',
      'EntityDefinitions?$select=LogicalName&$expand=ManyToOneRelationships,Attributes',
    );
    const tables = body.value as Array<{
      LogicalName: string;
      ManyToOneRelationships: Array<{ ReferencedEntity: string; ReferencingAttribute: string }>;
      Attributes: Array<{ LogicalName: string; Targets?: string[] }>;
    }>;
    const served = new Set(tables.map((table) => table.LogicalName));
    for (const { ManyToOneRelationships: relationships, Attributes: attributes } of tables) {
      for (const { ReferencedEntity } of relationships) expect(served).toContain(ReferencedEntity);
      for (const { LogicalName: name, Targets: targets = [] } of attributes) {
        const led = relationships.filter((one) => one.ReferencingAttribute === name);
        expect(led.map((one) => one.ReferencedEntity).sort()).toEqual([...targets].sort());
      }
    }
    const csdl = (await service.ask('GET', '$metadata')).text;
    const types = [...csdl.matchAll(/ Type="(?:Collection\()?mscrm\.(\w+)/g)].map(
      ([, type]) => type,
    );
    const declared = new Set(
      [...csdl.matchAll(/<(?:Entity|Complex|Enum)Type Name="(\w+)"/g)].map(([, type]) => type),
    );
    expect(types.length).toBeGreaterThan(200);
    expect(types.filter((type) => !declared.has(type))).toEqual([]);
  });

  it('to a table that is not served leave the column without navigation', () => {
    const [thing] = withServedTargets([
      {
        ...(builtInTables[0] as (typeof builtInTables)[number]),
        columns: [
          {
            name: 'x',
            schemaName: 'X',
            label: 'X',
            type: 'lookup',
            required: 'none',
            writable: 'always',
            targets: [
              { table: 'account', navigation: 'x_a', collection: 'c_a', onDelete: 'removelink' },
              { table: 'nowhere', navigation: 'x_n', collection: 'c_n', onDelete: 'removelink' },
            ],
          },
        ],
      },
    ]);
    expect(thing?.columns[0]?.targets).toMatchObject([{ table: 'account' }]);
  });
});

describe('what the service keeps by itself', () => {
  it('repeats the owner and names the unit', async () => {
    const { _ownerid_value: owner, ...row } = await created('contacts', { lastname: 'A' });
    expect(row._owninguser_value).toBe(owner);
    expect(row._owningteam_value).toBeNull();
    const user = await rowAt(`systemusers(${String(owner)})`);
    expect(user.ownerid).toBe(owner);
    expect(row._owningbusinessunit_value).toBe(user._businessunitid_value);
  });

  it('shows users and teams by the key that both have', async () => {
    const unit = await service.ask('GET', 'businessunits');
    const [{ businessunitid: id } = { businessunitid: '' }] = unit.body.value as Array<{
      businessunitid: string;
    }>;
    const team = await created('teams', {
      name: 'Sellers',
      'businessunitid@odata.bind': `/businessunits(${id})`,
    });
    expect(team.ownerid).toBe(team.teamid);
    const csdl = (await service.ask('GET', '$metadata')).text;
    expect(/<EntityType Name="systemuser".*?<\/Key>/.exec(csdl)?.[0]).toContain('"ownerid"');
  });

  it('takes a team for the owner, by a binding and by its address', async () => {
    const { body: me } = await service.ask('GET', 'WhoAmI');
    const unit = String(me.BusinessUnitId);
    const { teamid } = await created('teams', {
      name: 'Sellers',
      'businessunitid@odata.bind': `/businessunits(${unit})`,
    });
    const team = `teams(${String(teamid)})`;
    const owned = { _ownerid_value: teamid, _owningteam_value: teamid, _owninguser_value: null };
    const { contactid, ...row } = await created('contacts', {
      lastname: 'A',
      'ownerid@odata.bind': `/${team}`,
    });
    expect(row).toMatchObject({ ...owned, _owningbusinessunit_value: unit });
    const path = `contacts(${String(contactid)})`;
    const { body } = await service.ask('GET', `${path}?$select=_ownerid_value`, undefined, {
      prefer: 'odata.include-annotations="*"',
    });
    expect(body).toMatchObject({
      '_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname': 'team',
      '_ownerid_value@Microsoft.Dynamics.CRM.associatednavigationproperty': 'ownerid',
    });
    expect(await rowAt(`${path}/ownerid`)).toMatchObject({ teamid, name: 'Sellers' });
    const put = async (address: string) =>
      (await service.ask('PUT', `${path}/ownerid/$ref`, { '@odata.id': address })).status;
    expect(await put(`systemusers(${String(me.UserId)})`)).toBe(204);
    expect(await rowAt(path)).toMatchObject({ _ownerid_value: me.UserId, _owningteam_value: null });
    expect(await put(team)).toBe(204);
    expect(await rowAt(path)).toMatchObject(owned);
    expect(await put(`businessunits(${unit})`)).toBe(400);
  });

  it('converts amounts into the base currency by the rate of their own', async () => {
    service.dataverse.insert('transactioncurrencies', [
      {
        currencyname: 'Euro',
        isocurrencycode: 'EUR',
        currencysymbol: '€',
        exchangerate: 0.8,
        currencyprecision: 2,
      },
    ]);
    const row = await created('accounts', {
      name: 'A',
      creditlimit: 100,
      revenue_base: 1,
      'transactioncurrencyid@odata.bind': "/transactioncurrencies(isocurrencycode='EUR')",
    });
    expect(row).toMatchObject({ exchangerate: 0.8, creditlimit_base: 125, revenue_base: null });
    const changed = await service.ask(
      'PATCH',
      `accounts(${String(row.accountid)})`,
      { creditlimit: 8 },
      { prefer: 'return=representation' },
    );
    expect(changed.body).toMatchObject({ creditlimit: 8, creditlimit_base: 10 });
  });
});

it.each([
  ['account', 'creditlimit', { create: true, read: true, update: true }],
  ['account', 'name', { create: false, read: false, update: false }],
  ['account', 'accountid', { create: false, read: false, update: false }],
  ['contact', 'createdon', { create: false, read: false, update: false }],
  ['contact', 'owninguser', { create: false, read: false, update: false }],
  ['contact', 'lastusedincampaign', { create: false, read: true, update: true }],
])('says whether %s.%s can be secured', async (table, column, { create, read, update }) => {
  expect(await attribute(table, column)).toMatchObject({
    CanBeSecuredForCreate: create,
    CanBeSecuredForRead: read,
    CanBeSecuredForUpdate: update,
  });
});
