import { createHash } from 'node:crypto';

import { LRUCache } from 'lru-cache';

import { fetchTransport } from '../../../http/fetch';
import { createSend } from '../../../http/send';
import type { Send } from '../../../http/types';
import { type Clock, systemClock } from '../../../http/wait';

/** What proves who asks, as the headers of a request; renewed where the service refuses it. */
export interface SignIn {
  /** @param options.rejected what the service answered with 401: if it is still the current one, it is replaced */
  headers(options?: { rejected?: Record<string, string> }): Promise<Record<string, string>>;
}

export interface Proven {
  headers: Record<string, string>;
  /** Milliseconds that it is good for; undefined: until the service refuses it. */
  lifeMs?: number;
}

export interface SignInOptions {
  /** Way to the service. Default: `fetch`, three attempts, 30 s each. */
  send?: Send;
  clock?: Clock;
}

/** Renewed so long before its end, or at half its life where that is short. */
const RENEW_BEFORE_MS = 60_000;

/** One sign-in per credential for the whole process; the least used are let go. */
const kept = new LRUCache<string, SignIn>({ max: 100 });

/** For tests: lets go of every sign-in of this process. */
export function forgetSignIns(): void {
  kept.clear();
}

function ownSend(clock: Clock): Send {
  return createSend({
    transport: fetchTransport({ timeoutMs: 30_000 }),
    retry: { attempts: 3, maxRetryAfterMs: 30_000, maxTotalWaitMs: 60_000, clock },
  });
}

/**
 * A sign-in that is made once for all requests of the process, and at most once at a time.
 *
 * @param key all that it depends on; kept as a hash only
 */
export function keptSignIn(
  key: readonly unknown[],
  acquire: (send: Send) => Promise<Proven>,
  { send, clock = systemClock }: SignInOptions,
): SignIn {
  const name = createHash('sha256').update(JSON.stringify(key)).digest('hex');
  const known = kept.get(name);
  if (known) return known;
  const made = signInOf(async () => await acquire(send ?? ownSend(clock)), clock);
  kept.set(name, made);
  return made;
}

function signInOf(acquire: () => Promise<Proven>, clock: Clock): SignIn {
  let current: { headers: Record<string, string>; renewAt: number } | undefined;
  let underway: Promise<Record<string, string>> | undefined;
  const renew = async (): Promise<Record<string, string>> => {
    const { headers, lifeMs = Infinity } = await acquire();
    const renewAt = clock.now() + Math.max(lifeMs / 2, lifeMs - RENEW_BEFORE_MS);
    current = { headers, renewAt };
    return headers;
  };
  return {
    async headers({ rejected } = {}) {
      if (rejected !== undefined && current?.headers === rejected) current = undefined;
      if (current && clock.now() < current.renewAt) return current.headers;
      underway ??= renew().finally(() => (underway = undefined));
      return await underway;
    },
  };
}
