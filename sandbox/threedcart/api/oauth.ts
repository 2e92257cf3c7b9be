import type { FastifyInstance } from 'fastify';
import type { SandboxContext } from '../../kit';
import { OAuthError, registerOAuth as registerServer } from '../../kit/oauth';
import { THREEDCART_CREDENTIALS } from '../credentials';
import type { ThreeDCartStore } from '../store';
import { hostOf } from './auth';

const { clientId: id, clientSecret: secret, secureUrl } = THREEDCART_CREDENTIALS;

/** OAuth 2.0 of v2, which lies beside the API on the same host. What 3dcart says in failures is not documented. */
export function registerOAuth(
  app: FastifyInstance,
  store: ThreeDCartStore,
  { counters, now }: SandboxContext,
): void {
  registerServer(app, {
    client: { id, secret },
    tokens: store.tokens,
    now,
    tokenSeconds: () => store.switches.tokenSeconds,
    refreshTokenRotates: () => store.switches.refreshTokenRotates,
    checkAuthorization: (query) => {
      if (hostOf(query.store_url ?? '') !== hostOf(secureUrl)) {
        throw new OAuthError(400, 'invalid_request', 'Unknown store_url');
      }
    },
    count: () => counters.operation('threedcart', 'issue token'),
  });
}
