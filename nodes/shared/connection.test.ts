import type { IHttpRequestOptions } from 'n8n-workflow';

import { inDryRun, Journal } from '../../core/dryRun';
import { isCancelled } from '../../core/http/wait';
import type { Send } from '../../core/http/types';
import { settle } from '../../core/outcome';
import { manualClock, settled, type ManualClock } from '../../test/support/clock';
import { type Connection, serviceConnection } from './connection';
import type { RequestContext } from './transport';

interface Fields {
  url: string;
  key: string;
}

let clock: ManualClock;
let leftAt: number[];
let status: number;
let headers: Record<string, string>;

beforeEach(() => {
  clock = manualClock();
  leftAt = [];
  status = 200;
  headers = {};
});

let shops = 0;

/** A service that allows one request a second. */
function service(countedBy = ({ url, key }: Fields): string[] => [url, key]) {
  shops += 1;
  const url = `https://shop-${shops}.example`;
  const open = serviceConnection({
    credential: 'shopApi',
    settings: (fields) => fields as unknown as Fields,
    countedBy,
    limits: { start: 8, rate: { requests: 1, perMs: 1000 }, clock },
    create: (connection: Connection<Fields>) => connection,
  });
  const ask = async (key: string, more: object = {}) => {
    const { send } = await open(run({ url, key }, more), { retry: { clock } });
    return await send({ method: 'GET', url });
  };
  return { url, open, ask };
}

/** The context of one execution. */
function run(fields: Fields, more: object = {}): RequestContext {
  const httpRequestWithAuthentication = async (_: string, options: IHttpRequestOptions) => {
    if (options.abortSignal?.aborted) throw new Error('aborted');
    leftAt.push(clock.elapsed());
    return { statusCode: status, headers, body: '{}' };
  };
  return {
    getCredentials: async () => fields,
    getInputData: () => [],
    helpers: { httpRequestWithAuthentication },
    ...more,
  } as unknown as RequestContext;
}

const claimedItem = { json: { claim: { key: 'k', hash: 'h', token: 't' } } };

test('thirty executions with one credential share one throttle', async () => {
  const { ask } = service();
  const all = Array.from({ length: 30 }, () => ask('a'));
  await clock.advance(60_000);
  await Promise.all(all);
  expect(leftAt).toEqual(Array.from({ length: 30 }, (_, second) => second * 1000));
});

test('another credential has its own, also at the same service', async () => {
  const { ask } = service();
  await Promise.all([ask('a'), ask('b')]);
  expect(leftAt).toEqual([0, 0]);
});

test('what the service does not count by makes no difference', async () => {
  const { ask } = service(({ url }) => [url]);
  const all = [ask('a'), ask('b')];
  await clock.advance(1000);
  await Promise.all(all);
  expect(leftAt).toEqual([0, 1000]);
});

test('the same words as another kind of credential are another caller', async () => {
  const { url, ask } = service();
  const other = serviceConnection({
    credential: 'otherApi',
    settings: (fields) => fields as unknown as Fields,
    countedBy: (fields) => [fields.url, fields.key],
    limits: { clock },
    create: ({ send }: Connection<Fields>): Send => send,
  });
  const send = await other(run({ url, key: 'a' }));
  await Promise.all([ask('a'), send({ method: 'GET', url })]);
  expect(leftAt).toEqual([0, 0]);
});

describe('a service that asks for a long pause', () => {
  beforeEach(() => {
    status = 429;
    headers = { 'retry-after': '120' };
  });

  test.each([
    ['a ledger keeps the items', { getInputData: () => [claimedItem] }],
    ['a person waits in the editor', { getCurrentNodeParameters: () => ({}) }],
  ])('is not waited for where %s', async (_, more) => {
    const { url, open } = service();
    const connection = await open(run({ url, key: 'a' }, more));
    expect(connection.patienceMs).toBe(30_000);
    expect((await connection.send({ method: 'GET', url })).status).toBe(429);
    await expect(connection.send({ method: 'GET', url })).rejects.toMatchObject({
      code: 'RESTING',
      retryAfterMs: 120_000,
    });
    expect(leftAt).toEqual([0]);
  });

  test('is waited for as long as the caller says', async () => {
    const { url, open } = service();
    const { send } = await open(run({ url, key: 'a' }), { patienceMs: 60_000 });
    expect((await send({ method: 'GET', url })).status).toBe(429);
    await expect(send({ method: 'GET', url })).rejects.toMatchObject({ code: 'RESTING' });
  });

  test('is waited for otherwise', async () => {
    const { ask } = service();
    const asked = ask('a');
    await settled();
    status = 200;
    await clock.advance(120_000);
    expect((await asked).status).toBe(200);
    expect(leftAt).toEqual([0, 120_000]);
  });
});

test('a cancelled run ends what waits, without being asked by the client', async () => {
  const { ask } = service();
  const stop = new AbortController();
  const getExecutionCancelSignal = () => stop.signal;
  await ask('a');
  const waiting = ask('a', { getExecutionCancelSignal });
  const failure = waiting.catch((error: unknown) => error);
  await settled();
  stop.abort();
  expect(isCancelled(await failure)).toBe(true);
  expect(clock.sleeping()).toBe(0);
  expect(leftAt).toEqual([0]);
});

test('lets nothing but reads through in a dry run, whatever its client does', async () => {
  const { url, open } = service();
  const { dryRun, send } = await inDryRun(
    new Journal(),
    async () => await open(run({ url, key: 'a' }), { retry: { clock } }),
  );
  expect(dryRun).toBeDefined();
  await send({ method: 'GET', url });
  const refused = settle(async () => await send({ method: 'PUT', url, repeatable: true }));
  await clock.advance(60_000);
  expect(await refused).toMatchObject({ error: { code: 'DRY_RUN', class: 'configuration' } });
  expect(leftAt).toEqual([0]);
  expect((await open(run({ url, key: 'a' }))).dryRun).toBeUndefined();
});
