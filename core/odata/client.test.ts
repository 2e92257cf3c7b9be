import { batchReply, httpPart, readSingles } from '../../test/support/batchServer';
import { jumpingClock } from '../../test/support/clock';
import { DEPOT } from '../../test/support/depot';
import {
  type HttpServer,
  type Received,
  type Reply,
  startHttpServer,
} from '../../test/support/httpServer';
import { fetchTransport } from '../http/fetch';
import { createSend } from '../http/send';
import { createODataClient } from './client';
import { listIn } from './listIn';
import { createOperation, getOperation, updateOperation } from './operations';
import { eq } from './query';
import { sendAll } from './sendAll';
import type { ODataClient } from './types';

const KEY = { dataAreaId: 'usmf', OrderNumber: "SO/1'2" };
const IN_ADDRESS = "Orders(dataAreaId='usmf',OrderNumber='SO%2F1''2')";

const refused = (message: string, type = 'WriteException') => ({
  status: 400,
  headers: { 'x-depot-request': 'r-1' },
  body: {
    error: {
      code: '',
      message: 'An error has occurred.',
      innererror: { message: `Write failed. Log: ${message}`, type, stacktrace: 'at Secret.Place' },
    },
  },
});

let server: HttpServer;
let client: ODataClient;

async function depot(
  answer: (request: Received, number: number) => Reply,
  service = DEPOT,
): Promise<void> {
  server = await startHttpServer(answer);
  const clock = jumpingClock();
  const send = createSend({ transport: fetchTransport(), retry: { clock, attempts: 2 } });
  client = createODataClient(service, { url: server.origin, send }, { clock });
}

afterEach(async () => await server.close());

it('asks a plain service for nothing that only another understands', async () => {
  await depot((request) =>
    request.url.endsWith('$batch')
      ? batchReply(readSingles(request).map(() => httpPart({ body: { value: [] } })))
      : { body: { value: [] } },
  );
  await client.list('Orders', { filter: eq('Status', '100% [a_b]') });
  await client.update('Orders', KEY, { Status: 'Open' });
  await client.upsert('Orders', KEY, { Status: 'Open' }, { mode: 'update-only' });
  await client.update('Orders', KEY, { Status: 'Open' }, { ifMatch: 'W/"1"' });
  const values = ['100%', 'a_b', '[c]', "d'e"];
  await listIn(client, [{ set: 'Orders', column: 'Status', values, select: ['Status'] }]);
  await client.batch([
    updateOperation(DEPOT, 'Orders', KEY, {}),
    getOperation(DEPOT, 'Orders', KEY),
  ]);

  const sent = server.received.map(({ url, headers, body }) => ({
    text: `${decodeURIComponent(url)}\n${decodeURIComponent(body.replace(/%(?![0-9A-F]{2})/g, '%25'))}`,
    accept: headers.accept,
    match: headers['if-match'],
    none: headers['if-none-match'],
  }));
  for (const { text } of sent)
    expect(text).not.toMatch(/Microsoft|\[%\]|\[_\]|\[\[\]|If-(None-)?Match/);
  expect(sent.map(({ none }) => none)).toEqual(sent.map(() => undefined));
  expect(sent.map(({ match }) => match).filter(Boolean)).toEqual(['W/"1"']);
  const batches = sent.filter(({ text }) => text.startsWith('/data/$batch'));
  expect(batches.length).toBeGreaterThan(1);
  for (const { accept } of batches) expect(accept).toBe('multipart/mixed');
});

it('makes no row by its key in a service that does not', async () => {
  await depot(() => ({ status: 204 }));
  await expect(client.upsert('Orders', KEY, {})).rejects.toMatchObject({
    class: 'validation',
    message: 'Depot makes no row by its key.',
  });
  expect(server.received).toEqual([]);
});

describe.each([
  [true, 'not-found'],
  [undefined, 'conflict'],
] as const)('a 412 to If-Match: *, where absentIs412 is %s', (absentIs412, means) => {
  const anyVersion = { 'If-Match': '*' };
  const update = (headers = {}) => updateOperation(DEPOT, 'Orders', KEY, {}, { headers });
  const changed = (message: string) => ({
    status: 412,
    body: { error: { innererror: { message: `Log: ${message}` } } },
  });

  it(`is ${means}`, async () => {
    const reply = changed('Precondition failed');
    await depot(
      (request) =>
        request.url.endsWith('$batch')
          ? batchReply(readSingles(request).map(() => httpPart(reply)))
          : reply,
      { ...DEPOT, absentIs412 },
    );
    const [alone] = await sendAll(client, [update(anyVersion)]);
    expect(alone).toMatchObject({ error: { class: means, status: 412 } });
    const many = await sendAll(client, [update(anyVersion), update({ 'if-match': 'W/"1"' })]);
    expect(many).toMatchObject([{ error: { class: means } }, { error: { class: 'conflict' } }]);
    const [set] = await sendAll(client, [{ changeSet: [update(anyVersion)] }]);
    expect(set).toMatchObject({ error: { class: means } });
  });

  it('is what its text says, where that says more', async () => {
    await depot(() => changed('Already exists'), { ...DEPOT, absentIs412 });
    await expect(client.request(update(anyVersion))).rejects.toMatchObject({ class: 'duplicate' });
  });
});

describe('a service with keys of several columns', () => {
  it('is read and written by them, below its own path', async () => {
    await depot(({ method }) =>
      method === 'POST'
        ? { status: 201, headers: { location: "/data/Orders(dataAreaId='usmf',OrderNumber='7')" } }
        : { body: { OrderNumber: '7' } },
    );
    expect(await client.get('Orders', KEY, { select: ['OrderNumber'] })).toEqual({
      OrderNumber: '7',
    });
    await client.update('Orders', KEY, { Status: 'Open' });
    expect(server.received.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `GET /data/${IN_ADDRESS}?$select=OrderNumber`,
      `PATCH /data/${IN_ADDRESS}`,
    ]);
    expect(server.received[0]?.headers).toMatchObject({
      'x-priority': 'low',
      'odata-version': '4.0',
    });
    expect(server.received[0]?.headers).not.toHaveProperty('if-none-match');
  });

  it('says by its own key what was created', async () => {
    await depot(() => ({
      status: 204,
      headers: { 'odata-entityid': "/data/Orders(dataAreaId='usmf',OrderNumber='7')" },
    }));
    expect(await client.create('Orders', { dataAreaId: 'usmf' })).toEqual({
      id: "dataAreaId='usmf',OrderNumber='7'",
      created: true,
    });
  });

  it('writes a key value in its own way, and refuses what is no key in its own words', async () => {
    await depot(() => ({ body: {} }));
    await client.get('Lines', { dataAreaId: 'usmf', LineNumber: '1.5' });
    expect(server.received[0]?.url).toBe("/data/Lines(dataAreaId='usmf',LineNumber=1.5)");
    await expect(client.get('Lines', 'x')).rejects.toThrow('"x" names no row');
    await expect(client.get('Lines', {})).rejects.toThrow('The key has no columns');
    await expect(client.get('a b', KEY)).rejects.toThrow('"a b" is not the name of a collection');
    await expect(client.list('Lines', { select: ['a b'] })).rejects.toThrow('of a field');
    await expect(client.request({ method: 'GET', path: '/api/data/v9.2/x' })).rejects.toThrow(
      'leads out of the data of this depot',
    );
  });

  it('calls its bound actions by its own namespace', async () => {
    await depot(() => ({ status: 204 }));
    await client.callAction('Confirm', {}, { set: 'Orders', key: KEY });
    expect(server.received[0]?.url).toBe(`/data/${IN_ADDRESS}/Depot.Data.Confirm`);
  });
});

describe('a service with errors of its own form', () => {
  it('is understood alone and in a batch, and its stack trace stays inside', async () => {
    const answer = refused("The value 'Local' is not found.");
    await depot(({ url }) =>
      url.endsWith('$batch') ? batchReply([httpPart(answer), httpPart(answer)]) : answer,
    );
    const failure = {
      class: 'validation',
      message: "Depot refused the request: The value 'Local' is not found.",
      requestId: 'r-1',
    };
    await expect(client.create('Orders', {})).rejects.toMatchObject(failure);
    const operations = [1, 2].map((Number) => createOperation(DEPOT, 'Orders', { Number }));
    expect(await client.batch(operations)).toMatchObject([
      { ok: false, error: failure },
      { ok: false, error: failure },
    ]);
  });

  it('decides by a known code whether to try again', async () => {
    await depot((request, number) =>
      batchReply(
        readSingles(request).map(() =>
          httpPart(number === 1 ? refused('Counting', 'Locked') : { body: { value: [] } }),
        ),
      ),
    );
    const read = getOperation(DEPOT, 'Orders', KEY);
    expect(await client.batch([read, read])).toMatchObject([{ ok: true }, { ok: true }]);
    expect(server.received).toHaveLength(2);
  });

  it('is told from what stands in front of it', async () => {
    await depot(() => ({ headers: { 'content-type': 'text/html' }, body: '<html>' }));
    await expect(client.list('Orders')).rejects.toMatchObject({
      code: 'NOT_DEPOT',
      message: 'Something in front of Depot answered: text/html, status 200',
      fix: expect.stringMatching(/^Check the depot address in the credential/) as string,
    });
  });
});

describe('a service with limits of its own', () => {
  it('gets no more operations in a batch and no longer address than it takes', async () => {
    await depot((request) =>
      batchReply(readSingles(request).map(() => httpPart({ body: { value: [] } }))),
    );
    const reads = Array.from({ length: 7 }, () => getOperation(DEPOT, 'Orders', KEY));
    expect((await sendAll(client, reads)).every(({ ok }) => ok)).toBe(true);
    expect(server.received.map((request) => readSingles(request).length)).toEqual([3, 3, 1]);
    expect(readSingles(server.received[0] as Received)[0]).toEqual({
      method: 'GET',
      path: `/data/${IN_ADDRESS}`,
      headers: { accept: 'application/json' },
      json: undefined,
    });

    await client.list('Orders', { filter: eq('Name', 'x'.repeat(400)) });
    expect(server.received.at(-1)?.url).toBe('/data/$batch');
    const [tooLong] = await client.batch([{ method: 'GET', path: 'x'.repeat(2_001) }]);
    expect(tooLong).toMatchObject({
      ok: false,
      error: { message: 'An address is 2001 characters long; Depot takes 2,000.' },
    });
  });

  it('is followed from page to page, and asked for no larger page than it gives', async () => {
    await depot(({ url }) =>
      url.includes('page=2')
        ? { body: { value: [{ n: 3 }] } }
        : { body: { value: [{ n: 1 }, { n: 2 }], '@odata.nextLink': 'Orders?page=2' } },
    );
    expect(await client.list('Orders', {}, { limit: 10 })).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    expect(server.received.map(({ url }) => url)).toEqual(['/data/Orders', '/data/Orders?page=2']);
    expect(server.received[0]?.headers.prefer).toBe('odata.maxpagesize=2');
  });

  it('is asked for many values by comparing with each, a few at a time', async () => {
    await depot((request) =>
      batchReply(readSingles(request).map(({ path }) => httpPart({ body: { value: [{ path }] } }))),
    );
    const query = { set: 'Items', column: 'ItemNumber', select: ['ItemNumber'] };
    const [rows = []] = await listIn(client, [{ ...query, values: ['A', "B'2", 'C'] }]);
    expect(rows.map(({ path }) => decodeURIComponent(String(path)))).toEqual([
      "/data/Items?$select=ItemNumber&$filter=(ItemNumber eq 'A' or ItemNumber eq 'B''2')",
      "/data/Items?$select=ItemNumber&$filter=ItemNumber eq 'C'",
    ]);
  });
});
