import type { DynamicsWebApi } from 'dynamics-web-api';

import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { createAccount, failureOf, independentClient, type Json } from './dynamics-web-api';

/** The rest of what the independent client asks metadata for, and makes of it. */

let sandbox: RunningSandbox;
let api: DynamicsWebApi;

beforeAll(async () => {
  sandbox = await startSandbox();
  api = independentClient(sandbox);
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.stop());

const label = (text: string) => ({ LocalizedLabels: [{ Label: text, LanguageCode: 1033 }] });

it('counts rows by reading all of them', async () => {
  await createAccount(api);
  await createAccount(api, { accountnumber: 'NW-2' });
  expect(await api.countAll({ collection: 'accounts', select: ['accountid'] })).toBe(2);
  expect(await api.count({ collection: 'accounts' })).toBe(2);
});

it('reads one column and one relationship', async () => {
  const column = await api.retrieveAttribute<Json>({
    entityKey: "LogicalName='account'",
    attributeKey: "LogicalName='accountnumber'",
    castType: 'Microsoft.Dynamics.CRM.StringAttributeMetadata',
    select: ['MaxLength'],
  });
  expect(column.MaxLength).toBe(20);
  const { value } = await api.retrieveRelationships<Json>({
    castType: 'Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata',
    filter: "SchemaName eq 'order_details'",
  });
  expect(value).toMatchObject([{ ReferencingEntity: 'salesorderdetail' }]);
  const key = String(value?.[0]?.MetadataId);
  expect(await api.retrieveRelationship<Json>({ key })).toMatchObject({
    SchemaName: 'order_details',
    ReferencedEntity: 'salesorder',
  });
});

it('makes a table with a column, and refuses the same twice', async () => {
  const table = {
    '@odata.type': 'Microsoft.Dynamics.CRM.EntityMetadata',
    SchemaName: 'new_Payment',
    DisplayName: label('Payment'),
    DisplayCollectionName: label('Payments'),
    OwnershipType: 'UserOwned',
    HasActivities: false,
    HasNotes: false,
    Attributes: [
      {
        '@odata.type': 'Microsoft.Dynamics.CRM.StringAttributeMetadata',
        SchemaName: 'new_Name',
        IsPrimaryName: true,
        MaxLength: 100,
        DisplayName: label('Name'),
      },
    ],
  };
  await api.createEntity({ data: table as never });
  const made = await api.retrieveEntity<Json>({ key: "LogicalName='new_payment'" });
  expect(made).toMatchObject({ SchemaName: 'new_Payment', PrimaryNameAttribute: 'new_name' });
  const collection = String(made.EntitySetName);
  const key = await api.create<Json, string>({ collection, data: { new_name: 'One' } });
  expect(await api.retrieve<Json>({ collection, key })).toMatchObject({ new_name: 'One' });
  expect(await failureOf(api.createEntity({ data: table as never }))).toMatchObject({
    status: 400,
  });
});

it('makes a relationship with its lookup, binds by it, and takes it away', async () => {
  const relationship = {
    '@odata.type': 'Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata',
    SchemaName: 'new_account_contact',
    ReferencedEntity: 'account',
    ReferencedAttribute: 'accountid',
    ReferencingEntity: 'contact',
    Lookup: {
      '@odata.type': 'Microsoft.Dynamics.CRM.LookupAttributeMetadata',
      SchemaName: 'new_ShopId',
      DisplayName: label('Shop'),
    },
  };
  const key = await api.createRelationship<string>({ data: relationship as never });
  const { value } = await api.retrieveRelationships<Json>({
    castType: 'Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata',
    filter: "SchemaName eq 'new_account_contact'",
  });
  const [made] = value ?? [];
  const navigation = String(made?.ReferencingEntityNavigationPropertyName);
  const account = await createAccount(api);
  const contact = await api.create<Json, string>({
    collection: 'contacts',
    data: { lastname: 'Nord', [`${navigation}@odata.bind`]: `/accounts(${account})` },
  });
  const bound = await api.retrieve<Json>({ collection: 'contacts', key: contact });
  expect(bound._new_shopid_value).toBe(account);
  await api.deleteRelationship({ key: String(made?.MetadataId ?? key) });
  const after = await api.retrieve<Json>({ collection: 'contacts', key: contact });
  expect(after).not.toHaveProperty('_new_shopid_value');
});

it('lists global choices', async () => {
  const { value } = await api.retrieveGlobalOptionSets<Json>({});
  const [first] = value ?? [];
  if (!first) throw new Error('There are no global choices');
  const one = await api.retrieveGlobalOptionSet<Json>({ key: String(first.MetadataId) });
  expect(one).toMatchObject({ Name: first.Name });
});
