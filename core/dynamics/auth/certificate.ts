import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';

import { uniq } from 'lodash';

import type { ServiceError } from '../../errors';
import { pasteError, type PemBlock, pemBlocks } from './pem';

/** A certificate with its private key, as a person pasted them: in two texts, or both in either of them. */
export interface CertificateText {
  certificate: string;
  privateKey: string;
  /** Of an encrypted key; '' where it is not. */
  passphrase: string;
}

/** What an application signs in with. */
export interface SigningCertificate {
  /** SHA-256 over the certificate, hexadecimal without colons. */
  thumbprintSha256: string;
  /** PKCS#8 in PEM, decrypted. */
  privateKey: string;
  validFrom: Date;
  validTo: Date;
}

const CERTIFICATES = new Set(['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE']);
const LEAST_BITS = 2048;

const PASTE_CERTIFICATE =
  'Paste the text of the .pem or .cer file that was uploaded to Entra, from -----BEGIN CERTIFICATE----- on. A .pfx file becomes text with: openssl pkcs12 -in app.pfx -out app.pem';
const PASTE_KEY =
  'Paste the text of the key file, from -----BEGIN PRIVATE KEY----- or -----BEGIN ENCRYPTED PRIVATE KEY----- on.';

const isKey = ({ label }: PemBlock): boolean => /PRIVATE KEY$/.test(label);
const isEncrypted = ({ label, pem }: PemBlock): boolean =>
  label === 'ENCRYPTED PRIVATE KEY' || pem.includes('Proc-Type: 4,ENCRYPTED');

function certificatesIn(blocks: PemBlock[]): X509Certificate[] {
  const found = blocks.filter(({ label }) => CERTIFICATES.has(label));
  if (found.length > 0) return found.map(certificateOf);
  const isRequest = blocks.some(({ label }) => label.endsWith('CERTIFICATE REQUEST'));
  throw pasteError(
    isRequest
      ? 'Certificate holds a certificate request, not the certificate.'
      : 'Certificate holds no certificate in PEM.',
    PASTE_CERTIFICATE,
  );
}

function certificateOf({ pem }: PemBlock): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw pasteError('The certificate cannot be read: its text is damaged.', PASTE_CERTIFICATE);
  }
}

/** Why a key cannot be opened. What OpenSSL says of it stays here: nothing of a key may get into a message. */
function unreadable(error: unknown, block: PemBlock, passphrase: string): ServiceError {
  if (block.label === 'OPENSSH PRIVATE KEY') {
    return pasteError(
      'The private key is in the format of OpenSSH.',
      'Turn a copy of it into PKCS#8 with: ssh-keygen -p -m PKCS8 -f <file>',
    );
  }
  if (!isEncrypted(block)) {
    return pasteError('The private key cannot be read: its text is damaged.', PASTE_KEY);
  }
  if (passphrase === '') {
    return pasteError(
      'The private key is encrypted, and Passphrase is empty.',
      'Fill in the passphrase that was chosen when the key was made.',
    );
  }
  const { code } = error as { code?: unknown };
  // `ERR_OSSL_UNSUPPORTED`, without EVP, is what a wrong passphrase makes of a key, one time in some hundreds.
  return code === 'ERR_OSSL_EVP_UNSUPPORTED'
    ? pasteError(
        'The private key is encrypted in a way that this n8n does not know.',
        'Encrypt it anew with: openssl pkcs8 -topk8 -v2 aes-256-cbc -in <file> -out <new file>',
      )
    : pasteError(
        'The private key cannot be decrypted: Passphrase is not the one of this key, or its text is damaged.',
        'Correct Passphrase, or paste the text of the key file again, whole.',
      );
}

function opened(block: PemBlock, passphrase: string): KeyObject {
  let failure: unknown;
  // A passphrase is pasted with the end of its line as often as it ends in a blank.
  for (const tried of uniq([passphrase, passphrase.trim()])) {
    try {
      return createPrivateKey(tried ? { key: block.pem, passphrase: tried } : block.pem);
    } catch (error) {
      failure = error;
    }
  }
  throw unreadable(failure, block, passphrase);
}

/** Entra takes RSA alone (Entra docs, certificate-credentials: PS256). */
function rsaKeyOf(block: PemBlock, passphrase: string): KeyObject {
  const key = opened(block, passphrase);
  if (key.asymmetricKeyType !== 'rsa') {
    throw pasteError(
      'The private key is no RSA key, and Entra takes no other.',
      `Make a certificate with an RSA key of ${LEAST_BITS} bits or more, and upload that.`,
    );
  }
  if ((key.asymmetricKeyDetails?.modulusLength ?? LEAST_BITS) < LEAST_BITS) {
    throw pasteError(
      `The private key has fewer than ${LEAST_BITS} bits.`,
      `Make a certificate with an RSA key of ${LEAST_BITS} bits or more, and upload that.`,
    );
  }
  return key;
}

function keysIn(blocks: PemBlock[], passphrase: string): KeyObject[] {
  const found = blocks.filter(isKey);
  if (found.length > 0) return found.map((block) => rsaKeyOf(block, passphrase));
  throw pasteError('Private Key holds no private key in PEM, and Certificate neither.', PASTE_KEY);
}

const endOf = ({ validTo }: X509Certificate): number => Date.parse(validTo);

/**
 * Reads what was pasted, and finds the certificate that belongs to the key: a text may hold the whole chain. Of
 * several that do, the one that is valid longest.
 *
 * @throws ServiceError of the class `authentication`, without anything of the texts
 */
export function readCertificate(text: CertificateText): SigningCertificate {
  const blocks = [
    ...pemBlocks(text.certificate, 'Certificate'),
    ...pemBlocks(text.privateKey, 'Private Key'),
  ];
  const certificates = certificatesIn(blocks).sort((a, b) => endOf(b) - endOf(a));
  for (const key of keysIn(blocks, text.passphrase)) {
    const own = certificates.find((certificate) => certificate.checkPrivateKey(key));
    if (!own) continue;
    return {
      thumbprintSha256: own.fingerprint256.replaceAll(':', '').toLowerCase(),
      privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
      validFrom: new Date(own.validFrom),
      validTo: new Date(own.validTo),
    };
  }
  throw pasteError(
    'The private key does not belong to the certificate.',
    'Paste certificate and key of the same pair. If in doubt, make a new pair and upload its certificate to Entra.',
  );
}

/** Clocks differ, and a certificate is often used in the minute in which it was made. */
const SKEW_MS = 300_000;

const day = (date: Date): string => date.toISOString().slice(0, 10);

/** Said before anything is sent: Entra would answer with a refusal that looks like a wrong certificate. */
export function assertInForce({ validFrom, validTo }: SigningCertificate, now: number): void {
  if (now > validTo.getTime()) {
    throw pasteError(
      `The certificate has expired on ${day(validTo)}.`,
      'Make a new certificate, upload it in Entra admin center > App registrations > Certificates & secrets, and put it and its key into the credential.',
    );
  }
  if (now < validFrom.getTime() - SKEW_MS) {
    throw pasteError(
      `The certificate is not valid before ${day(validFrom)}.`,
      'Check the clock of the machine that n8n runs on, or wait until then.',
    );
  }
}
