import type { FastifyInstance } from 'fastify';
import type { SandboxContext } from '../../kit';
import { registerOAuth as registerServer } from '../../kit/oauth';
import { XCART_CREDENTIALS } from '../credentials';
import type { XCartStore } from '../store';

const { clientId: id, clientSecret: secret } = XCART_CREDENTIALS;

/** OAuth 2.0 of an add-on or a gateway. SYNTHETIC: X-Cart has none of its own (see the switch `oAuth2`). */
export function registerOAuth(
  app: FastifyInstance,
  store: XCartStore,
  { counters, now }: SandboxContext,
): void {
  registerServer(app, {
    client: { id, secret },
    tokens: store.tokens,
    takesBasic: true,
    hasClientCredentials: true,
    now,
    isOn: () => store.switches.oAuth2,
    tokenSeconds: () => store.switches.oAuth2TokenSeconds,
    refreshTokenRotates: () => store.switches.refreshTokenRotates,
    count: () => counters.operation('xcart', 'issue token'),
  });
}
