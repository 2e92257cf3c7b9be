import {
  batchReply,
  changeSetPart,
  failureOf,
  httpPart,
  readBatch,
  readSingles,
} from '../../../test/support/batchServer';
import { jumpingClock } from '../../../test/support/clock';
import {
  type HttpServer,
  type Received,
  type Reply,
  startHttpServer,
} from '../../../test/support/httpServer';
import { fetchTransport } from '../../http/fetch';
import { createSend } from '../../http/send';
import type { BatchOperation, BatchOutcome, SingleOperation } from '../../odata/types';
import { createDataverse } from './client';

let server: HttpServer;
let clock = jumpingClock();

async function dataverse(answer: (request: Received, number: number) => Reply, timeoutMs = 5_000) {
  server = await startHttpServer(answer);
  clock = jumpingClock();
  const send = createSend({ transport: fetchTransport(), retry: { clock, attempts: 3 } });
  return createDataverse({ url: server.origin, send, timeoutMs }, { clock });
}

afterEach(async () => await server.close());

const create = (name: string, repeatable?: boolean): SingleOperation => ({
  method: 'POST',
  path: 'accounts',
  body: { name },
  repeatable,
});

const names = (request: Received) =>
  readSingles(request).map(({ json }) => (json as { name: string }).name);

const summary = (outcomes: BatchOutcome[]) =>
  outcomes.map((outcome) => (outcome.ok ? outcome.value.status : outcome.error.class));

describe('batch', () => {
  it('puts many into few requests, and answers each in its place', async () => {
    const client = await dataverse((request) =>
      batchReply(
        names(request).map((name) =>
          Number(name) % 10 === 3
            ? httpPart(failureOf(412, '0x80040237', 'Cannot insert duplicate key.'))
            : httpPart({ headers: { 'OData-EntityId': `x(${name})` } }),
        ),
      ),
    );
    const outcomes = await client.batch(
      Array.from({ length: 1_000 }, (_, index) => create(`${index}`)),
    );
    expect(server.received).toHaveLength(16);
    outcomes.forEach((outcome, index) => {
      if (index % 10 === 3) {
        const error = { class: 'duplicate', requestId: 'req-1' };
        expect(outcome).toMatchObject({ ok: false, error });
      } else {
        const headers = { 'odata-entityid': `x(${index})` };
        expect(outcome).toMatchObject({ ok: true, value: { headers } });
      }
    });
  });

  it('writes what the protocol asks for', async () => {
    const client = await dataverse((request) =>
      batchReply(readSingles(request).map(() => httpPart({}))),
    );
    await client.batch([
      create('Grüße "x"\r\n--batch_'),
      { method: 'GET', path: 'accounts?$select=name', headers: { Prefer: 'odata.maxpagesize=5' } },
    ]);
    const [request] = server.received as [Received];
    expect(request.url).toBe('/api/data/v9.2/$batch');
    expect(request.headers).toMatchObject({
      prefer: 'odata.continue-on-error',
      'odata-version': '4.0',
      'if-none-match': 'null',
    });
    expect(request.headers['content-type']).toMatch(/^multipart\/mixed; boundary="batch_[^"]+"$/);
    expect(request.body.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(readSingles(request)).toEqual([
      {
        method: 'POST',
        path: '/api/data/v9.2/accounts',
        headers: { accept: 'application/json', 'content-type': 'application/json; charset=utf-8' },
        json: { name: 'Grüße "x"\r\n--batch_' },
      },
      {
        method: 'GET',
        path: '/api/data/v9.2/accounts?$select=name',
        headers: {
          accept: 'application/json',
          'if-none-match': 'null',
          prefer: 'odata.maxpagesize=5',
        },
        json: undefined,
      },
    ]);
  });

  it('sends only the throttled ones again, after the pause that was asked for', async () => {
    const client = await dataverse((request, number) =>
      batchReply(
        names(request).map((name) =>
          number === 1 && name !== 'b'
            ? httpPart({
                ...failureOf(429, '0x80072322', 'Too many'),
                headers: { 'Retry-After': name === 'a' ? '7' : '23' },
              })
            : httpPart({}),
        ),
      ),
    );
    expect(summary(await client.batch(['a', 'b', 'c'].map((name) => create(name))))).toEqual([
      204, 204, 204,
    ]);
    expect(server.received.map(names)).toEqual([
      ['a', 'b', 'c'],
      ['a', 'c'],
    ]);
    expect(clock.waits).toEqual([23_000]);
  });

  it('repeats after an unavailable service only what may be repeated', async () => {
    const client = await dataverse((request, number) =>
      batchReply(names(request).map(() => httpPart(number === 1 ? { status: 503 } : {}))),
    );
    const outcomes = await client.batch([create('a'), create('b', true)]);
    expect(summary(outcomes)).toEqual(['transient', 204]);
    expect(server.received.map(names)).toEqual([['a', 'b'], ['b']]);
  });

  it('gives up on a service that stays throttled', async () => {
    const client = await dataverse((request) =>
      batchReply(names(request).map(() => httpPart(failureOf(429, '0x80072326', 'Too many')))),
    );
    expect(summary(await client.batch([create('a')]))).toEqual(['throttled']);
    expect(server.received).toHaveLength(4);
  });

  it('waits no longer than it may: the rest is for whoever sends it again', async () => {
    const reply = failureOf(429, '0x80072322', 'Number of requests exceeded the limit');
    server = await startHttpServer((request) =>
      batchReply(
        names(request).map((name) =>
          httpPart(name === 'a' ? {} : { ...reply, headers: { 'Retry-After': '300' } }),
        ),
      ),
    );
    const send = createSend({ transport: fetchTransport(), retry: { clock: jumpingClock() } });
    const client = createDataverse({ url: server.origin, send, maxWaitMs: 30_000 });
    const outcomes = await client.batch([create('a'), create('b')]);
    expect(summary(outcomes)).toEqual([204, 'throttled']);
    expect(outcomes[1]).toMatchObject({ error: { retryAfterMs: 300_000 } });
    expect(server.received).toHaveLength(1);
  });

  it('sends the rest again where the service stopped at a failure', async () => {
    const client = await dataverse((request) => {
      const answers: string[] = [];
      for (const name of names(request)) {
        answers.push(httpPart(name.startsWith('bad') ? failureOf(400, '0x80040203', name) : {}));
        if (name.startsWith('bad')) return batchReply(answers, 400);
      }
      return batchReply(answers);
    });
    const outcomes = await client.batch(
      ['a', 'bad1', 'c', 'bad2', 'e'].map((name) => create(name)),
    );
    expect(summary(outcomes)).toEqual([204, 'validation', 204, 'validation', 204]);
    expect(server.received.map(names)).toEqual([
      ['a', 'bad1', 'c', 'bad2', 'e'],
      ['c', 'bad2', 'e'],
      ['e'],
    ]);
  });

  it('sends a repeatable batch again after a time-out; what was written then shows as a duplicate', async () => {
    const written = new Set<string>();
    const client = await dataverse((request, number) => {
      const answers = names(request).map((name) => {
        const known = written.has(name);
        written.add(name);
        return httpPart(known ? failureOf(412, '0x80040237', 'Cannot insert duplicate key.') : {});
      });
      return { ...batchReply(answers), delayMs: number === 1 ? 3_000 : 0 };
    }, 1_000);
    const outcomes = await client.batch([create('a', true), create('b', true)]);
    expect(summary(outcomes)).toEqual(['duplicate', 'duplicate']);
    expect(written.size).toBe(2);
  });

  it('after a time-out repeats what it may, and calls the rest doubtful', async () => {
    const client = await dataverse((request, number) => {
      const answers = names(request).map(() => httpPart({}));
      return { ...batchReply(answers), delayMs: number === 1 ? 3_000 : 0 };
    }, 1_000);
    const outcomes = await client.batch([create('a'), create('b', true)]);
    expect(summary(outcomes)).toEqual(['transient', 204]);
    expect(outcomes[0]).toMatchObject({
      error: { message: expect.stringMatching(/not known/) as string },
    });
    expect(server.received.map(names)).toEqual([['a', 'b'], ['b']]);
  });

  it('takes an answer that was cut off for no answer', async () => {
    const client = await dataverse((request, number) => {
      const reply = batchReply(names(request).map(() => httpPart({})));
      const cut = (reply.body as string).slice(0, -60);
      return number === 1 ? { ...reply, body: cut } : reply;
    });
    const outcomes = await client.batch([create('a'), create('b', true), create('c')]);
    expect(summary(outcomes)).toEqual([204, 204, 'transient']);
    expect(server.received.map(names)).toEqual([['a', 'b', 'c']]);
  });

  it('tells every operation why the whole batch was refused', async () => {
    const client = await dataverse(() => ({
      status: 403,
      body: {
        error: { code: '0x80072560', message: 'The user is not a member of the organization.' },
      },
    }));
    expect(summary(await client.batch([create('a'), create('b')]))).toEqual([
      'permission',
      'permission',
    ]);
  });

  it('makes smaller ones of a batch that is too large', async () => {
    const client = await dataverse((request) => {
      const all = names(request);
      return all.length > 2 ? { status: 413 } : batchReply(all.map(() => httpPart({})));
    });
    const outcomes = await client.batch(['a', 'b', 'c', 'd', 'e'].map((name) => create(name)));
    expect(summary(outcomes)).toEqual([204, 204, 204, 204, 204]);
  });

  it('finds the one operation for which the whole batch is refused', async () => {
    const client = await dataverse((request) => {
      const all = names(request);
      if (all.includes('bad')) return { status: 400, body: failureOf(400, '0x8006088a', 'x').body };
      return batchReply(all.map(() => httpPart({})));
    });
    const operations = ['a', 'b', 'bad', 'c', 'd'].map((name) => create(name));
    expect(summary(await client.batch(operations))).toEqual([204, 204, 'validation', 204, 204]);
  });

  it.each([
    [
      'a page of a proxy',
      { headers: { 'content-type': 'text/html' }, body: '<html>Sign in</html>' },
    ],
    ['an empty answer', { status: 200 }],
    ['a redirect', { status: 302, headers: { location: 'https://login.example' } }],
  ])('takes %s for no answer, and asks again what it may', async (_, reply) => {
    const client = await dataverse((request, number) =>
      number === 1 ? reply : batchReply(names(request).map(() => httpPart({}))),
    );
    const outcomes = await client.batch([create('a', true), create('b')]);
    expect(summary(outcomes)).toEqual([204, 'transient']);
    expect(server.received.map(names)).toEqual([['a', 'b'], ['a']]);
  });

  it('keeps a batch below its size in bytes', async () => {
    const client = await dataverse((request) =>
      batchReply(readSingles(request).map(() => httpPart({}))),
    );
    await client.batch(Array.from({ length: 3 }, () => create('x'.repeat(5 * 1024 * 1024))));
    expect(server.received).toHaveLength(3);
  });

  it('refuses one that no batch can carry, and sends the others', async () => {
    const client = await dataverse((request) =>
      batchReply(readSingles(request).map(() => httpPart({}))),
    );
    const outcomes = await client.batch([
      create('a'),
      { method: 'GET', path: 'accounts HTTP/1.1\r\nX: y' },
      { method: 'GET', path: 'accounts', headers: { Prefer: 'a\r\nX: y' } },
      { changeSet: [] },
      { changeSet: [{ method: 'GET', path: 'accounts' }] },
    ]);
    expect(summary(outcomes)).toEqual([
      204,
      'validation',
      'validation',
      'validation',
      'validation',
    ]);
    expect(names(server.received[0] as Received)).toEqual(['a']);
  });

  it('sends nothing for nothing', async () => {
    const client = await dataverse(() => ({}));
    expect(await client.batch([])).toEqual([]);
    expect(server.received).toHaveLength(0);
  });
});

describe('change sets', () => {
  const changeSet: BatchOperation = {
    changeSet: [
      create('order'),
      { method: 'PATCH', path: '$1', body: { 'customerid_account@odata.bind': '$1' } },
    ],
  };

  it('answers for each member, in whatever order', async () => {
    const client = await dataverse(() =>
      batchReply([
        changeSetPart([
          httpPart({ status: 204, headers: { ETag: 'two' } }, 2),
          httpPart({ status: 201, headers: { ETag: 'one' }, body: { accountid: '1' } }, 1),
        ]),
      ]),
    );
    const [outcome] = await client.batch([changeSet]);
    expect(outcome).toMatchObject({
      ok: true,
      members: [
        { ok: true, value: { status: 201, headers: { etag: 'one' }, body: { accountid: '1' } } },
        { ok: true, value: { status: 204, headers: { etag: 'two' } } },
      ],
    });
    const [members] = readBatch(server.received[0] as Received);
    expect(members).toMatchObject([{ path: '/api/data/v9.2/accounts' }, { path: '$1' }]);
    expect(server.received[0]?.body).toMatch(/Content-ID: 1[\s\S]+Content-ID: 2/);
  });

  it('takes answers without numbers in their order', async () => {
    const member = (ETag: string) => httpPart({ headers: { ETag } });
    const answer = (etag: string) => ({ value: { headers: { etag } } });
    const client = await dataverse(() =>
      batchReply([changeSetPart([member('one'), member('two')])]),
    );
    expect(await client.batch([changeSet])).toMatchObject([
      { ok: true, members: [answer('one'), answer('two')] },
    ]);
  });

  const failure = failureOf(400, '0x80044331', 'too long');
  it.each([
    ['one single answer', httpPart(failure)],
    ['a multipart with one answer', changeSetPart([httpPart(failure, 2)])],
    ['a multipart without numbers', changeSetPart([httpPart(failure)])],
  ])('reports the reason for every member when it failed as %s', async (_, part) => {
    const client = await dataverse(() => batchReply([part, httpPart({ status: 200 })]));
    const [first, second] = await client.batch([changeSet, { method: 'GET', path: 'accounts' }]);
    const error = expect.objectContaining({ class: 'validation', code: '0x80044331' }) as object;
    expect(first).toMatchObject({ ok: false, error, members: [{ error }, { error }] });
    expect(second).toMatchObject({ ok: true, value: { status: 200 } });
  });

  it('is never divided', async () => {
    const client = await dataverse((request) =>
      batchReply(
        readBatch(request).map((set) =>
          changeSetPart([set].flat().map((_, place) => httpPart({}, place + 1))),
        ),
      ),
    );
    const sets = Array.from({ length: 9 }, () => ({
      changeSet: Array.from({ length: 4 }, (_, place) => create(`${place}`)),
    }));
    const outcomes = await client.batch(sets);
    expect(outcomes.every((outcome) => outcome.ok && outcome.members?.length === 4)).toBe(true);
    expect(server.received.map((request) => readBatch(request).length)).toEqual([2, 2, 2, 2, 1]);
  });
});
