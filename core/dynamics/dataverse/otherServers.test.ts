/**
 * Answers that the protocol allows and that a service, a gateway or a simulator other than ours gives: what the
 * documentation does not promise must not be relied on.
 */
import { readSingles } from '../../../test/support/batchServer';
import { jumpingClock } from '../../../test/support/clock';
import {
  type HttpServer,
  type Received,
  type Reply,
  startHttpServer,
} from '../../../test/support/httpServer';
import { fetchTransport } from '../../http/fetch';
import { createSend } from '../../http/send';
import { listIn } from '../../odata/listIn';
import { sendAll } from '../../odata/sendAll';
import type { BatchOperation } from '../../odata/types';
import { createDataverse } from './client';
import { createMetadata } from './metadata/metadata';
import { deleteOperation, getOperation, updateOperation } from './operations';
import { writeRows } from './rows/writeRows';
import type { Dataverse } from './types';

const ID = '6d81597f-0f9f-e711-8122-000d3aa2331c';
const OTHER = '2e451703-1111-4222-8333-000d3aa2331c';
const ROOT = '/api/data/v9.2/';

let server: HttpServer;

async function dataverse(answer: (request: Received, number: number) => Reply): Promise<Dataverse> {
  server = await startHttpServer(answer);
  const clock = jumpingClock();
  const send = createSend({ transport: fetchTransport(), retry: { clock, attempts: 2 } });
  return createDataverse({ url: server.origin, send }, { clock });
}

afterEach(async () => await server?.close());

describe('an answer without OData-Version', () => {
  it.each([
    ['update', (client: Dataverse) => client.update('accounts', ID, { name: 'x' })],
    ['upsert', (client: Dataverse) => client.upsert('accounts', ID, { name: 'x' })],
    ['delete', (client: Dataverse) => client.delete('accounts', ID)],
    ['action', (client: Dataverse) => client.callAction('CancelSalesOrder', { Status: 4 })],
    [
      'associate',
      (client: Dataverse) =>
        client.associate({ set: 'accounts', key: ID }, 'contacts', { set: 'contacts', key: ID }),
    ],
  ])('is success where nothing but 204 is promised: %s', async (_, write) => {
    const client = await dataverse(() => ({ status: 204 }));
    await expect(write(client)).resolves.not.toThrow();
    expect(server.received).toHaveLength(1);
  });

  it('is success where a create names its row', async () => {
    const client = await dataverse(() => ({
      status: 204,
      headers: { 'OData-EntityId': `https://gateway.example/x/accounts(${ID})` },
    }));
    expect(await client.create('accounts', {})).toMatchObject({ id: ID, created: true });
  });

  it('is none where a create does not say what became of it', async () => {
    const client = await dataverse(() => ({ status: 204 }));
    const failure = { class: 'transient', code: 'NOT_DATAVERSE' };
    await expect(client.create('accounts', {})).rejects.toMatchObject(failure);
  });

  it('is none where a page stands in place of the service', async () => {
    const client = await dataverse(() => ({
      status: 204,
      headers: { 'content-type': 'text/html' },
    }));
    await expect(client.delete('accounts', ID)).rejects.toMatchObject({ code: 'NOT_DATAVERSE' });
  });
});

describe('next link', () => {
  const page = (nextLink: unknown, id: string): Reply => ({
    body: { value: [{ accountid: id }], '@odata.nextLink': nextLink },
  });

  it.each([
    ['relative to the request', 'accounts?$skiptoken=2', `${ROOT}accounts?$skiptoken=2`],
    ['relative to the host', `${ROOT}accounts?$skiptoken=2`, `${ROOT}accounts?$skiptoken=2`],
    [
      'in another spelling of the version',
      '/api/data/v9.1/accounts?$skiptoken=2',
      '/api/data/v9.1/accounts?$skiptoken=2',
    ],
  ])('%s is followed', async (_, nextLink, url) => {
    const client = await dataverse((_request, number) =>
      number === 1 ? page(nextLink, ID) : page(undefined, OTHER),
    );
    expect(await client.list('accounts')).toHaveLength(2);
    expect(server.received[1]?.url).toBe(url);
  });

  it.each([null, ''])('%j ends the list', async (nextLink) => {
    const client = await dataverse(() => page(nextLink, ID));
    expect(await client.list('accounts')).toHaveLength(1);
    expect(server.received).toHaveLength(1);
  });

  it.each(['{}', '{"value":null}', '{"message":"Welcome"}'])(
    'belongs to a list, and an answer without one is no empty list: %s',
    async (body) => {
      const headers = { 'content-type': 'application/json' };
      const client = await dataverse(() => ({ headers, body }));
      const failure = { class: 'transient', code: 'NOT_DATAVERSE' };
      await expect(client.list('accounts')).rejects.toMatchObject(failure);
      const query = { set: 'accounts', column: 'accountid', values: [ID], select: [] };
      await expect(listIn(client, [query])).rejects.toMatchObject(failure);
      await expect(createMetadata(client).table('account')).rejects.toMatchObject(failure);
    },
  );

  it('is followed where many values are looked for', async () => {
    const client = await dataverse((_request, number) =>
      number === 1 ? page(`accounts?$skiptoken=2`, ID) : page(undefined, OTHER),
    );
    const query = { set: 'accounts', column: 'accountid', values: [ID, OTHER], select: [] };
    expect(await listIn(client, [query])).toEqual([[{ accountid: ID }, { accountid: OTHER }]]);
  });
});

describe('batch', () => {
  const OPERATIONS: BatchOperation[] = [
    getOperation('accounts', ID),
    deleteOperation('accounts', ID),
    { changeSet: [updateOperation('accounts', ID, {}), updateOperation('accounts', OTHER, {})] },
  ];

  const answered = (lines: string[], type: string): Reply => ({
    headers: { 'Content-Type': type },
    body: lines.join(''),
  });

  const CHANGES = (ids: [string, string], eol: string) => [
    `Content-Type: multipart/mixed; boundary=c${eol}Content-Length: 300${eol}${eol}`,
    `--c${eol}content-type: application/http${eol}${ids[0]}${eol}`,
    `HTTP/1.1 204 No Content${eol}ODATA-ENTITYID: https://x/accounts(${ID})${eol}${eol}${eol}`,
    `--c${eol}content-type: application/http${eol}${ids[1]}${eol}`,
    `HTTP/1.1 204 No Content${eol}${eol}${eol}--c--${eol}`,
  ];

  const body = (ids: [string, string], eol: string): string[] => [
    `--b${eol}CONTENT-TYPE: application/http${eol}${eol}`,
    `HTTP/1.1 200 OK${eol}CONTENT-TYPE: application/json${eol}${eol}{${eol}${eol}"name": "A"}${eol}`,
    `--b${eol}${eol}HTTP/1.1 204${eol}${eol}${eol}--b${eol}`,
    ...CHANGES(ids, eol),
    `${eol}--b--`,
  ];

  it.each([
    ['CRLF', body(['', ''], '\r\n'), 'multipart/mixed;boundary=b'],
    ['LF', body(['', ''], '\n'), 'Multipart/Mixed; boundary="b"; charset=utf-8'],
    [
      'a preamble and an epilogue',
      ['This is a multipart answer\r\n', ...body(['', ''], '\r\n'), '\r\nend\r\n'],
      'multipart/mixed; charset=utf-8; BOUNDARY=b',
    ],
    [
      'Content-IDs of its own',
      body(['Content-ID: <a>\r\n', 'Content-ID: <b>\r\n'], '\r\n'),
      'multipart/mixed; boundary=b',
    ],
    [
      'members out of order',
      body(['Content-ID: 2\r\n', 'Content-ID: 1\r\n'], '\r\n'),
      'multipart/mixed; boundary=b',
    ],
  ])('is read with %s', async (_, lines, type) => {
    const client = await dataverse(() => answered(lines, type));
    const outcomes = await client.batch(OPERATIONS);
    expect(outcomes).toMatchObject([
      { ok: true, value: { body: { name: 'A' } } },
      { ok: true, value: { status: 204 } },
      { ok: true, members: [{ ok: true }, { ok: true }] },
    ]);
    expect(server.received).toHaveLength(1);
  });

  it('writes the names of headers in the case that all write them', async () => {
    const client = await dataverse(() => answered(['--b--'], 'multipart/mixed; boundary=b'));
    await client.batch([updateOperation('accounts', ID, { name: 'x' })], { attempts: 1 });
    const names = [...(server.received[0]?.body ?? '').matchAll(/^([\w-]+): /gm)];
    expect(names.map(([, name]) => name)).toEqual([
      'Content-Type',
      'Content-Transfer-Encoding',
      'Accept',
      'Content-Type',
      'If-Match',
    ]);
  });

  it('is asked for as Dataverse wants it, and an update says that its row must be there', async () => {
    const client = await dataverse(() => answered(['--b--'], 'multipart/mixed; boundary=b'));
    await client.batch([updateOperation('accounts', ID, { name: 'x' })], { attempts: 1 });
    expect(server.received[0]?.headers.accept).toBe('application/json');
    expect(server.received[0]?.body).toContain('If-Match: *');
  });

  it('keeps what a service says that does not go on after an error', async () => {
    const client = await dataverse((request, number) => {
      const asked = readSingles(request);
      const text = `HTTP/1.1 404 Not Found\n\n{"error":{"code":"","message":"gone"}}`;
      const fine = 'HTTP/1.1 204 No Content\n\n';
      const parts = number === 1 ? [text] : asked.map(() => fine);
      return {
        status: number === 1 ? 404 : 200,
        headers: { 'content-type': 'multipart/mixed; boundary=b' },
        body: `${parts.map((part) => `--b\n\n${part}\n`).join('')}--b--`,
      };
    });
    const outcomes = await client.batch([
      deleteOperation('accounts', ID),
      deleteOperation('accounts', OTHER),
    ]);
    expect(outcomes).toMatchObject([{ ok: false, error: { class: 'not-found' } }, { ok: true }]);
  });
});

describe('a read in between', () => {
  it.each([
    ['a page', 'text/html', '<html>'],
    ['nothing', 'application/json', ''],
    ['a list', 'application/json', '[]'],
  ])('is a failure where the answer is %s, alone and in a batch', async (_, type, body) => {
    const client = await dataverse(({ url }) => {
      const headers = { 'content-type': type, 'odata-version': '4.0' };
      if (!url.endsWith('$batch')) return { headers, body };
      const part = `--b\n\nHTTP/1.1 200 OK\nContent-Type: ${type}\n\n${body}\n`;
      const multipart = { 'content-type': 'multipart/mixed; boundary=b' };
      return { headers: multipart, body: `${part}${part}--b--` };
    });
    const failure = { ok: false, error: { class: 'transient', code: 'NOT_DATAVERSE' } };
    const read = getOperation('accounts', ID);
    expect(await sendAll(client, [read])).toMatchObject([failure]);
    expect(await sendAll(client, [read, read])).toMatchObject([failure, failure]);
  });
});

describe('a write that does not say what became of it', () => {
  it('keeps the key that it was sent with', async () => {
    const client = await dataverse(() => ({ status: 204 }));
    const write = { set: 'accounts', primaryId: 'accountid', row: { accountid: ID, name: 'x' } };
    expect(await writeRows(client, 'upsert', [write])).toMatchObject([
      { ok: true, value: { id: ID } },
    ]);
  });

  it('is a create where only a create was asked for', async () => {
    const client = await dataverse(() => ({ status: 200, body: { accountid: ID } }));
    const row = { accountid: ID };
    const write = { set: 'accounts', primaryId: 'accountid', row };
    const outcomes = await writeRows(client, 'create', [write], { returnRow: true });
    expect(outcomes).toMatchObject([{ ok: true, value: { id: ID, outcome: 'created' } }]);
  });

  it('finds the ID behind the name of the key', async () => {
    const client = await dataverse(() => ({
      status: 204,
      headers: { 'odata-entityid': `https://x${ROOT}accounts(accountid=${ID})` },
    }));
    const upsert = (primaryId: string) =>
      client.upsert('accounts', { accountnumber: 'A' }, {}, { primaryId });
    expect(await upsert('accountid')).toMatchObject({ id: ID });
    expect(await upsert('otherid')).toMatchObject({ id: undefined });
  });
});

describe('errors', () => {
  it.each([
    ['no body', 403, undefined, 'permission'],
    ['an HTML page', 404, '<html>Not found</html>', 'not-found'],
    ['a text in place of the object', 400, '{"error":"invalid_request"}', 'validation'],
    [
      'a code in another spelling',
      500,
      '{"error":{"code":"0X80040217","message":"x"}}',
      'not-found',
    ],
    [
      'an empty code',
      412,
      '{"error":{"code":"","message":"A record with matching key values already exists."}}',
      'duplicate',
    ],
    [
      'a conflict that tells of a row',
      409,
      '{"error":{"message":"Row already exists"}}',
      'duplicate',
    ],
    ['another conflict', 409, '{"error":{"message":"Row was changed"}}', 'conflict'],
    ['null', 401, 'null', 'authentication'],
    ['a list', 429, '[]', 'throttled'],
  ])('with %s are told apart by their status', async (_, status, body, errorClass) => {
    const client = await dataverse(() => ({ status, body }));
    const error = { class: errorClass, status };
    await expect(client.get('accounts', ID)).rejects.toMatchObject(error);
  });
});

describe('metadata', () => {
  it('takes tables without labels, and says nothing of those that cannot be reached', async () => {
    const client = await dataverse(() => ({
      body: {
        value: [
          { LogicalName: 'account', EntitySetName: 'accounts', PrimaryIdAttribute: 'accountid' },
          { LogicalName: 'x', EntitySetName: null, DisplayName: null, PrimaryIdAttribute: 'xid' },
          {
            LogicalName: 'y',
            EntitySetName: 'ys',
            DisplayName: { LocalizedLabels: [], UserLocalizedLabel: null },
            PrimaryIdAttribute: 'yid',
          },
        ],
      },
    }));
    expect(await createMetadata(client).tables()).toMatchObject([
      { logicalName: 'account', displayName: 'account' },
      { logicalName: 'y', displayName: 'y' },
    ]);
  });
});
