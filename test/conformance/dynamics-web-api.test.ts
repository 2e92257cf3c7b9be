import type { DynamicsWebApi } from 'dynamics-web-api';
import { startSandbox, type RunningSandbox } from '../../sandbox/start';
import {
  createAccount,
  failureOf,
  independentClient,
  type Failure,
  type Json,
} from './dynamics-web-api';

/**
 * An independent client, unchanged, against the sandbox: what this library can do on a real environment, it must
 * be able to do here. It is what keeps a misreading of the protocol from hiding in our own client.
 */

const ACCOUNT_ID = 'a0000000-0000-4000-8000-000000000001';
const MISSING_ID = 'a0000000-0000-4000-8000-0000000000ff';

let sandbox: RunningSandbox;
let api: DynamicsWebApi;

beforeAll(async () => {
  sandbox = await startSandbox();
  api = independentClient(sandbox);
});

beforeEach(() => sandbox.reset());

afterAll(() => sandbox.stop());

describe('rows', () => {
  it('creates a row and answers its id', async () => {
    expect(await createAccount(api, { accountid: ACCOUNT_ID })).toBe(ACCOUNT_ID);
  });

  it('creates a row and answers its representation', async () => {
    const account = await api.create<Json, Json>({
      collection: 'accounts',
      data: { name: 'Northwind Traders', revenue: 1234.5 },
      select: ['name', 'revenue'],
      returnRepresentation: true,
    });
    expect(account).toMatchObject({ name: 'Northwind Traders', revenue: 1234.5 });
    expect(account['@odata.etag']).toMatch(/^W\/"\d+"$/);
  });

  it('retrieves by id and by alternate key, with formatted values', async () => {
    const id = await createAccount(api);
    const byKey = await api.retrieve<Json>({
      collection: 'accounts',
      key: "accountnumber='NW-1'",
      select: ['name', 'statuscode'],
      includeAnnotations: 'OData.Community.Display.V1.FormattedValue',
    });
    expect(byKey).toMatchObject({ accountid: id, statuscode: 1, statuscode_Formatted: 'Active' });
    const byId = await api.retrieve<Json>({ collection: 'accounts', key: id });
    expect(byId.accountnumber).toBe('NW-1');
  });

  it('updates, refuses to make a row by update, and clears one property', async () => {
    const key = await createAccount(api);
    await api.update({ collection: 'accounts', key, data: { telephone1: '555-0100' } });
    await api.updateSingleProperty({
      collection: 'accounts',
      key,
      fieldValuePair: { websiteurl: 'https://northwind.example' },
    });
    await api.deleteRecord({ collection: 'accounts', key, property: 'telephone1' });
    const row = await api.retrieve<Json>({ collection: 'accounts', key });
    expect(row).toMatchObject({ telephone1: null, websiteurl: 'https://northwind.example' });
    const failure = await failureOf(
      api.update({ collection: 'accounts', key: MISSING_ID, data: { name: 'x' } }),
    );
    expect(failure).toMatchObject({ status: 404, code: '0x80040217' });
    expect(failure.message).toBe(`account With Id = ${MISSING_ID} Does Not Exist`);
  });

  it('upserts by alternate key: makes, then changes', async () => {
    const upsert = (name: string): Promise<Json> =>
      api.upsert<Json, Json>({
        collection: 'accounts',
        key: "accountnumber='UP-1'",
        data: { name },
        returnRepresentation: true,
        select: ['accountid', 'name', 'accountnumber'],
      });
    const made = await upsert('First');
    const changed = await upsert('Second');
    expect(made).toMatchObject({ name: 'First', accountnumber: 'UP-1' });
    expect(changed).toMatchObject({ name: 'Second', accountid: made.accountid });
  });

  it('answers an upsert by alternate key with the alternate-key address, which holds no id', async () => {
    const id = await api.upsert<Json, string>({
      collection: 'accounts',
      key: "accountnumber='UP-2'",
      data: { name: 'Third' },
    });
    // The library takes the id out of OData-EntityId, and here there is none in it.
    expect(id).toBeUndefined();
    expect(sandbox.services.dataverse.rows('accounts')).toMatchObject([{ accountnumber: 'UP-2' }]);
  });

  it('keeps preconditions: ETag, make only, change only', async () => {
    const key = await createAccount(api, { accountid: ACCOUNT_ID });
    const { '@odata.etag': etag } = await api.retrieve<Json>({ collection: 'accounts', key });
    await api.update({ collection: 'accounts', key, data: { name: 'New' }, ifmatch: String(etag) });
    const prevented = await api.update({
      collection: 'accounts',
      key,
      data: { name: 'Newer' },
      ifmatch: String(etag),
    });
    // The library turns a 412 of an ETag that it sent into `false`.
    expect(prevented).toBe(false);
    const forbidden = await api.upsert({
      collection: 'accounts',
      key,
      data: { name: 'Made' },
      ifnonematch: '*',
    });
    expect(forbidden).toBeNull();
    const row = await api.retrieve<Json>({ collection: 'accounts', key, select: ['name'] });
    expect(row.name).toBe('New');
  });

  it('refuses a second row with the same primary key (412) and the same alternate key (412)', async () => {
    await createAccount(api, { accountid: ACCOUNT_ID });
    const id = await failureOf(
      createAccount(api, { accountid: ACCOUNT_ID, accountnumber: 'NW-2' }),
    );
    expect(id).toMatchObject({ status: 412, code: '0x80040237' });
    const key = await failureOf(createAccount(api));
    expect(key).toMatchObject({ status: 412, code: '0x80060892' });
  });

  it('deletes, and does not find the row again', async () => {
    const key = await createAccount(api);
    await api.deleteRecord({ collection: 'accounts', key });
    const failure = await failureOf(api.retrieve({ collection: 'accounts', key }));
    expect(failure).toMatchObject({ status: 404, code: '0x80040217' });
  });
});

describe('queries', () => {
  beforeEach(() => {
    sandbox.services.dataverse.insert(
      'accounts',
      Array.from({ length: 12 }, (_, index) => ({
        name: `Account ${String(index).padStart(2, '0')}`,
        accountnumber: `Q-${index}`,
        numberofemployees: index,
      })),
    );
  });

  it('pages with a next link until the end', async () => {
    const first = await api.retrieveMultiple<Json>({
      collection: 'accounts',
      select: ['name'],
      orderBy: ['name desc'],
      maxPageSize: 5,
      count: true,
    });
    expect(first.value).toHaveLength(5);
    expect(first.oDataCount).toBe(12);
    const names = first.value?.map((row) => row.name) ?? [];
    let next = first.oDataNextLink;
    while (next) {
      const page = await api.retrieveMultiple<Json>(
        { collection: 'accounts', maxPageSize: 5 },
        next,
      );
      names.push(...(page.value?.map((row) => row.name) ?? []));
      next = page.oDataNextLink;
    }
    expect(names).toHaveLength(12);
    expect(names).toEqual([...names].sort().reverse());
  });

  it('retrieves all pages and counts', async () => {
    const all = await api.retrieveAll<Json>({ collection: 'accounts', select: ['name'] });
    expect(all.value).toHaveLength(12);
    expect(await api.count({ collection: 'accounts' })).toBe(12);
    expect(await api.count({ collection: 'accounts', filter: 'numberofemployees ge 10' })).toBe(2);
  });

  it('filters by functions, lists and combinations', async () => {
    const names = async (filter: string): Promise<unknown[]> => {
      const { value } = await api.retrieveMultiple<Json>({
        collection: 'accounts',
        select: ['name'],
        orderBy: ['name'],
        filter,
      });
      return value?.map((row) => row.name) ?? [];
    };
    expect(await names("startswith(name,'ACCOUNT 0') and numberofemployees lt 2")).toEqual([
      'Account 00',
      'Account 01',
    ]);
    expect(
      await names(
        `Microsoft.Dynamics.CRM.In(PropertyName='accountnumber',PropertyValues=["Q-3","Q-4"])`,
      ),
    ).toEqual(['Account 03', 'Account 04']);
    expect(await names("not contains(name,'0') or accountnumber eq 'q-10'")).toEqual([
      'Account 10',
      'Account 11',
    ]);
  });

  it('names an unknown column', async () => {
    const failure = await failureOf(
      api.retrieveMultiple({ collection: 'accounts', filter: "nickname eq 'x'" }),
    );
    expect(failure).toMatchObject({ status: 400, code: '0x80060888' });
    expect(failure.message).toBe(
      "Could not find a property named 'nickname' on type 'Microsoft.Dynamics.CRM.account'.",
    );
  });
});

describe('relations', () => {
  it('associates and disassociates, single-valued and collection-valued', async () => {
    const account = await createAccount(api);
    const contact = await api.create<Json, string>({
      collection: 'contacts',
      data: { firstname: 'Ada', lastname: 'Nord' },
    });
    await api.associate({
      collection: 'accounts',
      primaryKey: account,
      relationshipName: 'contact_customer_accounts',
      relatedCollection: 'contacts',
      relatedKey: contact,
    });
    await api.associateSingleValued({
      collection: 'accounts',
      primaryKey: account,
      navigationProperty: 'primarycontactid',
      relatedCollection: 'contacts',
      relatedKey: contact,
    });
    const expanded = await api.retrieve<Json>({
      collection: 'accounts',
      key: account,
      select: ['name'],
      expand: [
        { property: 'primarycontactid', select: ['fullname'] },
        {
          property: 'contact_customer_accounts',
          select: ['lastname'],
          filter: "lastname eq 'Nord'",
        },
      ],
    });
    expect(expanded.primarycontactid).toMatchObject({ fullname: 'Ada Nord' });
    expect(expanded.contact_customer_accounts).toHaveLength(1);
    await api.disassociate({
      collection: 'accounts',
      primaryKey: account,
      relationshipName: 'contact_customer_accounts',
      relatedKey: contact,
    });
    await api.disassociateSingleValued({
      collection: 'accounts',
      primaryKey: account,
      navigationProperty: 'primarycontactid',
    });
    const after = await api.retrieve<Json>({ collection: 'contacts', key: contact });
    expect(after._parentcustomerid_value).toBeNull();
  });

  it('makes an order with its lines in one request and keeps its totals', async () => {
    await createAccount(api);
    const order = await api.create<Json, Json>({
      collection: 'salesorders',
      returnRepresentation: true,
      select: ['totalamount', 'totaltax', 'totallineitemamount'],
      expand: [{ property: 'order_details', select: ['extendedamount'] }],
      data: {
        name: 'Web 1001',
        'customerid_account@odata.bind': "accounts(accountnumber='NW-1')",
        freightamount: 4.9,
        order_details: [
          {
            isproductoverridden: true,
            productdescription: 'SKU-1',
            priceperunit: 10,
            quantity: 2,
            tax: 3.8,
          },
          {
            isproductoverridden: true,
            productdescription: 'SKU-2',
            priceperunit: 0.1,
            quantity: 3,
          },
        ],
      },
    });
    expect(order).toMatchObject({ totallineitemamount: 20.3, totaltax: 3.8, totalamount: 29 });
    expect(order.order_details).toHaveLength(2);
  });
});

describe('$batch', () => {
  it('runs a change set with a Content-ID reference, and a query behind it', async () => {
    api.startBatch();
    void api.create({
      collection: 'contacts',
      data: { firstname: 'Ada', lastname: 'Nord' },
      contentId: '1',
    });
    void api.create({
      collection: 'accounts',
      data: { name: 'By reference', accountnumber: 'REF', 'primarycontactid@odata.bind': '$1' },
    });
    const [contact, account] = (await api.executeBatch()) as string[];
    const row = await api.retrieve<Json>({ collection: 'accounts', key: String(account) });
    expect(row._primarycontactid_value).toBe(contact);
  });

  it('writes to a reference in the address', async () => {
    api.startBatch();
    void api.create({ collection: 'accounts', data: { name: 'Parent' }, contentId: '1' });
    void api.create({
      collection: '$1',
      navigationProperty: 'contact_customer_accounts',
      data: { lastname: 'Child' },
    });
    await api.executeBatch();
    expect(sandbox.services.dataverse.rows('contacts')).toMatchObject([
      { lastname: 'Child', _parentcustomerid_value: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    ]);
  });

  it('undoes the whole change set when one request of it fails', async () => {
    api.startBatch();
    void api.create({ collection: 'accounts', data: { name: 'Stays out', accountnumber: 'ONE' } });
    void api.create({ collection: 'accounts', data: { name: 'Fails', accountnumber: 'ONE' } });
    const failures = (await failureOf(api.executeBatch())) as unknown;
    expect(JSON.stringify(failures)).toContain('0x80060892');
    expect(sandbox.services.dataverse.rows('accounts')).toEqual([]);
  });

  it('goes on behind a failure when asked to', async () => {
    await createAccount(api);
    api.startBatch();
    void api.retrieve({ collection: 'accounts', key: MISSING_ID, inChangeSet: false });
    void api.create({
      collection: 'accounts',
      data: { name: 'Second', accountnumber: 'TWO' },
      inChangeSet: false,
    });
    const [failure] = (await api.executeBatch({ continueOnError: true })) as Failure[];
    expect(failure).toMatchObject({ status: 404 });
    expect(sandbox.services.dataverse.rows('accounts')).toHaveLength(2);
  });
});
