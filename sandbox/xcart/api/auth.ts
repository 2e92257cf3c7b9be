import type { FastifyRequest } from 'fastify';
import { XCART_CREDENTIALS } from '../credentials';
import type { XCartStore } from '../store';
import { issueToken, readToken } from './jwt';
import { badRequest, Problem, Unauthorized } from './problems';

const SECRET = 'sandbox-xcart-jwt-secret';
const USER = 'ROLE_USER';
const ADMIN = 'ROLE_ADMIN';

const KEY_ROLES: ReadonlyMap<string, string> = new Map([
  [XCART_CREDENTIALS.readKey, USER],
  [XCART_CREDENTIALS.writeKey, ADMIN],
]);

const headerOf = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
};

/** The JWT bundle puts its code beside the message; the key authenticator has the message alone. */
const jwtRefusal = (message: string): Unauthorized => new Unauthorized({ code: 401, message });

function roleOfKey(key: string, store: XCartStore): string {
  const role = KEY_ROLES.get(key);
  if (role === undefined) throw new Unauthorized({ message: store.switches.unknownKeyMessage });
  return role;
}

function roleOf(request: FastifyRequest, store: XCartStore, now: Date): string {
  const key = headerOf(request, 'x-auth-token');
  if (key !== undefined) return roleOfKey(key, store);
  const bearer = /^Bearer (.+)$/i.exec(headerOf(request, 'authorization') ?? '')?.[1];
  if (bearer === undefined) throw jwtRefusal(store.switches.noKeyMessage);
  if (store.switches.oAuth2 && store.tokens.isOpen(bearer, now)) return ADMIN;
  const claims = readToken(bearer, now, SECRET);
  if (typeof claims === 'string') throw jwtRefusal(claims);
  return claims.roles[0] ?? USER;
}

/** Reading is open to both keys, every other method to the read/write key alone. */
export function authorize(request: FastifyRequest, store: XCartStore, now: Date): void {
  const role = roleOf(request, store, now);
  const reads = request.method === 'GET' || request.method === 'HEAD';
  if (!reads && role !== ADMIN) throw new Problem(403, store.switches.accessDeniedDetail);
}

function loginRole(username: string, password: string, store: XCartStore): string | undefined {
  const profile = store.profileByLogin(username);
  if (profile === undefined || profile.view.status !== 'E') return undefined;
  if (profile.password === '' || profile.password !== password) return undefined;
  return profile.view.access_level === 100 ? ADMIN : USER;
}

/** `POST /api-login/check`: a login and password become a token for `Authorization: Bearer`. */
export function logIn(body: unknown, store: XCartStore, now: Date): { token: string } {
  const given: Record<string, unknown> =
    typeof body === 'object' && body !== null ? { ...body } : {};
  for (const key of ['username', 'password']) {
    if (typeof given[key] !== 'string') throw badRequest(`The key "${key}" must be provided.`);
  }
  const username = String(given.username);
  const role = loginRole(username, String(given.password), store);
  if (role === undefined) throw jwtRefusal('Invalid credentials.');
  return { token: issueToken(username, role, now, SECRET) };
}
