import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto';
import type { JsonWebKey, KeyObject } from 'node:crypto';
import { sign, TokenExpiredError, verify } from 'jsonwebtoken';

/** What an access token says. `aud` is the resource it opens, such as `http://127.0.0.1:4601`. */
export interface TokenClaims {
  aud: string;
  iss: string;
  /** The application (client) id. */
  appid: string;
  tid: string;
  /** Of a user's sign-in: the object id of the user, and what the app may do in the name of that user. */
  oid?: string;
  scp?: string;
  /** Seconds since 1970. */
  iat: number;
  exp: number;
}

export type TokenCheck =
  { ok: true; claims: TokenClaims } | { ok: false; reason: 'invalid' | 'expired' };

/** `uti` is the token's own id; it begins with the number of times that all tokens were ended before it. */
type IssuedClaims = TokenClaims & { uti: string };

interface SigningKey {
  kid: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
}

function generate(): SigningKey {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const der = pair.publicKey.export({ type: 'spki', format: 'der' });
  return { ...pair, kid: createHash('sha256').update(der).digest('base64url').slice(0, 27) };
}

let generated: SigningKey | undefined;

/** Made on first use, once in a process: it takes a noticeable time. */
const signingKey = (): SigningKey => (generated ??= generate());

/** The key as `discovery/v2.0/keys` shows it, so that a resource server can check tokens by itself. */
export function publicKey(): JsonWebKey {
  const { kid, publicKey: key } = signingKey();
  return { ...key.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' };
}

/** Signs and checks access tokens: JWTs as those of Entra ID, with a key that only this process has. */
export class TokenAuthority {
  private generation = 0;

  constructor(private readonly now: () => Date) {}

  /** An access token, or with other claims an ID token. */
  issue(
    claims: Omit<TokenClaims, 'iat' | 'exp'> | Readonly<Record<string, string>>,
    lifetimeSeconds: number,
  ): string {
    const { kid: keyid, privateKey } = signingKey();
    const iat = this.seconds();
    const uti = `${this.generation}.${randomUUID()}`;
    const issued = { ...claims, iat, nbf: iat, exp: iat + lifetimeSeconds, uti };
    return sign(issued, privateKey, { algorithm: 'RS256', keyid });
  }

  check(token: string): TokenCheck {
    try {
      const options = { algorithms: ['RS256' as const], clockTimestamp: this.seconds() };
      const claims = verify(token, signingKey().publicKey, options) as IssuedClaims;
      const isEnded = Number.parseInt(claims.uti, 10) < this.generation;
      return isEnded ? { ok: false, reason: 'expired' } : { ok: true, claims };
    } catch (error) {
      return { ok: false, reason: error instanceof TokenExpiredError ? 'expired' : 'invalid' };
    }
  }

  private seconds(): number {
    return Math.floor(this.now().getTime() / 1000);
  }

  /** Every token issued until now counts as expired. */
  expireAll(): void {
    this.generation += 1;
  }
}
