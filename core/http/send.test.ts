import {
  startHttpServer,
  type HttpServer,
  type Received,
  type Reply,
} from '../../test/support/httpServer';
import { jumpingClock } from '../../test/support/clock';
import { ServiceError } from '../errors';
import { fetchTransport } from './fetch';
import { wasNeverSent } from './retry';
import { createSend } from './send';
import { createThrottle } from './throttle';
import type { HttpRequest, HttpResponse } from './types';
import { CANCELLED, retryAfterMs, systemClock } from './wait';

let server: HttpServer;
const transport = fetchTransport({ timeoutMs: 5_000 });

async function serve(answer: (request: Received, number: number) => Reply | Promise<Reply>) {
  server = await startHttpServer(answer);
}

afterEach(async () => await server?.close());

async function failure(promise: Promise<unknown>): Promise<ServiceError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ServiceError);
  return error as ServiceError;
}

describe('fetch', () => {
  it('answers with every status, headers in lower case', async () => {
    await serve(() => ({ status: 412, headers: { 'X-Reason': 'why' }, body: 'grün' }));
    const answer = await transport({ method: 'GET', url: server.origin });
    expect(answer).toMatchObject({ status: 412, body: 'grün', headers: { 'x-reason': 'why' } });
  });

  it('follows no redirect, which would carry the token to another host', async () => {
    await serve(() => ({ status: 307, headers: { location: 'http://127.0.0.1:1/' } }));
    expect((await transport({ method: 'GET', url: server.origin })).status).toBe(307);
  });

  it('names a time-out', async () => {
    await serve(() => ({ delayMs: 1_000 }));
    const error = await failure(transport({ method: 'GET', url: server.origin, timeoutMs: 30 }));
    expect(error).toMatchObject({ class: 'transient', code: 'ETIMEDOUT' });
  });

  it('names the cause of a lost connection', async () => {
    await serve(() => ({ reset: true }));
    const error = await failure(transport({ method: 'GET', url: server.origin }));
    expect(error).toMatchObject({ class: 'transient', code: 'UND_ERR_SOCKET' });
  });

  it('tells a cancelled request from a failed one', async () => {
    await serve(() => ({ delayMs: 1_000 }));
    const signal = AbortSignal.timeout(30);
    const error = await failure(transport({ method: 'GET', url: server.origin, signal }));
    expect(error).toMatchObject({ code: CANCELLED, retryable: false });
  });
});

describe('retry', () => {
  it.each([
    ['seconds', '7', 7_000],
    ['a date by its own clock', 'Tue, 01 Jan 2030 00:05:00 GMT', 300_000],
  ])('waits as long as Retry-After says in %s', async (_, value, expected) => {
    const headers = { 'Retry-After': value, Date: 'Tue, 01 Jan 2030 00:00:00 GMT' };
    await serve((_request, number) => (number === 1 ? { status: 429, headers } : { status: 200 }));
    const clock = jumpingClock();
    const send = createSend({ transport, retry: { clock } });
    expect((await send({ method: 'POST', url: server.origin })).status).toBe(200);
    expect(clock.waits).toEqual([expected]);
  });

  it.each([
    ['7.5', 7_500],
    [' 7 ', 7_000],
    ['Sat, 21 Nov 2026 08:05:00 GMT', 300_000],
    ['Sat, 21 Nov 2026 07:00:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
    ['7, 7', 7_000],
    ['-5', undefined],
  ])('reads Retry-After %j', (value, expected) => {
    expect(retryAfterMs({ 'retry-after': value }, Date.UTC(2026, 10, 21, 8))).toBe(expected);
  });

  it('does not wait for ever: beyond the cap the answer stands', async () => {
    await serve(() => ({ status: 429, headers: { 'retry-after': '3600' } }));
    const clock = jumpingClock();
    const send = createSend({ transport, retry: { clock } });
    expect((await send({ method: 'GET', url: server.origin })).status).toBe(429);
    expect(clock.waits).toEqual([]);
  });

  it('backs off further each time where the service names no time', async () => {
    await serve(() => ({ status: 503 }));
    const clock = jumpingClock();
    const send = createSend({ transport, retry: { clock, attempts: 4 } });
    expect((await send({ method: 'GET', url: server.origin })).status).toBe(503);
    expect(server.received).toHaveLength(4);
    expect(clock.waits).toEqual([275, 550, 1100]);
  });

  it('stops when all waiting together has been long enough', async () => {
    await serve(() => ({ status: 429, headers: { 'retry-after': '300' } }));
    const clock = jumpingClock();
    const send = createSend({ transport, retry: { clock, maxTotalWaitMs: 600_000 } });
    await send({ method: 'GET', url: server.origin });
    expect(server.received).toHaveLength(3);
  });

  it.each<[string, Partial<HttpRequest>, Reply, number]>([
    ['a read after 5xx', { method: 'GET' }, { status: 502 }, 2],
    ['a write after 5xx not', { method: 'POST' }, { status: 502 }, 1],
    ['a repeatable write after 5xx', { method: 'POST', repeatable: true }, { status: 504 }, 2],
    ['a write after a lost connection not', { method: 'POST' }, { reset: true }, 1],
    [
      'a repeatable write after a lost connection',
      { method: 'PATCH', repeatable: true },
      { reset: true },
      2,
    ],
    ['nothing after 400', { method: 'GET' }, { status: 400 }, 1],
    ['a write after 429', { method: 'POST' }, { status: 429 }, 2],
    ['a read after 408', { method: 'GET' }, { status: 408 }, 2],
  ])('repeats %s', async (_, request, reply, sent) => {
    await serve((_request, number) => (number === 1 ? reply : { status: 200 }));
    const send = createSend({ transport, retry: { clock: jumpingClock() } });
    await send({ method: 'GET', url: server.origin, ...request }).catch(() => undefined);
    expect(server.received).toHaveLength(sent);
  });

  it('repeats even a write when the connection was never made', async () => {
    await serve(() => ({}));
    const { origin } = server;
    await server.close();
    const clock = jumpingClock();
    const send = createSend({ transport, retry: { clock, attempts: 3 } });
    const error = await failure(send({ method: 'POST', url: origin }));
    expect(error.code).toBe('ECONNREFUSED');
    expect(clock.waits).toHaveLength(2);
  });

  it('ends a wait at once when the run is cancelled', async () => {
    await serve(() => ({ status: 429, headers: { 'retry-after': '300' } }));
    const send = createSend({ transport });
    const signal = AbortSignal.timeout(60);
    const error = await failure(send({ method: 'GET', url: server.origin, signal }));
    expect(error.code).toBe(CANCELLED);
    expect(server.received).toHaveLength(1);
  });
});

describe('authorization', () => {
  it('renews after a 401 and sends once more', async () => {
    await serve(({ headers }) => ({ status: headers.authorization === 'Bearer new' ? 200 : 401 }));
    let token = 'old';
    const send = createSend({
      transport,
      authorize: (request) =>
        Promise.resolve({ ...request, headers: { authorization: `Bearer ${token}` } }),
      onUnauthorized: () => {
        token = 'new';
        return Promise.resolve(true);
      },
    });
    expect((await send({ method: 'POST', url: server.origin })).status).toBe(200);
    expect(server.received).toHaveLength(2);
  });

  it.each(['authorize', 'onUnauthorized'] as const)(
    'repeats even a write where the sign-in failed (%s), which then was not carried out',
    async (step) => {
      let calls = 0;
      const failsFirst = async (): Promise<void> => {
        calls += 1;
        if (calls > 1) return await Promise.resolve();
        throw new ServiceError('No token', { class: 'transient', status: 502 });
      };
      await serve((_request, number) => ({ status: number === 1 && calls === 0 ? 401 : 200 }));
      const send = createSend({
        transport,
        retry: { clock: jumpingClock() },
        ...(step === 'authorize' && {
          authorize: async (request) => {
            await failsFirst();
            return request;
          },
        }),
        ...(step === 'onUnauthorized' && {
          onUnauthorized: async () => {
            await failsFirst();
            return true;
          },
        }),
      });
      expect((await send({ method: 'POST', url: server.origin })).status).toBe(200);
      expect(server.received).toHaveLength(step === 'authorize' ? 1 : 2);
    },
  );

  it('tells a failed sign-in from a lost answer', async () => {
    await serve(() => ({ status: 200 }));
    const fails = async () =>
      await Promise.reject(new ServiceError('No token', { class: 'transient', status: 502 }));
    const unsigned = createSend({ transport, retry: false, authorize: fails });
    const error = await failure(unsigned({ method: 'POST', url: server.origin }));
    expect(error).toMatchObject({ class: 'transient', status: 502 });
    expect(wasNeverSent(error)).toBe(true);
    expect(wasNeverSent(new ServiceError('No answer', { class: 'transient' }))).toBe(false);
  });

  it('does not go round in circles', async () => {
    await serve(() => ({ status: 401 }));
    const send = createSend({ transport, onUnauthorized: () => Promise.resolve(true) });
    expect((await send({ method: 'GET', url: server.origin })).status).toBe(401);
    expect(server.received).toHaveLength(2);
  });
});

describe('throttle', () => {
  const origin = 'http://127.0.0.1';
  const request: HttpRequest = { method: 'GET', url: `${origin}/x` };
  const answer = (status: number, headers = {}): HttpResponse => ({ status, headers, body: '' });

  it('never has more in flight than the limit', async () => {
    let inFlight = 0;
    let most = 0;
    await serve(async () => {
      most = Math.max(most, ++inFlight);
      await new Promise((resolve) => setTimeout(resolve, 5));
      inFlight -= 1;
      return {};
    });
    const throttle = createThrottle({ start: 3, max: 3 });
    const send = createSend({ transport, throttle });
    await Promise.all(
      Array.from({ length: 30 }, () => send({ method: 'GET', url: server.origin })),
    );
    expect(most).toBe(3);
  });

  it('halves once for all that were on their way when a refusal came', async () => {
    const throttle = createThrottle({ start: 16 });
    const send = throttle.layer(() => Promise.resolve(answer(429)));
    await Promise.all(Array.from({ length: 16 }, () => send(request)));
    expect(throttle.limit(origin)).toBe(8);
    await send(request);
    expect(throttle.limit(origin)).toBe(4);
  });

  it('never goes below the least', async () => {
    const throttle = createThrottle({ start: 4 });
    const send = throttle.layer(() => Promise.resolve(answer(429)));
    for (let time = 0; time < 6; time += 1) await send(request);
    expect(throttle.limit(origin)).toBe(1);
  });

  it('grows by one for each full window of successes, up to the most', async () => {
    const throttle = createThrottle({ start: 2, max: 4 });
    const send = throttle.layer(() => Promise.resolve(answer(200)));
    await send(request);
    expect(throttle.limit(origin)).toBe(2);
    await send(request);
    expect(throttle.limit(origin)).toBe(3);
    for (let time = 0; time < 20; time += 1) await send(request);
    expect(throttle.limit(origin)).toBe(4);
  });

  it('sends nothing to anybody there until Retry-After has passed', async () => {
    const throttle = createThrottle();
    const sentAt: number[] = [];
    const send = throttle.layer(() => {
      sentAt.push(Date.now());
      return Promise.resolve(
        sentAt.length === 1 ? answer(429, { 'retry-after': '0.3' }) : answer(200),
      );
    });
    await send(request);
    await Promise.all([send(request), send(request)]);
    const [refused = Number.NaN, ...after] = sentAt;
    expect(Math.min(...after) - refused).toBeGreaterThanOrEqual(290);
  });

  it('does not even queue where somebody comes back later anyway', async () => {
    await serve(() => ({ status: 429, headers: { 'retry-after': '300' } }));
    const clock = jumpingClock();
    const throttle = createThrottle({ clock });
    const send = createSend({ transport, throttle, patienceMs: 30_000, retry: { clock } });
    const request: HttpRequest = { method: 'GET', url: server.origin };
    expect((await send(request)).status).toBe(429);
    const error = await failure(send(request));
    expect(error).toMatchObject({ class: 'throttled', code: 'RESTING' });
    expect(error.retryAfterMs).toBeGreaterThan(290_000);
    expect(server.received).toHaveLength(1);
  });

  it('keeps one origin apart from another', async () => {
    const throttle = createThrottle({ start: 8 });
    const send = throttle.layer(({ url }) =>
      Promise.resolve(answer(url.includes('a.') ? 429 : 200)),
    );
    await send({ method: 'GET', url: 'https://a.example/' });
    await send({ method: 'GET', url: 'https://b.example/' });
    expect([throttle.limit('https://a.example'), throttle.limit('https://b.example')]).toEqual([
      4, 8,
    ]);
  });

  it('lets a waiting request go when the run is cancelled', async () => {
    const throttle = createThrottle({ clock: systemClock });
    let sent = 0;
    const send = throttle.layer(() => {
      sent += 1;
      return Promise.resolve(answer(429, { 'retry-after': '300' }));
    });
    await send(request);
    const error = await failure(send({ ...request, signal: AbortSignal.timeout(20) }));
    expect(error.code).toBe(CANCELLED);
    expect(sent).toBe(1);
  });
});
