import { testService, type TestService } from '../test-service';

let service: TestService;

beforeEach(() => {
  service = testService();
});

afterEach(() => service.dataverse.app.close());

const label = (text: string, code = 1033): object => ({
  LocalizedLabels: [{ Label: text, LanguageCode: code }],
});

const NAMESPACE = 'Microsoft.Dynamics.CRM.';
const ACCOUNT = "EntityDefinitions(LogicalName='account')";

const answered = async (
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: object,
  headers = {},
): Promise<unknown> => {
  const answer = await service.ask(method, path, body, headers);
  return [answer.status, (answer.body.error as { code: string } | undefined)?.code];
};

const OK = [204, undefined];
const publishAll = (): Promise<unknown> => answered('POST', 'PublishAllXml');

test('a column is replaced by a definition of its type, once that is published', async () => {
  const path = `${ACCOUNT}/Attributes(LogicalName='accountnumber')`;
  const type = `${NAMESPACE}StringAttributeMetadata`;
  const merged = { 'mscrm.mergelabels': 'true' };
  const body = {
    '@odata.type': type,
    DisplayName: label('Kundennummer', 1031),
    Description: label('Number in the shop'),
    RequiredLevel: { Value: 'ApplicationRequired' },
    MaxLength: 40,
  };
  expect(await answered('PUT', path, body, merged)).toEqual(OK);
  const read = async () => (await service.ask('GET', `${path}/${type}`)).body;
  expect(await read()).toMatchObject({ MaxLength: 20, RequiredLevel: { Value: 'None' } });
  await publishAll();
  expect(await read()).toMatchObject({
    MaxLength: 40,
    RequiredLevel: { Value: 'ApplicationRequired' },
    DisplayName: {
      LocalizedLabels: [{ Label: 'Kundennummer' }, { Label: 'Account Number' }],
      UserLocalizedLabel: { Label: 'Account Number' },
    },
    Description: { UserLocalizedLabel: { Label: 'Number in the shop' } },
  });
  expect(await answered('POST', 'accounts', { name: 'A', accountnumber: 'x'.repeat(40) })).toEqual(
    OK,
  );
  const refusals = [
    { ...body, '@odata.type': `${NAMESPACE}MemoAttributeMetadata` },
    { ...body, '@odata.type': undefined },
    { ...body, LogicalName: 'name' },
    { ...body, MaxLength: 0 },
  ];
  for (const refused of refusals) {
    expect(await answered('PUT', path, refused)).toEqual([400, '0x80040203']);
  }
});

test('a relationship gets another behavior on delete, once that is published', async () => {
  const path = "RelationshipDefinitions(SchemaName='new_account_contact')";
  const definition = {
    '@odata.type': `${NAMESPACE}OneToManyRelationshipMetadata`,
    SchemaName: 'new_account_contact',
    ReferencedEntity: 'account',
    ReferencingEntity: 'contact',
    CascadeConfiguration: { Assign: 'Cascade', Delete: 'RemoveLink' },
    Lookup: { SchemaName: 'new_ShopId', DisplayName: label('Shop') },
  };
  expect(await answered('POST', 'RelationshipDefinitions', definition)).toEqual(OK);
  const [account = ''] = service.dataverse.insert('accounts', [{ name: 'A' }]);
  const bound = { lastname: 'B', 'new_ShopId@odata.bind': `/accounts(${account})` };
  service.dataverse.insert('contacts', [bound]);
  const menu = { Behavior: 'UseLabel', Group: 'Sales', Label: label('Shops'), Order: 10_000 };
  const replaced = {
    ...definition,
    CascadeConfiguration: { Assign: 'NoCascade', Delete: 'Restrict' },
    AssociatedMenuConfiguration: menu,
  };
  expect(await answered('PUT', path, { ...replaced, ReferencedEntity: 'contact' })).toEqual([
    400,
    '0x80040203',
  ]);
  expect(await answered('PUT', path, replaced)).toEqual(OK);
  const read = async () => (await service.ask('GET', path)).body;
  expect(await read()).toMatchObject({
    CascadeConfiguration: { Assign: 'Cascade', Delete: 'RemoveLink' },
  });
  await publishAll();
  expect(await read()).toMatchObject({
    CascadeConfiguration: { Assign: 'NoCascade', Delete: 'Restrict' },
    AssociatedMenuConfiguration: menu,
  });
  expect(await answered('DELETE', `accounts(${account})`)).toEqual([405, '0x80040227']);
});

const MANY = {
  '@odata.type': `${NAMESPACE}ManyToManyRelationshipMetadata`,
  SchemaName: 'new_accounts_products',
  Entity1LogicalName: 'account',
  Entity2LogicalName: 'product',
  Entity2NavigationPropertyName: 'new_buyers',
  IntersectEntityName: 'new_accounts_products',
};
const MANY_PATH = "RelationshipDefinitions(SchemaName='new_accounts_products')";

test('a relationship with many rows on both sides is made, used and taken away', async () => {
  expect(await answered('POST', 'RelationshipDefinitions', MANY)).toEqual(OK);
  const [account = ''] = service.dataverse.insert('accounts', [{ name: 'A' }]);
  const [product = ''] = service.dataverse.insert('products', [
    { name: 'P', productnumber: 'P-1', quantitydecimal: 2 },
  ]);
  const link = { '@odata.id': `http://sandbox.example/api/data/v9.2/products(${product})` };
  const links = `accounts(${account})/new_accounts_products/$ref`;
  expect(await answered('POST', links, link)).toEqual(OK);
  const { body } = await service.ask(
    'GET',
    `products(${product})?$expand=new_buyers($select=name)`,
  );
  expect(body.new_buyers).toMatchObject([{ name: 'A' }]);
  const pairs = await service.ask('GET', 'new_accounts_productsset');
  expect(pairs.body.value).toMatchObject([{ accountid: account, productid: product }]);
  expect(await answered('POST', 'RelationshipDefinitions', MANY)).toEqual([400, '0x80048403']);
  expect((await service.ask('GET', MANY_PATH)).body).toMatchObject({
    Entity1NavigationPropertyName: 'new_accounts_products',
    Entity2NavigationPropertyName: 'new_buyers',
    IsCustomRelationship: true,
  });
  const menu = { Behavior: 'UseLabel', Label: label('Buyers') };
  const replaced = { ...MANY, Entity2AssociatedMenuConfiguration: menu };
  expect(await answered('PUT', MANY_PATH, replaced)).toEqual(OK);
  await publishAll();
  expect((await service.ask('GET', MANY_PATH)).body).toMatchObject({
    Entity2AssociatedMenuConfiguration: menu,
  });
  expect(await answered('DELETE', MANY_PATH)).toEqual(OK);
  expect(await answered('GET', 'new_accounts_productsset')).toEqual([404, '0x8006088a']);
  expect(await answered('POST', 'RelationshipDefinitions', MANY)).toEqual(OK);
  const again = await service.ask('GET', 'new_accounts_productsset');
  expect(again.body.value).toEqual([]);
});

test.each([
  [{ ...MANY, Entity2LogicalName: 'account' }, 501, '0x80060888'],
  [{ ...MANY, Entity2LogicalName: 'nothing' }, 400, '0x80041102'],
  [{ ...MANY, IntersectEntityName: 'contact' }, 400, '0x80040203'],
  [{ ...MANY, SchemaName: 'products' }, 400, '0x80040203'],
])('refuses a relationship that cannot be', async (body, status, code) => {
  expect(await answered('POST', 'RelationshipDefinitions', body)).toEqual([status, code]);
});

test('what Microsoft ships is not deleted', async () => {
  const path = "RelationshipDefinitions(SchemaName='contactorders_association')";
  expect(await answered('DELETE', path)).toEqual([400, '0x80040203']);
});
