import { runInNewContext } from 'node:vm';

import fc from 'fast-check';

import { makeCertificate, type MadeCertificate } from '../../../test/support/certificate';
import { ServiceError } from '../../errors';
import { assertInForce, type CertificateText, readCertificate } from './certificate';
import { pemBlocks } from './pem';

const PASSPHRASE = 'correct horse ';
const DAY_MS = 86_400_000;

const made = makeCertificate('orders');
const other = makeCertificate('other');

type Form = 'pkcs1' | 'pkcs8' | 'encrypted pkcs8' | 'encrypted pkcs1';

function keyText({ key }: MadeCertificate, form: Form, passphrase = PASSPHRASE): string {
  const type = form.endsWith('pkcs1') ? 'pkcs1' : 'pkcs8';
  const encrypted = form.startsWith('encrypted') ? { cipher: 'aes-256-cbc', passphrase } : {};
  return key.export({ type, format: 'pem', ...encrypted }).toString();
}

const FORMS: Form[] = ['pkcs1', 'pkcs8', 'encrypted pkcs8', 'encrypted pkcs1'];
const KEYS = new Map(FORMS.map((form) => [form, keyText(made, form)]));
const keyIn = (form: Form): string => KEYS.get(form) ?? '';

const expected = readCertificate({
  certificate: made.certificate,
  privateKey: keyIn('pkcs8'),
  passphrase: '',
});

/** What happens to a text on its way through editors, JSON and one-line fields. */
const PASTES: Record<string, (text: string) => string> = {
  'as it is': (text) => text,
  'with blanks for its lines': (text) => text.replaceAll('\n', ' '),
  'without its lines': (text) => text.replaceAll('\n', ''),
  'without any blank': (text) => text.replace(/\s/g, ''),
  'with \\n written out': (text) => text.replaceAll('\n', '\\n'),
  'with \\r\\n written out, twice over': (text) => text.replaceAll('\n', '\\\\r\\\\n'),
  'with the lines of Windows': (text) => text.replaceAll('\n', '\r\n'),
  'indented and in quotes': (text) => ` "${text.replaceAll('\n', '\n\t  ')}" `,
  'with a byte order mark': (text) => `\uFEFF${text}`,
  'with what openssl pkcs12 writes before it': (text) =>
    `Bag Attributes\n    friendlyName: orders - 1\nsubject=CN=orders\n${text}`,
};

const paste = fc.constantFrom(...Object.values(PASTES));

describe('readCertificate', () => {
  describe.each(FORMS)('with a key in %s', (form) => {
    it.each(Object.entries(PASTES))('reads a text %s', (_, pasted) => {
      const text = {
        certificate: pasted(made.certificate),
        privateKey: pasted(keyIn(form)),
        passphrase: PASSPHRASE,
      };
      expect(readCertificate(text)).toEqual(expected);
    });
  });

  it('reads certificate and key from one text or two, in any order, with others beside them', () => {
    const parts = fc.shuffledSubarray([made.certificate, other.certificate, keyIn('pkcs1')], {
      minLength: 3,
    });
    fc.assert(
      fc.property(parts, fc.nat(3), paste, paste, (texts, cut, first, second) => {
        const text = {
          certificate: first(texts.slice(0, cut).join('')),
          privateKey: second(texts.slice(cut).join('')),
          passphrase: '',
        };
        expect(readCertificate(text)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('takes of the certificates of one key that which is valid longest', () => {
    const pair = makeCertificate('a');
    const again = (days: number) =>
      makeCertificate('a', {
        key: pair.key,
        to: new Date(Date.now() + days * DAY_MS),
      }).certificate;
    const { validTo } = readCertificate({
      certificate: again(-1) + again(90) + again(30),
      privateKey: keyText(pair, 'pkcs8'),
      passphrase: '',
    });
    expect(Math.round((validTo.getTime() - Date.now()) / DAY_MS)).toBe(90);
  });

  it('takes a passphrase that was pasted with the end of its line', () => {
    const pair = {
      certificate: made.certificate,
      privateKey: keyText(made, 'encrypted pkcs8', 'x'),
    };
    expect(readCertificate({ ...pair, passphrase: 'x\n' })).toEqual(expected);
  });
});

const text = (changes: Partial<CertificateText>): CertificateText => ({
  certificate: made.certificate,
  privateKey: keyIn('pkcs8'),
  passphrase: '',
  ...changes,
});

function failureOf(pasted: CertificateText): ServiceError {
  try {
    readCertificate(pasted);
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
  throw new Error('It was taken');
}

const small = makeCertificate('small', { bits: 1024 });
const curve = makeCertificate('curve', { curve: 'prime256v1' });
const damaged = (pem: string): string => pem.replace(/\n.{64}\n/, '\n');

/** PKCS#8 with PBE-SHA1-RC2-40 (1.2.840.113549.1.12.1.6) over nothing, as OpenSSL 3 refuses it. */
const FORGOTTEN = `-----BEGIN ENCRYPTED PRIVATE KEY-----
${Buffer.from(
  '3028301c060a2a864886f70d010c0106300e0408010203040506070802020800' + '04081122334455667788',
  'hex',
).toString('base64')}
-----END ENCRYPTED PRIVATE KEY-----`;

const REFUSED: Array<[string, Partial<CertificateText>, RegExp, RegExp]> = [
  ['no PEM', { certificate: 'MIIC==' }, /^Certificate holds no certificate/, /openssl pkcs12/],
  [
    'a request',
    { certificate: '-----BEGIN CERTIFICATE REQUEST-----\nMIIC\n-----END CERTIFICATE REQUEST-----' },
    /a certificate request, not the certificate/,
    /BEGIN CERTIFICATE/,
  ],
  ['no key', { privateKey: '' }, /^Private Key holds no private key/, /BEGIN PRIVATE KEY/],
  ['another key', { privateKey: keyText(other, 'pkcs8') }, /does not belong/, /same pair/],
  [
    'a damaged certificate',
    { certificate: damaged(made.certificate) },
    /certificate cannot/,
    /Paste/,
  ],
  ['a damaged key', { privateKey: damaged(keyIn('pkcs8')) }, /private key cannot be read/, /Paste/],
  [
    'a key that is cut off',
    { privateKey: keyIn('pkcs8').slice(0, 700) },
    /^Private Key holds a PRIVATE KEY that is cut off/,
    /whole/,
  ],
  [
    'a key with a letter that does not belong there',
    { privateKey: keyIn('pkcs8').replace(/\n/, '\n*') },
    /no Base64/,
    /whole/,
  ],
  [
    'an encrypted key alone',
    { privateKey: keyIn('encrypted pkcs8') },
    /Passphrase is empty/,
    /Fill in/,
  ],
  [
    'an encrypted key of the older kind alone',
    { privateKey: keyIn('encrypted pkcs1') },
    /Passphrase is empty/,
    /Fill in/,
  ],
  [
    'a wrong passphrase',
    { privateKey: keyIn('encrypted pkcs8'), passphrase: 'battery staple' },
    /cannot be decrypted/,
    /Passphrase/,
  ],
  [
    'a key that is encrypted as nobody does any more',
    { privateKey: FORGOTTEN, passphrase: 'battery staple' },
    /in a way that this n8n does not know/,
    /openssl pkcs8 -topk8/,
  ],
  [
    'a key of OpenSSH',
    {
      privateKey:
        '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA\n-----END OPENSSH PRIVATE KEY-----',
    },
    /OpenSSH/,
    /ssh-keygen/,
  ],
  [
    'a key on a curve',
    {
      certificate: curve.certificate,
      privateKey: curve.key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    },
    /no RSA key/,
    /2048/,
  ],
  [
    'a short key',
    { certificate: small.certificate, privateKey: keyText(small, 'pkcs8') },
    /fewer than 2048 bits/,
    /2048/,
  ],
];

describe('what cannot sign in', () => {
  it.each(REFUSED)('%s is named, with what to do', (_, changes, message, fix) => {
    expect(failureOf(text(changes))).toMatchObject({
      class: 'authentication',
      message: expect.stringMatching(message) as string,
      fix: expect.stringMatching(fix) as string,
    });
  });

  it('a wrong passphrase is told as one, whatever it makes of the key', () => {
    const privateKey = keyIn('encrypted pkcs1');
    const said = Array.from({ length: 1500 }, (_, at) => {
      const { message } = failureOf(text({ privateKey, passphrase: `wrong ${at}` }));
      return message;
    });
    expect(new Set(said).size).toBe(1);
  });

  /** Every run of letters of the secrets that is long enough to be told from words. */
  const pieces = (secret: string): string[] =>
    Array.from({ length: Math.max(0, secret.length - 11) }, (_, at) => secret.slice(at, at + 12));
  const secrets = new Set(
    FORMS.flatMap((form) => {
      const lines = keyIn(form)
        .split('\n')
        .filter((line) => !/^-----|:/.test(line));
      return pieces(lines.join(''));
    }),
  );

  function expectNothingOf(error: ServiceError): void {
    const said = JSON.stringify([error.message, error.fix, error.stack, error.cause ?? '']);
    expect(pieces(said).filter((piece) => secrets.has(piece))).toEqual([]);
    expect(said).not.toContain('battery staple');
  }

  it.each(REFUSED)('%s shows nothing of a key', (_, changes) => {
    expectNothingOf(failureOf(text(changes)));
  });

  it('nothing of a key is shown wherever its text is hurt', () => {
    const hurt = fc.tuple(fc.constantFrom(...FORMS), fc.nat(1500), fc.string(), paste);
    fc.assert(
      fc.property(hurt, ([form, at, put, pasted]) => {
        const whole = keyIn(form);
        const privateKey = pasted(whole.slice(0, at) + put + whole.slice(at + 20));
        try {
          readCertificate(text({ privateKey, passphrase: 'battery staple' }));
        } catch (error) {
          expect(error).toBeInstanceOf(ServiceError);
          expectNothingOf(error as ServiceError);
        }
      }),
      { numRuns: 80 },
    );
  });
});

describe('pemBlocks', () => {
  it('brings every text back to the lines that it had, however it was pasted', () => {
    const body = fc.base64String({ minLength: 4, maxLength: 300 });
    const label = fc.constantFrom('CERTIFICATE', 'PRIVATE KEY', 'ENCRYPTED PRIVATE KEY');
    fc.assert(
      fc.property(fc.array(fc.tuple(label, body), { maxLength: 4 }), paste, (parts, pasted) => {
        const whole = parts.map(([name, base64]) =>
          [
            `-----BEGIN ${name}-----`,
            ...(base64.match(/.{1,64}/g) ?? []),
            `-----END ${name}-----`,
            '',
          ].join('\n'),
        );
        const blocks = pemBlocks(pasted(whole.join('')), 'Certificate');
        expect(blocks).toEqual(parts.map(([name], at) => ({ label: name, pem: whole[at] })));
      }),
    );
  });

  it('goes through a text that is none once, however long it is', () => {
    const text = `${'-----BEGIN '.repeat(200_000)}${'-'.repeat(2_000_000)}`;
    // Once takes a moment; once for each letter would take days, and is cut off.
    const timeout = 60_000;
    const blocks: unknown = runInNewContext(
      'pemBlocks(text, "")',
      { pemBlocks, text },
      { timeout },
    );
    expect(blocks).toEqual([]);
  });
});

describe('assertInForce', () => {
  const { validFrom, validTo } = expected;

  it.each([
    ['on its last day', validTo.getTime() - 1],
    ['in the minute in which it was made', validFrom.getTime() - 60_000],
  ])('is content %s', (_, now) => expect(() => assertInForce(expected, now)).not.toThrow());

  it.each([
    ['afterwards', validTo.getTime() + 1, /^The certificate has expired on \d{4}-\d\d-\d\d\.$/],
    ['before', validFrom.getTime() - DAY_MS, /^The certificate is not valid before/],
  ])('says so %s', (_, now, message) =>
    expect(() => assertInForce(expected, now)).toThrow(message),
  );
});
