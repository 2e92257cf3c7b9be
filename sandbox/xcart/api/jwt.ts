import { sign, TokenExpiredError, verify } from 'jsonwebtoken';

/** How long a token of `/api-login/check` lives. */
export const TOKEN_LIFETIME_SECONDS = 3600;

export interface TokenClaims {
  iat: number;
  exp: number;
  roles: string[];
  username: string;
}

const secondsOf = (time: Date): number => Math.floor(time.getTime() / 1000);

/** HS256 and not the RS256 of the real store: no client can check the signature, so only the shape matters. */
export function issueToken(username: string, role: string, now: Date, secret: string): string {
  const iat = secondsOf(now);
  const claims: TokenClaims = { iat, exp: iat + TOKEN_LIFETIME_SECONDS, roles: [role], username };
  return sign(claims, secret, { algorithm: 'HS256' });
}

/** The claims of a token this store has issued, or why it is refused. */
export function readToken(token: string, now: Date, secret: string): TokenClaims | string {
  try {
    const options = { algorithms: ['HS256' as const], clockTimestamp: secondsOf(now) };
    return verify(token, secret, options) as TokenClaims;
  } catch (error) {
    return error instanceof TokenExpiredError ? 'Expired JWT Token' : 'Invalid JWT Token';
  }
}
