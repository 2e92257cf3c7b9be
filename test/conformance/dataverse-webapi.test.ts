import {
  associate,
  batchOperation,
  create,
  createWithReturnData,
  deleteProperty,
  deleteRecord,
  disassociate,
  retrieve,
  retrieveAlternateKey,
  retrieveMultiple,
  unboundAction,
  unboundFunction,
  update,
  updateProperty,
  updateWithReturnData,
  WebApiConfig,
} from 'dataverse-webapi';
import { startSandbox, type RunningSandbox } from '../../sandbox/start';
import { XmlHttpRequest } from '../support/xmlHttpRequest';
import { failureOf, fetchToken, type Json } from './dynamics-web-api';

/** A second independent client, unchanged: `dataverse-webapi`, with the XMLHttpRequest that it is made for. */

const MISSING_ID = 'a0000000-0000-4000-8000-0000000000ff';

let sandbox: RunningSandbox;
let config: WebApiConfig;

beforeAll(async () => {
  Object.assign(globalThis, { XMLHttpRequest: XmlHttpRequest });
  sandbox = await startSandbox();
});

beforeEach(async () => {
  sandbox.reset();
  config = new WebApiConfig('9.2', await fetchToken(sandbox), 'http://replaced.example');
  // Its constructor knows https addresses only.
  config.url = `${sandbox.dataverse.url}/api/data/v9.2`;
});

afterAll(() => sandbox.stop());

const account = (fields: Json = {}): Promise<string> =>
  create(config, 'accounts', { name: 'Northwind', accountnumber: 'NW-1', ...fields });

const row = (id: string, query = '$select=name,telephone1'): Promise<Json> =>
  retrieve(config, 'accounts', id, query) as Promise<Json>;

describe('rows', () => {
  it('are made, read, changed and deleted', async () => {
    const id = await account();
    expect(await row(id)).toMatchObject({ accountid: id, name: 'Northwind' });
    await update(config, 'accounts', id, { name: 'Traders' });
    await updateProperty(config, 'accounts', id, 'telephone1', '555-0100');
    expect(await row(id)).toMatchObject({ name: 'Traders', telephone1: '555-0100' });
    await deleteProperty(config, 'accounts', id, 'telephone1');
    expect(await row(id)).toMatchObject({ telephone1: null });
    await deleteRecord(config, 'accounts', id);
    expect(await failureOf(row(id))).toMatchObject({
      code: '0x80040217',
      message: `account With Id = ${id} Does Not Exist`,
    });
  });

  it('come back whole when asked for, with formatted values', async () => {
    const made = (await createWithReturnData(
      config,
      'accounts',
      { name: 'Northwind', revenue: 12.5 },
      '$select=name,revenue,statuscode',
    )) as Json;
    expect(made).toMatchObject({
      name: 'Northwind',
      revenue: 12.5,
      'statuscode@OData.Community.Display.V1.FormattedValue': 'Active',
    });
    const id = String(made.accountid);
    expect(
      await updateWithReturnData(config, 'accounts', id, { name: 'Traders' }, '$select=name'),
    ).toMatchObject({ name: 'Traders' });
  });

  it('are found by alternate key and by query', async () => {
    const id = await account({ accountnumber: "O'Neil & Söhne" });
    await account({ accountnumber: 'NW-2', name: 'Other' });
    const key = "accountnumber='NW-2'";
    expect(await retrieveAlternateKey(config, 'accounts', key, '$select=name')).toMatchObject({
      name: 'Other',
    });
    const found = (await retrieveMultiple(
      config,
      'accounts',
      "$select=accountnumber&$filter=startswith(accountnumber,'o''neil')",
    )) as { value: Json[] };
    expect(found.value).toMatchObject([{ accountid: id, accountnumber: "O'Neil & Söhne" }]);
  });

  it('are linked and unlinked', async () => {
    const id = await account();
    const contact = await create(config, 'contacts', { lastname: 'Nord' });
    await associate(config, 'accounts', id, 'contact_customer_accounts', 'contacts', contact);
    const expanded = await row(
      id,
      '$select=name&$expand=contact_customer_accounts($select=lastname)',
    );
    expect(expanded.contact_customer_accounts).toMatchObject([{ lastname: 'Nord' }]);
    await disassociate(config, 'accounts', id, 'contact_customer_accounts', contact);
    const after = (await retrieve(config, 'contacts', contact)) as Json;
    expect(after._parentcustomerid_value).toBeNull();
  });
});

describe('functions, actions and impersonation', () => {
  it('are called by name', async () => {
    const me = (await unboundFunction(config, 'WhoAmI')) as Json;
    expect(me.UserId).toMatch(/^[0-9a-f-]{36}$/);
    const id = await account();
    const order = await create(config, 'salesorders', {
      name: 'Web 1',
      'customerid_account@odata.bind': `/accounts(${id})`,
    });
    // It takes bound actions of a row only, and this one is bound to the set.
    await unboundAction(config, 'salesorders/Microsoft.Dynamics.CRM.FulfillSalesOrder', {
      OrderClose: { subject: 'Done', 'salesorderid@odata.bind': `/salesorders(${order})` },
      Status: 100001,
    });
    expect(await retrieve(config, 'salesorders', order, '$select=statecode')).toMatchObject({
      statecode: 3,
    });
  });

  it('act as another user', async () => {
    const objectId = 'd0000000-0000-4000-8000-0000000000aa';
    const [unit] = sandbox.services.dataverse.rows('businessunits') ?? [];
    const [user] = sandbox.services.dataverse.insert('systemusers', [
      {
        lastname: 'Delegate',
        azureactivedirectoryobjectid: objectId,
        'businessunitid@odata.bind': `/businessunits(${String(unit?.businessunitid)})`,
      },
    ]);
    const id = await create(
      config,
      'accounts',
      { name: 'Theirs' },
      { impersonateUserId: objectId },
    );
    expect(await row(id, '$select=_ownerid_value')).toMatchObject({ _ownerid_value: user });
  });
});

describe('$batch', () => {
  type Part = { httpStatus: number; contentId?: string; entityId?: string; data?: Json };

  it('runs a change set with a reference, and queries behind it', async () => {
    const changes = [
      { method: 'POST', queryString: 'contacts', entity: { lastname: 'Nord' } },
      {
        method: 'POST',
        queryString: 'accounts',
        entity: { name: 'By reference', 'primarycontactid@odata.bind': '$1' },
      },
    ];
    const parts = (await batchOperation(config, 'b1', 'c1', changes, [
      'accounts?$select=name,_primarycontactid_value',
    ])) as Part[];
    expect(parts.map(({ httpStatus }) => httpStatus)).toEqual([204, 204, 200]);
    expect(parts.map(({ contentId }) => contentId)).toEqual(['1', '2', undefined]);
    expect(parts[2]?.data).toMatchObject({
      value: [{ name: 'By reference', _primarycontactid_value: parts[0]?.entityId }],
    });
  });

  it('refuses a change set whole', async () => {
    const changes = [
      { method: 'POST', queryString: 'accounts', entity: { name: 'Stays out' } },
      { method: 'PATCH', queryString: `accounts(${MISSING_ID})`, entity: { nothing: 1 } },
    ];
    const failure = await failureOf(batchOperation(config, 'b2', 'c2', changes, []));
    expect(failure).toMatchObject({ code: '0x80048d19' });
    expect(sandbox.services.dataverse.rows('accounts')).toEqual([]);
  });
});
