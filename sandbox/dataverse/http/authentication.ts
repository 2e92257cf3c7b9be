import type { FastifyRequest } from 'fastify';
import type { DataverseOptions } from '../options';

export type Authentication =
  | { ok: true; user: string }
  | { ok: false; status: 401; headers: Record<string, string>; body: string };

const ANONYMOUS = 'anonymous';

/**
 * Checks the Bearer token. A refusal names the authority and the resource, as documented for a request without
 * a token (Dataverse docs, discover-url-organization); the exact text is not documented.
 */
export function authenticate(request: FastifyRequest, options: DataverseOptions): Authentication {
  if (!options.tokens) return { ok: true, user: ANONYMOUS };
  const origin = `${request.protocol}://${request.host}`;
  const [scheme, token] = (request.headers.authorization ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || !token) {
    return challenge(options, origin, undefined);
  }
  const checked = options.tokens.check(token);
  if (!checked.ok) {
    const text =
      checked.reason === 'expired' ? 'The token has expired.' : 'The token signature is not valid.';
    return challenge(options, origin, text);
  }
  const audiences = [origin, ...(options.audiences ?? [])].map(normalized);
  if (!audiences.includes(normalized(checked.claims.aud))) {
    return challenge(options, origin, 'The audience of the token is not this environment.');
  }
  // Limits are counted by user: a person, or the app itself.
  return { ok: true, user: checked.claims.oid ?? checked.claims.appid };
}

const normalized = (url: string): string => url.replace(/(?<!\/)\/+$/, '').toLowerCase();

function challenge(
  { authorizationUri }: DataverseOptions,
  origin: string,
  problem: string | undefined,
): Authentication {
  const authority =
    (typeof authorizationUri === 'function' ? authorizationUri() : authorizationUri) ??
    'https://login.microsoftonline.com/common/oauth2/authorize';
  const error = problem ? `, error=invalid_token, error_description=${problem}` : '';
  const message = problem ?? 'The request has no access token.';
  return {
    ok: false,
    status: 401,
    headers: {
      'WWW-Authenticate': `Bearer authorization_uri=${authority}, resource_id=${origin}/${error}`,
    },
    body: JSON.stringify({ error: { code: '0x80041d45', message } }),
  };
}
