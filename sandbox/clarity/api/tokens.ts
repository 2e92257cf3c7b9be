import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { basicClient, type SandboxContext } from '../../kit';
import { CLARITY_CREDENTIALS } from '../credentials';

const HOUR = 3600;

/** Tokens of OAuth 2.0 client credentials (RFC 6749, 4.4), which expire. */
export class Tokens {
  /** Seconds that tokens live which are issued from now on. */
  lifetime = HOUR;
  private readonly issued = new Map<string, number>();

  issue(now: Date): { access_token: string; token_type: string; expires_in: number } {
    const token = randomBytes(24).toString('base64url');
    this.issued.set(token, now.getTime() + this.lifetime * 1000);
    return { access_token: token, token_type: 'Bearer', expires_in: this.lifetime };
  }

  accepts(token: string, now: Date): boolean {
    return (this.issued.get(token) ?? 0) > now.getTime();
  }

  expire(): void {
    this.issued.clear();
  }

  reset(): void {
    this.expire();
    this.lifetime = HOUR;
  }
}

/** Client id and secret, from the header `Authorization: Basic` or from the form. */
function clientOf(request: FastifyRequest, form: URLSearchParams): [id: string, secret: string] {
  const basic = basicClient(request.headers.authorization);
  return basic
    ? [basic.id, basic.secret]
    : [form.get('client_id') ?? '', form.get('client_secret') ?? ''];
}

/** `POST /oauth/token`, for every deployment that takes a bearer token. */
export function registerTokens(
  app: FastifyInstance,
  tokens: Tokens,
  context: SandboxContext,
): void {
  app.post('/oauth/token', (request, reply) => {
    context.counters.operation('clarity', 'issue token');
    void reply.header('cache-control', 'no-store');
    const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
    const [id, secret] = clientOf(request, form);
    const { clientId, clientSecret } = CLARITY_CREDENTIALS;
    if (id !== clientId || secret !== clientSecret) {
      return reply.code(401).send({ error: 'invalid_client' });
    }
    if (form.get('grant_type') !== 'client_credentials') {
      return reply.code(400).send({ error: 'unsupported_grant_type' });
    }
    return reply.send(tokens.issue(context.now()));
  });
}
