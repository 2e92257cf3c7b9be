import { LRUCache } from 'lru-cache';

import { fetchTransport } from '../http/fetch';
import { createSend, type SendOptions } from '../http/send';
import type { HttpRequest, Send } from '../http/types';
import { type Clock, systemClock } from '../http/wait';
import { createProvider, type TokenProvider } from './auth/provider';
import { type DynamicsAuthSettings, signIn, signInKey } from './auth/settings';

export type { TokenProvider } from './auth/provider';
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

function bearer(request: HttpRequest): string | undefined {
  return /^Bearer (.+)$/.exec(request.headers?.['authorization'] ?? '')?.[1];
}

/** For `createSend`: signs every request, and after a 401 renews the token that was refused. */
export function bearerAuth(
  provider: TokenProvider,
): Required<Pick<SendOptions, 'authorize' | 'onUnauthorized'>> {
  return {
    authorize: async (request) => ({
      ...request,
      headers: { ...request.headers, authorization: `Bearer ${await provider.token()}` },
    }),
    onUnauthorized: async (request) => {
      const rejected = bearer(request);
      return (await provider.token({ rejected })) !== rejected;
    },
  };
}

/**
 * For `createSend` where the transport signs the requests, as n8n does by the credential: the token that a request was
 * signed with is noted, so that after a 401 that one, and not one renewed meanwhile, is replaced.
 */
export function renewalAfter401(
  provider: TokenProvider,
): Required<Pick<SendOptions, 'authorize' | 'onUnauthorized'>> {
  const tokens = new WeakMap<HttpRequest, string>();
  return {
    authorize: async (request) => {
      const noted = { ...request };
      tokens.set(noted, await provider.token());
      return noted;
    },
    onUnauthorized: async (request) => {
      const rejected = tokens.get(request);
      return (await provider.token({ rejected })) !== rejected;
    },
  };
}
