import { connect } from 'node:net';
import type { FastifyInstance } from 'fastify';
import {
  createApp,
  createContext,
  listen,
  PortError,
  seededUuid,
  shuffled,
  type FaultConfigInput,
  type SandboxContext,
} from './index';

let context: SandboxContext<'xcart'>;
let app: FastifyInstance;
let url: string;
let handled: number;

beforeEach(async () => {
  context = createContext({ seed: 7 });
  app = createApp();
  handled = 0;
  context.counters.attach(app, 'xcart');
  context.faults.attach(app, 'xcart');
  app.all('/things/:id', () => {
    handled += 1;
    return { ok: true };
  });
  url = await listen(app, 0);
});

afterEach(() => app.close());

const TEN_MINUTES_MS = 600_000;

const rule = (given: object): FaultConfigInput => ({
  rules: [{ service: 'xcart', kind: '503', ...given }],
});

const statuses = async (count: number, method = 'GET'): Promise<number[]> => {
  const seen: number[] = [];
  for (let index = 0; index < count; index += 1) {
    seen.push((await fetch(`${url}/things/${index}`, { method })).status);
  }
  return seen;
};

test('a rule waits for `after` requests and fires `times` times', async () => {
  context.faults.configure(rule({ after: 2, times: 1 }));
  expect(await statuses(5)).toEqual([200, 200, 503, 200, 200]);
  expect(handled).toBe(4);
});

test('a rule matches method and path', async () => {
  context.faults.configure(rule({ method: 'post', path: '/things/1$' }));
  expect(await statuses(2)).toEqual([200, 200]);
  expect(await statuses(3, 'POST')).toEqual([200, 503, 200]);
});

test.each(['(a+)+$', '(a|a)*b$', '(.*)*b', 'a*a*a*a*a*a*c', '(?:/things/?)*x'])(
  'the path %s is tried in linear time',
  async (path) => {
    context.faults.configure(rule({ path }));
    const { status } = await fetch(`${url}/things/1?${'a'.repeat(10_000)}!`);
    expect(status).toBe(200);
  },
);

test.each(['(a)\\1', '(?=a)b', 'a{1000}', 'a'.repeat(1001)])(
  'the path %s is refused, since its time has no bound',
  (path) => {
    expect(() => context.faults.configure(rule({ path }))).toThrow('path');
  },
);

test('the same seed fails at the same places, another seed elsewhere', async () => {
  const run = async (seed: number): Promise<number[]> => {
    context.faults.configure({ ...rule({ probability: 0.5 }), seed });
    return statuses(20);
  };
  const first = await run(3);
  expect(await run(3)).toEqual(first);
  expect(await run(4)).not.toEqual(first);
  expect(first).toContain(503);
  expect(first).toContain(200);
});

test('429 carries Retry-After', async () => {
  context.faults.configure(rule({ kind: '429', retryAfterSeconds: 4 }));
  const response = await fetch(`${url}/things/1`);
  expect(response.status).toBe(429);
  expect(response.headers.get('retry-after')).toBe('4');
});

test('reset ends the connection before the handler', async () => {
  context.faults.configure(rule({ kind: 'reset' }));
  await expect(fetch(`${url}/things/1`)).rejects.toThrow('fetch failed');
  expect(handled).toBe(0);
});

test('timeout-after-commit runs the handler, stays silent and then ends the connection', async () => {
  context.faults.configure(rule({ kind: 'timeout-after-commit', holdMs: 150 }));
  const started = Date.now();
  await expect(fetch(`${url}/things/1`, { method: 'POST' })).rejects.toThrow('fetch failed');
  expect(Date.now() - started).toBeGreaterThanOrEqual(140);
  expect(handled).toBe(1);
});

test('closing does not wait for a connection that is held', async () => {
  context.faults.configure(rule({ kind: 'timeout-after-commit', holdMs: TEN_MINUTES_MS }));
  const lost = expect(fetch(`${url}/things/1`)).rejects.toThrow('fetch failed');
  while (handled === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await app.close();
  await lost;
});

test('latency is per request and per written row', async () => {
  context.faults.configure({ latency: { xcart: { perRequestMs: 40, perWriteMs: 20 } } });
  const started = Date.now();
  await statuses(1);
  expect(Date.now() - started).toBeGreaterThanOrEqual(38);
  const wrote = Date.now();
  await context.faults.writes('xcart', 3);
  expect(Date.now() - wrote).toBeGreaterThanOrEqual(58);
});

test('a configuration that is not valid names the field and changes nothing', () => {
  context.faults.configure(rule({ times: 3 }));
  expect(() => context.faults.configure(rule({ probability: 2 }))).toThrow('probability');
  expect(() => context.faults.configure(rule({ path: '(' }))).toThrow('regular expression');
  expect(context.faults.config.rules[0]?.times).toBe(3);
});

test('what a configuration may name grows with the services', () => {
  const { faults, counters } = context;
  expect(() => faults.configure(rule({ service: 'finance' }))).toThrow('xcart');
  expect(() => faults.configure({ limits: { finance: false } })).toThrow('finance');
  expect(faults.limited('finance')).toBe(false);
  const finance = createApp();
  counters.attach(finance, 'finance');
  faults.attach(finance, 'finance');
  faults.addLimits('finance');
  expect(faults.config.limits).toEqual({ finance: true });
  faults.configure({ ...rule({ service: 'finance' }), limits: { finance: false } });
  expect(faults.limited('finance')).toBe(false);
  expect(Object.keys(counters.snapshot())).toEqual(['xcart', 'finance']);
});

test('counters name the route, the operation and the fault', async () => {
  context.faults.configure(rule({ times: 1 }));
  await statuses(2);
  context.counters.operation('xcart', 'read thing');
  expect(context.counters.snapshot().xcart).toEqual({
    requests: 2,
    byRoute: { 'GET /things/:id': 2 },
    byStatus: { '200': 1, '503': 1 },
    operations: { 'read thing': 1 },
    faults: { '503': 1 },
    mostInFlight: 1,
  });
  context.counters.reset();
  expect(context.counters.snapshot().xcart.requests).toBe(0);
});

test('counters know how many requests were under way together', async () => {
  context.faults.configure({ latency: { xcart: { perRequestMs: 20 } } });
  await Promise.all([statuses(1), statuses(1), statuses(1)]);
  expect(context.counters.snapshot().xcart.mostInFlight).toBe(3);
  context.counters.reset();
  await statuses(2);
  expect(context.counters.snapshot().xcart.mostInFlight).toBe(1);
});

test('a taken port is named together with the repair', async () => {
  const port = Number(new URL(url).port);
  const second = listen(createApp(), port);
  await expect(second).rejects.toBeInstanceOf(PortError);
  await expect(second).rejects.toThrow(`Port ${port}`);
});

test('only loopback answers', async () => {
  const port = Number(new URL(url).port);
  const refused = new Promise((resolve) => {
    connect({ host: '127.0.0.2', port }).once('error', resolve).once('connect', resolve);
  });
  expect(await refused).toHaveProperty('code', 'ECONNREFUSED');
});

test('streams are repeatable and independent of one another', () => {
  const draw = (name: string): string => seededUuid(createContext({ seed: 5 }).stream(name));
  expect(draw('orders')).toBe(draw('orders'));
  expect(draw('orders')).not.toBe(draw('customers'));
  expect(draw('orders')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-/);
  expect(shuffled(context.random, [1, 2, 3]).sort()).toEqual([1, 2, 3]);
});
