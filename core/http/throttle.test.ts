import { countBy } from 'lodash';

import { manualClock, settled, type ManualClock } from '../../test/support/clock';
import { createSend } from './send';
import { sharedThrottle } from './sharedThrottle';
import { createThrottle, type ThrottleOptions } from './throttle';
import type { HttpRequest, HttpResponse, Send } from './types';
import { CANCELLED } from './wait';

const origin = 'https://shop.example';
const request: HttpRequest = { method: 'GET', url: `${origin}/x` };
const answer = (status: number, headers = {}): HttpResponse => ({ status, headers, body: '' });

let clock: ManualClock;
/** When each request left, in milliseconds since the start. */
let leftAt: number[];
let answers: (number: number) => HttpResponse | Promise<HttpResponse>;

beforeEach(() => {
  clock = manualClock();
  leftAt = [];
  answers = () => answer(200);
});

const transport: Send = async () => {
  leftAt.push(clock.elapsed());
  return await answers(leftAt.length);
};

const many = (send: Send, count: number, more: Partial<HttpRequest> = {}) =>
  Array.from({ length: count }, () => send({ ...request, ...more }));

let keys = 0;
const ownKey = (): string => `test ${(keys += 1)}`;

describe('a rate', () => {
  const rate = { requests: 2, perMs: 1000 };
  const limited = (options: ThrottleOptions = {}) => createThrottle({ rate, clock, ...options });

  it('holds over all who send at the same time, and in every span, not only in full seconds', async () => {
    const throttle = limited();
    const sends = Array.from({ length: 4 }, () => createSend({ transport, throttle }));
    await clock.advance(700);
    const all = sends.flatMap((send) => many(send, 2));
    await clock.advance(5000);
    await Promise.all(all);
    expect(leftAt).toEqual([700, 700, 1700, 1700, 2700, 2700, 3700, 3700]);
    expect(clock.sleeping()).toBe(0);
  });

  it('counts departures, not answers', async () => {
    answers = async () => {
      await clock.sleep(10_000);
      return answer(200);
    };
    void many(createSend({ transport, throttle: limited() }), 4);
    await clock.advance(1000);
    expect(leftAt).toEqual([0, 0, 1000, 1000]);
  });

  it('holds for repetitions too', async () => {
    answers = () => answer(503);
    const retry = { attempts: 3, baseMs: 1, maxBackoffMs: 1, clock };
    const all = many(createSend({ transport, throttle: limited(), retry }), 2);
    await clock.advance(5000);
    await Promise.all(all);
    expect(leftAt).toEqual([0, 0, 1000, 1000, 2000, 2000]);
  });

  it('gives the place of a cancelled request to another, at once, and leaves no timer behind', async () => {
    const throttle = limited({ start: 16 });
    const send = createSend({ transport, throttle, retry: false });
    const stop = new AbortController();
    const first = many(send, 2);
    const cancelled = many(send, 2, { signal: stop.signal });
    const after = many(send, 2);
    await clock.advance(500);
    stop.abort();
    for (const one of cancelled) await expect(one).rejects.toMatchObject({ code: CANCELLED });
    expect(clock.sleeping()).toBe(2);
    await clock.advance(500);
    await Promise.all([...first, ...after]);
    expect(leftAt).toEqual([0, 0, 1000, 1000]);
    expect(clock.sleeping()).toBe(0);
  });

  it('stands beside the number in flight: cut by a refusal, raised by successes', async () => {
    answers = (number) => answer(number === 1 ? 429 : 200);
    const throttle = limited({ start: 4, max: 5 });
    const send = createSend({ transport, throttle, retry: false });
    await send(request);
    expect(throttle.limit(origin)).toBe(2);
    const all = many(send, 8);
    await clock.advance(10_000);
    await Promise.all(all);
    expect(throttle.limit(origin)).toBe(4);
  });

  it('waits out a rest that is longer', async () => {
    answers = (number) => answer(number === 1 ? 429 : 200, { 'retry-after': '7' });
    const send = createSend({ transport, throttle: limited(), retry: false });
    await send(request);
    const all = many(send, 4);
    await clock.advance(10_000);
    await Promise.all(all);
    expect(leftAt).toEqual([0, 7000, 7000, 8000, 8000]);
  });

  it('lets requests leave after the clock was set back', async () => {
    let offset = 0;
    const wrong = { ...clock, now: () => clock.now() + offset };
    const send = createSend({ transport, throttle: limited({ clock: wrong }), retry: false });
    await Promise.all(many(send, 2));
    offset = -3_600_000;
    void send(request);
    await settled();
    expect(leftAt).toHaveLength(3);
  });

  it('takes no rest for longer than the longest after the clock was set back', async () => {
    let offset = 0;
    const wrong = { ...clock, now: () => clock.now() + offset };
    const throttle = limited({ clock: wrong });
    answers = () => answer(429, { 'retry-after': '60' });
    const send = createSend({ transport, throttle, retry: false });
    await send(request);
    expect(throttle.restMs(origin)).toBe(60_000);
    offset = -3_600_000;
    expect(throttle.restMs(origin)).toBe(0);
    void send(request);
    await settled();
    expect(leftAt).toHaveLength(2);
  });
});

it('refuses a request of a run that was stopped, and leaves no rejection that nobody hears', async () => {
  const send = createSend({ transport, throttle: createThrottle({ clock }), retry: false });
  const signal = AbortSignal.abort();
  await expect(send({ ...request, signal })).rejects.toMatchObject({ code: CANCELLED });
  // Time for a rejection that nobody hears to end the test.
  for (let turn = 0; turn < 3; turn += 1) await settled();
  expect(leftAt).toEqual([]);
});

describe('the throttle of a process', () => {
  const open = (key: string, options: ThrottleOptions = {}) =>
    sharedThrottle(key, { start: 4, max: 4, clock, ...options });

  it('is one for all who open it by the same key, and another for another key', async () => {
    const key = ownKey();
    const rate = { requests: 1, perMs: 1000 };
    const all = [key, key, ownKey()].map((each) =>
      createSend({ transport, throttle: open(each, { rate }) })(request),
    );
    await settled();
    expect(leftAt).toEqual([0, 0]);
    await clock.advance(1000);
    await Promise.all(all);
    expect(leftAt).toEqual([0, 0, 1000]);
  });

  it('goes by the slowest rate that is named, and by a faster one when nobody has named that for a minute', async () => {
    const key = ownKey();
    const [slow, fast] = [1, 4].map((requests) =>
      createSend({ transport, throttle: open(key, { rate: { requests, perMs: 1000 } }) }),
    );
    const all = [fast, slow, fast].map(async (send) => await send?.(request));
    await settled();
    await clock.advance(1000);
    await clock.advance(1000);
    await Promise.all(all);
    expect(leftAt).toEqual([0, 1000, 2000]);
    await clock.advance(60_000);
    await Promise.all(Array.from({ length: 4 }, async () => await fast?.(request)));
    expect(leftAt.slice(3)).toEqual(Array(4).fill(62_000));
  });

  it('holds the number in flight over thirty of them', async () => {
    const key = ownKey();
    answers = async () => {
      await clock.sleep(100);
      return answer(200);
    };
    const all = Array.from({ length: 30 }, () =>
      createSend({ transport, throttle: open(key) })(request),
    );
    await settled();
    expect(leftAt).toHaveLength(4);
    await clock.advance(1000);
    await Promise.all(all);
    expect(new Set(leftAt).size).toBe(8);
  });

  it('remembers a cut and a rest for whoever opens it next', async () => {
    const key = ownKey();
    answers = () => answer(429, { 'retry-after': '60' });
    await createSend({ transport, throttle: open(key), retry: false })(request);
    expect(open(key).limit(origin)).toBe(2);
    expect(open(key).restMs(origin)).toBe(60_000);
  });

  it('is not let go while something is under way or rests, however many others are used', async () => {
    const [busy, resting] = [ownKey(), ownKey()];
    let finish = (): void => {};
    answers = async () => {
      await new Promise<void>((resolve) => (finish = resolve));
      return answer(200);
    };
    const pending = createSend({ transport, throttle: open(busy, { max: 1, start: 1 }) })(request);
    await settled();
    answers = () => answer(429, { 'retry-after': '60' });
    await createSend({ transport, throttle: open(resting), retry: false })(request);
    answers = () => answer(200);
    const others = Array.from({ length: 300 }, ownKey);
    for (const key of others) await createSend({ transport, throttle: open(key) })(request);

    expect(open(resting).restMs(origin)).toBe(60_000);
    const second = createSend({ transport, throttle: open(busy) })(request);
    await settled();
    expect(leftAt).toHaveLength(302);
    finish();
    await Promise.all([pending, second]);
    expect(leftAt).toHaveLength(303);
  });

  it('does not let the impatient wait in the queue for a rest that began after they came', async () => {
    const key = ownKey();
    answers = async () => {
      await clock.sleep(10);
      return answer(429, { 'retry-after': '60' });
    };
    const ended: string[] = [];
    const impatient = () =>
      createSend({ transport, throttle: open(key), patienceMs: 2000, retry: { clock } });
    for (let count = 0; count < 30; count += 1) {
      void impatient()(request).then(
        ({ status }) => ended.push(String(status)),
        ({ code }: { code: string }) => ended.push(code),
      );
    }
    await settled();
    await clock.advance(10);
    await settled();
    expect(countBy(ended)).toEqual({ 429: 4, RESTING: 26 });
    expect(leftAt).toHaveLength(4);
  });

  it('is not let go by its own first use, where all others are busy', async () => {
    const finish: (() => void)[] = [];
    answers = async () => {
      await new Promise<void>((resolve) => finish.push(resolve));
      return answer(200);
    };
    const one = { start: 1, max: 1 };
    const others = Array.from({ length: 150 }, ownKey).map((key) =>
      createSend({ transport, throttle: open(key, one) })(request),
    );
    await settled();
    const mine = open(ownKey(), one);
    const two = many(createSend({ transport, throttle: mine }), 2);
    await settled();
    expect(leftAt).toHaveLength(151);
    while (finish.length > 0) {
      finish.splice(0).forEach((resolve) => resolve());
      await settled();
    }
    await Promise.all([...others, ...two]);
    expect(leftAt).toHaveLength(152);
  });

  it('is let go when it is idle and many others were used', async () => {
    const key = ownKey();
    answers = () => answer(429);
    await createSend({ transport, throttle: open(key), retry: false })(request);
    expect(open(key).limit(origin)).toBe(2);
    for (const other of Array.from({ length: 300 }, ownKey)) open(other).limit(origin);
    expect(open(key).limit(origin)).toBe(4);
  });
});
