import { createThrottle, type Throttle, type ThrottleOptions } from './throttle';

/** Kept of those that nothing needs now: as many callers of services as one process is likely to work for. */
const MOST_IDLE = 100;

/** Of the whole process; the one that was not used for the longest time comes first. */
const throttles = new Map<string, Throttle>();

/** One with requests under way, or that a service has told to rest, is never let go; nor is the one being asked for. */
function letGoOfIdle(wanted: string): void {
  let surplus = throttles.size - MOST_IDLE;
  for (const [key, throttle] of throttles) {
    if (surplus <= 0) return;
    if (key === wanted || !throttle.isIdle()) continue;
    throttles.delete(key);
    surplus -= 1;
  }
}

/**
 * The throttle of this process for one caller of a service. Services count requests by who asks, and one process works
 * on many executions at the same time: a throttle for each of them would let thirty times the number through.
 * Several processes each have their own; what they send too much together, the service refuses, and each slows down.
 *
 * @param key names the service and what the service counts by; a hash where a secret is part of that
 * @param options those of the first use of a key hold; of rates the slowest that somebody still uses
 */
export function sharedThrottle(key: string, options: ThrottleOptions): Throttle {
  // Looked up for each request: who holds this for long must not work on one that was let go and made again meanwhile.
  const current = (): Throttle => {
    const throttle = throttles.get(key) ?? createThrottle(options);
    throttles.delete(key);
    throttles.set(key, throttle);
    throttle.nameRate(options.rate);
    letGoOfIdle(key);
    return throttle;
  };
  return {
    layer: (next) => async (request) => await current().layer(next)(request),
    within: (patienceMs) => (next) => async (request) =>
      await current().within(patienceMs)(next)(request),
    limit: (origin) => current().limit(origin),
    restMs: (origin) => current().restMs(origin),
    isIdle: () => current().isIdle(),
    nameRate: (rate) => current().nameRate(rate),
  };
}
