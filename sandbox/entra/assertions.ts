import { createPublicKey, type KeyObject } from 'node:crypto';
import { verify } from 'jsonwebtoken';
import { aadErrors, type AadError } from './errors';
import { refusalOf } from './refusals';

/**
 * Sign-in with a certificate: a JWT signed by the application instead of its secret. Source: Microsoft Entra
 * docs, certificate-credentials; PS256 is what MSAL sends, RS256 what it sent before.
 */

export const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** What an assertion must say. */
export interface Expected {
  clientId: string;
  /** Path of the token endpoint that `aud` names; its host may be that of a proxy. */
  path: string;
  now: Date;
}

const pathOf = (url: unknown): string | undefined =>
  typeof url === 'string' && URL.canParse(url) ? new URL(url).pathname.toLowerCase() : undefined;

function isValid(assertion: string, key: KeyObject, { clientId, path, now }: Expected): boolean {
  const same = (value: unknown): boolean => String(value).toLowerCase() === clientId.toLowerCase();
  // MSAL rounds the time, so that `nbf` may be half a second ahead.
  const times = { clockTimestamp: now.getTime() / 1000, ignoreNotBefore: true };
  try {
    const claims = verify(assertion, key, { algorithms: ['PS256', 'RS256'], ...times });
    if (typeof claims === 'string' || claims.exp === undefined) return false;
    return same(claims.iss) && same(claims.sub) && pathOf(claims.aud) === path.toLowerCase();
  } catch {
    return false;
  }
}

/** The public keys that the application has in its registration. */
export class Certificates {
  private keys: KeyObject[] = [];

  /** Takes an RSA certificate or public key in PEM; throws when it is neither. */
  add(pem: string): void {
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType !== 'rsa') throw new Error('The key must be an RSA key');
    this.keys.push(key);
  }

  clear(): void {
    this.keys = [];
  }

  /** Undefined when the assertion is signed with one of the keys and says what it must. */
  check(assertion: string, expected: Expected): AadError | undefined {
    const right = this.keys.some((key) => isValid(assertion, key, expected));
    return right ? undefined : (refusalOf(700027) ?? aadErrors.noCredential());
  }
}
