import { batchReply, httpPart, readSingles } from '../../../test/support/batchServer';
import { jumpingClock } from '../../../test/support/clock';
import {
  type HttpServer,
  type Received,
  type Reply,
  startHttpServer,
} from '../../../test/support/httpServer';
import { fetchTransport } from '../../http/fetch';
import { createSend } from '../../http/send';
import { createDataverse } from './client';
import { DATAVERSE_ERRORS } from './errors/codes';
import { dataverseError } from './errors/errors';
import { contains } from './filters';
import type { Dataverse } from './types';

const ID = '6d81597f-0f9f-e711-8122-000d3aa2331c';
const OTHER = '2e451703-1111-4222-8333-000d3aa2331c';
const ROOT = '/api/data/v9.2/';

let server: HttpServer;

async function dataverse(
  answer: (request: Received, number: number) => Reply,
  timeoutMs = 5_000,
): Promise<Dataverse> {
  server = await startHttpServer(async (request, number) => {
    const reply = answer(request, number);
    return { ...reply, headers: { 'odata-version': '4.0', ...reply.headers } };
  });
  const send = createSend({
    transport: fetchTransport(),
    retry: { clock: jumpingClock(), attempts: 3 },
  });
  return createDataverse({ url: server.origin, send, timeoutMs });
}

const last = () => server.received.at(-1) as Received;

afterEach(async () => await server?.close());

describe('requests', () => {
  it('carry the headers that the Web API wants, every time', async () => {
    const client = await dataverse(() => ({
      body: { UserId: 'u', BusinessUnitId: 'b', OrganizationId: 'o' },
    }));
    expect(await client.whoAmI()).toEqual({
      userId: 'u',
      businessUnitId: 'b',
      organizationId: 'o',
    });
    expect(last()).toMatchObject({ method: 'GET', url: `${ROOT}WhoAmI()` });
    expect(last().headers).toMatchObject({
      accept: 'application/json',
      'odata-version': '4.0',
      'odata-maxversion': '4.0',
      'if-none-match': 'null',
      'user-agent': expect.stringContaining('n8n-nodes-dynamics-commerce') as string,
    });
  });

  it('go nowhere but to the environment', async () => {
    const client = await dataverse(() => ({}));
    for (const path of [
      'https://evil.example/api/data/v9.2/x',
      '//evil.example/x',
      '../../other',
    ]) {
      await expect(client.request({ method: 'GET', path })).rejects.toThrow(/leads out/);
    }
    await expect(client.callAction('../x')).rejects.toThrow(/not the name of an action/);
    expect(server.received).toHaveLength(0);
  });

  it('never carry a token in clear text to another machine', () => {
    const send = () => Promise.reject(new Error('unused'));
    expect(() => createDataverse({ url: 'http://contoso.crm.dynamics.com', send })).toThrow(
      /unencrypted/,
    );
  });
});

describe('an answer that is not from Dataverse', () => {
  it.each([
    [
      'a page of a proxy',
      { headers: { 'content-type': 'text/html' }, body: '<html>Sign in</html>' },
    ],
    ['an empty answer', { status: 200 }],
    ['a redirect', { status: 302, headers: { location: 'https://login.example' } }],
  ])('is no success: %s', async (_, reply) => {
    server = await startHttpServer(() => reply);
    const send = createSend({ transport: fetchTransport(), retry: false });
    const client = createDataverse({ url: server.origin, send });
    const failure = { class: 'transient', code: 'NOT_DATAVERSE' };
    await expect(client.create('accounts', { name: 'x' })).rejects.toMatchObject(failure);
    await expect(client.delete('accounts', ID)).rejects.toMatchObject(failure);
  });
});

describe('create', () => {
  it('reads the id from the header', async () => {
    const client = await dataverse(() => ({
      status: 204,
      headers: { 'OData-EntityId': `https://x${ROOT}accounts(${ID.toUpperCase()})` },
    }));
    expect(await client.create('accounts', { name: 'Ä' })).toEqual({ id: ID, created: true });
    expect(last()).toMatchObject({ method: 'POST', url: `${ROOT}accounts`, body: '{"name":"Ä"}' });
  });

  it('gives back the row where it is asked for', async () => {
    const row = { '@odata.etag': 'W/"1"', salesorderid: ID, order_details: [] };
    const client = await dataverse(() => ({ status: 201, body: row }));
    const result = await client.create(
      'salesorders',
      {},
      { select: ['salesorderid'], expand: [{ property: 'order_details', select: ['quantity'] }] },
    );
    expect(result).toEqual({ id: ID, created: true, etag: 'W/"1"', row });
    expect(last().url).toBe(
      `${ROOT}salesorders?$select=salesorderid&$expand=order_details($select=quantity)`,
    );
    expect(last().headers.prefer).toBe('return=representation');
  });

  it('reports a repeatable create that a time-out hid as a duplicate', async () => {
    const written = new Set<string>();
    const client = await dataverse(({ body }) => {
      const known = written.has(body);
      written.add(body);
      return known
        ? {
            status: 412,
            body: { error: { code: '0x80040237', message: 'Cannot insert duplicate key.' } },
          }
        : { status: 204, delayMs: 3_000 };
    }, 1_000);
    const attempt = client.create('accounts', { accountid: ID }, { repeatable: true });
    await expect(attempt).rejects.toMatchObject({ class: 'duplicate', code: '0x80040237' });
    expect(server.received).toHaveLength(2);
  });

  it('sends once where a second delivery would double the row', async () => {
    const client = await dataverse(() => ({ status: 503 }));
    await expect(client.create('accounts', {})).rejects.toMatchObject({ class: 'transient' });
    expect(server.received).toHaveLength(1);
  });
});

describe('update, upsert, delete', () => {
  it('updates only what is there', async () => {
    const client = await dataverse(() => ({
      status: 204,
      headers: { 'OData-EntityId': `accounts(${ID})` },
    }));
    expect(await client.update('accounts', ID, { name: 'x' })).toEqual({ id: ID, created: false });
    expect(last()).toMatchObject({ method: 'PATCH', url: `${ROOT}accounts(${ID})` });
    expect(last().headers['if-match']).toBe('*');
    await client.update('accounts', ID, {}, { ifMatch: 'W/"7"' });
    expect(last().headers['if-match']).toBe('W/"7"');
    await client.setStatus('accounts', ID, { statecode: 1, statuscode: 2 });
    expect(last().body).toBe('{"statecode":1,"statuscode":2}');
  });

  it.each([
    ['either', { 'if-none-match': 'null' }],
    ['create-only', { 'if-none-match': '*' }],
    ['update-only', { 'if-match': '*' }],
  ] as const)('upserts %s', async (mode, headers) => {
    const client = await dataverse(() => ({ status: 204 }));
    await client.upsert('accounts', { accountnumber: "A'1" }, {}, { mode });
    expect(last().url).toBe(`${ROOT}accounts(accountnumber='A''1')`);
    expect(last().headers).toMatchObject(headers);
  });

  it('does not take an alternate key for an id', async () => {
    const client = await dataverse(() => ({
      status: 204,
      headers: { 'OData-EntityId': `https://x${ROOT}accounts(accountnumber='A1')` },
    }));
    const result = await client.upsert('accounts', { accountnumber: 'A1' }, {});
    expect(result.id).toBeUndefined();
    expect(result.created).toBeUndefined();
  });

  it.each([
    [201, true],
    [200, false],
  ])('knows from %d whether an upsert made the row', async (status, created) => {
    const row = { accountid: ID, _ownerid_value: OTHER };
    const client = await dataverse(() => ({ status, headers: { ETag: 'W/"3"' }, body: row }));
    const result = await client.upsert(
      'accounts',
      { accountnumber: 'A1' },
      {},
      { returning: ['accountid'] },
    );
    expect(result).toEqual({ id: ID, created, etag: 'W/"3"', row });
    expect(last().url).toContain('?$select=accountid');
  });

  it('deletes, and says when there was nothing', async () => {
    const client = await dataverse((_, number) =>
      number === 1
        ? { status: 204 }
        : {
            status: 404,
            body: { error: { code: '0x80040217', message: 'account Does Not Exist' } },
          },
    );
    await client.delete('accounts', ID);
    await expect(client.delete('accounts', ID)).rejects.toMatchObject({ class: 'not-found' });
  });
});

describe('links, actions, functions', () => {
  const order = { set: 'salesorders', key: ID };
  const account = { set: 'accounts', key: OTHER };

  it('links and unlinks', async () => {
    const client = await dataverse(() => ({ status: 204 }));
    const address = `${server.origin}${ROOT}accounts(${OTHER})`;
    await client.associate(order, 'competitors', account);
    expect(last()).toMatchObject({
      method: 'POST',
      url: `${ROOT}salesorders(${ID})/competitors/$ref`,
    });
    expect(JSON.parse(last().body)).toEqual({ '@odata.id': address });
    await client.associate(order, 'customerid_account', account, { single: true });
    expect(last().method).toBe('PUT');
    await client.disassociate(order, 'competitors', account);
    const url = new URL(last().url, server.origin);
    expect([last().method, url.searchParams.get('$id')]).toEqual(['DELETE', address]);
    await client.disassociate(order, 'customerid_account');
    expect(last().url).toBe(`${ROOT}salesorders(${ID})/customerid_account/$ref`);
  });

  it('calls actions, bound ones by their full name', async () => {
    const client = await dataverse((_, number) =>
      number === 1 ? { status: 204 } : { body: { Ids: [] } },
    );
    expect(await client.callAction('FulfillSalesOrder', { Status: 100001 })).toBeUndefined();
    expect(last()).toMatchObject({ url: `${ROOT}FulfillSalesOrder`, body: '{"Status":100001}' });
    const bound = { set: 'accounts' };
    expect(await client.callAction('CreateMultiple', { Targets: [] }, bound)).toEqual({ Ids: [] });
    expect(last().url).toBe(`${ROOT}accounts/Microsoft.Dynamics.CRM.CreateMultiple`);
  });

  it('says how the environment is called, and nothing where it does not', async () => {
    const detail = { FriendlyName: ' Contoso Test ', OrganizationVersion: '9.2.26101.00150' };
    const client = await dataverse((_, number) => ({
      body: number === 1 ? { Detail: detail } : {},
    }));
    expect(await client.currentOrganization()).toEqual({
      name: 'Contoso Test',
      version: '9.2.26101.00150',
    });
    const url = new URL(last().url, server.origin);
    expect(url.pathname).toBe(`${ROOT}RetrieveCurrentOrganization(AccessType=@p1)`);
    expect(url.searchParams.get('@p1')).toBe("Microsoft.Dynamics.CRM.EndpointAccessType'Default'");
    expect(await client.currentOrganization()).toEqual({ name: '', version: '' });
  });

  it('hands values to functions as aliases', async () => {
    const client = await dataverse(() => ({ body: {} }));
    await client.callFunction('Find', {
      Name: "O'Neil & x",
      Row: { '@odata.id': `accounts(${ID})` },
    });
    const url = new URL(last().url, server.origin);
    expect(url.pathname).toBe(`${ROOT}Find(Name=@p1,Row=@p2)`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      '@p1': "'O''Neil & x'",
      '@p2': `{"@odata.id":"accounts(${ID})"}`,
    });
  });
});

describe('reading', () => {
  const pageOf = (page: number): Reply => ({
    body: {
      value: [{ page }],
      ...(page < 4 && { '@odata.nextLink': `${server.origin}${ROOT}accounts?page=${page + 1}` }),
    },
  });

  it('follows pages with the same page size', async () => {
    const client = await dataverse((_, number) => pageOf(number));
    const rows = await client.list('accounts', {
      select: ['name'],
      pageSize: 50,
      annotations: true,
    });
    expect(rows).toEqual([{ page: 1 }, { page: 2 }, { page: 3 }, { page: 4 }]);
    for (const { headers } of server.received) {
      expect(headers.prefer).toBe('odata.maxpagesize=50,odata.include-annotations="*"');
    }
  });

  it('reads no further than the limit', async () => {
    const client = await dataverse((_, number) => pageOf(number));
    expect(await client.list('accounts', {}, { limit: 2 })).toEqual([{ page: 1 }, { page: 2 }]);
    expect(server.received).toHaveLength(2);
    expect(last().headers.prefer).toBe('odata.maxpagesize=2');
  });

  it('does not follow a link to another host', async () => {
    const client = await dataverse(() => ({
      body: { value: [{}], '@odata.nextLink': 'https://evil.example/api/data/v9.2/accounts' },
    }));
    await expect(client.list('accounts')).rejects.toMatchObject({ class: 'permission' });
    expect(server.received).toHaveLength(1);
  });

  it('puts a query that is too long for an address into a batch', async () => {
    const client = await dataverse((request) =>
      batchReply(
        readSingles(request).map(() => httpPart({ status: 200, body: { value: [{ a: 1 }] } })),
      ),
    );
    const filter = contains('name', 'x'.repeat(40_000));
    expect(await client.list('accounts', { filter, pageSize: 9 })).toEqual([{ a: 1 }]);
    expect(last()).toMatchObject({ method: 'POST', url: `${ROOT}$batch` });
    const [inner] = readSingles(last());
    expect(inner?.headers['prefer']).toBe('odata.maxpagesize=9');
    const tooLong = client.list('accounts', { filter: contains('name', 'x'.repeat(70_000)) });
    await expect(tooLong).rejects.toMatchObject({ class: 'validation' });
  });
});

describe('dataverseError', () => {
  const answer = (status: number, code: string, message: string, headers = {}) =>
    dataverseError({ status, headers, body: { error: { code, message } } });

  it('lets the code decide, with what to do', () => {
    for (const [code, known] of Object.entries(DATAVERSE_ERRORS)) {
      const error = answer(400, code.toUpperCase().replace('0X', '0x'), 'text');
      expect(error).toMatchObject({ class: known.class, code, fix: known.fix });
      expect(error.message).toBe(`${known.title}: text`);
    }
  });

  it.each([
    [412, 'A record with matching key values already exists.', 'duplicate'],
    [412, 'Whatever', 'conflict'],
    [429, '', 'throttled'],
    [404, '', 'not-found'],
    [401, '', 'authentication'],
    [502, '', 'transient'],
    [400, '', 'validation'],
  ])('falls back on status %d %p', (status, message, errorClass) => {
    expect(answer(status, '', message).class).toBe(errorClass);
  });

  it('keeps the time to wait and the number of the request, and no personal data', () => {
    const error = answer(429, '0x80072322', 'user joe@contoso.example, Bearer abc.def', {
      'retry-after': '27',
      'x-ms-service-request-id': 'r-1',
    });
    expect(error).toMatchObject({ retryAfterMs: 27_000, requestId: 'r-1' });
    expect(error.message).not.toMatch(/joe|abc/);
  });

  it('reads what is no error of Dataverse', () => {
    expect(
      dataverseError({ status: 502, headers: {}, body: '<html>Bad gateway</html>' }),
    ).toMatchObject({
      class: 'transient',
      message: 'Dataverse could not answer for the moment: status 502',
    });
    expect(dataverseError({ status: 401, headers: {}, body: '{"Message":"No"}' }).message).toMatch(
      /No$/,
    );
  });
});
