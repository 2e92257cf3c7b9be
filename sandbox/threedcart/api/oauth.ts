import type { FastifyInstance, FastifyReply } from 'fastify';
import type { SandboxContext } from '../../kit';
import { THREEDCART_CREDENTIALS } from '../credentials';
import type { ThreeDCartStore } from '../store';
import { hostOf } from './auth';

const { clientId, clientSecret, secureUrl } = THREEDCART_CREDENTIALS;

type Form = Readonly<Record<string, string | undefined>>;

/** Errors in the words of RFC 6749; what 3dcart says is not documented. */
class OAuthError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    description: string,
  ) {
    super(description);
  }
}

const formOf = (body: unknown): Form =>
  Object.fromEntries(new URLSearchParams(Buffer.isBuffer(body) ? body.toString('utf8') : ''));

/** A person who is signed in to the store agrees: the browser goes back to the app with a code. */
function authorizePage(query: Form, store: ThreeDCartStore, now: Date): string {
  const { client_id: client, redirect_uri: redirectUri = '', response_type: type } = query;
  if (client !== clientId) throw new OAuthError(400, 'invalid_request', 'Unknown client_id');
  if (type !== 'code') {
    throw new OAuthError(400, 'unsupported_response_type', 'response_type must be code');
  }
  if (hostOf(query.store_url ?? '') !== hostOf(secureUrl)) {
    throw new OAuthError(400, 'invalid_request', 'Unknown store_url');
  }
  if (!URL.canParse(redirectUri)) {
    throw new OAuthError(400, 'invalid_request', 'redirect_uri is no address');
  }
  const target = new URL(redirectUri);
  target.searchParams.set('code', store.tokens.issueCode(redirectUri, now));
  if (query.state !== undefined) target.searchParams.set('state', query.state);
  return target.href;
}

/** Grants, by `grant_type`; each gives the refresh token that goes with the new access token. */
const GRANTS: Readonly<Record<string, (form: Form, store: ThreeDCartStore, now: Date) => string>> =
  {
    authorization_code: ({ code = '', redirect_uri: redirectUri = '' }, { tokens }, now) => {
      if (!tokens.redeem(code, redirectUri, now)) {
        throw new OAuthError(400, 'invalid_grant', 'The code is not valid');
      }
      return tokens.issueRefresh();
    },
    refresh_token: ({ refresh_token: token = '' }, { tokens, switches }) => {
      if (!tokens.canRefresh(token)) {
        throw new OAuthError(400, 'invalid_grant', 'The refresh token is not valid');
      }
      if (!switches.refreshTokenRotates) return token;
      tokens.dropRefresh(token);
      return tokens.issueRefresh();
    },
  };

function tokensFor(form: Form, store: ThreeDCartStore, now: Date): object {
  if (form.client_id !== clientId || form.client_secret !== clientSecret) {
    throw new OAuthError(401, 'invalid_client', 'Unknown client');
  }
  const grant = GRANTS[form.grant_type ?? ''];
  if (grant === undefined) {
    throw new OAuthError(400, 'unsupported_grant_type', 'Unknown grant_type');
  }
  const refresh = grant(form, store, now);
  const seconds = store.switches.tokenSeconds;
  return {
    access_token: store.tokens.issueAccess(now, seconds),
    token_type: 'bearer',
    refresh_token: refresh,
    expires_in: seconds,
  };
}

/** `/oauth/authorize` and `/oauth/token`, which lie beside the API on the same host. */
export function registerOAuth(
  app: FastifyInstance,
  store: ThreeDCartStore,
  { counters, now }: SandboxContext,
): void {
  const answer = (reply: FastifyReply, work: () => FastifyReply): FastifyReply => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error;
      const body = { error: error.code, error_description: error.message };
      return reply.code(error.status).send(body);
    }
  };
  app.get('/oauth/authorize', (request, reply) =>
    answer(reply, () => reply.redirect(authorizePage(request.query as Form, store, now()))),
  );
  app.post('/oauth/token', (request, reply) => {
    counters.operation('threedcart', 'issue token');
    return answer(reply, () => reply.send(tokensFor(formOf(request.body), store, now())));
  });
}
