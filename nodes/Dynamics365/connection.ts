import { tokenProvider, renewalAfter401 } from '../../core/dynamics/auth';
import { connectionSettings } from '../../core/dynamics/connection';
import { createDataverse } from '../../core/dynamics/dataverse/client';
import type { Dataverse } from '../../core/dynamics/dataverse/types';
import { type OpenOptions, serviceConnection } from '../shared/connection';

export const CREDENTIAL = 'dynamicsDataverseApi';

/**
 * Dataverse counts requests in flight per user and environment (Dataverse docs: api-limits). Below its 52, so that
 * people and other programs of the same user still get through.
 */
const IN_FLIGHT = { start: 40 };

export interface ConnectOptions extends OpenOptions {
  batchSize?: number;
  headers?: Record<string, string>;
}

/** The Dataverse environment that the node's credential names. */
export const connect = serviceConnection({
  credential: CREDENTIAL,
  settings: connectionSettings,
  countedBy: ({ environmentUrl, clientId }) => [environmentUrl, clientId],
  limits: IN_FLIGHT,
  auth: (settings) => renewalAfter401(tokenProvider(settings)),
  create: (
    { settings, send, signal, throttle, patienceMs },
    { batchSize, headers, timeoutMs }: ConnectOptions,
  ): Dataverse =>
    createDataverse({
      url: settings.environmentUrl,
      send,
      signal,
      maxWaitMs: patienceMs,
      // As many batches as may be in flight now: all lanes are used, and none waits for a long batch.
      lanes: throttle.limit(settings.environmentUrl),
      batchSize,
      headers,
      timeoutMs,
    }),
});
