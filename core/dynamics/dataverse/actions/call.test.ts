import { batchReply, failureOf, httpPart, readSingles } from '../../../../test/support/batchServer';
import { jumpingClock } from '../../../../test/support/clock';
import { type HttpServer, type Reply, startHttpServer } from '../../../../test/support/httpServer';
import { fetchTransport } from '../../../http/fetch';
import { createSend } from '../../../http/send';
import { createDataverse } from '../client';
import type { Dataverse } from '../types';
import { type ActionCall, type ActionName, callAction, callActions } from './call';

const ROOT = '/api/data/v9.2/';
const AT_ROOT = 'FulfillSalesOrder';
const BEHIND = 'salesorders/Microsoft.Dynamics.CRM.FulfillSalesOrder';
const FULFILL: ActionName = { name: 'FulfillSalesOrder', set: 'salesorders', usually: 'bound' };

const absent = (path: string, status = 404) =>
  failureOf(
    status,
    '0x80060888',
    `Resource not found for the segment '${path.split('/').at(-1) ?? ''}'.`,
  );

type Inner = (path: string, call: number) => ReturnType<typeof failureOf>;

/** Where each call that was carried out came in. */
let done: string[];
/** Requests, each as the paths in it. */
let asked: string[][];
let servers: HttpServer[] = [];

/** A service that has the action in the given places only, or answers in its own way. */
async function environment(places: string[] | Inner): Promise<Dataverse> {
  done = [];
  asked = [];
  const answer: Inner =
    typeof places === 'function'
      ? places
      : (path) => {
          if (!places.includes(path)) return absent(path);
          done.push(path);
          return { status: 204 };
        };
  const server = await startHttpServer((request): Reply => {
    const isBatch = request.url.endsWith('$batch');
    const paths = (isBatch ? readSingles(request).map(({ path }) => path) : [request.url]).map(
      (path) => path.replace(ROOT, ''),
    );
    asked.push(paths);
    const answers = paths.map((path) => answer(path, asked.length));
    const [only] = answers;
    if (isBatch) return batchReply(answers.map((each) => httpPart(each)));
    return { ...only, headers: { 'odata-version': '4.0', ...only?.headers } };
  });
  servers.push(server);
  const clock = jumpingClock();
  const send = createSend({ transport: fetchTransport(), retry: { clock, attempts: 2 } });
  return createDataverse({ url: server.origin, send }, { clock });
}

afterEach(async () => {
  await Promise.all(servers.map(async (server) => await server.close()));
  servers = [];
});

const calls = (count: number): ActionCall[] =>
  Array.from({ length: count }, (_, index) => ({ parameters: { Status: index } }));

const settled = (outcomes: { ok: boolean }[]) => outcomes.map(({ ok }) => ok);

it.each([
  ['the usual form', BEHIND, 0],
  ['the other form', AT_ROOT, 1],
])('calls an action in %s, and wastes no more than one request', async (_, place, wasted) => {
  const client = await environment([place]);
  expect(settled(await callActions(client, FULFILL, calls(30)))).toEqual(Array(30).fill(true));
  expect(done).toHaveLength(30);
  expect(asked.flat().filter((path) => path !== place)).toHaveLength(wasted);

  const before = asked.length;
  expect(settled(await callActions(client, FULFILL, calls(5)))).toEqual(Array(5).fill(true));
  expect(asked.slice(before)).toEqual([Array(5).fill(place)]);
});

it('lets runs that begin together wait for one of them to find the form', async () => {
  const client = await environment([AT_ROOT]);
  const runs = Array.from({ length: 8 }, () => callActions(client, FULFILL, calls(3)));
  for (const outcomes of await Promise.all(runs))
    expect(settled(outcomes)).toEqual([true, true, true]);
  expect(asked.flat().filter((path) => path === BEHIND)).toHaveLength(1);
  expect(done).toHaveLength(24);
});

it('remembers the form of each environment and of each action by itself', async () => {
  const first = await environment([AT_ROOT]);
  await callAction(first, FULFILL, { parameters: {} });
  const second = await environment([BEHIND, 'salesorders/Microsoft.Dynamics.CRM.CancelSalesOrder']);
  await callAction(second, FULFILL, { parameters: {} });
  await callAction(second, { ...FULFILL, name: 'CancelSalesOrder' }, { parameters: {} });
  expect(asked).toEqual([[BEHIND], ['salesorders/Microsoft.Dynamics.CRM.CancelSalesOrder']]);
});

it('learns nothing from a dry run, in which the service is not asked', async () => {
  const client = await environment([AT_ROOT]);
  const rehearsed = { status: 204, headers: {}, body: undefined };
  const dry: Dataverse = {
    ...client,
    dryRun: { note: () => {} },
    request: async () => rehearsed,
  };
  await callAction(dry, FULFILL, { parameters: {} });
  expect(asked).toEqual([]);
  await callAction(client, FULFILL, { parameters: {} });
  expect(asked).toEqual([[BEHIND], [AT_ROOT]]);
  await callAction(client, FULFILL, { parameters: {} });
  expect(asked).toEqual([[BEHIND], [AT_ROOT], [AT_ROOT]]);
});

it('is bound to a row where a key is given, and keeps headers', async () => {
  const id = '6d81597f-0f9f-e711-8122-000d3aa2331c';
  const client = await environment([`salesorders(${id})/Microsoft.Dynamics.CRM.FulfillSalesOrder`]);
  await callAction(client, FULFILL, { key: id, parameters: {}, headers: { 'x-test': '1' } });
  expect(done).toHaveLength(1);
  expect(servers[0]?.received[0]?.headers['x-test']).toBe('1');
});

it('goes over to the other form in mid-process where the remembered one is gone', async () => {
  let place = BEHIND;
  const client = await environment((path) => {
    if (path !== place) return absent(path);
    done.push(path);
    return { status: 204 };
  });
  await callActions(client, FULFILL, calls(2));
  place = AT_ROOT;
  expect(settled(await callActions(client, FULFILL, calls(3)))).toEqual([true, true, true]);
  await callActions(client, FULFILL, calls(1));
  expect(asked.at(-1)).toEqual([AT_ROOT]);
});

it.each([
  ['a segment, whatever the status', 400, `Resource not found for the segment '${AT_ROOT}'.`],
  [
    'a set behind which nothing of the name stands',
    400,
    "The request URI is not valid. Since the segment 'salesorders' refers to a collection, this must be the last segment in the request URI or it must be followed by an function or action that can be bound to it.",
  ],
])('takes %s for the proof that the action is not there', async (_, status, message) => {
  const client = await environment((path) =>
    path === AT_ROOT ? { status: 204 } : failureOf(status, '', message),
  );
  await expect(callAction(client, FULFILL, { parameters: {} })).resolves.toBeUndefined();
});

it.each([
  [
    'a row that is not there',
    404,
    '0x80040217',
    'salesorder With Id = 1 Does Not Exist',
    'not-found',
  ],
  [
    'a set that is not there',
    404,
    '0x80060888',
    "Resource not found for the segment 'salesorders'.",
    'validation',
  ],
  ['an empty refusal', 404, '', '', 'not-found'],
  ['a missing privilege', 403, '0x80040220', 'is missing prvWriteSalesOrder', 'permission'],
  ['a failure of the service', 500, '0x80040216', 'An unexpected error occurred.', 'transient'],
  ['a value that does not fit', 400, '0x80048408', '1 is not a valid status code', 'validation'],
])('calls nothing a second time after %s', async (_, status, code, message, errorClass) => {
  const client = await environment(() => failureOf(status, code, message));
  const outcomes = await callActions(client, FULFILL, calls(3));
  expect(outcomes).toMatchObject(
    Array(3).fill({ ok: false, error: { class: errorClass, status } }),
  );
  expect(asked.flat().filter((path) => path !== BEHIND)).toEqual([]);
});

it('says that the environment has no such action where it has it in neither form', async () => {
  const client = await environment([]);
  const failure = {
    class: 'configuration',
    message: 'There is no action FulfillSalesOrder in this environment.',
    fix: expect.stringContaining('Dynamics 365 Sales') as string,
  };
  expect(await callActions(client, FULFILL, calls(2))).toMatchObject([
    { ok: false, error: failure },
    { ok: false, error: failure },
  ]);
});

it('sends again only those calls that were not carried out', async () => {
  const client = await environment((path, request) => {
    // A server that is being updated: the form that has just answered is gone for a part of the batch.
    if (request > 1 && path === BEHIND && done.length % 2 === 1) {
      done.push('lost');
      return absent(path);
    }
    done.push(path);
    return { status: 204 };
  });
  expect(settled(await callActions(client, FULFILL, calls(5)))).toEqual(Array(5).fill(true));
  expect(done.filter((path) => path === AT_ROOT)).toHaveLength(
    done.filter((path) => path === 'lost').length,
  );
  expect(done.filter((path) => path !== 'lost')).toHaveLength(5);
});

it('does nothing for no calls', async () => {
  const client = await environment([]);
  expect(await callActions(client, FULFILL, [])).toEqual([]);
  expect(asked).toEqual([]);
});
