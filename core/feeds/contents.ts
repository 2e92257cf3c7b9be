/** What is remembered of one record. */
export interface KnownContent {
  /** Of the content that it had when it was last met. */
  digest: string;
  /** Whether the pass that is under way has met it, or the last one has not. */
  met: 'now' | 'before' | 'missed';
  /** When it was put out, in minutes since the epoch; kept as long as it may have to be put out again. */
  putOutAt?: number;
  /** It is to be put out again when it is met. */
  again?: boolean;
}

export type Book = Map<string, KnownContent>;

/**
 * Characters of a digest: 36 bits. That a change goes unseen because its content has the digest of the one before
 * happens once in 69 billion changes; the next change shows it.
 */
export const DIGEST_LENGTH = 6;

/** Of content that is to be put out whatever it is. That of no content, but for one in 69 billion. */
export const UNSEEN = '-'.repeat(DIGEST_LENGTH);

const MARKS = { now: '+', before: '=', missed: '-' } as const;
const MET_BY_MARK = { '+': 'now', '=': 'before', '-': 'missed' } as const;
/** In no id: those are written as in an address. */
const SEPARATOR = ';';
const AGAIN = '*';

const ENTRY = /^(\S+) ([\w-]{6})([-+=])([0-9a-z]*)(\*?)$/;

/** One text, because n8n watches each member of what it saves: 14 characters for a record of a five-digit id. */
export function packContents(book: Book): string {
  const lines = [...book].map(([id, { digest, met, putOutAt, again }]) => {
    const at = putOutAt?.toString(36) ?? '';
    return `${encodeURIComponent(id)} ${digest}${MARKS[met]}${at}${again ? AGAIN : ''}`;
  });
  return lines.join(SEPARATOR);
}

/** What cannot be read is forgotten, and its record comes once more. */
export function unpackContents(text: string): Book {
  const book: Book = new Map();
  for (const line of text.split(SEPARATOR)) {
    const [, id, digest, mark, at, again] = ENTRY.exec(line) ?? [];
    if (id === undefined || digest === undefined) continue;
    book.set(decodeURIComponent(id), {
      digest,
      met: MET_BY_MARK[mark as keyof typeof MET_BY_MARK],
      ...(at && { putOutAt: Number.parseInt(at, 36) }),
      ...(again && { again: true }),
    });
  }
  return book;
}

export const packIds = (ids: Iterable<string>): string =>
  [...ids].map(encodeURIComponent).join(SEPARATOR);

export const unpackIds = (text: string): ReadonlySet<string> =>
  new Set(text.split(SEPARATOR).filter(Boolean).map(decodeURIComponent));

const MINUTE_MS = 60_000;

export const minutesOf = (time: number): number => Math.floor(time / MINUTE_MS);

/** What was put out at a moment or later is to be put out again. */
export function askAgain(book: Book, since: number): void {
  for (const known of book.values()) {
    if (known.putOutAt !== undefined && known.putOutAt >= minutesOf(since)) known.again = true;
  }
}

/** Nobody looks back further than to this moment. What is asked for again stays so until it has come, over however many polls. */
export function forgetHandOuts(book: Book, before: number): void {
  for (const known of book.values()) {
    if (known.again || known.putOutAt === undefined || known.putOutAt >= minutesOf(before))
      continue;
    delete known.putOutAt;
  }
}

/**
 * A pass over the whole list is over. What it has not met may have slipped through between two pages, because a record
 * before it was deleted: only what the next pass does not meet either is gone.
 */
export function endPass(book: Book): void {
  for (const [id, known] of book) {
    if (known.met === 'missed') book.delete(id);
    else known.met = known.met === 'now' ? 'before' : 'missed';
  }
}
