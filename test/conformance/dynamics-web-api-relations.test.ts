import { associate, disassociate, retrieve, WebApiConfig } from 'dataverse-webapi';
import { startSandbox, type RunningSandbox } from '../../sandbox/start';
import { XmlHttpRequest } from '../support/xmlHttpRequest';
import { failureOf, fetchToken, independentClient, type Json } from './dynamics-web-api';

/** Rows related many to many, and FetchXML that adds up, as two independent clients use them. */

const NAVIGATION = 'contactorders_association';
const CONTACT = 'c0000000-0000-4000-8000-000000000001';
const ORDERS = [1, 2, 3].map((number) => `d0000000-0000-4000-8000-00000000000${number}`);

let sandbox: RunningSandbox;

beforeAll(async () => {
  Object.assign(globalThis, { XMLHttpRequest: XmlHttpRequest });
  sandbox = await startSandbox();
});

beforeEach(() => {
  sandbox.reset();
  const { dataverse } = sandbox.services;
  dataverse.insert('contacts', [{ contactid: CONTACT, lastname: 'Nord' }]);
  const rows = ORDERS.map((salesorderid, index) => ({
    salesorderid,
    name: `Order ${index}`,
    freightamount: 10.1,
    willcall: index > 0,
    'customerid_contact@odata.bind': `/contacts(${CONTACT})`,
  }));
  dataverse.insert('salesorders', rows);
});

afterAll(() => sandbox.stop());

interface Client {
  link(order: string): Promise<unknown>;
  unlink(order: string): Promise<unknown>;
  linked(): Promise<Json>;
}

function dynamicsWebApi(): Client {
  const api = independentClient(sandbox);
  const place = { collection: 'contacts', primaryKey: CONTACT, relationshipName: NAVIGATION };
  const related = (relatedKey: string) => ({
    ...place,
    relatedCollection: 'salesorders',
    relatedKey,
  });
  return {
    link: (order) => api.associate(related(order)),
    unlink: (order) => api.disassociate(related(order)),
    linked: () =>
      api.retrieve<Json>({
        collection: 'contacts',
        key: CONTACT,
        select: ['lastname'],
        expand: [{ property: NAVIGATION, select: ['name'], orderBy: ['name'] }],
      }),
  };
}

async function dataverseWebApi(): Promise<Client> {
  const config = new WebApiConfig('9.2', await fetchToken(sandbox), 'http://replaced.example');
  // Its constructor knows https addresses only.
  config.url = `${sandbox.dataverse.url}/api/data/v9.2`;
  const expand = `$select=lastname&$expand=${NAVIGATION}($select=name;$orderby=name)`;
  return {
    link: (order) => associate(config, 'contacts', CONTACT, NAVIGATION, 'salesorders', order),
    unlink: (order) => disassociate(config, 'contacts', CONTACT, NAVIGATION, order),
    linked: () => retrieve(config, 'contacts', CONTACT, expand) as Promise<Json>,
  };
}

describe.each([
  ['dynamics-web-api', dynamicsWebApi],
  ['dataverse-webapi', dataverseWebApi],
])('%s', (_name, connect) => {
  it('puts rows together and takes them apart', async () => {
    const client = await connect();
    for (const order of ORDERS) await client.link(order);
    await client.unlink(String(ORDERS[1]));
    expect((await client.linked())[NAVIGATION]).toMatchObject([
      { name: 'Order 0' },
      { name: 'Order 2' },
    ]);
    expect(await failureOf(client.link(String(ORDERS[0])))).toMatchObject({
      message: 'Cannot insert duplicate key.',
    });
  });
});

test('dynamics-web-api makes tasks about rows of different tables, and reads what they are about', async () => {
  const api = independentClient(sandbox);
  const about = [
    { 'regardingobjectid_contact_task@odata.bind': `/contacts(${CONTACT})` },
    { 'regardingobjectid_salesorder_task@odata.bind': `/salesorders(${ORDERS[0]})` },
  ];
  for (const bound of about) {
    await api.create({ collection: 'tasks', data: { subject: 'Call back', ...bound } });
  }
  const { value } = await api.retrieveMultiple<Json>({
    collection: 'tasks',
    select: ['subject', '_regardingobjectid_value'],
    includeAnnotations: 'Microsoft.Dynamics.CRM.*',
  });
  const tables = value.map(
    (row) => row['_regardingobjectid_value@Microsoft.Dynamics.CRM.lookuplogicalname'],
  );
  expect(tables.sort()).toEqual(['contact', 'salesorder']);
  const long = { collection: 'tasks', data: { subject: 'x'.repeat(201) } };
  expect(await failureOf(api.create(long))).toMatchObject({
    status: 400,
    code: '0x80044331',
    message: expect.stringContaining(
      "'subject' attribute of the 'task' entity exceeded the maximum allowed length of '200'",
    ),
  });
});

test('dynamics-web-api adds up in FetchXML', async () => {
  const { value } = await independentClient(sandbox).fetch<Json>({
    collection: 'salesorders',
    fetchXml:
      '<fetch aggregate="true"><entity name="salesorder">' +
      '<attribute name="freightamount" alias="freight" aggregate="sum"/>' +
      '<attribute name="salesorderid" alias="orders" aggregate="count"/>' +
      '<attribute name="willcall" alias="pickup" groupby="true"/>' +
      '<order alias="pickup"/></entity></fetch>',
  });
  expect(value).toMatchObject([
    { freight: 10.1, orders: 1, pickup: false },
    { freight: 20.2, orders: 2, pickup: true },
  ]);
});
