import type { Limits } from './limit-values';
import type { Switches } from './switches';

export { LIMITS } from './limit-values';

export interface Refusal {
  code: string;
  message: string;
  retryAfterSeconds: number;
}

interface Slot {
  second: number;
  requests: number;
  executionMs: number;
}

/** What one user did in the window, in slots of one second. */
class Usage {
  concurrent = 0;
  requests = 0;
  executionMs = 0;
  private slots: Slot[] = [];

  add(second: number, requests: number, executionMs: number): void {
    const last = this.slots.at(-1);
    const slot = last && last.second >= second ? last : this.open(second);
    slot.requests += requests;
    slot.executionMs += executionMs;
    this.requests += requests;
    this.executionMs += executionMs;
  }

  /** Forgets what has left the window. */
  expire(second: number, { windowSeconds }: Limits): void {
    const kept = this.slots.findIndex((slot) => slot.second > second - windowSeconds);
    const gone = this.slots.splice(0, kept < 0 ? this.slots.length : kept);
    for (const slot of gone) {
      this.requests -= slot.requests;
      this.executionMs -= slot.executionMs;
    }
  }

  /** Seconds until enough has left the window for `fits` to hold. */
  secondsUntil(
    second: number,
    { windowSeconds }: Limits,
    fits: (requests: number, executionMs: number) => boolean,
  ): number {
    let { requests, executionMs } = this;
    for (const slot of this.slots) {
      requests -= slot.requests;
      executionMs -= slot.executionMs;
      if (fits(requests, executionMs)) return slot.second + windowSeconds - second;
    }
    return windowSeconds;
  }

  private open(second: number): Slot {
    const slot = { second, requests: 0, executionMs: 0 };
    this.slots.push(slot);
    return slot;
  }
}

/** A request that was let in; `leave` it when its answer is out. */
export interface Ticket {
  /** Headers of a normal answer. */
  headers: Record<string, string>;
  leave(): void;
}

/** Keeps the limits of all users. */
export class ServiceProtection {
  private users = new Map<string, Usage>();

  constructor(
    private readonly now: () => Date,
    private readonly switches: Switches,
  ) {}

  private get limits(): Limits {
    return this.switches.limits;
  }

  reset(): void {
    this.users = new Map();
  }

  enter(user: string): Ticket | Refusal {
    const usage = this.usageOf(user);
    const started = this.now().getTime();
    const second = Math.floor(started / 1000);
    usage.expire(second, this.limits);
    const refusal = this.refusal(usage, second);
    if (refusal) {
      if (this.switches.refusedRequestsCount) usage.add(second, 1, 0);
      return refusal;
    }
    usage.add(second, 1, 0);
    usage.concurrent += 1;
    return { headers: remaining(usage, this.limits), leave: this.leaver(usage, started) };
  }

  private leaver(usage: Usage, started: number): () => void {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const ended = this.now().getTime();
      usage.concurrent -= 1;
      usage.add(Math.floor(ended / 1000), 0, ended - started);
    };
  }

  private usageOf(user: string): Usage {
    const known = this.users.get(user);
    if (known) return known;
    const usage = new Usage();
    this.users.set(user, usage);
    return usage;
  }

  private refusal(usage: Usage, second: number): Refusal | undefined {
    const { limits } = this;
    if (usage.concurrent >= limits.concurrent) {
      return {
        code: '0x80072326',
        message: `Number of concurrent requests exceeded the limit of ${limits.concurrent}.`,
        retryAfterSeconds: this.switches.concurrencyRetryAfterSeconds,
      };
    }
    if (usage.requests >= limits.requests) {
      return {
        code: '0x80072322',
        message:
          `Number of requests exceeded the limit of ${limits.requests} over time window of ` +
          `${limits.windowSeconds} seconds.`,
        retryAfterSeconds: usage.secondsUntil(
          second,
          limits,
          (requests) => requests < limits.requests,
        ),
      };
    }
    const limit = limits.executionSeconds * 1000;
    if (usage.executionMs < limit) return undefined;
    return {
      code: '0x80072321',
      message:
        `Combined execution time of incoming requests exceeded limit of ${limit.toLocaleString('en-US')}  ` +
        `milliseconds over time window of ${limits.windowSeconds} seconds. Decrease number of concurrent requests or reduce the ` +
        'duration of requests and try again later.',
      retryAfterSeconds: usage.secondsUntil(
        second,
        limits,
        (_requests, executionMs) => executionMs < limit,
      ),
    };
  }
}

const remaining = (usage: Usage, limits: Limits): Record<string, string> => ({
  'x-ms-ratelimit-burst-remaining-xrm-requests': String(limits.requests - usage.requests),
  'x-ms-ratelimit-time-remaining-xrm-requests': Math.max(
    0,
    limits.executionSeconds - usage.executionMs / 1000,
  ).toFixed(2),
});
