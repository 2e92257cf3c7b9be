import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { basicClient } from '../basic';
import type { Tokens } from './tokens';

/** Parameters of a request, by name. */
export type Form = Readonly<Record<string, string | undefined>>;

/** What a service has of OAuth 2.0: one client, and what it keeps to. */
export interface OAuthServer {
  client: { id: string; secret: string };
  tokens: Tokens;
  /** Whether the client may say who it is in the header too (RFC 6749, 2.3.1). Default: in the form alone. */
  takesBasic?: boolean;
  /** Whether the client gets a token for itself, without a person. */
  hasClientCredentials?: boolean;
  now(): Date;
  /** How long an access token lives. */
  tokenSeconds(): number;
  /** Whether a refresh token is good once only, and the answer brings the next one. */
  refreshTokenRotates(): boolean;
  /** Called before anything is answered; throws where the request is not to be answered so. */
  checkAuthorization?(query: Form): void;
  /** Called with every request for a token. */
  count(): void;
  /** Whether there is OAuth 2.0 at all; where there is not, its paths are none. Default: there is. */
  isOn?(): boolean;
}

/** Errors in the words of RFC 6749. */
export class OAuthError extends Error {
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

/** A person who is signed in to the service agrees: the browser goes back to the app with a code. */
function authorizePage(query: Form, server: OAuthServer): string {
  const { client_id: client, redirect_uri: redirectUri = '', response_type: type } = query;
  if (client !== server.client.id)
    throw new OAuthError(400, 'invalid_request', 'Unknown client_id');
  if (type !== 'code') {
    throw new OAuthError(400, 'unsupported_response_type', 'response_type must be code');
  }
  server.checkAuthorization?.(query);
  if (!URL.canParse(redirectUri)) {
    throw new OAuthError(400, 'invalid_request', 'redirect_uri is no address');
  }
  const target = new URL(redirectUri);
  target.searchParams.set('code', server.tokens.issueCode(redirectUri, server.now()));
  if (query.state !== undefined) target.searchParams.set('state', query.state);
  return target.href;
}

/** What a grant gives beside the access token. */
type Grant = (form: Form, server: OAuthServer) => { refresh_token?: string };

const GRANTS: Readonly<Record<string, Grant>> = {
  authorization_code: ({ code = '', redirect_uri: redirectUri = '' }, { tokens, now }) => {
    if (!tokens.redeem(code, redirectUri, now())) {
      throw new OAuthError(400, 'invalid_grant', 'The code is not valid');
    }
    return { refresh_token: tokens.issueRefresh() };
  },
  refresh_token: ({ refresh_token: token = '' }, { tokens, refreshTokenRotates }) => {
    if (!tokens.canRefresh(token)) {
      throw new OAuthError(400, 'invalid_grant', 'The refresh token is not valid');
    }
    if (!refreshTokenRotates()) return { refresh_token: token };
    tokens.dropRefresh(token);
    return { refresh_token: tokens.issueRefresh() };
  },
  // Without a refresh token: the client asks again (RFC 6749, 4.4.3).
  client_credentials: () => ({}),
};

function clientIn(request: FastifyRequest, form: Form, server: OAuthServer) {
  const { authorization } = request.headers;
  if (server.takesBasic === true && authorization) {
    return basicClient(authorization) ?? { id: '', secret: '' };
  }
  return { id: form.client_id, secret: form.client_secret };
}

function grantOf(form: Form, { hasClientCredentials = false }: OAuthServer): Grant {
  const { grant_type: type = '' } = form;
  const grant = type === 'client_credentials' && !hasClientCredentials ? undefined : GRANTS[type];
  if (grant === undefined) {
    throw new OAuthError(400, 'unsupported_grant_type', 'Unknown grant_type');
  }
  return grant;
}

function tokensFor(request: FastifyRequest, server: OAuthServer): object {
  const form = formOf(request.body);
  const { id, secret } = clientIn(request, form, server);
  if (id !== server.client.id || secret !== server.client.secret) {
    throw new OAuthError(401, 'invalid_client', 'Unknown client');
  }
  const granted = grantOf(form, server)(form, server);
  const seconds = server.tokenSeconds();
  return {
    access_token: server.tokens.issueAccess(server.now(), seconds),
    token_type: 'bearer',
    ...granted,
    expires_in: seconds,
  };
}

/** `/oauth/authorize` and `/oauth/token`. */
export function registerOAuth(app: FastifyInstance, server: OAuthServer): void {
  const answer = (reply: FastifyReply, work: () => FastifyReply): FastifyReply => {
    if (server.isOn?.() === false) {
      reply.callNotFound();
      return reply;
    }
    try {
      return work();
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error;
      const body = { error: error.code, error_description: error.message };
      return reply.code(error.status).send(body);
    }
  };
  app.get('/oauth/authorize', (request, reply) =>
    answer(reply, () => reply.redirect(authorizePage(request.query as Form, server))),
  );
  app.post('/oauth/token', (request, reply) =>
    answer(reply, () => {
      server.count();
      return reply.send(tokensFor(request, server));
    }),
  );
}
