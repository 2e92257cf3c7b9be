import { constants, createPublicKey, verify, type KeyObject } from 'node:crypto';
import { aadErrors, type AadError } from './errors';
import { refusalOf } from './refusals';

/**
 * Sign-in with a certificate: a JWT signed by the application instead of its secret. Source: Microsoft Entra
 * docs, certificate-credentials; PS256 is what MSAL sends, RS256 what it sent before.
 */

export const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

const PADDINGS: Readonly<Record<string, object>> = {
  PS256: {
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
  },
  RS256: { padding: constants.RSA_PKCS1_PADDING },
};

/** What an assertion must say. */
export interface Expected {
  clientId: string;
  /** Path of the token endpoint that `aud` names; its host may be that of a proxy. */
  path: string;
  now: Date;
}

type Claims = Readonly<Record<string, unknown>>;

function decode(part: string | undefined): Claims | undefined {
  try {
    return JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8')) as Claims;
  } catch {
    return undefined;
  }
}

const pathOf = (url: unknown): string | undefined =>
  typeof url === 'string' && URL.canParse(url) ? new URL(url).pathname : undefined;

function fits(claims: Claims | undefined, { clientId, path, now }: Expected): boolean {
  const same = (value: unknown): boolean => String(value).toLowerCase() === clientId.toLowerCase();
  return (
    claims !== undefined &&
    same(claims.iss) &&
    same(claims.sub) &&
    pathOf(claims.aud)?.toLowerCase() === path.toLowerCase() &&
    Number(claims.exp) > now.getTime() / 1000
  );
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
    const [header, body, signature = ''] = assertion.split('.');
    const options = PADDINGS[String(decode(header)?.alg)];
    const signed = Buffer.from(`${header}.${body}`);
    const bytes = Buffer.from(signature, 'base64url');
    const known =
      options !== undefined &&
      this.keys.some((key) => verify('sha256', signed, { key, ...options }, bytes));
    const right = known && fits(decode(body), expected);
    return right ? undefined : (refusalOf(700027) ?? aadErrors.noCredential());
  }
}
