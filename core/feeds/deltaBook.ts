import { createHash } from 'node:crypto';

import { canonicalJson } from '../ledger/hash';

/** What is remembered of a record that was met. */
export interface KnownRecord {
  /** Of the content that was met last; empty: not known. */
  version: string;
  /** Of what is watched of that content, see `printOf`; empty: not known. */
  print: string;
  /** When that content was there, in milliseconds since the epoch by the clock of this machine. */
  seenAt: number;
  /** When the record was put out last, in seconds by the same clock; left out: it was not, or nobody looks back as far. */
  putOutAt?: number;
  /** It was put out as new then. */
  isNew?: true;
  /** It is gone. */
  isGone?: true;
}

/** The record met last stands at the end. */
export type DeltaBook = Map<string, KnownRecord>;

/** Characters of the digest of all that is watched: a change goes unseen once in 69 billion. */
const WHOLE = 6;
/** Of one column, by which its change is seen among others: it goes unseen once in 17 million. */
const PART = 4;

const digestOf = (value: unknown, characters: number): string =>
  createHash('sha256').update(canonicalJson(value)).digest('base64url').slice(0, characters);

const namesOf = (watched: Record<string, unknown>): string[] => Object.keys(watched).sort();

/** The names of what is watched: prints of other names cannot be compared. */
export const watchedNames = (watched: Record<string, unknown>): string =>
  namesOf(watched).join(',');

/** Tells apart what is watched of two contents, and in which of the names they differ. */
export function printOf(watched: Record<string, unknown>): string {
  const parts = namesOf(watched).map((name) => digestOf(watched[name] ?? null, PART));
  const whole = Object.fromEntries(
    Object.entries(watched).map(([name, value]) => [name, value ?? null]),
  );
  return digestOf(whole, WHOLE) + parts.join('');
}

/** Whether two prints of the same names are of the same content. */
export const isSamePrint = (one: string, other: string): boolean =>
  one !== '' && one.slice(0, WHOLE) === other.slice(0, WHOLE);

/** The names in which a content differs from the one that has the print; all of them where only the whole tells. */
export function changedNames(watched: Record<string, unknown>, print: string): string[] {
  const now = printOf(watched);
  const names = namesOf(watched);
  // Of a release that had shorter parts.
  if (print.length !== now.length) return names;
  const differing = names.filter((_, place) => {
    const start = WHOLE + place * PART;
    return now.slice(start, start + PART) !== print.slice(start, start + PART);
  });
  return differing.length > 0 ? differing : names;
}

const SEPARATOR = ';';
/** Behind the last moment of a line. */
const MARKS = { isNew: '+', isGone: '!' } as const;

const textOf = (time: number | undefined): string => time?.toString(36) ?? '';
const timeIn = (text: string | undefined): number => Number.parseInt(text ?? '', 36);

const GUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;
const DASHES = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/;
/** Begins a GUID that is packed; no other id can begin so. */
const PACKED = '$';

/** A GUID takes 23 characters in place of 36. */
const packId = (id: string): string =>
  GUID.test(id)
    ? PACKED + Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url')
    : encodeURIComponent(id);

const unpackId = (packed: string): string =>
  packed.startsWith(PACKED)
    ? Buffer.from(packed.slice(1), 'base64url').toString('hex').replace(DASHES, '$1-$2-$3-$4-$5')
    : decodeURIComponent(packed);

/** Characters that may be kept: n8n saves them with each poll that has found something. */
export const MOST_KEPT = 1_000_000;

/**
 * One text, because n8n watches each member of what it saves. What was met long ago goes where there is too much.
 *
 * @param onCut is told how many records are kept where that is not all
 */
export function packBook(
  book: DeltaBook,
  { most = MOST_KEPT, onCut }: { most?: number; onCut?(kept: number): void } = {},
): string {
  const lines = [...book].map(([id, { version, print, seenAt, putOutAt, isNew, isGone }]) =>
    [
      packId(id),
      encodeURIComponent(version),
      print,
      textOf(seenAt),
      `${textOf(putOutAt)}${isNew ? MARKS.isNew : ''}${isGone ? MARKS.isGone : ''}`,
    ].join(' '),
  );
  let left = most;
  const kept: string[] = [];
  for (const line of lines.reverse()) {
    left -= line.length + SEPARATOR.length;
    if (left < 0) break;
    kept.push(line);
  }
  if (kept.length < lines.length) onCut?.(kept.length);
  return kept.reverse().join(SEPARATOR);
}

/** What cannot be read is forgotten, and its record counts as changed when it is met. */
export function unpackBook(text: string): DeltaBook {
  const book: DeltaBook = new Map();
  for (const line of text.split(SEPARATOR)) {
    const [id, version, print, seen, end] = line.split(' ');
    const seenAt = timeIn(seen);
    if (!id || version === undefined || print === undefined || Number.isNaN(seenAt)) continue;
    // The marks are no digits, so that the moment ends before them.
    const putOutAt = timeIn(end);
    book.set(unpackId(id), {
      version: decodeURIComponent(version),
      print,
      seenAt,
      ...(!Number.isNaN(putOutAt) && { putOutAt }),
      ...(end?.includes(MARKS.isNew) && { isNew: true }),
      ...(end?.includes(MARKS.isGone) && { isGone: true }),
    });
  }
  return book;
}

/** Puts what is known of a record behind all others. */
export function noteMet(book: DeltaBook, id: string, known: KnownRecord): void {
  book.delete(id);
  book.set(id, known);
}

/** Nobody looks back further than to this moment, in seconds since the epoch. */
export function forgetPutOut(book: DeltaBook, before: number): void {
  for (const known of book.values()) {
    if (known.putOutAt === undefined || known.putOutAt >= before) continue;
    delete known.putOutAt;
    delete known.isNew;
  }
}
