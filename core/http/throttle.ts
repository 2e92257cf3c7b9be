import PQueue from 'p-queue';

import { ServiceError } from '../errors';
import type { HttpResponse, Layer } from './types';
import { type Clock, orCancelled, retryAfterMs, systemClock, throwIfCancelled } from './wait';

export interface ThrottleOptions {
  /** Requests in flight at the start. Default 16. */
  start?: number;
  /** Default 40: Dataverse refuses the 53rd of one user. */
  max?: number;
  /** Default 1. */
  min?: number;
  /** Longest rest after a `Retry-After`. Default 330,000. */
  maxPauseMs?: number;
  clock?: Clock;
}

/**
 * How many requests may be in flight to one origin: additive increase, multiplicative decrease. A refusal halves
 * the limit, but once only for all requests that were on their way when it was last halved: they were sent
 * under the old limit. As many successes in a row as the limit is wide raise it by one.
 */
class Lane {
  readonly queue: PQueue;
  private sent = 0;
  private sentAtLastCut = 0;
  private successes = 0;
  private restUntil = 0;

  constructor(private readonly options: Required<ThrottleOptions>) {
    this.queue = new PQueue({ concurrency: options.start });
  }

  /** Takes a number, so that the answer can be held against the moment of sending. */
  depart(): number {
    this.sent += 1;
    return this.sent;
  }

  arrive(number: number, { status, headers }: HttpResponse): void {
    if (status === 429) this.refused(number);
    else if (status < 500) this.succeeded();
    if (status === 429 || status === 503) {
      this.rest(retryAfterMs(headers, this.options.clock.now()) ?? 0);
    }
  }

  private refused(number: number): void {
    if (number > this.sentAtLastCut) {
      this.queue.concurrency = Math.max(this.options.min, Math.floor(this.queue.concurrency / 2));
      this.sentAtLastCut = this.sent;
    }
    this.successes = 0;
  }

  private succeeded(): void {
    this.successes += 1;
    if (this.successes < this.queue.concurrency) return;
    this.successes = 0;
    this.queue.concurrency = Math.min(this.options.max, this.queue.concurrency + 1);
  }

  private rest(ms: number): void {
    const { clock, maxPauseMs } = this.options;
    this.restUntil = Math.max(this.restUntil, clock.now() + Math.min(ms, maxPauseMs));
  }

  get restMs(): number {
    return Math.max(0, this.restUntil - this.options.clock.now());
  }

  /**
   * To go on knocking makes Dataverse ask for longer rests: nothing leaves until the time has passed. Whoever
   * waits keeps its place in the queue; nobody could use it better.
   */
  async rested(signal?: AbortSignal): Promise<void> {
    const { clock } = this.options;
    while (clock.now() < this.restUntil) await clock.sleep(this.restUntil - clock.now(), signal);
  }
}

/** Share one among all sends that speak with the same service as the same user. */
export interface Throttle {
  readonly layer: Layer;
  /** Requests that may be in flight to an origin now. */
  limit(origin: string): number;
  /** Milliseconds for which nothing leaves for an origin. */
  restMs(origin: string): number;
}

export function createThrottle(options: ThrottleOptions = {}): Throttle {
  const settings = {
    start: 16,
    max: 40,
    min: 1,
    maxPauseMs: 330_000,
    clock: systemClock,
    ...options,
  };
  const lanes = new Map<string, Lane>();

  function laneOf(origin: string): Lane {
    const lane = lanes.get(origin) ?? new Lane(settings);
    lanes.set(origin, lane);
    return lane;
  }

  const layer: Layer = (next) => async (request) => {
    const lane = laneOf(new URL(request.url).origin);
    // p-queue looks at a signal only when a job starts, and leaves its listener behind: whoever waits behind a
    // rest of minutes must be free at once when the run is cancelled, so the race is run here.
    const job = lane.queue.add(async () => {
      throwIfCancelled(request.signal);
      await lane.rested(request.signal);
      const number = lane.depart();
      const response = await next(request);
      lane.arrive(number, response);
      return response;
    });
    const response = await orCancelled(job, request.signal);
    if (response) return response;
    throw new ServiceError('The queue gave up on a request.', { class: 'transient' });
  };

  return {
    layer,
    limit: (origin) => laneOf(origin).queue.concurrency,
    restMs: (origin) => laneOf(origin).restMs,
  };
}
