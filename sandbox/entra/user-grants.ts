import { createHash, randomUUID } from 'node:crypto';
import { aadErrors, failure, type AadError } from './errors';
import { userScope, type UserScope } from './scopes';

/**
 * What a user's consent is exchanged for: codes, which are good once, and refresh tokens, which stay good when they are
 * used. Source: Microsoft Entra docs, v2-oauth2-auth-code-flow and reference-error-codes.
 */

type Fields = Readonly<Record<string, string | undefined>>;

export interface Challenge {
  value: string;
  method: string;
}

interface Code extends UserScope {
  redirectUri: string;
  challenge?: Challenge;
  /** Milliseconds since 1970. */
  ends: number;
  isRedeemed: boolean;
}

export interface UserGrant extends UserScope {
  /** Undefined without `offline_access`. */
  refreshToken?: string;
}

const CODE_MS = 600_000;

const denied = (code: number, message: string): AadError =>
  failure(400, 'invalid_grant', code, message);

const malformed = (): AadError =>
  denied(9002313, 'Invalid request. Request is malformed or invalid.');

function proves({ value, method }: Challenge, verifier: string): boolean {
  if (method === 'plain') return verifier === value;
  return createHash('sha256').update(verifier).digest('base64url') === value;
}

export class UserGrants {
  private codes = new Map<string, Code>();
  private refreshTokens = new Map<string, UserScope & { isRevoked: boolean }>();

  constructor(private readonly now: () => Date) {}

  issueCode(scope: UserScope, redirectUri: string, challenge?: Challenge): string {
    const code = `0.${randomUUID()}`;
    const ends = this.now().getTime() + CODE_MS;
    this.codes.set(code, { ...scope, redirectUri, challenge, ends, isRedeemed: false });
    return code;
  }

  redeem(form: Fields): UserGrant | AadError {
    if (!form.code) return aadErrors.missingParameter('code');
    if (!form.redirect_uri) return aadErrors.missingParameter('redirect_uri');
    const code = this.codes.get(form.code);
    if (!code) return malformed();
    const failed = this.codeFailure(code, form);
    if (failed) return failed;
    const scope = narrowed(code, form.scope);
    if ('code' in scope) return scope;
    code.isRedeemed = true;
    return this.granted(scope);
  }

  private codeFailure(code: Code, form: Fields): AadError | undefined {
    if (code.isRedeemed) {
      return denied(
        54005,
        'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
      );
    }
    if (code.ends < this.now().getTime()) {
      return denied(
        70008,
        'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.',
      );
    }
    if (code.redirectUri !== form.redirect_uri) {
      return denied(
        500112,
        `The reply address '${form.redirect_uri}' does not match the reply address '${code.redirectUri}' provided when requesting Authorization code.`,
      );
    }
    return code.challenge && !proves(code.challenge, form.code_verifier ?? '')
      ? denied(
          501481,
          'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
        )
      : undefined;
  }

  refresh(form: Fields): UserGrant | AadError {
    if (!form.refresh_token) return aadErrors.missingParameter('refresh_token');
    const known = this.refreshTokens.get(form.refresh_token);
    if (!known) return malformed();
    if (known.isRevoked) {
      return denied(
        50173,
        'The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password.',
      );
    }
    const scope = narrowed(known, form.scope);
    return 'code' in scope ? scope : this.granted(scope);
  }

  private granted({ scopes, resource }: UserScope): UserGrant {
    if (!scopes.includes('offline_access')) return { scopes, resource };
    const refreshToken = `1.${randomUUID()}`;
    this.refreshTokens.set(refreshToken, { scopes, resource, isRevoked: false });
    return { scopes, resource, refreshToken };
  }

  /** Every refresh token issued until now is of no use any more. */
  revoke(): void {
    for (const token of this.refreshTokens.values()) token.isRevoked = true;
  }

  clear(): void {
    this.codes = new Map();
    this.refreshTokens = new Map();
  }
}

/** With a scope of its own the request names the resource; `offline_access` stays where it was granted. */
function narrowed(granted: UserScope, asked: string | undefined): UserScope | AadError {
  if (!asked) return granted;
  const scope = userScope(asked);
  if ('code' in scope) return scope;
  const stays =
    granted.scopes.includes('offline_access') && !scope.scopes.includes('offline_access');
  return { ...scope, scopes: stays ? [...scope.scopes, 'offline_access'] : scope.scopes };
}
