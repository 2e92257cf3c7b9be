import { testService, ROOT, type Answer, type TestService } from '../test-service';

const ADA = 'c0000000-0000-4000-8000-000000000001';
const BEN = 'c0000000-0000-4000-8000-000000000002';
const FIRST = 'd0000000-0000-4000-8000-000000000001';
const SECOND = 'd0000000-0000-4000-8000-000000000002';
const NAVIGATION = 'contactorders_association';

let service: TestService;

beforeAll(() => {
  service = testService();
});

beforeEach(() => {
  service.dataverse.reset();
  service.dataverse.insert('contacts', [
    { contactid: ADA, firstname: 'Ada', lastname: 'Nord' },
    { contactid: BEN, firstname: 'Ben', lastname: 'Nord' },
  ]);
  const bound = { 'customerid_contact@odata.bind': `/contacts(${ADA})` };
  service.dataverse.insert('salesorders', [
    { salesorderid: FIRST, name: 'First', ...bound },
    { salesorderid: SECOND, name: 'Second', ...bound },
  ]);
});

afterAll(() => service.dataverse.app.close());

const add = (order: string, contact: string): Promise<Answer> =>
  service.ask('POST', `salesorders(${order})/${NAVIGATION}/$ref`, {
    '@odata.id': `${ROOT}contacts(${contact})`,
  });
const names = async (path: string): Promise<unknown[]> => {
  const { status, body } = await service.ask('GET', path);
  expect({ status, error: body.error }).toEqual({ status: 200, error: undefined });
  return (body.value as Record<string, unknown>[]).map((row) => row.firstname ?? row.name);
};
const contactsOf = (order: string) =>
  names(`salesorders(${order})/${NAVIGATION}?$select=firstname&$orderby=firstname`);

describe('a relationship with many rows on both sides', () => {
  it('is read from either side, after rows were put together', async () => {
    expect((await add(FIRST, BEN)).status).toBe(204);
    await add(FIRST, ADA);
    await add(SECOND, ADA);
    expect(await contactsOf(FIRST)).toEqual(['Ada', 'Ben']);
    const orders = `contacts(${ADA})/${NAVIGATION}?$select=name&$orderby=name`;
    expect(await names(orders)).toEqual(['First', 'Second']);
    const { text } = await service.ask('GET', `contacts(${ADA})/${NAVIGATION}/$count`);
    expect(text).toBe('\ufeff2');
    const links = await service.ask('GET', `contacts(${BEN})/${NAVIGATION}/$ref`);
    expect(links.body.value).toEqual([{ '@odata.id': `${ROOT}salesorders(${FIRST})` }]);
  });

  it('refuses the same pair twice, and rows of another table', async () => {
    await add(FIRST, BEN);
    expect(await add(FIRST, BEN)).toMatchObject({
      status: 412,
      body: { error: { code: '0x80040237' } },
    });
    const wrong = { '@odata.id': `${ROOT}salesorders(${SECOND})` };
    const refused = await service.ask('POST', `salesorders(${FIRST})/${NAVIGATION}/$ref`, wrong);
    expect(refused.status).toBe(400);
  });

  it.each([
    ['the key in the path', (id: string) => `${NAVIGATION}(${id})/$ref`],
    ['the address as $id', (id: string) => `${NAVIGATION}/$ref?$id=${ROOT}contacts(${id})`],
  ])('is taken apart by %s', async (_how, address) => {
    await add(FIRST, ADA);
    await add(FIRST, BEN);
    const path = `salesorders(${FIRST})/${address(ADA)}`;
    expect((await service.ask('DELETE', path)).status).toBe(204);
    expect(await contactsOf(FIRST)).toEqual(['Ben']);
    expect((await service.ask('DELETE', path)).status).toBe(404);
  });

  it('loses its pairs with either row', async () => {
    await add(FIRST, BEN);
    await add(SECOND, BEN);
    await service.ask('DELETE', `salesorders(${FIRST})`);
    expect(await names(`contacts(${BEN})/${NAVIGATION}?$select=name`)).toEqual(['Second']);
    await service.ask('DELETE', `contacts(${BEN})`);
    expect(await contactsOf(SECOND)).toEqual([]);
    expect(service.dataverse.rows('contactorderscollection')).toEqual([]);
  });

  it('is filtered by, expanded alone, and joined in FetchXML', async () => {
    await add(SECOND, BEN);
    const any = `salesorders?$select=name&$filter=${NAVIGATION}/any(c:c/firstname eq 'Ben')`;
    expect(await names(any)).toEqual(['Second']);
    const expand = `salesorders(${SECOND})?$select=name&$expand=${NAVIGATION}($select=firstname)`;
    const { body } = await service.ask('GET', expand);
    expect(body[NAVIGATION]).toMatchObject([{ firstname: 'Ben' }]);
    const combined = `salesorders?$expand=${NAVIGATION},customerid_contact`;
    expect((await service.ask('GET', combined)).status).toBe(400);
    const nested = `contacts?$expand=order_customer_contacts($expand=${NAVIGATION})`;
    expect((await service.ask('GET', nested)).status).toBe(400);
    const xml =
      '<fetch><entity name="salesorder"><attribute name="name"/>' +
      '<link-entity name="contactorders" from="salesorderid" to="salesorderid" intersect="true">' +
      `<filter><condition attribute="contactid" operator="eq" value="${BEN}"/></filter>` +
      '</link-entity></entity></fetch>';
    expect(await names(`salesorders?fetchXml=${encodeURIComponent(xml)}`)).toEqual(['Second']);
  });

  it('stands in the metadata, and its pairs can only be read', async () => {
    const path = "EntityDefinitions(LogicalName='salesorder')/ManyToManyRelationships";
    const { body } = await service.ask('GET', path);
    expect(body.value).toMatchObject([
      {
        SchemaName: NAVIGATION,
        IntersectEntityName: 'contactorders',
        Entity1LogicalName: 'contact',
        Entity2LogicalName: 'salesorder',
        Entity2NavigationPropertyName: NAVIGATION,
      },
    ]);
    const { text } = await service.ask('GET', '$metadata');
    expect(text).toContain(`Name="${NAVIGATION}" Type="Collection(mscrm.contact)"`);
    expect((await service.ask('POST', 'contactorderscollection', {})).status).toBe(405);
  });
});

test('a row is not taken from another owner', async () => {
  const [one, two] = service.dataverse.insert('accounts', [{ name: 'One' }, { name: 'Two' }]);
  const link = { '@odata.id': `contacts(${ADA})` };
  await service.ask('POST', `accounts(${one})/contact_customer_accounts/$ref`, link);
  const others = `accounts(${two})/contact_customer_accounts/$ref?$id=contacts(${ADA})`;
  expect((await service.ask('DELETE', others)).status).toBe(404);
  expect(await names(`accounts(${one})/contact_customer_accounts`)).toEqual(['Ada']);
});
