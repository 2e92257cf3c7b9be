import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  randomBytes,
  scrypt,
  type BinaryLike,
  type KeyObject,
  type ScryptOptions,
} from 'node:crypto';
import { promisify } from 'node:util';
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';

import { ServiceError } from '../errors';

/** Turns payloads into what lies in the database, small where that is worth it, and back. */
export interface Seal {
  /** `context` is bound to the payload: under another one it does not open. */
  close(document: object, context: string): Uint8Array;
  /** The same for a document that is JSON already. */
  closeJson(json: string, context: string): Uint8Array;
  /** Throws a `ServiceError` when the key that closed it is not at hand. */
  open(body: Uint8Array, context: string): object;
  /**
   * Tells documents apart without opening them: of the same key, context and text it is the same. Under a key it
   * gives no way to try out what a document may hold.
   */
  digest(json: string, context: string): Uint8Array;
}

/**
 * Layout of a sealed payload: format (1 byte) · key id (8) · nonce (12) · tag (16) · AES-256-GCM cipher text.
 * A plain one: format (1 byte) · text. The text is JSON in UTF-8, deflated where the format says so.
 */
const SEALED = 1;
const DEFLATED = 2;
const KEY_ID_BYTES = 8;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + KEY_ID_BYTES + NONCE_BYTES + TAG_BYTES;

const DIGEST_BYTES = 16;

/** What is shorter hardly becomes smaller. */
const WORTH_DEFLATING = 300;

/** Most of the time goes into making room, so it makes room for little: documents have a few thousand bytes. */
const DEFLATE = { level: constants.Z_BEST_SPEED, windowBits: 12, memLevel: 5, chunkSize: 2_048 };

/** Among OWASP's recommended settings for scrypt; 32 MiB and about 200 ms, once per process. */
const SCRYPT: ScryptOptions = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 2 ** 20 };

interface Key {
  id: Buffer;
  /** Made once: to make it of bytes takes longer than to encrypt a document. */
  secret: KeyObject;
}

const derive = promisify<BinaryLike, BinaryLike, number, ScryptOptions, Buffer>(scrypt);

async function deriveKey(passphrase: string, salt: Uint8Array): Promise<Key> {
  const secret = await derive(passphrase.normalize('NFC'), salt, 32, SCRYPT);
  const id = createHash('sha256').update('key id').update(secret).digest();
  return { id: id.subarray(0, KEY_ID_BYTES), secret: createSecretKey(secret) };
}

function encrypt(text: Buffer, format: number, context: string, key: Key): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key.secret, nonce);
  cipher.setAAD(Buffer.from(context));
  const body = [cipher.update(text), cipher.final()];
  const header = [Buffer.of(format | SEALED), key.id, nonce, cipher.getAuthTag()];
  return Buffer.concat([...header, ...body]);
}

function decrypt(sealed: Buffer, context: string, key: Key): Buffer {
  const nonceAt = 1 + KEY_ID_BYTES;
  const tagAt = nonceAt + NONCE_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', key.secret, sealed.subarray(nonceAt, tagAt));
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(sealed.subarray(tagAt, HEADER_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(HEADER_BYTES)), decipher.final()]);
}

function parse(text: Buffer, format: number): object {
  const json = format & DEFLATED ? inflateRawSync(text) : text;
  return JSON.parse(json.toString('utf8')) as object;
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

  const closeText = (text: Buffer, format: number, context: string): Uint8Array =>
    current ? encrypt(text, format, context, current) : Buffer.concat([Buffer.of(format), text]);

  const closeJson = (json: string, context: string): Uint8Array =>
    json.length < WORTH_DEFLATING
      ? closeText(Buffer.from(json), 0, context)
      : closeText(deflateRawSync(json, DEFLATE), DEFLATED, context);

  return {
    close: (document, context) => closeJson(JSON.stringify(document), context),
    closeJson,
    open(body, context) {
      const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
      const format = bytes[0] ?? 0;
      if (!(format & SEALED)) return parse(bytes.subarray(1), format);
      const id = bytes.subarray(1, 1 + KEY_ID_BYTES);
      const key = keys.find((candidate) => candidate.id.equals(id));
      if (!key) throw unreadable('The stored document is encrypted with a key that is not at hand');
      try {
        return parse(decrypt(bytes, context, key), format);
      } catch (error) {
        throw unreadable('The stored document was changed outside the ledger', error);
      }
    },
    digest(json, context) {
      const hash = current ? createHmac('sha256', current.secret) : createHash('sha256');
      return hash.update(context).update('\u0000').update(json).digest().subarray(0, DIGEST_BYTES);
    },
  };
}
