import {
  createCipheriv,
  createDecipheriv,
  createHash,
  randomBytes,
  scrypt,
  type BinaryLike,
  type ScryptOptions,
} from 'node:crypto';
import { promisify } from 'node:util';

import { ServiceError } from '../errors';

/** Turns payloads into what lies in the database, and back. */
export interface Seal {
  /** `context` is bound to the payload: under another one it does not open. */
  close(document: object, context: string): Uint8Array;
  /** Throws a `ServiceError` when the key that closed it is not at hand. */
  open(body: Uint8Array, context: string): object;
}

/**
 * Layout of a sealed payload: format (1 byte) · key id (8) · nonce (12) · tag (16) · AES-256-GCM cipher text.
 * A plain one: format (1 byte) · UTF-8 JSON.
 */
const PLAIN = 0;
const SEALED = 1;
const KEY_ID_BYTES = 8;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + KEY_ID_BYTES + NONCE_BYTES + TAG_BYTES;

/** Among OWASP's recommended settings for scrypt; 32 MiB and about 200 ms, once per process. */
const SCRYPT: ScryptOptions = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 2 ** 20 };

interface Key {
  id: Buffer;
  secret: Buffer;
}

const derive = promisify<BinaryLike, BinaryLike, number, ScryptOptions, Buffer>(scrypt);

async function deriveKey(passphrase: string, salt: Uint8Array): Promise<Key> {
  const secret = await derive(passphrase.normalize('NFC'), salt, 32, SCRYPT);
  const id = createHash('sha256').update('key id').update(secret).digest();
  return { id: id.subarray(0, KEY_ID_BYTES), secret };
}

function encrypt(text: string, context: string, key: Key): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key.secret, nonce);
  cipher.setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.of(SEALED), key.id, nonce, cipher.getAuthTag(), body]);
}

function decrypt(sealed: Buffer, context: string, key: Key): string {
  const nonceAt = 1 + KEY_ID_BYTES;
  const tagAt = nonceAt + NONCE_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', key.secret, sealed.subarray(nonceAt, tagAt));
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(sealed.subarray(tagAt, HEADER_BYTES));
  return decipher.update(sealed.subarray(HEADER_BYTES), undefined, 'utf8') + decipher.final('utf8');
}

function unreadable(message: string, cause?: unknown): ServiceError {
  return new ServiceError(message, {
    class: 'authentication',
    code: 'LEDGER_KEY',
    fix: 'Enter the key it was written with as Encryption Key, or as Former Encryption Key, in the Sync Ledger credential. Then requeue the record.',
    cause,
  });
}

/**
 * @param passphrases The first closes, all of them open; none: payloads lie in plain text.
 * @param salt Of the database that the payloads lie in.
 */
export async function createSeal(passphrases: string[], salt: Uint8Array): Promise<Seal> {
  const keys = await Promise.all(passphrases.map((passphrase) => deriveKey(passphrase, salt)));
  const [current] = keys;
  return {
    close(document, context) {
      const text = JSON.stringify(document);
      if (current) return encrypt(text, context, current);
      return Buffer.concat([Buffer.of(PLAIN), Buffer.from(text)]);
    },
    open(body, context) {
      const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
      if (bytes[0] === PLAIN) return JSON.parse(bytes.toString('utf8', 1)) as object;
      const id = bytes.subarray(1, 1 + KEY_ID_BYTES);
      const key = keys.find((candidate) => candidate.id.equals(id));
      if (!key) throw unreadable('The stored document is encrypted with a key that is not at hand');
      try {
        return JSON.parse(decrypt(bytes, context, key)) as object;
      } catch (error) {
        throw unreadable('The stored document was changed outside the ledger', error);
      }
    },
  };
}
