/** At most so many requests leave within any span of so many milliseconds. */
export interface Rate {
  requests: number;
  perMs: number;
}

/** How long a rate holds that nobody names any more: whoever sends a request names his with each. */
const HOLDS_MS = 60_000;

const perSecond = ({ requests, perMs }: Rate): number => requests / perMs;

/**
 * The rates of all who ask one service as the same caller. The slowest holds, since it is one service that counts the
 * requests of all of them; a faster one that takes its place holds after a minute.
 */
export class Rates {
  private readonly named = new Map<string, { rate: Rate; at: number }>();

  name(rate: Rate, now: number): void {
    this.named.set(`${rate.requests}/${rate.perMs}`, { rate, at: now });
    for (const [key, { at }] of this.named) {
      if (Math.abs(now - at) >= HOLDS_MS) this.named.delete(key);
    }
  }

  /** Undefined: as many as are answered. */
  slowest(): Rate | undefined {
    const rates = [...this.named.values()].map(({ rate }) => rate);
    return rates.reduce<Rate | undefined>(
      (least, rate) => (least && perSecond(least) <= perSecond(rate) ? least : rate),
      undefined,
    );
  }
}

/**
 * When the next request may leave by the rate. Not the `interval` of p-queue: that runs on timers and a clock of its
 * own, which a test cannot set, counts a cancelled request as sent, and lets twice the number through where two of its
 * fixed windows meet.
 */
export class Pace {
  /** Moments of the last departures, as many as may leave within the span; the oldest first. */
  private departures: number[] = [];

  constructor(private readonly rates: Rates) {}

  note(now: number): void {
    const rate = this.rates.slowest();
    if (rate) this.departures = [...this.departures, now].slice(-rate.requests);
  }

  waitMs(now: number): number {
    const rate = this.rates.slowest();
    if (!rate) return 0;
    const oldest = this.departures.at(-rate.requests);
    // A clock that was set back would otherwise hold everything until it is where it was.
    return oldest === undefined || oldest > now ? 0 : Math.max(0, oldest + rate.perMs - now);
  }
}
