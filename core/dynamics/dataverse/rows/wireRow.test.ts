import {
  batchReply,
  httpPart,
  type InnerRequest,
  readSingles,
} from '../../../../test/support/batchServer';
import { type HttpServer, type Reply, startHttpServer } from '../../../../test/support/httpServer';
import { fetchTransport } from '../../../http/fetch';
import type { Row } from '../../../odata/types';
import { createDataverse } from '../client';
import { createMetadata } from '../metadata/metadata';
import type { DataverseMetadata } from '../types';
import { toWireRow } from './wireRow';

const ID = '6d81597f-0f9f-e711-8122-000d3aa2331c';

const label = (text: string) => ({ UserLocalizedLabel: { Label: text }, LocalizedLabels: [] });
const option = (Value: number, text: string) => ({ Value, Label: label(text) });

function attribute(name: string, type: string, more: Row = {}): Row {
  return {
    LogicalName: name,
    DisplayName: label(name.toUpperCase()),
    AttributeType: type,
    AttributeTypeName: { Value: `${type}Type` },
    AttributeOf: null,
    RequiredLevel: { Value: 'None' },
    IsValidForCreate: true,
    IsValidForUpdate: true,
    IsValidForRead: true,
    ...more,
  };
}

const ATTRIBUTES: Record<string, Row[]> = {
  salesorder: [
    attribute('salesorderid', 'Uniqueidentifier', { IsValidForUpdate: false }),
    attribute('name', 'String', { RequiredLevel: { Value: 'ApplicationRequired' } }),
    attribute('statecode', 'State'),
    attribute('statuscode', 'Status'),
    attribute('freightamount', 'Money'),
    attribute('totalamount', 'Money', { IsValidForCreate: false, IsValidForUpdate: false }),
    attribute('customerid', 'Customer'),
    attribute('customeridname', 'String', { AttributeOf: 'customerid' }),
    attribute('pricelevelid', 'Lookup'),
    attribute('ownerid', 'Owner'),
    attribute('submitdate', 'DateTime'),
    attribute('modifiedat', 'DateTime'),
    attribute('willcall', 'Boolean'),
    attribute('new_tags', 'MultiSelectPicklist'),
    attribute('lines', 'Integer'),
  ],
  salesorderdetail: [
    attribute('quantity', 'Decimal'),
    attribute('productid', 'Lookup'),
    attribute('producttypecode', 'Picklist'),
  ],
};

const CAST_ROWS: Record<string, Row[]> = {
  StringAttributeMetadata: [{ LogicalName: 'name', MaxLength: 10 }],
  DateTimeAttributeMetadata: [
    { LogicalName: 'submitdate', Format: 'DateOnly', DateTimeBehavior: { Value: 'UserLocal' } },
  ],
  StateAttributeMetadata: [
    {
      LogicalName: 'statecode',
      OptionSet: { Options: [option(0, 'Active'), option(4, 'Invoiced')] },
    },
  ],
  StatusAttributeMetadata: [
    { LogicalName: 'statuscode', OptionSet: { Options: [option(1, 'New')] } },
  ],
  PicklistAttributeMetadata: [
    { LogicalName: 'producttypecode', GlobalOptionSet: { Options: [option(1, 'Product')] } },
  ],
  MultiSelectPicklistAttributeMetadata: [
    { LogicalName: 'new_tags', OptionSet: { Options: [option(7, 'Web'), option(8, 'Gift')] } },
  ],
};

const link = (
  ReferencingAttribute: string,
  ReferencedEntity: string,
  nav = ReferencingAttribute,
) => ({
  ReferencingAttribute,
  ReferencedEntity,
  ReferencingEntityNavigationPropertyName: nav,
});

const MANY_TO_ONE: Record<string, Row[]> = {
  salesorder: [
    link('customerid', 'account', 'customerid_account'),
    link('customerid', 'contact', 'customerid_contact'),
    link('pricelevelid', 'pricelevel'),
  ],
  salesorderdetail: [link('productid', 'product')],
};

const TABLES = [
  'salesorder',
  'salesorderdetail',
  'account',
  'contact',
  'pricelevel',
  'product',
].map((name) => ({
  LogicalName: name,
  EntitySetName: `${name}s`,
  DisplayName: label(name),
  PrimaryIdAttribute: `${name}id`,
  PrimaryNameAttribute: 'name',
}));

function metadataOf(path: string): Row[] | undefined {
  const url = new URL(path, 'http://x');
  const table = /LogicalName='(\w+)'\)/.exec(url.pathname)?.[1];
  const cast = /CRM\.(\w+)$/.exec(url.pathname)?.[1];
  if (cast) return table === 'salesorder' || cast.startsWith('Pick') ? CAST_ROWS[cast] : [];
  if (url.pathname.endsWith('/Attributes')) return ATTRIBUTES[table ?? ''];
  if (url.pathname.endsWith('/ManyToOneRelationships')) return MANY_TO_ONE[table ?? ''];
  if (url.pathname.endsWith('/OneToManyRelationships')) {
    return [
      {
        ReferencedEntityNavigationPropertyName: 'order_details',
        ReferencingEntity: 'salesorderdetail',
        ReferencingAttribute: 'salesorderid',
      },
    ];
  }
  if (url.pathname.endsWith('/Keys')) {
    return [{ LogicalName: 'k', KeyAttributes: ['ordernumber'], EntityKeyIndexStatus: 'Pending' }];
  }
  const filter = url.searchParams.get('$filter');
  return TABLES.filter(
    (row) =>
      !filter ||
      filter.includes(`'${row.LogicalName}'`) ||
      filter.includes(`'${row.EntitySetName}'`),
  );
}

function answer({ path }: Pick<InnerRequest, 'path'>): Reply {
  const value = metadataOf(path);
  return value
    ? { body: { value } }
    : { status: 404, body: { error: { code: '', message: 'no' } } };
}

let server: HttpServer;
let metadata: DataverseMetadata;

beforeEach(async () => {
  server = await startHttpServer((request) =>
    request.url.endsWith('$batch')
      ? batchReply(readSingles(request).map((inner) => httpPart({ status: 200, ...answer(inner) })))
      : answer({ path: request.url }),
  );
  metadata = createMetadata(createDataverse({ url: server.origin, send: fetchTransport() }));
});
afterEach(async () => await server.close());

describe('metadata', () => {
  it('knows a table by both of its names, and asks for it once each', async () => {
    const table = await metadata.table('salesorder');
    expect(table).toMatchObject({ entitySetName: 'salesorders', primaryId: 'salesorderid' });
    expect(await metadata.table('salesorders')).toEqual(table);
    await metadata.table('salesorder');
    expect(server.received).toHaveLength(2);
    expect((await metadata.tables()).map(({ logicalName }) => logicalName)).toContain('contact');
  });

  it('names a table that is not there', async () => {
    await expect(metadata.table('nothing')).rejects.toThrow(
      'This environment has no table "nothing".',
    );
  });

  it('puts the columns together from one batch', async () => {
    const columns = await metadata.columns('salesorder');
    const column = (name: string) => columns.find((one) => one.name === name);
    expect(server.received).toHaveLength(3);
    expect(column('name')).toMatchObject({ type: 'string', required: true, maxLength: 10 });
    expect(column('submitdate')?.type).toBe('date');
    expect(column('modifiedat')?.type).toBe('datetime');
    expect(column('totalamount')).toMatchObject({ creatable: false, updatable: false });
    expect(column('statecode')?.choices).toEqual([
      { value: 0, label: 'Active' },
      { value: 4, label: 'Invoiced' },
    ]);
    expect(column('customeridname')).toBeUndefined();
    expect(column('customerid')?.targets).toEqual([
      { table: 'account', entitySetName: 'accounts', navigationProperty: 'customerid_account' },
      { table: 'contact', entitySetName: 'contacts', navigationProperty: 'customerid_contact' },
    ]);
    expect(await metadata.keys('salesorder')).toMatchObject([
      { columns: ['ordernumber'], active: false },
    ]);
  });

  it('asks again after a failure', async () => {
    await expect(metadata.columns('nothing')).rejects.toThrow();
    const before = server.received.length;
    await expect(metadata.columns('nothing')).rejects.toThrow();
    expect(server.received.length).toBeGreaterThan(before);
  });
});

describe('toWireRow', () => {
  const wire = (row: Row, mode: 'create' | 'update' = 'create') =>
    toWireRow(metadata, 'salesorder', row, { mode });

  it('turns each value into what its column takes', async () => {
    expect(
      await wire({
        salesorderid: `{${ID.toUpperCase()}}`,
        name: 1042,
        statecode: 'invoiced',
        statuscode: '1',
        freightamount: '12.50',
        submitdate: '2026-10-31T23:30:00-08:00',
        modifiedat: '2026-10-31 10:00',
        willcall: 'yes',
        new_tags: ['Web', 8],
        lines: '3',
        missing: undefined,
      }),
    ).toEqual({
      salesorderid: ID,
      name: '1042',
      statecode: 4,
      statuscode: 1,
      freightamount: 12.5,
      submitdate: '2026-10-31',
      modifiedat: '2026-10-31T10:00:00.000Z',
      willcall: true,
      new_tags: '7,8',
      lines: 3,
    });
  });

  it.each<[unknown, Row]>([
    [{ table: 'account', id: ID }, { 'customerid_account@odata.bind': `/accounts(${ID})` }],
    [
      { table: 'contacts', id: { emailaddress1: 'a@b.c' } },
      { 'customerid_contact@odata.bind': "/contacts(emailaddress1='a%40b.c')" },
    ],
    [`contacts(${ID})`, { 'customerid_contact@odata.bind': `/contacts(${ID})` }],
  ])('binds a lookup given as %p', async (customerid, expected) => {
    expect(await wire({ customerid })).toEqual(expected);
  });

  it('binds by the column where one table is possible, and by the navigation property', async () => {
    expect(await wire({ pricelevelid: ID, customerid_account: ID })).toEqual({
      'pricelevelid@odata.bind': `/pricelevels(${ID})`,
      'customerid_account@odata.bind': `/accounts(${ID})`,
    });
    expect(await wire({ pricelevelid: null }, 'update')).toEqual({
      'pricelevelid@odata.bind': null,
    });
    expect(await wire({ pricelevelid: null })).toEqual({});
  });

  it('leaves out what cannot be written and what came along from a read', async () => {
    const row = {
      '@odata.etag': 'W/"1"',
      'statuscode@OData.Community.Display.V1.FormattedValue': 'New',
      _customerid_value: ID,
      totalamount: 5,
      salesorderid: ID,
      'pricelevelid@odata.bind': '/pricelevels(x)',
      name: '',
      freightamount: '',
    };
    expect(await wire(row, 'update')).toEqual({
      'pricelevelid@odata.bind': '/pricelevels(x)',
      name: '',
      freightamount: null,
    });
  });

  it('writes lines by the columns of their own table', async () => {
    const order_details = [{ quantity: '2', productid: ID, producttypecode: 'product' }];
    expect(await wire({ order_details })).toEqual({
      order_details: [
        { quantity: 2, 'productid@odata.bind': `/products(${ID})`, producttypecode: 1 },
      ],
    });
    await expect(wire({ order_details }, 'update')).rejects.toThrow(/cannot be written together/);
  });

  it('names every column that does not fit, and why', async () => {
    const failure = wire({
      name: 'far too long a name',
      statuscode: 'Nope',
      freightamount: '12,50',
      lines: 1.5,
      modifiedat: 'soon',
      customerid: ID,
      pricelevelid: 'x',
      unknown: 1,
      tags: 1,
      order_details: [{ quantity: 'x' }],
    });
    await expect(failure).rejects.toMatchObject({ class: 'validation' });
    const message = await failure.catch((error: Error) => error.message);
    for (const part of [
      'name takes 10 characters, but the text has 19',
      'statuscode has no choice "Nope"; it has 1 (New)',
      'freightamount takes a number such as 12.5, not "12,50"',
      'lines takes a whole number',
      'modifiedat takes a date',
      'customerid may point to account, contact',
      'pricelevelid takes the GUID of a row',
      'unknown is not a column of salesorder',
      'did you mean new_tags',
      'quantity takes a number',
    ]) {
      expect(message).toContain(part);
    }
  });
});

describe('a lookup', () => {
  const wire = async (row: Row) => await toWireRow(metadata, 'salesorder', row, { mode: 'create' });

  it('of the owner points to a user, or to a team where it is said', async () => {
    const user = { 'ownerid@odata.bind': `/systemusers(${ID})` };
    const team = { 'ownerid@odata.bind': `/teams(${ID})` };
    expect(await wire({ ownerid: ID })).toEqual(user);
    expect(await wire({ ownerid: { table: 'team', id: ID } })).toEqual(team);
    expect(await wire({ ownerid_team: ID })).toEqual(team);
    expect(await wire({ ownerid: `/teams(${ID})` })).toEqual(team);
  });

  it('takes a value of an alternate key in place of an ID, whatever stands in it', async () => {
    expect(await wire({ customerid_account: "accountnumber = O'Neil=1 " })).toEqual({
      'customerid_account@odata.bind': "/accounts(accountnumber='O''Neil%3D1')",
    });
    await expect(wire({ customerid: 'accountnumber=A-1' })).rejects.toThrow(/say which with/);
    await expect(wire({ pricelevelid: 'Web Store' })).rejects.toThrow(
      /takes the GUID of a row, or column=value of an alternate key/,
    );
  });
});
