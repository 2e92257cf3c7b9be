import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { basicClient, createApp, type SandboxContext, type Service } from '../kit';
import { authorize, type Answer } from './authorize';
import { Client, type ClientOptions, type Fields } from './client';
import { instanceDiscovery, keySet, openIdConfiguration } from './discovery';
import { aadBody, aadErrors, type AadError } from './errors';
import { faultWording } from './faults';
import { checkResource, type Grant, GRANTS } from './grants';
import { refusalOf } from './refusals';
import { TokenAuthority } from './tokens';
import { withoutTrailingSlash } from './urls';
import { UserGrants } from './user-grants';

export interface EntraOptions extends ClientOptions {
  /** Resources that tokens may be asked for; any http(s) URL when left out. */
  resources?: readonly string[];
  /** Seconds until a token expires; 3599, as Entra ID answers, when left out. */
  tokenLifetimeSeconds?: number;
}

export interface EntraService extends Service {
  /** What a resource server checks tokens with. */
  tokens: TokenAuthority;
  /** Every token issued until now counts as expired. */
  expireTokens(): void;
  /** The user's sign-ins of until now cannot be renewed any more. */
  revokeSignIns(): void;
  /** Seconds that tokens issued from now on live. */
  setTokenLifetime(seconds: number): void;
  /** Every request for a token or a code is refused with this AADSTS code; undefined: as the request deserves. */
  refuseWith(code: number | undefined): void;
  /** Registers a certificate (PEM) that the application may sign in with. */
  addCertificate(pem: string): void;
  /** Where the user may be sent back to, besides n8n on this machine. */
  setRedirectUris(uris: readonly string[]): void;
  /** What the user does when asked for consent. */
  setAnswer(answer: Answer): void;
}

const DEFAULT_LIFETIME_SECONDS = 3599;

/** The one user of the tenant, made up. */
const USER = {
  oid: '5a4db0c5-0000-4000-8000-05e400000003',
  preferred_username: 'clerk@sandbox.example',
  name: 'Sandbox Clerk',
  /** The user as this app alone knows it (Microsoft Entra docs, id-token-claims-reference). */
  sub: 'w2n7m4k1-made-up-pairwise-subject',
};

/** Of n8n as it runs on this machine, whichever its port. */
const N8N_CALLBACKS = ['localhost', '127.0.0.1'].map(
  (host) => `http://${host}/rest/oauth2-credential/callback`,
);

/** Client id and secret may stand in a Basic header too (RFC 6749, 2.3.1). */
function formOf(request: FastifyRequest): Fields {
  const form = Object.fromEntries(new URLSearchParams(String(request.body ?? '')));
  const basic = basicClient(request.headers.authorization);
  return basic ? { client_id: basic.id, client_secret: basic.secret, ...form } : form;
}

/**
 * The endpoints of Entra ID for apps and for users. Sources: Microsoft Entra docs, v2-oauth2-client-creds-grant-flow,
 * v2-oauth2-auth-code-flow, and the older `resource` form (v1). Fields that it does not know are ignored: MSAL sends many.
 */
export function createEntra(context: SandboxContext, options: EntraOptions): EntraService {
  const app = createApp();
  const tokens = new TokenAuthority(() => context.now());
  const client = new Client(options, () => context.now());
  const users = new UserGrants(() => context.now());
  let redirectUris: readonly string[] = N8N_CALLBACKS;
  let answer: Answer = 'agrees';
  let refusal: AadError | undefined;
  let lifetime = options.tokenLifetimeSeconds ?? DEFAULT_LIFETIME_SECONDS;
  context.counters.attach(app, 'entra');
  context.faults.attach(
    app,
    'entra',
    faultWording(options.clientId, () => context.now()),
  );
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));

  const bodyOf = (failed: AadError, correlationId: string = randomUUID()) =>
    aadBody(failed, { traceId: randomUUID(), correlationId, now: context.now() });

  const refuse = (request: FastifyRequest, reply: FastifyReply, failed: AadError): FastifyReply =>
    reply
      .code(failed.status)
      .headers(NO_STORE)
      .send(bodyOf(failed, formOf(request)['client-request-id']));

  const issuer = (request: FastifyRequest): string => `${origin(request)}/${options.tenantId}/v2.0`;

  function granted(request: InTenant, version: 1 | 2): Grant | AadError {
    const form = formOf(request);
    const readers = GRANTS[version];
    const failed =
      client.checkTenant(request.params.tenant) ??
      client.check(form, pathOf(request), Object.keys(readers)) ??
      refusal;
    if (failed) return failed;
    const grant = readers[form.grant_type ?? '']?.(form, users);
    if (!grant) return aadErrors.badGrant(form.grant_type ?? '');
    return 'status' in grant ? grant : (checkResource(grant, options) ?? grant);
  }

  function accessToken(request: FastifyRequest, { resource, scopes }: Grant): string {
    const { clientId: appid, tenantId: tid } = options;
    const claims = { aud: withoutTrailingSlash(resource), iss: issuer(request), appid, tid };
    const user = scopes ? { oid: USER.oid, scp: permissionsOf(scopes).join(' ') } : {};
    return tokens.issue({ ...claims, ...user }, lifetime);
  }

  /** What comes beside the access token where a user has signed in. */
  function userPart(request: FastifyRequest, { scopes, refreshToken }: Grant): object {
    if (!scopes) return {};
    const { clientId: aud, tenantId: tid } = options;
    return {
      scope: scopes.filter((scope) => scope.includes('/')).join(' '),
      ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
      ...(scopes.includes('openid')
        ? { id_token: tokens.issue({ aud, tid, iss: issuer(request), ...USER }, lifetime) }
        : {}),
    };
  }

  const grant = (version: 1 | 2) => async (request: InTenant, reply: FastifyReply) => {
    const given = granted(request, version);
    if ('status' in given) return refuse(request, reply, given);
    context.counters.operation('entra', 'issue token');
    const access_token = accessToken(request, given);
    const expires = { token_type: 'Bearer', expires_in: lifetime, ext_expires_in: lifetime };
    const on = Math.floor(context.now().getTime() / 1000);
    const body =
      version === 2
        ? { ...expires, ...userPart(request, given), access_token }
        : {
            ...stringValues(expires),
            expires_on: String(on + lifetime),
            not_before: String(on),
            resource: given.resource,
            access_token,
          };
    return reply.headers(NO_STORE).send(body);
  };

  app.post('/:tenant/oauth2/v2.0/token', grant(2));
  app.post('/:tenant/oauth2/token', grant(1));
  app.get<{ Params: { tenant: string }; Querystring: Record<string, string> }>(
    '/:tenant/oauth2/v2.0/authorize',
    async (request, reply) => {
      const failed = client.checkTenant(request.params.tenant);
      if (failed) return refuse(request, reply, failed);
      const { clientId, tenantId } = options;
      return authorize(request.query, reply, {
        ...{ clientId, tenantId, redirectUris, answer, refusal, grants: users },
        describe: (error) => bodyOf(error).error_description,
      });
    },
  );
  app.get<{ Params: { tenant: string } }>(
    '/:tenant/v2.0/.well-known/openid-configuration',
    async (request, reply) => {
      const failed = client.checkTenant(request.params.tenant);
      if (failed) return refuse(request, reply, failed);
      return openIdConfiguration(`${origin(request)}/${request.params.tenant}`, issuer(request));
    },
  );

  app.get<{ Params: { tenant: string } }>(
    '/:tenant/discovery/v2.0/keys',
    async (request, reply) => {
      const failed = client.checkTenant(request.params.tenant);
      return failed ? refuse(request, reply, failed) : keySet();
    },
  );
  app.get<{ Querystring: { authorization_endpoint?: string } }>(
    '/common/discovery/instance',
    async (request, reply) => {
      const { authorization_endpoint: endpoint } = request.query;
      if (endpoint && URL.canParse(endpoint)) return instanceDiscovery(endpoint);
      return refuse(request, reply, aadErrors.missingParameter('authorization_endpoint'));
    },
  );

  return {
    app,
    tokens,
    expireTokens: () => tokens.expireAll(),
    revokeSignIns: () => users.revoke(),
    setTokenLifetime: (seconds) => {
      lifetime = seconds;
    },
    refuseWith: (code) => {
      refusal = code === undefined ? undefined : refusalOf(code);
    },
    addCertificate: (pem) => client.certificates.add(pem),
    setRedirectUris: (uris) => {
      redirectUris = [...N8N_CALLBACKS, ...uris];
    },
    setAnswer: (given) => {
      answer = given;
    },
    reset: () => {
      refusal = undefined;
      redirectUris = N8N_CALLBACKS;
      answer = 'agrees';
      users.clear();
      client.certificates.clear();
      lifetime = options.tokenLifetimeSeconds ?? DEFAULT_LIFETIME_SECONDS;
    },
  };
}

type InTenant = FastifyRequest<{ Params: { tenant: string } }>;

/** `https://org/user_impersonation` allows `user_impersonation` there. */
const permissionsOf = (scopes: string[]): string[] =>
  scopes
    .filter((scope) => scope.includes('/'))
    .map((scope) => scope.slice(scope.lastIndexOf('/') + 1));

const NO_STORE = { 'cache-control': 'no-store, no-cache', pragma: 'no-cache' };

const pathOf = (request: FastifyRequest): string => request.url.split('?')[0] ?? '';

const origin = (request: FastifyRequest): string => `${request.protocol}://${request.host}`;

/** Version 1 of the endpoint answers numbers as text. */
const stringValues = (values: Record<string, string | number>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]));
