import { createHash, X509Certificate } from 'node:crypto';
import { decode, type Jwt, type JwtPayload, verify } from 'jsonwebtoken';
import { failure, type AadError } from './errors';

/**
 * Sign-in with a certificate: a JWT signed by the application instead of its secret. Source: Microsoft Entra
 * docs, certificate-credentials (PS256 with `x5t#S256`; the page of before 2024 has RS256 with `x5t`). The texts of the
 * refusals are those that developers report.
 */

export const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** What an assertion must say. */
export interface Expected {
  clientId: string;
  /** Path of the token endpoint that `aud` names; its host may be that of a proxy. */
  path: string;
  now: Date;
}

interface Registered {
  certificate: X509Certificate;
  /** By the parameter of the header that names it, base64url. */
  thumbprints: { 'x5t#S256': string; x5t: string };
}

/** Which parameter of the header goes with which algorithm. */
const THUMBPRINT_OF = { PS256: 'x5t#S256', RS256: 'x5t' } as const;

const refused = (code: number, message: string): AadError =>
  failure(401, 'invalid_client', code, message);

const badSignature = (reason: string, thumbprint = ''): AadError => {
  const named = thumbprint === '' ? '' : `, Thumbprint of key used by client: '${thumbprint}'`;
  return refused(
    700027,
    `Client assertion contains an invalid signature. [Reason - ${reason}${named}]`,
  );
};

/** Entra's clock and that of a client may differ by so many seconds. */
const SKEW = 300;

const pathOf = (url: unknown): string | undefined =>
  typeof url === 'string' && URL.canParse(url) ? new URL(url).pathname.toLowerCase() : undefined;

const isoOf = (seconds = 0): string => new Date(seconds * 1000).toISOString();

function claimsFailure(
  claims: JwtPayload,
  { clientId, path, now }: Expected,
): AadError | undefined {
  const at = now.getTime() / 1000;
  const { exp, nbf = 0, aud, iss, sub } = claims;
  if (exp === undefined || exp + SKEW < at || nbf - SKEW > at) {
    return refused(
      700024,
      `Client assertion is not within its valid time range. Current time: ${now.toISOString()}, assertion ` +
        `valid from ${isoOf(nbf)}, expiry time of assertion ${isoOf(exp)}.`,
    );
  }
  if (pathOf(aud) !== path.toLowerCase()) {
    return refused(700023, 'Client assertion audience claim does not match Realm issuer.');
  }
  const same = (value: unknown): boolean => String(value).toLowerCase() === clientId.toLowerCase();
  return same(iss) && same(sub)
    ? undefined
    : refused(
        700021,
        "Client assertion application identifier doesn't match 'client_id' parameter.",
      );
}

/** The certificates that the application has in its registration. */
export class Certificates {
  private registered: Registered[] = [];

  /** Takes a certificate with an RSA key in PEM; throws when it is none. */
  add(pem: string): void {
    const certificate = new X509Certificate(pem);
    if (certificate.publicKey.asymmetricKeyType !== 'rsa') throw new Error('The key must be RSA');
    const digest = (algorithm: string): string =>
      createHash(algorithm).update(certificate.raw).digest('base64url');
    const thumbprints = { 'x5t#S256': digest('sha256'), x5t: digest('sha1') };
    this.registered.push({ certificate, thumbprints });
  }

  clear(): void {
    this.registered = [];
  }

  /** Undefined when the assertion is signed with a key that it names, and says what it must. */
  check(assertion: string, expected: Expected): AadError | undefined {
    const decoded = decode(assertion, { complete: true });
    const algorithm = decoded?.header.alg;
    if (!decoded || (algorithm !== 'PS256' && algorithm !== 'RS256')) {
      return refused(50027, 'JWT token is invalid or malformed.');
    }
    const parameter = THUMBPRINT_OF[algorithm];
    const thumbprint = String((decoded.header as unknown as Record<string, unknown>)[parameter]);
    const found = this.registered.find(({ thumbprints }) => thumbprints[parameter] === thumbprint);
    const hex = Buffer.from(thumbprint, 'base64url').toString('hex').toUpperCase();
    if (!found) return badSignature('The key was not found.', hex);
    return keyFailure(found, assertion, decoded, expected.now, hex) ?? claimsOf(decoded, expected);
  }
}

function claimsOf({ payload }: Jwt, expected: Expected): AadError | undefined {
  return typeof payload === 'string'
    ? refused(50027, 'JWT token is invalid or malformed.')
    : claimsFailure(payload, expected);
}

function keyFailure(
  { certificate }: Registered,
  assertion: string,
  { header }: Jwt,
  now: Date,
  thumbprint: string,
): AadError | undefined {
  try {
    verify(assertion, certificate.publicKey, {
      algorithms: [header.alg as 'PS256' | 'RS256'],
      ignoreExpiration: true,
      ignoreNotBefore: true,
    });
  } catch {
    const reason = 'The provided signature value did not match the expected signature value.';
    return badSignature(reason, thumbprint);
  }
  const at = now.getTime();
  const isValid =
    Date.parse(certificate.validFrom) - SKEW * 1000 <= at && at <= Date.parse(certificate.validTo);
  return isValid ? undefined : badSignature('The key used is expired.', thumbprint);
}
