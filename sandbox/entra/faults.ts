import { randomUUID } from 'node:crypto';
import type { FaultWording } from '../kit';
import { aadBody, aadErrors } from './errors';

/** Faults in the words of OAuth 2.0 (RFC 6749, 4.1.2.1), so that a client reads an error code and not a sentence. */
export const faultWording =
  (clientId: string, now: () => Date): FaultWording =>
  (kind) => {
    if (kind === 'unauthorized') {
      const failed = aadErrors.badSecret(clientId);
      const ids = { traceId: randomUUID(), correlationId: randomUUID(), now: now() };
      return { status: failed.status, body: aadBody(failed, ids) };
    }
    const status = Number(kind);
    const passing = status === 429 || status === 503;
    return {
      status,
      body: {
        error: passing ? 'temporarily_unavailable' : 'server_error',
        error_description: `The service cannot answer at the moment (${status}): try again later.`,
        error_codes: [],
      },
    };
  };
