import { DEPOT } from '../../test/support/depot';
import { type HttpServer, type Reply, startHttpServer } from '../../test/support/httpServer';
import { fetchTransport } from '../http/fetch';
import { createSend } from '../http/send';
import { createODataClient } from './client';
import { countRows } from './count';

let server: HttpServer;
afterEach(async () => await server.close());

async function depot(answers: Reply[], countUpTo?: number) {
  server = await startHttpServer((_request, number) => answers[number - 1] ?? { status: 500 });
  const send = createSend({ transport: fetchTransport(), retry: false });
  const service = { ...DEPOT, limits: { ...DEPOT.limits, countUpTo } };
  return createODataClient(service, { url: server.origin, send });
}

const text = (body: string): Reply => ({
  headers: { 'content-type': 'text/plain', 'odata-version': '4.0' },
  body,
});

const asked = () => server.received.map(({ url }) => decodeURIComponent(url));

it.each([
  ['a number', '12'],
  ['a number behind a byte order mark', '\uFEFF12'],
])('is %s, of the rows that match', async (_, body) => {
  const client = await depot([text(body)]);
  expect(await countRows(client, { set: 'Items', filter: "Number eq '1'" })).toBe(12);
  expect(asked()).toEqual(["/data/Items/$count?$filter=Number eq '1'"]);
});

it('goes through the rows by their keys where the service counts no further', async () => {
  const rows = [{ Number: '1' }, { Number: '2' }];
  const client = await depot(
    [
      text('2'),
      { body: { value: rows, '@odata.nextLink': 'Items?$skiptoken=2' } },
      { body: { value: rows.slice(1) } },
    ],
    2,
  );
  expect(await countRows(client, { set: 'Items', key: 'Number' })).toBe(3);
  expect(asked()).toEqual([
    '/data/Items/$count',
    '/data/Items?$select=Number',
    '/data/Items?$skiptoken=2',
  ]);
});

it('is no number where something else has answered', async () => {
  const client = await depot([text('hello')]);
  await expect(countRows(client, { set: 'Items' })).rejects.toMatchObject({ class: 'unknown' });
});
