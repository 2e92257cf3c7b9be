import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

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

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * Signs and checks access tokens. They look like the JWTs of Entra ID but are signed with a key that only this
 * process knows, so a client can do nothing with one except send it.
 */
export class TokenAuthority {
  private readonly key = randomBytes(32);
  private generation = 0;

  constructor(private readonly now: () => Date) {}

  issue(claims: Omit<TokenClaims, 'iat' | 'exp'>, lifetimeSeconds: number): string {
    const iat = Math.floor(this.now().getTime() / 1000);
    const header = encode({ typ: 'JWT', alg: 'HS256', kid: String(this.generation) });
    const body = encode({ ...claims, iat, nbf: iat, exp: iat + lifetimeSeconds });
    return `${header}.${body}.${this.sign(`${header}.${body}`, this.generation)}`;
  }

  check(token: string): TokenCheck {
    const [header, body, signature] = token.split('.');
    if (!header || !body || !signature) return { ok: false, reason: 'malformed' };
    const generation = this.generationOf(header);
    if (generation === undefined) return { ok: false, reason: 'malformed' };
    if (!equal(signature, this.sign(`${header}.${body}`, generation))) {
      return { ok: false, reason: 'signature' };
    }
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as TokenClaims;
    const expired =
      generation < this.generation || claims.exp <= Math.floor(this.now().getTime() / 1000);
    return expired ? { ok: false, reason: 'expired' } : { ok: true, claims };
  }

  /** Every token issued until now counts as expired. */
  expireAll(): void {
    this.generation += 1;
  }

  private generationOf(header: string): number | undefined {
    try {
      const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString('utf8')) as {
        kid?: unknown;
      };
      return typeof kid === 'string' && /^\d+$/.test(kid) ? Number(kid) : undefined;
    } catch {
      return undefined;
    }
  }

  private sign(text: string, generation: number): string {
    return createHmac('sha256', this.key).update(`${generation}.${text}`).digest('base64url');
  }
}

function equal(left: string, right: string): boolean {
  const a = Buffer.from(left);
  const b = Buffer.from(right);
  return a.length === b.length && timingSafeEqual(a, b);
}
