/** A made-up store whose API is as unlike X-Cart's as those of other stores are. */
import { sum } from 'lodash';
import { z } from 'zod';

import {
  type HttpServer,
  type Received,
  type Reply,
  startHttpServer,
} from '../../../test/support/httpServer';
import { fetchTransport } from '../../http/fetch';
import type { HttpRequest } from '../../http/types';
import { firstRows } from '../../http/pages';
import { createRestClient, type RestClient, type RestDescription } from './rest';

const row = z.object({ Id: z.number() }).passthrough();
const results = z.array(z.object({ Key: z.string(), Status: z.string() }));

let server: HttpServer;
let sent: HttpRequest[];
let answer: (request: Received) => Reply;

const offsetOf = ({ url }: Received): number =>
  Number(new URL(url, server.origin).searchParams.get('offset'));

const END = { Key: 'Error', Status: '404', Message: 'Offset amount exceeds the total of records' };

/** `count` records, a page never longer than `most`; past the end a refusal. */
function listOf(count: number, most = Infinity) {
  return (request: Received): Reply => {
    const limit = Number(new URL(request.url, server.origin).searchParams.get('limit'));
    const first = offsetOf(request);
    const size = Math.min(limit, most, count - first + 1);
    if (size < 1) return { status: 404, body: [END] };
    return { body: Array.from({ length: size }, (_, index) => ({ Id: first + index })) };
  };
}

function description(): RestDescription {
  return {
    base: `${server.origin}/v2`,
    headers: { SecureURL: 'https://shop.example' },
    words: {
      service: 'Shop',
      reasonAt: ['[0].Message', 'Message'],
      rules: [{ says: /locked/, class: 'conflict', fix: 'Unlock it.' }],
      fixes: { validation: 'Correct it.', 'not-found': 'Check the ID.' },
      redirected: 'Correct the address.',
      notJson: 'Check the address.',
      unexpectedShape: 'Check the version.',
    },
    paging: {
      at: 'offset',
      counts: 'rows',
      size: 'limit',
      maxSize: 300,
      honoursSize: true,
      isPastTheEnd: ({ body }) => /Offset amount exceeds/.test(JSON.stringify(body)),
    },
    refusalIn: (body) => {
      const parsed = z
        .tuple([z.object({ Key: z.literal('Error'), Status: z.string(), Message: z.string() })])
        .safeParse(body);
      if (!parsed.success) return undefined;
      const [{ Status: status, Message: reason }] = parsed.data;
      return { status: Number(status), reason };
    },
  };
}

let client: RestClient;

beforeEach(async () => {
  server = await startHttpServer((request) => answer(request));
  sent = [];
  const transport = fetchTransport();
  const send = async (request: HttpRequest) => {
    sent.push(request);
    return await transport(request);
  };
  client = createRestClient(description(), { send });
});

afterEach(async () => await server.close());

const all = async (maxPageSize?: number) =>
  await firstRows((options) => client.pages({ path: '/Orders', row, maxPageSize }, options), 1e9);

describe('pages that are counted by rows', () => {
  it.each([0, 1, 299, 300, 301, 600, 750])('come whole: %i', async (count) => {
    answer = listOf(count);
    expect((await all()).map(({ Id: id }) => id)).toEqual(
      Array.from({ length: count }, (_, index) => index + 1),
    );
  });

  it('go on behind what came, where the store gives fewer than asked for', async () => {
    answer = listOf(210, 100);
    expect(new Set((await all()).map(({ Id: id }) => id)).size).toBe(210);
    expect(server.received.map(offsetOf)).toEqual([1, 101, 201]);
  });

  it('are as long as the list allows, and begin where they are asked to', async () => {
    answer = listOf(450);
    await all(200);
    expect(server.received.map(({ url }) => url)).toEqual([
      '/v2/Orders?offset=1&limit=200',
      '/v2/Orders?offset=201&limit=200',
      '/v2/Orders?offset=401&limit=200',
    ]);
    for await (const rows of client.pages({ path: '/Orders', row }, { page: 3, pageSize: 100 })) {
      expect(rows[0]?.Id).toBe(201);
      break;
    }
  });

  it('go on behind rows, whose number is told of each page, where pages have lengths of their own', async () => {
    const lengths = [100, 70, 300];
    answer = (request) => listOf(470, lengths.shift())(request);
    const told: number[] = [];
    const seen: number[] = [];
    const read = async (after?: number) => {
      const place = { after, onRows: (rows: number) => told.push(rows) };
      for await (const rows of client.pages({ path: '/Orders', row }, place)) {
        seen.push(...rows.map(({ Id }) => Id));
        // The reader is interrupted behind each page.
        return;
      }
    };
    for (let after = 0; after < 470; after = sum(told)) await read(after);
    expect(told).toEqual([100, 70, 300]);
    expect(seen).toEqual(Array.from({ length: 470 }, (_, index) => index + 1));
  });

  it('lose and double nothing where a page fails and is read again, shorter than before', async () => {
    let isFirst = true;
    answer = (request) => {
      if (offsetOf(request) !== 301) return listOf(750)(request);
      const reply = isFirst ? { status: 503, body: {} } : listOf(750, 120)(request);
      isFirst = false;
      return reply;
    };
    const seen: number[] = [];
    const read = async (after?: number): Promise<void> => {
      const onRows = (rows: number): void => void (after = (after ?? 0) + rows);
      try {
        for await (const rows of client.pages({ path: '/Orders', row }, { after, onRows })) {
          seen.push(...rows.map(({ Id }) => Id));
        }
      } catch {
        await read(after);
      }
    };
    await read();
    expect(seen).toEqual(Array.from({ length: seen.length }, (_, index) => index + 1));
    expect(seen.length).toBe(750);
  });

  it('end only with the words for the end: any other 404 is a failure', async () => {
    answer = () => ({ status: 404, body: { Message: 'No HTTP resource was found' } });
    await expect(all()).rejects.toMatchObject({ class: 'not-found', status: 404 });
  });

  it('end also where the refusal comes with a status of success', async () => {
    answer = () => ({ body: [END] });
    expect(await all()).toEqual([]);
  });
});

describe('pages of a list that says how long it is', () => {
  const PAGE = { at: 'start', size: 'size', maxSize: 100 } as const;
  const paged = (counts: 'pages' | 'rows', first: 0 | 1): RestClient =>
    createRestClient(
      {
        ...description(),
        paging: { ...PAGE, counts, first },
        rowsIn: (body) => (body as { rows: unknown }).rows,
        totalIn: (body) => (body as { total?: number }).total,
      },
      { send: fetchTransport() },
    );
  const starts = (): Array<string | null> =>
    server.received.map(({ url }) => new URL(url, server.origin).searchParams.get('start'));
  const rows = (count: number): Array<{ Id: number }> =>
    Array.from({ length: count }, (_, index) => ({ Id: index }));

  it('end where it says so, without asking once more', async () => {
    answer = ({ url }) => ({ body: { rows: rows(100), total: 200, url } });
    await firstRows((page) => paged('pages', 1).pages({ path: '/x', row }, page), 1e9);
    expect(starts()).toEqual(['1', '2']);
  });

  it('go on behind a short page, where it says so', async () => {
    const pages = [rows(100), rows(37), rows(3)];
    answer = ({ url }) => ({ body: { rows: pages[starts().length - 1], total: 140, url } });
    const all = await firstRows((page) => paged('rows', 0).pages({ path: '/x', row }, page), 1e9);
    expect(all).toHaveLength(140);
    expect(starts()).toEqual(['0', '100', '137']);
  });

  it('end with an empty page, whatever it says', async () => {
    answer = ({ url }) => ({ body: { rows: [], total: 5, url } });
    await firstRows((page) => paged('pages', 0).pages({ path: '/x', row }, page), 1e9);
    expect(starts()).toEqual(['0']);
  });
});

describe('a refusal inside a success', () => {
  const refused = (status: string, message: string): void => {
    answer = () => ({ body: [{ Key: 'Error', Value: '', Status: status, Message: message }] });
  };

  it.each([
    ['400', 'Quantity is wrong', 'validation', 'Correct it.'],
    ['404', 'Order not found', 'not-found', 'Check the ID.'],
    ['400', 'The record is locked', 'conflict', 'Unlock it.'],
  ])('%s %s is %s', async (status, message, errorClass, fix) => {
    refused(status, message);
    const call = { method: 'PUT', path: '/Orders/1', body: {}, schema: results } as const;
    await expect(client.call(call)).rejects.toMatchObject({
      class: errorClass,
      status: Number(status),
      message: `Shop refused PUT /Orders/1 with status ${status}: ${message}`,
      fix,
    });
    await expect(client.remove('/Orders/1')).rejects.toMatchObject({ class: errorClass });
  });

  it('is left to the reader who knows that the answer tells of each', async () => {
    refused('400', 'one of many');
    const call = { method: 'PUT', path: '/Products', body: [], schema: results } as const;
    expect(await client.call({ ...call, isJudgedByReader: true })).toMatchObject([
      { Key: 'Error' },
    ]);
  });

  it('is read whatever the status says, where the answer is one that tells of each', async () => {
    const told = [{ Key: 'Error', Value: '', Status: '400', Message: 'one of many' }];
    const call = { method: 'PUT', path: '/Products', body: [], schema: results } as const;
    const isJudgedByReader = (said: unknown) => Array.isArray(said);
    answer = () => ({ status: 400, body: told });
    expect(await client.call({ ...call, isJudgedByReader })).toMatchObject([{ Key: 'Error' }]);
    answer = () => ({ status: 400, body: { Message: 'No list' } });
    await expect(client.call({ ...call, isJudgedByReader })).rejects.toMatchObject({ status: 400 });
  });
});

it('sends its own headers, repeats the name of a list, and says what may be sent twice', async () => {
  answer = () => ({ body: {} });
  const schema = z.unknown();
  const query = { status: ['1', '2'] };
  await client.call({ method: 'POST', path: '/Orders', query, body: {}, schema });
  await client.call({ method: 'PUT', path: '/Orders', body: {}, schema });
  await client.call({ method: 'POST', path: '/find', body: {}, schema, repeatable: true });
  expect(server.received[0]).toMatchObject({
    url: '/v2/Orders?status=1&status=2',
    headers: { secureurl: 'https://shop.example', 'content-type': 'application/json' },
  });
  expect(sent.map(({ repeatable }) => repeatable)).toEqual([false, true, true]);
});
