import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { basicClient, createApp, type SandboxContext, type Service } from '../kit';
import { ASSERTION_TYPE, Certificates } from './assertions';
import { instanceDiscovery, keySet, openIdConfiguration } from './discovery';
import { aadBody, aadErrors, type AadError } from './errors';
import { faultWording } from './faults';
import { refusalOf } from './refusals';
import { TokenAuthority } from './tokens';

export interface EntraOptions {
  tenantId: string;
  clientId: string;
  clientSecret: string;
  /** Other names of the tenant that an authority URL may use, such as `contoso.onmicrosoft.com`. */
  tenantAliases?: readonly string[];
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
  /** Seconds that tokens issued from now on live. */
  setTokenLifetime(seconds: number): void;
  /** Every request for a token is refused with this AADSTS code; undefined: as the request deserves. */
  refuseWith(code: number | undefined): void;
  /** Registers a certificate or public key (PEM) that the application may sign in with. */
  addCertificate(pem: string): void;
}

const DEFAULT_LIFETIME_SECONDS = 3599;

type Fields = Readonly<Record<string, string>>;

interface Grant {
  resource: string;
}

const withoutTrailingSlash = (url: string): string => url.replace(/(?<!\/)\/+$/, '');

function isUrl(text: string): boolean {
  return /^https?:\/\/[^/\s]+/i.test(text);
}

/** The checks in the order of Entra ID: tenant, grant, application, credential, then scope or resource. */
class Grants {
  readonly certificates = new Certificates();

  constructor(
    private readonly options: EntraOptions,
    private readonly now: () => Date,
  ) {}

  check(
    tenant: string,
    path: string,
    form: Fields,
    readResource: (form: Fields) => string | AadError,
  ): Grant | AadError {
    const failed = this.checkTenant(tenant) ?? this.checkClient(form, path);
    if (failed) return failed;
    const resource = readResource(form);
    if (typeof resource !== 'string') return resource;
    const known = this.options.resources?.map(withoutTrailingSlash);
    if (known && !known.includes(withoutTrailingSlash(resource))) {
      return aadErrors.unknownResource(resource, this.options.tenantId);
    }
    return { resource };
  }

  checkTenant(tenant: string): AadError | undefined {
    const names = [this.options.tenantId, ...(this.options.tenantAliases ?? [])];
    const known = names.some((name) => name.toLowerCase() === tenant.toLowerCase());
    return known ? undefined : aadErrors.unknownTenant(tenant);
  }

  private checkClient(form: Fields, path: string): AadError | undefined {
    if (!form.grant_type) return aadErrors.missingParameter('grant_type');
    if (form.grant_type !== 'client_credentials') return aadErrors.badGrant(form.grant_type);
    if (!form.client_id) return aadErrors.missingParameter('client_id');
    if (form.client_id.toLowerCase() !== this.options.clientId.toLowerCase()) {
      return aadErrors.unknownApplication(form.client_id, this.options.tenantId);
    }
    if (form.client_assertion && form.client_assertion_type === ASSERTION_TYPE) {
      const expected = { clientId: this.options.clientId, path, now: this.now() };
      return this.certificates.check(form.client_assertion, expected);
    }
    if (!form.client_secret) return aadErrors.noCredential();
    const matches = form.client_secret === this.options.clientSecret;
    return matches ? undefined : aadErrors.badSecret(this.options.clientId);
  }
}

/** `https://org/.default` opens `https://org`. A doubled slash keeps its slash, as in Entra ID. */
function resourceOfScope(form: Fields): string | AadError {
  if (!form.scope) return aadErrors.missingParameter('scope');
  const scopes = form.scope.split(' ').filter((scope) => scope !== '');
  const [scope = ''] = scopes;
  if (scopes.length !== 1 || !isUrl(scope)) return aadErrors.badScope(form.scope);
  if (!scope.endsWith('/.default')) return aadErrors.unqualifiedScope(scope);
  return scope.slice(0, -'/.default'.length);
}

function resourceOfV1(form: Fields): string | AadError {
  if (!form.resource) return aadErrors.missingParameter('resource');
  if (!isUrl(form.resource)) return aadErrors.unknownResource(form.resource, '');
  return form.resource;
}

/** Client id and secret may stand in a Basic header too (RFC 6749, 2.3.1). */
function formOf(request: FastifyRequest): Fields {
  const form = Object.fromEntries(new URLSearchParams(String(request.body ?? '')));
  const basic = basicClient(request.headers.authorization);
  return basic ? { client_id: basic.id, client_secret: basic.secret, ...form } : form;
}

/**
 * The token endpoint of Entra ID for daemons. Sources: Microsoft Entra docs, v2-oauth2-client-creds-grant-flow
 * (v2) and the older `resource` form (v1). Fields that it does not know are ignored: MSAL sends many.
 */
export function createEntra(context: SandboxContext, options: EntraOptions): EntraService {
  const app = createApp();
  const tokens = new TokenAuthority(() => context.now());
  const grants = new Grants(options, () => context.now());
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

  const refuse = (request: FastifyRequest, reply: FastifyReply, failed: AadError): FastifyReply => {
    const form = formOf(request);
    const correlationId = form['client-request-id'] ?? randomUUID();
    const body = aadBody(failed, { traceId: randomUUID(), correlationId, now: context.now() });
    return reply.code(failed.status).headers(NO_STORE).send(body);
  };

  const issuer = (request: FastifyRequest): string => `${origin(request)}/${options.tenantId}/v2.0`;

  const grant =
    (readResource: (form: Fields) => string | AadError, version: 1 | 2) =>
    async (request: FastifyRequest<{ Params: { tenant: string } }>, reply: FastifyReply) => {
      const form = formOf(request);
      const granted = grants.check(request.params.tenant, pathOf(request), form, readResource);
      if ('code' in granted) return refuse(request, reply, granted);
      if (refusal) return refuse(request, reply, refusal);
      context.counters.operation('entra', 'issue token');
      const access_token = tokens.issue(
        {
          aud: withoutTrailingSlash(granted.resource),
          iss: issuer(request),
          appid: options.clientId,
          tid: options.tenantId,
        },
        lifetime,
      );
      const expires = { token_type: 'Bearer', expires_in: lifetime, ext_expires_in: lifetime };
      const on = Math.floor(context.now().getTime() / 1000);
      const body =
        version === 2
          ? { ...expires, access_token }
          : {
              ...stringValues(expires),
              expires_on: String(on + lifetime),
              not_before: String(on),
              resource: granted.resource,
              access_token,
            };
      return reply.headers(NO_STORE).send(body);
    };

  app.post('/:tenant/oauth2/v2.0/token', grant(resourceOfScope, 2));
  app.post('/:tenant/oauth2/token', grant(resourceOfV1, 1));
  app.get<{ Params: { tenant: string } }>(
    '/:tenant/v2.0/.well-known/openid-configuration',
    async (request, reply) => {
      const failed = grants.checkTenant(request.params.tenant);
      if (failed) return refuse(request, reply, failed);
      return openIdConfiguration(`${origin(request)}/${request.params.tenant}`, issuer(request));
    },
  );

  app.get<{ Params: { tenant: string } }>(
    '/:tenant/discovery/v2.0/keys',
    async (request, reply) => {
      const failed = grants.checkTenant(request.params.tenant);
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
    setTokenLifetime: (seconds) => {
      lifetime = seconds;
    },
    refuseWith: (code) => {
      refusal = code === undefined ? undefined : refusalOf(code);
    },
    addCertificate: (pem) => grants.certificates.add(pem),
    reset: () => {
      refusal = undefined;
      grants.certificates.clear();
      lifetime = options.tokenLifetimeSeconds ?? DEFAULT_LIFETIME_SECONDS;
    },
  };
}

const NO_STORE = { 'cache-control': 'no-store, no-cache', pragma: 'no-cache' };

const pathOf = (request: FastifyRequest): string => request.url.split('?')[0] ?? '';

const origin = (request: FastifyRequest): string => `${request.protocol}://${request.host}`;

/** Version 1 of the endpoint answers numbers as text. */
const stringValues = (values: Record<string, string | number>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]));
