import type { DynamicsWebApi } from 'dynamics-web-api';

import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { failureOf, independentClient, type Json } from './dynamics-web-api';

/** Definitions that the independent client reads, changes and sends back as a whole. */

let sandbox: RunningSandbox;
let api: DynamicsWebApi;

beforeAll(async () => {
  sandbox = await startSandbox();
  api = independentClient(sandbox);
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.stop());

const label = (text: string, code = 1033) => ({
  LocalizedLabels: [{ Label: text, LanguageCode: code }],
});

const texts = ({ DisplayName: name }: Json): string[] =>
  (name as ReturnType<typeof label>).LocalizedLabels.map(({ Label: text }) => text).sort();

const publish = () => api.callAction({ actionName: 'PublishAllXml' });

it('gives a table a name in another language, and keeps the one that it has', async () => {
  const key = "LogicalName='account'";
  const table = await api.retrieveEntity<Json>({ key });
  const data = { ...table, DisplayName: label('Firma', 1031) };
  await api.updateEntity({ key, data, mergeLabels: true });
  await publish();
  expect(texts(await api.retrieveEntity<Json>({ key }))).toEqual(['Account', 'Firma']);
  await api.updateEntity({ key, data });
  await publish();
  expect(texts(await api.retrieveEntity<Json>({ key }))).toEqual(['Firma']);
});

it('changes a column that it has read', async () => {
  const castType = 'Microsoft.Dynamics.CRM.StringAttributeMetadata';
  const column = {
    entityKey: "LogicalName='account'",
    attributeKey: "LogicalName='accountnumber'",
    castType,
  };
  const data = await api.retrieveAttribute<Json>(column);
  const changed = { ...data, MaxLength: 60, DisplayName: label('Kundennummer', 1031) };
  const { entityKey } = column;
  await api.updateAttribute({ entityKey, castType, data: changed, mergeLabels: true });
  await publish();
  const after = await api.retrieveAttribute<Json>(column);
  expect(after).toMatchObject({ MaxLength: 60 });
  expect(texts(after)).toEqual(['Account Number', 'Kundennummer']);
  const other = { ...changed, '@odata.type': '#Microsoft.Dynamics.CRM.MemoAttributeMetadata' };
  expect(await failureOf(api.updateAttribute({ entityKey, data: other }))).toMatchObject({
    status: 400,
    code: '0x80040203',
  });
});

it('changes a relationship that it has made', async () => {
  const castType = 'Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata';
  const key = await api.createRelationship<string>({
    data: {
      '@odata.type': castType,
      SchemaName: 'new_account_contact',
      ReferencedEntity: 'account',
      ReferencedAttribute: 'accountid',
      ReferencingEntity: 'contact',
      Lookup: { SchemaName: 'new_ShopId', DisplayName: label('Shop') },
    },
  });
  const data = await api.retrieveRelationship<Json>({ key, castType });
  const cascade = { ...(data.CascadeConfiguration as Json), Delete: 'Cascade' };
  const changed = { ...data, CascadeConfiguration: cascade };
  await api.updateRelationship({ castType, data: changed, mergeLabels: true });
  await publish();
  const account = await api.create<Json, string>({ collection: 'accounts', data: { name: 'A' } });
  await api.create({
    collection: 'contacts',
    data: { lastname: 'B', 'new_ShopId@odata.bind': `/accounts(${account})` },
  });
  await api.deleteRecord({ collection: 'accounts', key: account });
  expect(sandbox.services.dataverse.rows('contacts')).toEqual([]);
});

it('relates tables many to many', async () => {
  const key = await api.createRelationship<string>({
    data: {
      '@odata.type': 'Microsoft.Dynamics.CRM.ManyToManyRelationshipMetadata',
      SchemaName: 'new_accounts_contacts',
      Entity1LogicalName: 'account',
      Entity2LogicalName: 'contact',
      IntersectEntityName: 'new_accounts_contacts',
    },
  });
  const account = await api.create<Json, string>({ collection: 'accounts', data: { name: 'A' } });
  const contact = await api.create<Json, string>({
    collection: 'contacts',
    data: { lastname: 'B' },
  });
  await api.associate({
    collection: 'accounts',
    primaryKey: account,
    relationshipName: 'new_accounts_contacts',
    relatedCollection: 'contacts',
    relatedKey: contact,
  });
  const expand = [{ property: 'new_accounts_contacts', select: ['lastname'] }];
  const row = await api.retrieve<Json>({ collection: 'accounts', key: account, expand });
  expect(row.new_accounts_contacts).toMatchObject([{ lastname: 'B' }]);
  await api.deleteRelationship({ key });
  expect(await failureOf(api.retrieveRelationship({ key }))).toMatchObject({ status: 404 });
});

it('makes a global choice, renames it, uses it for a column and takes it away', async () => {
  const castType = 'Microsoft.Dynamics.CRM.OptionSetMetadata';
  const key = await api.createGlobalOptionSet<string>({
    data: {
      '@odata.type': castType,
      Name: 'sample_colors',
      DisplayName: label('Colors'),
      OptionSetType: 'Picklist',
      Options: [{ Value: 727000000, Label: label('Red') }],
    },
  });
  const { NewOptionValue: yellow } = await api.callAction<Json>({
    actionName: 'InsertOptionValue',
    action: { OptionSetName: 'sample_colors', Label: label('Yellow') },
  });
  const data = await api.retrieveGlobalOptionSet<Json>({ key, castType });
  const renamed = { ...data, DisplayName: label('Farben', 1031) };
  await api.updateGlobalOptionSet({ data: renamed, mergeLabels: true });
  await publish();
  const { value } = await api.retrieveGlobalOptionSets<Json>({ castType });
  const made = value.find(({ Name: name }) => name === 'sample_colors') as Json;
  expect(texts(made)).toEqual(['Colors', 'Farben']);
  expect(made.Options).toMatchObject([{ Value: 727000000 }, { Value: yellow }]);
  const entityKey = "LogicalName='account'";
  const column = await api.createAttribute<string>({
    entityKey,
    data: {
      '@odata.type': 'Microsoft.Dynamics.CRM.PicklistAttributeMetadata',
      SchemaName: 'sample_Color',
      'GlobalOptionSet@odata.bind': `/GlobalOptionSetDefinitions(${key})`,
    },
  });
  await api.create({ collection: 'accounts', data: { sample_color: yellow } });
  expect(await failureOf(api.deleteGlobalOptionSet({ key }))).toMatchObject({
    status: 400,
    code: '0x8004f01f',
  });
  const property = `Attributes(${column})`;
  await api.deleteRecord({ collection: 'EntityDefinitions', key: entityKey, property });
  await api.deleteGlobalOptionSet({ key });
  expect(await failureOf(api.retrieveGlobalOptionSet({ key }))).toMatchObject({ status: 404 });
});

it('reads the description of the service, with annotations when it asks for them', async () => {
  const plain = await api.retrieveCsdlMetadata();
  expect(plain).toContain('<EntityType Name="account"');
  expect(plain).not.toContain('Org.OData.Core.V1.Description');
  const annotated = await api.retrieveCsdlMetadata({ addAnnotations: true });
  expect(annotated).toContain('<Annotation Term="Org.OData.Core.V1.Description"');
});
