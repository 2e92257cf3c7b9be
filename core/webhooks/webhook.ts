import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

import { uniqBy } from 'lodash';

import { validationError } from '../errors';
import { momentIn } from '../values';
import type { Schema } from '../values/schema';
import { seemsXml, xmlCandidates } from './xml';

/** As Node gives them: names in lower case. */
export type IncomingHeaders = Record<string, string | string[] | undefined>;

/** What a store has sent, before anything of it is believed. */
export interface IncomingDelivery {
  /** The bytes as they came: a signature is over them. */
  rawBody: Buffer;
  headers: IncomingHeaders;
  /** Of the address that the store was given. */
  query?: Record<string, unknown>;
}

/** A place that carries the shared secret itself. */
export interface SecretProof {
  by: 'secret';
  in: 'header' | 'query';
  name: string;
  /** Parameter of the address for whose value the secret is made (`derivedSecret`): no address gives away another. */
  of?: string;
}

/** The secret of one of several addresses, made of the one that is kept. */
export function derivedSecret(secret: string, of: string): string {
  return createHmac('sha256', secret).update(of).digest('hex');
}

/** A header that carries an HMAC of the raw body, keyed with the shared secret. */
export interface SignatureProof {
  by: 'signature';
  in: 'header';
  name: string;
  algorithm: 'sha1' | 'sha256' | 'sha512';
  encoding: 'hex' | 'base64';
  /** What may stand before the signature, such as `sha256=`. */
  prefix?: string;
  /** Name of a header whose value is signed before the body, with `.` between. Default: the body alone. */
  signedBefore?: string;
}

interface TimeProofBase {
  by: 'time';
  /** How far it may be from this machine's clock, before and after, in milliseconds. */
  toleranceMs: number;
}

/**
 * A header that says when a delivery was sent: seconds or milliseconds since the epoch, or ISO 8601. It proves nothing by
 * itself, and is needed beside what does: whoever has recorded a delivery is not to send it again later.
 */
export interface HeaderTimeProof extends TimeProofBase {
  in: 'header';
  name: string;
}

/**
 * A time inside the signed body, where the signature does not cover the header with the time: whoever sends an old delivery
 * again can change the header, and not this. A body that says none is left to who reads the documents, and has to be refused
 * there.
 */
export interface BodyTimeProof extends TimeProofBase {
  in: 'body';
  /** The time in what the body holds; undefined where it holds none. */
  read(body: unknown): unknown;
}

export type TimeProof = HeaderTimeProof | BodyTimeProof;

export type Proof = SecretProof | SignatureProof | TimeProof;

export function headerOf(headers: IncomingHeaders, name: string): string | undefined {
  const value = headers[name.toLowerCase()];
  return Array.isArray(value) ? value[0] : value;
}

function queryOf({ query = {} }: IncomingDelivery, name: string): string | undefined {
  const value = Object.hasOwn(query, name) ? query[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}

function given(
  delivery: IncomingDelivery,
  proof: Exclude<Proof, BodyTimeProof>,
): string | undefined {
  return proof.in === 'header'
    ? headerOf(delivery.headers, proof.name)
    : queryOf(delivery, proof.name);
}

function secretOf(delivery: IncomingDelivery, { of }: SecretProof, secret: string): string {
  return of === undefined ? secret : derivedSecret(secret, queryOf(delivery, of) ?? '');
}

/** Constant in time, whatever the lengths: the digests are compared, not the texts. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

function isSigned(
  { rawBody, headers }: IncomingDelivery,
  signature: string,
  secret: string,
  { algorithm, encoding, prefix = '', signedBefore }: SignatureProof,
): boolean {
  const text = signature.trim();
  const hasPrefix = text.toLowerCase().startsWith(prefix.toLowerCase());
  const bare = hasPrefix ? text.slice(prefix.length) : text;
  const before = signedBefore === undefined ? '' : `${headerOf(headers, signedBefore) ?? ''}.`;
  const expected = createHmac(algorithm, secret).update(before).update(rawBody).digest(encoding);
  return isSame(encoding === 'hex' ? bare.toLowerCase() : bare, expected);
}

function timeInBody({ rawBody }: IncomingDelivery, { read }: BodyTimeProof): unknown {
  try {
    return read(JSON.parse(rawBody.toString('utf8')));
  } catch {
    return undefined;
  }
}

function isTimely(delivery: IncomingDelivery, proof: TimeProof, now: number): boolean {
  const time = proof.in === 'body' ? timeInBody(delivery, proof) : given(delivery, proof);
  if (time === undefined && proof.in === 'body') return true;
  const sentAt = momentIn(time, { zone: 'UTC' });
  return sentAt !== undefined && Math.abs(now - sentAt) <= proof.toleranceMs;
}

/** Undefined: it was not sent. */
function holds(
  delivery: IncomingDelivery,
  secret: string,
  proof: Exclude<Proof, TimeProof>,
): boolean | undefined {
  const text = given(delivery, proof);
  if (text === undefined) return undefined;
  return proof.by === 'secret'
    ? isSame(text, secretOf(delivery, proof, secret))
    : isSigned(delivery, text, secret, proof);
}

/**
 * Whether a delivery comes from someone who knows the secret, and now. Any of the proofs is enough; where several are
 * sent, all must hold; a time that is asked for must be sent. Without a secret of our own nothing is proven.
 *
 * @param now by the clock of this machine, in milliseconds since the epoch
 */
export function isAuthentic(
  delivery: IncomingDelivery,
  secret: string,
  proofs: readonly Proof[],
  now = Date.now(),
): boolean {
  if (secret === '') return false;
  const held = proofs
    .flatMap((proof) => (proof.by === 'time' ? [] : [proof]))
    .flatMap((proof) => holds(delivery, secret, proof) ?? []);
  const isKnown = held.length > 0 && held.every(Boolean);
  return isKnown && proofs.every((proof) => proof.by !== 'time' || isTimely(delivery, proof, now));
}

/** That something happened to a record. What the record is now, the store's API says. */
export interface Hint {
  /** As the store calls what happened. */
  event: string;
  /** The record's own id in the store. */
  id: string;
  /** The record as the delivery tells it, where it holds all of it, proven as all of it is; left out: it has to be read. */
  record?: object;
  /** What is watched of it as it was before, where the delivery tells that too. */
  before?: Record<string, unknown>;
}

/** What a store sends: one document, or a list of them. */
export interface DeliveryDescription<D> {
  document: Schema<D>;
  /** A list of documents may come, too. */
  mayBeList?: boolean;
  /** XML may come, too; which of the two it is the body says, for the headers of some stores do not. */
  mayBeXml?: boolean;
  hintOf(document: D, delivery: IncomingDelivery): Hint;
  /** A sentence on what the store has to send, with an example. */
  expected: string;
}

type Documents<D> = Pick<
  DeliveryDescription<D>,
  'document' | 'mayBeList' | 'mayBeXml' | 'expected'
>;

/** An XML text of so many bytes takes a second to read; an order is a thousand times shorter. */
const MOST_XML = 4 * 1024 * 1024;

/** What the documents of a body may be, the likeliest first. */
function candidatesIn<D>(
  rawBody: Buffer,
  { mayBeList = false, mayBeXml = false, expected }: Documents<D>,
): unknown[][] {
  const text = rawBody.toString('utf8').replace(/^\uFEFF/, '');
  if (mayBeXml && seemsXml(text)) {
    const candidates = rawBody.length > MOST_XML ? [] : xmlCandidates(text);
    if (candidates.length > 0) return candidates;
    throw validationError('The body of the webhook is no XML that can be read', expected);
  }
  try {
    const value: unknown = JSON.parse(text);
    return [mayBeList && Array.isArray(value) ? value : [value]];
  } catch {
    throw validationError('The body of the webhook is not JSON', expected);
  }
}

/** The documents of a delivery. Throws a `ServiceError` of class `validation` that names the fields at fault. */
export function readDocuments<D>(rawBody: Buffer, description: Documents<D>): D[] {
  const { document, mayBeList = false, expected } = description;
  const results = candidatesIn(rawBody, description).map((documents) =>
    document.array().safeParse(documents),
  );
  const read = results.find(({ success }) => success);
  if (read?.success) return read.data;
  const issues = results[0]?.error?.issues ?? [];
  const isOne = !mayBeList || issues.every(({ path }) => path[0] === 0);
  const fields = issues.map(({ path }) => (isOne ? path.slice(1) : path).join('.') || 'body');
  throw validationError(`The webhook has no valid ${fields.join(', ')}`, expected);
}

/** What a delivery hints at, each once. Throws as `readDocuments` does. */
export function readHints<D>(
  delivery: IncomingDelivery,
  description: DeliveryDescription<D>,
): Hint[] {
  const documents = readDocuments(delivery.rawBody, description);
  const hints = documents.map((document) => description.hintOf(document, delivery));
  return uniqBy(hints, ({ event, id }) => `${event}:${id}`);
}
