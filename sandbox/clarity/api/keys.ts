import type { FastifyRequest } from 'fastify';
import { CLARITY_CREDENTIALS } from '../credentials';
import { unauthorized } from './refusals';
import type { Parts, Role } from './parts';

const KEYS: ReadonlyMap<string, Role> = new Map([
  [CLARITY_CREDENTIALS.apiKey, 'writer'],
  [CLARITY_CREDENTIALS.readKey, 'reader'],
]);

const headerOf = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name.toLowerCase()];
  return Array.isArray(value) ? value[0] : value;
};

/** Who asks, by an API key in the header of this name, or by a bearer token. */
function roleIn(header: string, request: FastifyRequest, { tokens, context }: Parts): Role {
  const key = headerOf(request, header);
  if (key !== undefined) {
    const role = KEYS.get(key);
    if (role === undefined) throw unauthorized('The API key is not known.');
    return role;
  }
  const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer === undefined) throw unauthorized('Neither an API key nor a bearer token was sent.');
  if (!tokens.accepts(bearer, context.now())) {
    throw unauthorized('The bearer token is not known or has expired.');
  }
  return 'writer';
}

/** The header is that which the switch names. */
export const roleByKey = (request: FastifyRequest, parts: Parts): Role =>
  roleIn(parts.store.switches.apiKeyHeader, request, parts);

export const roleByKeyIn =
  (header: string) =>
  (request: FastifyRequest, parts: Parts): Role =>
    roleIn(header, request, parts);
