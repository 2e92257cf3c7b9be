import PQueue from 'p-queue';

import { ServiceError } from '../errors';
import { Pace, type Rate, Rates } from './pace';
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
  /** For a service that counts requests by time, such as two a second. Default: as many as are answered. */
  rate?: Rate;
  clock?: Clock;
}

type LaneOptions = Required<Omit<ThrottleOptions, 'rate'>>;

/**
 * How many requests may be in flight to one origin: additive increase, multiplicative decrease. A refusal halves
 * the limit, but once only for all requests that were on their way when it was last halved: they were sent
 * under the old limit. As many successes in a row as the limit is wide raise it by one.
 */
class Lane {
  readonly queue: PQueue;
  private readonly pace: Pace;
  private sent = 0;
  private sentAtLastCut = 0;
  private successes = 0;
  private restUntil = 0;

  constructor(
    private readonly options: LaneOptions,
    rates: Rates,
  ) {
    this.queue = new PQueue({ concurrency: options.start });
    this.pace = new Pace(rates);
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

  get isIdle(): boolean {
    return this.queue.size === 0 && this.queue.pending === 0 && this.closedMs === 0;
  }

  get restMs(): number {
    const { clock, maxPauseMs } = this.options;
    const leftMs = this.restUntil - clock.now();
    // No rest is as long as that: the clock was set back since, and would hold everything until it is where it was.
    return leftMs > maxPauseMs ? 0 : Math.max(0, leftMs);
  }

  /** Milliseconds for which nothing may leave, be it for a rest or for the rate. */
  private get closedMs(): number {
    return Math.max(this.restMs, this.pace.waitMs(this.options.clock.now()));
  }

  /**
   * Waits until a request may leave, and gives it a number, so that the answer can be held against the moment of
   * sending. To go on knocking makes Dataverse ask for longer rests: nothing leaves until the time has passed. Whoever
   * waits keeps its place in the queue; nobody could use it better. Of all who wait for the same moment only as many
   * as the rate allows find the lane open; a place that a cancelled request does not take is taken by another.
   *
   * @param requirePatience throws where the rest is longer than this request is to wait; asked again after each wait
   */
  async depart(requirePatience: () => void, signal?: AbortSignal): Promise<number> {
    const { clock } = this.options;
    while (this.closedMs > 0) {
      requirePatience();
      await clock.sleep(this.closedMs, signal);
    }
    // Nothing is awaited between the look and the note, so that two cannot leave by the same place.
    this.pace.note(clock.now());
    this.sent += 1;
    return this.sent;
  }
}

/** Share one among all sends that speak with the same service as the same user. */
export interface Throttle {
  readonly layer: Layer;
  /** As `layer`, but rejects what would have to wait longer for the service's sake, also while it is in the queue. */
  within(patienceMs: number): Layer;
  /** Requests that may be in flight to an origin now. */
  limit(origin: string): number;
  /** Milliseconds for which nothing leaves for an origin. */
  restMs(origin: string): number;
  /** Nothing is under way, and nothing would have to wait. */
  isIdle(): boolean;
  /** Names a rate beside those that others name; the slowest holds. */
  nameRate(rate: Rate | undefined): void;
}

function resting(host: string, restMs: number): ServiceError {
  return new ServiceError(`${host} has asked for a pause of ${Math.ceil(restMs / 1000)} s`, {
    class: 'throttled',
    code: 'RESTING',
    fix: 'Nothing to repair; it is sent again when the pause is over.',
    retryAfterMs: restMs,
  });
}

export function createThrottle({ rate, ...options }: ThrottleOptions = {}): Throttle {
  const settings: LaneOptions = {
    start: 16,
    max: 40,
    min: 1,
    maxPauseMs: 330_000,
    clock: systemClock,
    ...options,
  };
  const rates = new Rates();
  const nameRate = (named: Rate | undefined): void => {
    if (named) rates.name(named, settings.clock.now());
  };
  nameRate(rate);
  const lanes = new Map<string, Lane>();

  function laneOf(origin: string): Lane {
    const lane = lanes.get(origin) ?? new Lane(settings, rates);
    lanes.set(origin, lane);
    return lane;
  }

  const within = (patienceMs: number): Layer => {
    return (next) => async (request) => {
      const { origin, host } = new URL(request.url);
      const lane = laneOf(origin);
      const requirePatience = (): void => {
        const { restMs } = lane;
        if (restMs > patienceMs) throw resting(host, restMs);
      };
      // Nor does it queue for a service that is to be left alone for longer.
      requirePatience();
      // p-queue looks at a signal only when a job starts, and leaves its listener behind: whoever waits behind a
      // rest of minutes must be free at once when the run is cancelled, so the race is run here.
      const job = lane.queue.add(async () => {
        throwIfCancelled(request.signal);
        const number = await lane.depart(requirePatience, request.signal);
        const response = await next(request);
        lane.arrive(number, response);
        return response;
      });
      const response = await orCancelled(job, request.signal);
      if (response) return response;
      throw new ServiceError('The queue gave up on a request.', { class: 'transient' });
    };
  };

  return {
    layer: within(Infinity),
    within,
    limit: (origin) => laneOf(origin).queue.concurrency,
    restMs: (origin) => laneOf(origin).restMs,
    isIdle: () => [...lanes.values()].every((lane) => lane.isIdle),
    nameRate,
  };
}
