import { LRUCache } from 'lru-cache';

import { fetchTransport } from '../http/fetch';
import { createSend } from '../http/send';
import type { TokenProvider } from '../http/token';
import type { Send } from '../http/types';
import { type Clock, systemClock } from '../http/wait';
import { createProvider } from './auth/provider';
import { type DynamicsAuthSettings, signIn, signInKey } from './auth/settings';

export { bearerAuth, renewalAfter401, type TokenProvider } from '../http/token';
export { type Cloud, CLOUDS, type DynamicsAuthSettings } from './auth/settings';

export interface TokenOptions {
  /** Way to Microsoft Entra. Default: `fetch`, three attempts, 30 s each. */
  send?: Send;
  clock?: Clock;
}

/**
 * One provider per credential for the whole process: a worker runs many workflows with the same credential, and
 * Entra stops who asks too often (AADSTS50196). The least used are let go.
 */
const providers = new LRUCache<string, TokenProvider>({ max: 100 });

function entraSend(clock: Clock): Send {
  return createSend({
    transport: fetchTransport({ timeoutMs: 30_000 }),
    retry: { attempts: 3, maxRetryAfterMs: 30_000, maxTotalWaitMs: 60_000, clock },
  });
}

/**
 * Tokens for one Dataverse or Finance environment by client credentials (Microsoft Entra, OAuth 2.0).
 * Settings that cannot work are refused at once, with the field's name.
 */
export function tokenProvider(
  settings: DynamicsAuthSettings,
  options: TokenOptions = {},
): TokenProvider {
  const checked = signIn(settings);
  const { clock = systemClock } = options;
  const key = signInKey(checked);
  const known = providers.get(key);
  if (known) return known;
  const provider = createProvider(checked, options.send ?? entraSend(clock), clock);
  providers.set(key, provider);
  return provider;
}

/** Lets go of every token of this process. */
export function forgetTokens(): void {
  providers.clear();
}
