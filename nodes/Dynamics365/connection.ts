import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import {
  type DynamicsAuthSettings,
  renewalAfter401,
  tokenProvider,
} from '../../core/dynamics/auth';
import { entraErrorIn } from '../../core/dynamics/auth/aadsts';
import { connectionSettings, environmentUrl } from '../../core/dynamics/connection';
import { createDataverse } from '../../core/dynamics/dataverse/client';
import { notingWrites } from '../../core/dynamics/dataverse/tracking/ownRows';
import type { Dataverse } from '../../core/dynamics/dataverse/types';
import type { SignIns } from '../shared/credentials';
import { type OpenOptions, serviceConnection } from '../shared/connection';
import { noteFor } from './ownRows';

/** The first one signs in as an app; with the other one a user has, whose token n8n renews. */
export const SIGN_INS: SignIns = [
  { type: 'dynamicsDataverseApi', name: 'App', value: 'app' },
  {
    type: 'dynamicsDataverseOAuth2Api',
    name: 'User (OAuth2)',
    value: 'oAuth2',
    isOAuth2: true,
    refusalIn: entraErrorIn,
  },
];

/** Of the app, for nodes that only look into the environment. */
export const CREDENTIAL = SIGN_INS[0].type;

interface Environment {
  url: string;
  /** As whom: requests are counted by it. All users who came by one app count as one, because n8n does not say who. */
  caller: string[];
  /** Left out: n8n itself signs in. */
  app?: DynamicsAuthSettings;
}

function environmentOf(fields: ICredentialDataDecryptedObject, type: string): Environment {
  const url = environmentUrl(fields);
  const { clientId } = fields;
  if (type !== SIGN_INS[0].type) return { url, caller: [String(clientId), 'user'] };
  const app = connectionSettings(fields);
  return { url, caller: [app.clientId], app };
}

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
  credential: SIGN_INS,
  settings: environmentOf,
  countedBy: ({ url, caller }) => [url, ...caller],
  limits: IN_FLIGHT,
  auth: ({ app }) => (app ? renewalAfter401(tokenProvider(app)) : {}),
  create: (
    { settings, send, signal, throttle, patienceMs, dryRun },
    { batchSize, headers, timeoutMs }: ConnectOptions,
  ): Dataverse => {
    const client = createDataverse({
      url: settings.url,
      send,
      signal,
      maxWaitMs: patienceMs,
      // As many batches as may be in flight now: all lanes are used, and none waits for a long batch.
      lanes: throttle.limit(settings.url),
      batchSize,
      headers,
      timeoutMs,
      dryRun,
    });
    return dryRun ? client : notingWrites(client, noteFor(client));
  },
});
