import type { FastifyRequest } from 'fastify';
import { THREEDCART_CREDENTIALS } from '../credentials';
import type { Tokens } from '../../kit/oauth';
import type { ThreeDCartStore } from '../store';
import { ApiError, Refusal } from './errors';

export type Version = 'v1' | 'v2';

const headerOf = (request: FastifyRequest, name: string): string => {
  const value = request.headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? '';
};

/** The host of a store: clients send it with and without scheme, `www.` and the slash at its end. */
export const hostOf = (address: string): string =>
  address
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replace(/\/$/, '');

const hasKeys = (request: FastifyRequest): boolean =>
  hostOf(headerOf(request, 'secureurl')) === hostOf(THREEDCART_CREDENTIALS.secureUrl) &&
  headerOf(request, 'privatekey') === THREEDCART_CREDENTIALS.privateKey &&
  headerOf(request, 'token') === THREEDCART_CREDENTIALS.token;

/** v2 takes a token of OAuth 2.0 in the place of the three headers. */
const hasToken = (request: FastifyRequest, tokens: Tokens, now: Date): boolean =>
  tokens.isOpen(/^Bearer (\S+)$/i.exec(headerOf(request, 'authorization'))?.[1] ?? '', now);

/** Its text is the default of ASP.NET, on which the API runs. Inferred. */
const DENIED = 'Authorization has been denied for this request.';

export const denied = (): Refusal => new Refusal(401, DENIED);

export function authorize(
  request: FastifyRequest,
  version: Version,
  { tokens, switches }: Pick<ThreeDCartStore, 'tokens' | 'switches'>,
  now: Date,
): void {
  if (hasKeys(request)) return;
  if (version === 'v2' && hasToken(request, tokens, now)) return;
  throw switches.deniedBody === 'results' ? new ApiError(401, DENIED) : denied();
}
