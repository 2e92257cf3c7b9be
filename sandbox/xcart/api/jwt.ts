import { createHmac, timingSafeEqual } from 'node:crypto';

/** How long a token of `/api-login/check` lives. */
export const TOKEN_LIFETIME_SECONDS = 3600;

export interface TokenClaims {
  iat: number;
  exp: number;
  roles: string[];
  username: string;
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** HS256 and not the RS256 of the real store: no client can check the signature, so only the shape matters. */
const signatureOf = (text: string, secret: string): Buffer =>
  createHmac('sha256', secret).update(text).digest();

export function issueToken(username: string, role: string, now: Date, secret: string): string {
  const iat = Math.floor(now.getTime() / 1000);
  const claims: TokenClaims = { iat, exp: iat + TOKEN_LIFETIME_SECONDS, roles: [role], username };
  const text = `${part({ typ: 'JWT', alg: 'HS256' })}.${part(claims)}`;
  return `${text}.${signatureOf(text, secret).toString('base64url')}`;
}

function isClaims(value: unknown): value is TokenClaims {
  return typeof value === 'object' && value !== null && 'exp' in value && 'roles' in value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return undefined;
  }
}

/** The claims of a token this store has issued, or why it is refused. */
export function readToken(token: string, now: Date, secret: string): TokenClaims | string {
  const [head = '', body = '', signature = ''] = token.split('.');
  const expected = signatureOf(`${head}.${body}`, secret);
  const given = Buffer.from(signature, 'base64url');
  const genuine = given.length === expected.length && timingSafeEqual(given, expected);
  const claims = genuine ? parse(body) : undefined;
  if (!isClaims(claims)) return 'Invalid JWT Token';
  return claims.exp * 1000 <= now.getTime() ? 'Expired JWT Token' : claims;
}
