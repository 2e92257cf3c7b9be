import { LIMITS } from './limits';
import { BATCH_TYPE, batchBody, testService, type TestService } from './test-service';

/** The service protection limits over real HTTP, with a clock that the test sets or speeds up. */

const LEFT = 'x-ms-ratelimit-burst-remaining-xrm-requests';
const TIME_LEFT = 'x-ms-ratelimit-time-remaining-xrm-requests';

let service: TestService | undefined;

afterEach(async () => {
  await service?.dataverse.app.close();
});

/** A clock that runs `factor` times as fast as the real one. */
const fastClock = (factor: number): (() => Date) => {
  const started = Date.now();
  return () => new Date(started + (Date.now() - started) * factor);
};

const whoAmI = (target: TestService) => target.ask('GET', 'WhoAmI');

it('count a batch as one request, whatever is in it', async () => {
  service = testService({}, () => new Date(1_000_000));
  const requests = Array.from({ length: 100 }, () => ({ request: 'GET /api/data/v9.2/WhoAmI' }));
  const first = await service.ask('POST', '$batch', batchBody(requests), BATCH_TYPE);
  expect(first.status).toBe(200);
  expect(first.headers[LEFT]).toBe(String(LIMITS.requests - 1));
  expect((await whoAmI(service)).headers[LEFT]).toBe(String(LIMITS.requests - 2));
  expect(service.context.counters.snapshot().dataverse.operations.WhoAmI).toBe(101);
});

it('add injected latency to the execution time, per request and per row', async () => {
  // 100 ms of waiting are 100 s on this clock.
  const clock = fastClock(1000);
  service = testService({}, clock);
  service.context.faults.configure({
    latency: { dataverse: { perRequestMs: 100, perWriteMs: 100 } },
  });
  const before = clock().getTime();
  await service.ask('POST', 'accounts', { name: 'A' });
  service.context.faults.clear();
  const used = LIMITS.executionSeconds - Number((await whoAmI(service)).headers[TIME_LEFT]);
  expect(used).toBeGreaterThanOrEqual(195);
  expect(used).toBeLessThanOrEqual((clock().getTime() - before) / 1000);
});

it('refuse by execution time until the work has left the window', async () => {
  let seconds = 1000;
  service = testService({}, () => new Date(seconds * 1000));
  service.context.faults.configure({ latency: { dataverse: { perRequestMs: 1_500 } } });
  const target = service;
  const slow = Array.from({ length: 40 }, () => whoAmI(target));
  const letIn = (): number => target.context.counters.snapshot().dataverse.requests;
  while (letIn() < slow.length) await new Promise((resolve) => setTimeout(resolve, 5));
  seconds += 60;
  await Promise.all(slow);
  service.context.faults.clear();
  const refused = await whoAmI(service);
  expect(refused).toMatchObject({ status: 429, body: { error: { code: '0x80072321' } } });
  expect(refused.headers['retry-after']).toBe('300');
  seconds += 300;
  expect((await whoAmI(service)).status).toBe(200);
});

it('refuse the 53rd request at the same time and let the next one in afterwards', async () => {
  service = testService();
  service.context.faults.configure({ latency: { dataverse: { perRequestMs: 1_000 } } });
  const target = service;
  // Real sockets: one connection each.
  const answers = await Promise.all(
    Array.from({ length: LIMITS.concurrent + 8 }, () => whoAmI(target)),
  );
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(8);
  expect(refused[0]).toMatchObject({ body: { error: { code: '0x80072326' } } });
  expect(refused[0]?.headers['retry-after']).toMatch(/^\d+$/);
  expect((await whoAmI(service)).status).toBe(200);
});

it('forget everything at a reset', async () => {
  service = testService({}, () => new Date(1_000_000));
  for (let count = 0; count < 5; count += 1) await whoAmI(service);
  service.dataverse.reset();
  expect((await whoAmI(service)).headers[LEFT]).toBe(String(LIMITS.requests - 1));
});
