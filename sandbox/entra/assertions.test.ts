import { createHash, X509Certificate, type KeyObject } from 'node:crypto';
import { sign, type Algorithm } from 'jsonwebtoken';
import { makeCertificate } from '../../test/support/certificate';
import { Certificates } from './assertions';

const CLIENT = '5a4db0c5-0000-4000-8000-000000000002';
const PATH = '/tenant/oauth2/v2.0/token';
const NOW = new Date();
const SECONDS = Math.floor(NOW.getTime() / 1000);

const made = makeCertificate('app');
const other = makeCertificate('other');

const thumbprint = (pem: string, algorithm: string): string =>
  createHash(algorithm).update(new X509Certificate(pem).raw).digest('base64url');

const claims = {
  aud: `https://login.example${PATH}`,
  iss: CLIENT,
  sub: CLIENT,
  nbf: SECONDS,
  exp: SECONDS + 600,
  jti: 'made-up',
};

function assertion(
  changes: object = {},
  key: KeyObject = made.key,
  header: object = { 'x5t#S256': thumbprint(made.certificate, 'sha256') },
  algorithm: Algorithm = 'PS256',
): string {
  const given = Object.fromEntries(
    Object.entries({ ...claims, ...changes }).filter(([, value]) => value !== undefined),
  );
  return sign(given, key, {
    algorithm,
    noTimestamp: true,
    header: { alg: algorithm, ...header },
  });
}

let certificates: Certificates;

beforeEach(() => {
  certificates = new Certificates();
  certificates.add(made.certificate);
});

const check = (text: string, now = NOW) =>
  certificates.check(text, { clientId: CLIENT, path: PATH, now });

test.each([
  ['PS256 with the SHA-256 thumbprint', assertion()],
  [
    'RS256 with the SHA-1 thumbprint, as it was',
    assertion({}, made.key, { x5t: thumbprint(made.certificate, 'sha1') }, 'RS256'),
  ],
  ['a clock that is minutes ahead', assertion({ nbf: SECONDS + 200 })],
])('takes %s', (_, text) => expect(check(text)).toBeUndefined());

test.each([
  ['no JWT', 'nonsense', 50027],
  [
    'a certificate that is not there',
    assertion({}, other.key, { 'x5t#S256': thumbprint(other.certificate, 'sha256') }),
    700027,
  ],
  [
    'PS256 with the SHA-1 thumbprint',
    assertion({}, made.key, { x5t: thumbprint(made.certificate, 'sha1') }),
    700027,
  ],
  ['the key of another certificate', assertion({}, other.key), 700027],
  ['another audience', assertion({ aud: 'https://login.example/other/oauth2/v2.0/token' }), 700023],
  ['another app', assertion({ sub: 'else' }), 700021],
  ['an end that is over', assertion({ exp: SECONDS - 400 }), 700024],
  ['a beginning far ahead', assertion({ nbf: SECONDS + 400 }), 700024],
  ['no end', assertion({ exp: undefined }), 700024],
])('refuses %s', (_, text, code) => {
  expect(check(text)).toMatchObject({ status: 401, error: 'invalid_client', code });
});

test('refuses a certificate that has expired', () => {
  const at = new Date(NOW.getTime() + 400 * 86_400_000);
  const seconds = Math.floor(at.getTime() / 1000);
  const text = assertion({ nbf: seconds, exp: seconds + 600 });
  expect(check(text, at)).toMatchObject({
    code: 700027,
    message: expect.stringContaining('The key used is expired.'),
  });
});

test('registers certificates with RSA keys alone', () => {
  const { certificate } = makeCertificate('curve', { curve: 'prime256v1' });
  expect(() => certificates.add(certificate)).toThrow('RSA');
  const key = made.key.export({ type: 'pkcs8', format: 'pem' }).toString();
  expect(() => certificates.add(key)).toThrow();
});
