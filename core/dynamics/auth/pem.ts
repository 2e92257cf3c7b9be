import { ServiceError } from '../../errors';

/** One part of a PEM text (RFC 7468), such as a certificate or a key. */
export interface PemBlock {
  /** As it stands behind BEGIN, with single blanks: `RSA PRIVATE KEY`. */
  label: string;
  /** The part alone, with lines as OpenSSL reads them. */
  pem: string;
}

/** What a certificate is pasted with. A label that has lost its blanks is known by the rest of its letters. */
const LABELS = new Map(
  [
    'CERTIFICATE',
    'X509 CERTIFICATE',
    'TRUSTED CERTIFICATE',
    'CERTIFICATE REQUEST',
    'NEW CERTIFICATE REQUEST',
    'PRIVATE KEY',
    'ENCRYPTED PRIVATE KEY',
    'RSA PRIVATE KEY',
    'EC PRIVATE KEY',
    'DSA PRIVATE KEY',
    'OPENSSH PRIVATE KEY',
    'PUBLIC KEY',
    'RSA PUBLIC KEY',
    'EC PARAMETERS',
    'PKCS7',
  ].map((label) => [label.replaceAll(' ', ''), label]),
);

const BOUNDARY = /-{5}\s*(BEGIN|END)\s*([A-Z0-9][A-Z0-9\s]*)-{5}/g;

/** Headers of a key as OpenSSL encrypted it before PKCS#8 (RFC 1421). Of the vector only the beginning is looked for. */
const ENCRYPTED = /^\s*Proc-Type:\s*4,\s*ENCRYPTED\s*DEK-Info:\s*((?:\w+-)+CBC)\s*,\s*/i;

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

const LINE = 64;

/** What is pasted that cannot be read. Neither message nor repair holds anything of the text. */
export function pasteError(message: string, fix: string): ServiceError {
  return new ServiceError(message, { class: 'authentication', fix });
}

const AGAIN =
  'Paste the text of the file again, whole, from the first -----BEGIN to the end of the last -----END line.';

function labelOf(letters: string): string {
  const bare = letters.replace(/\s+/g, '');
  return LABELS.get(bare) ?? letters.replace(/\s+/g, ' ').trim();
}

const inLines = (text: string): string[] => text.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];

/** Digits of an initialization vector in hexadecimal: two for each byte of a block of the cipher. */
const vectorDigits = (cipher: string): number => (/^(?:DES|IDEA|RC2|BF)/i.test(cipher) ? 16 : 32);

/** The headers that say how a key is encrypted, and what stands behind them. */
function headersOf(body: string): { headers: string[]; rest: string } {
  const found = ENCRYPTED.exec(body);
  if (!found) return { headers: [], rest: body };
  const [whole, cipher = ''] = found;
  const digits = vectorDigits(cipher);
  // Where the end of the line is lost, the key begins right behind the vector, with letters that may be digits too.
  const rest = body.slice(whole.length).replace(/\s+/g, '');
  const dek = `DEK-Info: ${cipher.toUpperCase()},${rest.slice(0, digits).toUpperCase()}`;
  return { headers: ['Proc-Type: 4,ENCRYPTED', dek, ''], rest: rest.slice(digits) };
}

function blockOf(label: string, body: string, field: string): PemBlock {
  const { headers, rest } = headersOf(body);
  const base64 = rest.replace(/\s+/g, '');
  if (!BASE64.test(base64)) {
    throw pasteError(
      `${field} holds a ${label} that is not whole: something in it is no Base64.`,
      AGAIN,
    );
  }
  const lines = [
    `-----BEGIN ${label}-----`,
    ...headers,
    ...inLines(base64),
    `-----END ${label}-----`,
  ];
  return { label, pem: `${lines.join('\n')}\n` };
}

/**
 * The parts of a PEM text as people paste it: with its lines, or in one line as n8n's password fields keep it, with
 * blanks or nothing where lines ended, with `\n` written out as in JSON, and with anything before, between and behind.
 *
 * @param field as the credential calls it, for the message where a part is cut off or damaged
 */
export function pemBlocks(text: string, field: string): PemBlock[] {
  const plain = text.replace(/\\[nr]/g, '\n').replaceAll('\\', '');
  const blocks: PemBlock[] = [];
  let open: { label: string; from: number } | undefined;
  for (const found of plain.matchAll(BOUNDARY)) {
    const [whole, kind, letters = ''] = found;
    const label = labelOf(letters);
    if (kind === 'BEGIN') {
      if (open) throw cutOff(field, open.label);
      open = { label, from: found.index + whole.length };
    } else {
      if (open?.label !== label) throw cutOff(field, open?.label ?? label);
      blocks.push(blockOf(label, plain.slice(open.from, found.index), field));
      open = undefined;
    }
  }
  if (open) throw cutOff(field, open.label);
  return blocks;
}

const cutOff = (field: string, label: string): ServiceError =>
  pasteError(`${field} holds a ${label} that is cut off.`, AGAIN);
