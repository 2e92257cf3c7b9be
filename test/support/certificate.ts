import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** Self-signed certificates (X.509 v3, RFC 5280), which Node.js can read and not make. */

const der = (tag: number, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const hex = body.length.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  const length = body.length < 0x80 ? bytes : Buffer.from([0x80 + bytes.length, ...bytes]);
  return Buffer.concat([Buffer.from([tag]), length, body]);
};

const sequence = (...parts: Buffer[]): Buffer => der(0x30, ...parts);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const integer = (value: number): Buffer => der(0x02, Buffer.from([value]));
const time = (date: Date): Buffer =>
  der(0x18, Buffer.from(date.toISOString().replace(/[-:T]|\.\d+/g, '')));

const SIGNATURES = {
  rsa: sequence(oid('2a864886f70d01010b'), der(0x05)),
  ec: sequence(oid('2a8648ce3d040302')),
};

const nameOf = (text: string): Buffer =>
  sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(text)))));

const pemOf = (body: Buffer): string => {
  const lines = body.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
};

export interface MadeCertificate {
  /** PEM. */
  certificate: string;
  key: KeyObject;
}

export interface CertificateOptions {
  from?: Date;
  to?: Date;
  /** Default 2048. */
  bits?: number;
  curve?: string;
  /** The private key that it is for; left out: a new one. */
  key?: KeyObject;
}

function newKey({ bits = 2048, curve }: CertificateOptions): KeyObject {
  const { privateKey } = curve
    ? generateKeyPairSync('ec', { namedCurve: curve })
    : generateKeyPairSync('rsa', { modulusLength: bits });
  return privateKey;
}

const DAY_MS = 86_400_000;

/** A certificate for the common name. Default: valid from yesterday for a year. */
export function makeCertificate(name: string, options: CertificateOptions = {}): MadeCertificate {
  const { from = new Date(Date.now() - DAY_MS), to = new Date(Date.now() + 365 * DAY_MS) } =
    options;
  const privateKey = options.key ?? newKey(options);
  const algorithm = SIGNATURES[privateKey.asymmetricKeyType === 'ec' ? 'ec' : 'rsa'];
  const signed = sequence(
    der(0xa0, integer(2)),
    integer(1),
    algorithm,
    nameOf(name),
    sequence(time(from), time(to)),
    nameOf(name),
    createPublicKey(privateKey).export({ type: 'spki', format: 'der' }),
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', signed, privateKey));
  return { certificate: pemOf(sequence(signed, algorithm, signature)), key: privateKey };
}
