import { testService, type TestService } from '../test-service';

let service: TestService;
let now = Date.parse('2026-01-01T00:00:00Z');

beforeEach(() => {
  service = testService({ untracked: ['account'] }, () => new Date(now));
});

afterEach(() => service.dataverse.app.close());

const label = (text: string): object => ({
  '@odata.type': 'Microsoft.Dynamics.CRM.Label',
  LocalizedLabels: [{ Label: text, LanguageCode: 1033 }],
});

const type = (name: string): string => `Microsoft.Dynamics.CRM.${name}Metadata`;

const bankAccount = (extra: object = {}): object => ({
  '@odata.type': type('Entity'),
  SchemaName: 'new_BankAccount',
  DisplayName: label('Bank Account'),
  DisplayCollectionName: label('Bank Accounts'),
  OwnershipType: 'UserOwned',
  HasActivities: false,
  HasNotes: false,
  IsActivity: false,
  Attributes: [
    {
      '@odata.type': type('StringAttribute'),
      SchemaName: 'new_Name',
      MaxLength: 100,
      IsPrimaryName: true,
      DisplayName: label('Name'),
    },
    { '@odata.type': type('MoneyAttribute'), SchemaName: 'new_Balance', DisplayName: label('B') },
  ],
  ...extra,
});

const owner = (extra: object = {}): object => ({
  '@odata.type': type('OneToManyRelationship'),
  SchemaName: 'new_contact_new_bankaccount',
  ReferencedEntity: 'contact',
  ReferencedAttribute: 'contactid',
  ReferencingEntity: 'new_bankaccount',
  CascadeConfiguration: { Delete: 'Restrict' },
  Lookup: {
    '@odata.type': type('LookupAttribute'),
    SchemaName: 'new_AccountOwner',
    DisplayName: label('Account Owner'),
  },
  ...extra,
});

const ACCOUNT = "EntityDefinitions(LogicalName='account')";
const BANK_ACCOUNT = "EntityDefinitions(LogicalName='new_bankaccount')";

async function made(path: string, body: object, headers = {}): Promise<void> {
  const { status, text } = await service.ask('POST', path, body, headers);
  expect({ status, text }).toEqual({ status: 204, text: '' });
}

const code = async (answer: ReturnType<TestService['ask']>): Promise<unknown> => {
  const { status, body } = await answer;
  return [status, (body.error as { code: string } | undefined)?.code];
};

describe('changes of metadata', () => {
  it('makes a table with its columns and a lookup, which take rows', async () => {
    await made('EntityDefinitions', bankAccount());
    await made('RelationshipDefinitions', owner());
    const [contact = ''] = service.dataverse.insert('contacts', [{ lastname: 'Owner' }]);
    await made('new_bankaccounts', {
      new_name: 'Savings',
      new_balance: 12.5,
      'new_AccountOwner@odata.bind': `/contacts(${contact})`,
    });
    const { body } = await service.ask(
      'GET',
      'new_bankaccounts?$select=new_balance&$expand=new_AccountOwner($select=lastname)',
    );
    expect(body.value).toMatchObject([
      { new_balance: 12.5, new_AccountOwner: { lastname: 'Owner' } },
    ]);
    // Restrict: who is pointed to stays.
    expect(await code(service.ask('DELETE', `contacts(${contact})`))).toEqual([405, '0x80040227']);
    const definition = await service.ask('GET', BANK_ACCOUNT);
    expect(definition.body).toMatchObject({
      EntitySetName: 'new_bankaccounts',
      PrimaryNameAttribute: 'new_name',
      ChangeTrackingEnabled: false,
      Privileges: expect.arrayContaining([
        expect.objectContaining({ Name: 'prvCreatenew_BankAccount', PrivilegeType: 'Create' }),
      ]),
    });
  });

  it('takes a lookup and a table away again, with the rows', async () => {
    await made('EntityDefinitions', bankAccount());
    await made('RelationshipDefinitions', owner());
    await made('new_bankaccounts', { new_name: 'Gone' });
    const relationship = "RelationshipDefinitions(SchemaName='new_contact_new_bankaccount')";
    expect(await code(service.ask('DELETE', relationship))).toEqual([204, undefined]);
    const lookups = await service.ask('GET', `${BANK_ACCOUNT}/ManyToOneRelationships`);
    expect(lookups.text).not.toContain('new_AccountOwner');
    expect(await code(service.ask('DELETE', BANK_ACCOUNT))).toEqual([204, undefined]);
    expect(await code(service.ask('GET', 'new_bankaccounts'))).toEqual([404, '0x8006088a']);
    await made('EntityDefinitions', bankAccount());
    expect((await service.ask('GET', 'new_bankaccounts')).body.value).toEqual([]);
    expect(await code(service.ask('DELETE', ACCOUNT))).toEqual([400, '0x80040203']);
  });

  it.each([
    ['EntityDefinitions', bankAccount({ SchemaName: 'BankAccount' }), '0x80040203'],
    ['EntityDefinitions', bankAccount({ DisplayCollectionName: undefined }), '0x80040203'],
    ['EntityDefinitions', bankAccount({ Attributes: [] }), '0x80040203'],
    ['EntityDefinitions', bankAccount({ OwnershipType: 'None' }), '0x80040203'],
    ['RelationshipDefinitions', owner(), '0x80041102'],
    ['RelationshipDefinitions', owner({ '@odata.type': type('Entity') }), '0x80040203'],
    [
      `${ACCOUNT}/Attributes`,
      { '@odata.type': type('LookupAttribute'), SchemaName: 'new_Owner' },
      '0x80040203',
    ],
    [
      `${ACCOUNT}/Attributes`,
      { '@odata.type': type('StringAttribute'), SchemaName: 'new_Long', MaxLength: 4001 },
      '0x80040203',
    ],
    [`${ACCOUNT}/Keys`, { SchemaName: 'new_K', KeyAttributes: ['description'] }, '0x80040203'],
  ])('refuses at %s what is not whole', async (path, body, expected) => {
    const [, found] = (await code(service.ask('POST', path, body))) as [number, string];
    expect(found).toBe(expected);
  });

  it('refuses a second piece of the same name', async () => {
    await made('EntityDefinitions', bankAccount());
    expect(await code(service.ask('POST', 'EntityDefinitions', bankAccount()))).toEqual([
      400,
      '0x80044363',
    ]);
    await made('RelationshipDefinitions', owner());
    expect(await code(service.ask('POST', 'RelationshipDefinitions', owner()))).toEqual([
      400,
      '0x80048403',
    ]);
    const again = owner({ SchemaName: 'new_other' });
    expect(await code(service.ask('POST', 'RelationshipDefinitions', again))).toEqual([
      400,
      '0x80047013',
    ]);
  });

  it('keeps a column that a key needs, and takes it away after the key', async () => {
    const column = { '@odata.type': type('StringAttribute'), SchemaName: 'new_ExternalId' };
    await made(`${ACCOUNT}/Attributes`, column);
    await made(`${ACCOUNT}/Keys`, { SchemaName: 'new_Key', KeyAttributes: ['new_externalid'] });
    const path = `${ACCOUNT}/Attributes(LogicalName='new_externalid')`;
    expect(await code(service.ask('DELETE', path))).toEqual([400, '0x8004f01f']);
    await service.ask('DELETE', `${ACCOUNT}/Keys(LogicalName='new_key')`);
    expect(await code(service.ask('DELETE', path))).toEqual([204, undefined]);
    expect(await code(service.ask('POST', 'accounts', { new_externalid: '1' }))).toMatchObject([
      400,
      expect.any(String),
    ]);
  });

  it('replaces a definition whole, once it is published, and never by PATCH', async () => {
    const tracked = { ChangeTrackingEnabled: true, DisplayName: label('Account') };
    expect(await code(service.ask('PATCH', ACCOUNT, tracked))).toEqual([405, '0x80060888']);
    expect(await code(service.ask('PUT', ACCOUNT, tracked))).toEqual([204, undefined]);
    const before = await service.ask('GET', ACCOUNT);
    expect(before.body).toMatchObject({ ChangeTrackingEnabled: false });
    const xml = '<importexportxml><entities><entity>account</entity></entities></importexportxml>';
    await made('PublishXml', { ParameterXml: xml });
    const { body } = await service.ask('GET', ACCOUNT);
    expect(body).toMatchObject({
      ChangeTrackingEnabled: true,
      DisplayCollectionName: { UserLocalizedLabel: { Label: '' } },
    });
    const off = { ...tracked, ChangeTrackingEnabled: false };
    expect(await code(service.ask('PUT', ACCOUNT, off))).toEqual([400, '0x80040203']);
  });

  it('lets one change be made at a time', async () => {
    service.dataverse.switches.metadataWriteMs = 30;
    const column = (name: string): object => ({
      '@odata.type': type('StringAttribute'),
      SchemaName: name,
    });
    const [first, second] = await Promise.all([
      code(service.ask('POST', `${ACCOUNT}/Attributes`, column('new_A'))),
      code(service.ask('POST', `${ACCOUNT}/Attributes`, column('new_B'))),
    ]);
    expect([first, second]).toEqual([
      [204, undefined],
      [429, '0x80071151'],
    ]);
    await made(`${ACCOUNT}/Attributes`, column('new_B'));
  });

  it('reads out of a cache that lags behind, unless asked for the newest', async () => {
    service.dataverse.switches.metadataCacheSeconds = 30;
    await made('EntityDefinitions', bankAccount());
    expect(await code(service.ask('GET', BANK_ACCOUNT))).toEqual([404, '0x80040217']);
    const strong = { consistency: 'Strong' };
    expect((await service.ask('GET', BANK_ACCOUNT, undefined, strong)).status).toBe(200);
    now += 30_000;
    expect((await service.ask('GET', BANK_ACCOUNT)).status).toBe(200);
  });

  it('puts what is made into the solution that the request names', async () => {
    const solution = { 'mscrm.solutionuniquename': 'default' };
    await made('EntityDefinitions', bankAccount(), solution);
    const { body } = await service.ask(
      'GET',
      'solutioncomponents?$select=componenttype,objectid&$expand=solutionid($select=uniquename)',
    );
    const { body: definition } = await service.ask('GET', `${BANK_ACCOUNT}?$select=MetadataId`);
    expect(body.value).toMatchObject([
      { componenttype: 1, objectid: definition.MetadataId, solutionid: { uniquename: 'Default' } },
    ]);
    const unknown = { 'mscrm.solutionuniquename': 'nobody' };
    const answer = await service.ask('POST', 'RelationshipDefinitions', owner(), unknown);
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining("'nobody'")]);
  });

  it('builds the index of a failed key anew, once the values differ', async () => {
    service.dataverse.switches.keyIndexSeconds = 60;
    const [, twin = ''] = service.dataverse.insert('accounts', [
      { name: 'Same' },
      { name: 'Same' },
    ]);
    await made(`${ACCOUNT}/Keys`, { SchemaName: 'new_Name', KeyAttributes: ['name'] });
    const key = `${ACCOUNT}/Keys(LogicalName='new_name')`;
    const status = async (): Promise<unknown> =>
      (await service.ask('GET', key)).body.EntityKeyIndexStatus;
    expect(await status()).toBe('Pending');
    now += 40_000;
    expect(await status()).toBe('InProgress');
    now += 40_000;
    expect(await status()).toBe('Failed');
    await service.ask('PATCH', `accounts(${twin})`, { name: 'Other' });
    const named = { EntityLogicalName: 'account', EntityKeyLogicalName: 'new_name' };
    await made('ReactivateEntityKey', named);
    now += 80_000;
    expect(await status()).toBe('Active');
    expect(await code(service.ask('POST', 'ReactivateEntityKey', named))).toEqual([
      400,
      '0x80040203',
    ]);
  });
});
