import { createHash, generateKeyPairSync, randomUUID, sign, verify } from 'node:crypto';
import type { JsonWebKey, KeyObject } from 'node:crypto';

/** What an access token says. `aud` is the resource it opens, such as `http://127.0.0.1:4601`. */
export interface TokenClaims {
  aud: string;
  iss: string;
  /** The application (client) id. */
  appid: string;
  tid: string;
  /** Seconds since 1970. */
  iat: number;
  exp: number;
}

export type TokenCheck =
  { ok: true; claims: TokenClaims } | { ok: false; reason: 'malformed' | 'signature' | 'expired' };

/** `uti` is the token's own id; it begins with the number of times that all tokens were ended before it. */
type IssuedClaims = TokenClaims & { uti: string };

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

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

  issue(claims: Omit<TokenClaims, 'iat' | 'exp'>, lifetimeSeconds: number): string {
    const { kid, privateKey } = signingKey();
    const iat = Math.floor(this.now().getTime() / 1000);
    const uti = `${this.generation}.${randomUUID()}`;
    const header = encode({ typ: 'JWT', alg: 'RS256', kid });
    const body = encode({ ...claims, iat, nbf: iat, exp: iat + lifetimeSeconds, uti });
    const text = `${header}.${body}`;
    return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
  }

  check(token: string): TokenCheck {
    const [header, body, signature, ...more] = token.split('.');
    if (!header || !body || !signature || more.length > 0) {
      return { ok: false, reason: 'malformed' };
    }
    const text = Buffer.from(`${header}.${body}`);
    if (!verify('sha256', text, signingKey().publicKey, Buffer.from(signature, 'base64url'))) {
      return { ok: false, reason: 'signature' };
    }
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as IssuedClaims;
    const ended = Number.parseInt(claims.uti, 10) < this.generation;
    const expired = ended || claims.exp <= Math.floor(this.now().getTime() / 1000);
    return expired ? { ok: false, reason: 'expired' } : { ok: true, claims };
  }

  /** Every token issued until now counts as expired. */
  expireAll(): void {
    this.generation += 1;
  }
}
