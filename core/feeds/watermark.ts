import { createHash } from 'node:crypto';

import { canonicalJson } from '../ledger/hash';
import { type RecordType, timeOf } from './records';

/** Ids to the fingerprint of the content that they had. */
export type Fingerprints = Record<string, string>;

/**
 * What a poll remembers. All times are milliseconds since the epoch by the clock of the store, so that a clock
 * that is wrong here loses nothing. It never goes further than the clock of this machine, though: a record dated
 * years ahead (a wrong import, a dead battery) would otherwise hide all others until then.
 *
 * n8n keeps it in the static data of published workflows: what an earlier release has saved must stay readable.
 */
export interface Watermark {
  /** What the watermark was made for: another store or another start begins anew. */
  origin: string;
  /** Nothing older is ever put out. */
  start: number;
  /** Everything older has been put out. */
  cursor: number;
  /** Where the cursor goes once this stretch has been read a second time. */
  pending?: number;
  /** Records put out, in the stretch that will be read again. */
  seen: Fingerprints;
  /** Records that were there before the start, in the stretch just after `start`. */
  baseline: Fingerprints;
  /** What was met as no record yet, see `packDrafts`; left out: nothing was asked of it. */
  drafts?: string;
}

/** What tells two contents of a record apart, the volatile fields left out: up to 43 characters of 6 bits. */
export function contentDigest<T>(
  { volatile }: RecordType<T>,
  record: T,
  characters: number,
): string {
  const content = volatile
    ? canonicalJson(record, { ignore: new Set(volatile) })
    : JSON.stringify(record);
  return createHash('sha256').update(content).digest('base64url').slice(0, characters);
}

/** The same of content whose hash is known, as `contentHash` gives it of a record with volatile fields. */
export function digestOfHash(hash: string, characters: number): string {
  return Buffer.from(hash, 'hex').toString('base64url').slice(0, characters);
}

/**
 * Time and content: two changes within one second have the same date. Without its volatile fields the content stays
 * the same when the pack's own write has moved the date.
 */
export function fingerprint<T>(type: RecordType<T>, record: T): string {
  return `${timeOf(type, record)}:${contentDigest(type, record, 16)}`;
}

export function fingerprints<T>(type: RecordType<T>, records: readonly T[]): Fingerprints {
  return Object.fromEntries(
    records.map((record) => [type.idOf(record), fingerprint(type, record)]),
  );
}

const timeIn = (print: string): number => Number(print.split(':', 1)[0]);
const contentIn = (print: string | undefined): string | undefined => print?.split(':')[1];

/** Whether a fingerprint is of content that has this digest. */
export function isOfContent(print: string | undefined, digest: string): boolean {
  return contentIn(print) === digest;
}

/** Whether the record was remembered with the content that it has now. */
export function isRemembered<T>(type: RecordType<T>, seen: Fingerprints, record: T): boolean {
  const id = type.idOf(record);
  return Object.hasOwn(seen, id) && contentIn(seen[id]) === contentIn(fingerprint(type, record));
}

/** Where the next reading begins. */
export function readFrom(
  { start, cursor }: Pick<Watermark, 'start' | 'cursor'>,
  overlapMs: number,
): number {
  return Math.max(start, cursor - overlapMs);
}

/** What is written back comes again with a new date: the newest that were put out are remembered a little longer. */
const REMEMBERED_FOR_ECHOES = 2000;

/** Only what the next reading, which begins at `from`, may meet. */
export function stillNeeded<T>(
  { volatile }: RecordType<T>,
  seen: Fingerprints,
  from: number,
): Fingerprints {
  const newestFirst = Object.entries(seen).sort(
    ([, one], [, other]) => timeIn(other) - timeIn(one),
  );
  const kept = volatile ? REMEMBERED_FOR_ECHOES : 0;
  return Object.fromEntries(
    newestFirst.filter(([, print], index) => index < kept || timeIn(print) >= from),
  );
}

/**
 * Goes back to look at the last stretch once more and forgets what was put out: for when the last executions may
 * have died before they had written anything down. Never goes back before the start.
 */
export function rewind(watermark: Watermark, toMs: number): Watermark {
  const cursor = Math.max(watermark.start, Math.min(watermark.cursor, toMs));
  return { ...watermark, cursor, pending: undefined, seen: watermark.baseline };
}
