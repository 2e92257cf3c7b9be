import type { FastifyReply } from 'fastify';
import { failure, type AadError } from './errors';
import { userScope } from './scopes';
import { isRegistered } from './urls';
import type { Challenge, UserGrants } from './user-grants';

/**
 * The page on which a user signs in and agrees. The one user of the sandbox is signed in, and agrees or declines at once.
 * Source: Microsoft Entra docs, v2-oauth2-auth-code-flow.
 */

export type Answer = 'agrees' | 'declines';

type Query = Readonly<Record<string, string | undefined>>;

export interface Authorization {
  clientId: string;
  tenantId: string;
  redirectUris: readonly string[];
  answer: Answer;
  grants: UserGrants;
  /** Asked for by the control API. */
  refusal?: AadError;
  /** The error as Entra words it, with its number. */
  describe(failed: AadError): string;
}

type Fields = Record<string, string>;

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const page = (reply: FastifyReply, status: number, body: string): FastifyReply =>
  reply
    .code(status)
    .type('text/html; charset=utf-8')
    .send(`<!DOCTYPE html><html><head><title>Sign in to your account</title></head>${body}</html>`);

/** Where the app cannot be trusted with an answer, the user reads it. */
const shown = (reply: FastifyReply, { describe }: Authorization, failed: AadError): FastifyReply =>
  page(reply, 400, `<body><h1>Sign in</h1><p>${escaped(describe(failed))}</p></body>`);

type ResponseMode = (reply: FastifyReply, target: URL, fields: Fields) => FastifyReply;

const MODES: Readonly<Record<string, ResponseMode>> = {
  query: (reply, target, fields) => {
    for (const [name, value] of Object.entries(fields)) target.searchParams.set(name, value);
    return reply.redirect(target.href);
  },
  fragment: (reply, target, fields) => {
    target.hash = new URLSearchParams(fields).toString();
    return reply.redirect(target.href);
  },
  form_post: (reply, target, fields) => {
    const inputs = Object.entries(fields).map(
      ([name, value]) => `<input type="hidden" name="${name}" value="${escaped(value)}"/>`,
    );
    const form = `<form method="POST" action="${escaped(target.href)}">${inputs.join('')}<noscript><input type="submit"/></noscript></form>`;
    return page(reply, 200, `<body onload="document.forms[0].submit()">${form}</body>`);
  },
};

function unknownClient(clientId: string, tenant: string): AadError {
  return failure(
    400,
    'unauthorized_client',
    700016,
    `Application with identifier '${clientId}' was not found in the directory '${tenant}'.`,
  );
}

function wrongRedirect(uri: string, clientId: string): AadError {
  return failure(
    400,
    'invalid_request',
    50011,
    `The redirect URI '${uri}' specified in the request does not match the redirect URIs configured for the ` +
      `application '${clientId}'.`,
  );
}

function challengeIn(query: Query): Challenge | AadError | undefined {
  const { code_challenge: value, code_challenge_method: method = 'plain' } = query;
  if (!value) return undefined;
  return method === 'plain' || method === 'S256'
    ? { value, method }
    : failure(400, 'invalid_request', 501491, 'Invalid size of Code_Challenge parameter.');
}

/** What goes back to the app. */
function outcome(query: Query, authorization: Authorization): { code: string } | AadError {
  const { answer, grants, refusal } = authorization;
  if (query.response_type !== 'code') {
    const type = query.response_type ?? '';
    return failure(
      400,
      'unsupported_response_type',
      70005,
      `The app returned an unsupported response type '${type}'.`,
    );
  }
  const scope = userScope(query.scope);
  if ('code' in scope) return scope;
  const challenge = challengeIn(query);
  if (challenge && 'code' in challenge) return challenge;
  if (refusal) return refusal;
  if (answer === 'declines') {
    return failure(400, 'access_denied', 65004, 'User declined to consent to access the app.');
  }
  return { code: grants.issueCode(scope, query.redirect_uri ?? '', challenge) };
}

/** Answers `GET /{tenant}/oauth2/v2.0/authorize` for a tenant that exists. */
export function authorize(
  query: Query,
  reply: FastifyReply,
  authorization: Authorization,
): FastifyReply {
  const { clientId, tenantId, redirectUris } = authorization;
  const { client_id: client = '', redirect_uri: redirectUri = '', state } = query;
  if (client.toLowerCase() !== clientId.toLowerCase()) {
    return shown(reply, authorization, unknownClient(client, tenantId));
  }
  if (!isRegistered(redirectUri, redirectUris)) {
    return shown(reply, authorization, wrongRedirect(redirectUri, clientId));
  }
  const mode = MODES[query.response_mode ?? 'query'];
  if (!mode) {
    const text = `The app returned an unsupported value of 'response_mode'.`;
    return shown(reply, authorization, failure(400, 'invalid_request', 70007, text));
  }
  const found = outcome(query, authorization);
  const fields =
    'status' in found
      ? { error: found.error, error_description: authorization.describe(found) }
      : found;
  return mode(reply, new URL(redirectUri), {
    ...fields,
    ...(state === undefined ? {} : { state }),
  });
}
