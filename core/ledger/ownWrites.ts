/** What the pack itself has written back into a record, as the ledger takes it: a new content, and no change. */
import { isMadeOf, type OwnWrites } from '../sync/ownWrites';
import type { ClaimRequest } from './ledger';
import type { LedgerRecord } from './record';
import { isReadAround, isSaidLater } from './version';

const NONE: OwnWrites = { contents: [] };

const CONTENTS = ['hash', 'waitingHash', 'original'] as const;

/**
 * The record as it stands in its system by what was written back into it: from then on what stood there before is a change, and
 * what was written is none. The same object where nothing was.
 */
export function asWritten(
  known: LedgerRecord,
  { hash, ownWrites: { contents: alike } = NONE }: Pick<ClaimRequest, 'hash' | 'ownWrites'>,
): LedgerRecord {
  const made = CONTENTS.filter((content) => {
    const former = known[content];
    if (former === undefined || former === hash) return false;
    return isMadeOf(
      alike,
      (one) => one === former,
      (one) => one === hash,
    );
  });
  if (made.length === 0) return known;
  return { ...known, ...Object.fromEntries(made.map((content) => [content, hash])) };
}

/**
 * Somebody has undone what was written back: a trigger leaves out what was written, so that the ledger was not asked in between.
 * That it was no repeated delivery says a later date of the record itself, or, of a system without one, that what was known
 * was read before the writing and what comes was read behind it. Where a writing never arrived, the record is told once more.
 */
export function isSetBack(
  known: LedgerRecord,
  { hash, version, ownWrites = NONE }: Pick<ClaimRequest, 'hash' | 'ownWrites' | 'version'>,
): boolean {
  const isLater =
    isSaidLater(version, known.version) || isReadAround(ownWrites.at, known.version, version);
  if (hash !== known.hash || !isLater) return false;
  return isMadeOf(
    ownWrites.contents,
    (one) => one === hash,
    (one) => one !== hash,
  );
}
