import { LRUCache } from 'lru-cache';

import { tokenProvider } from '../../core/dynamics/auth';
import { connectionSettings } from '../../core/dynamics/connection';
import { createDataverse } from '../../core/dynamics/dataverse/client';
import type { Dataverse } from '../../core/dynamics/dataverse/types';
import { createSend } from '../../core/http/send';
import { createThrottle, type Throttle } from '../../core/http/throttle';
import type { HttpRequest } from '../../core/http/types';
import { isClaimed } from '../shared/claims';
import { nodeTransport, type RequestContext } from '../shared/transport';

export const CREDENTIAL = 'dynamicsDataverseApi';

/**
 * One limit per user and environment for the whole process: Dataverse counts requests in flight per user
 * (Dataverse docs: api-limits), and a worker runs many workflows at the same time.
 */
const throttles = new LRUCache<string, Throttle>({ max: 100 });

/** Below the 52 of Dataverse, so that people and other programs of the same user still get through. */
const LANES = 40;

function throttleOf(user: string): Throttle {
  const known = throttles.get(user);
  if (known) return known;
  const throttle = createThrottle({ start: LANES });
  throttles.set(user, throttle);
  return throttle;
}

/**
 * What a ledger keeps need not wait here: it is sent again when Dataverse wants it. A run that waits for minutes
 * holds its memory (n8n: about 15 MB), and each webhook starts one.
 */
const PATIENCE_MS = 30_000;

export interface ConnectOptions {
  batchSize?: number;
  timeoutMs?: number;
  headers?: Record<string, string>;
}

/**
 * The client for the node's credential. The credential signs each request; which token it used is noted here, so
 * that after a 401 that token, and not one renewed meanwhile, is replaced.
 */
export async function connect(
  context: RequestContext,
  options: ConnectOptions = {},
): Promise<Dataverse> {
  const settings = connectionSettings(await context.getCredentials(CREDENTIAL));
  const provider = tokenProvider(settings);
  const tokens = new WeakMap<HttpRequest, string>();
  const throttle = throttleOf(`${settings.environmentUrl} ${settings.clientId}`);
  const patienceMs = isClaimed(context) ? PATIENCE_MS : undefined;
  const send = createSend({
    transport: nodeTransport(context, CREDENTIAL),
    throttle,
    patienceMs,
    authorize: async (request) => {
      const signed = { ...request };
      tokens.set(signed, await provider.token());
      return signed;
    },
    onUnauthorized: async (request) => {
      const rejected = tokens.get(request);
      return (await provider.token({ rejected })) !== rejected;
    },
  });
  const signal =
    'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
  return createDataverse({
    url: settings.environmentUrl,
    send,
    signal,
    maxWaitMs: patienceMs,
    // As many batches as may be in flight now: all lanes are used, and none waits for a long batch.
    lanes: throttle.limit(settings.environmentUrl),
    ...options,
  });
}
