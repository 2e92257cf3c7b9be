/** What the pack itself has written back into a record, as the ledger takes it: a new content, and no change. */
import { isMadeOf } from '../sync/ownWrites';
import type { ClaimRequest } from './ledger';
import type { LedgerRecord } from './record';
import { isSaidLater } from './version';

const CONTENTS = ['hash', 'waitingHash', 'original'] as const;

/**
 * The record as it stands in its system by what was written back into it: from then on what stood there before is a change, and
 * what was written is none. The same object where nothing was.
 */
export function asWritten(
  known: LedgerRecord,
  { hash, alike = [] }: Pick<ClaimRequest, 'hash' | 'alike'>,
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
 * Only a date of the record itself can tell that from a repeated delivery.
 */
export function isSetBack(
  known: LedgerRecord,
  { hash, version, alike = [] }: Pick<ClaimRequest, 'hash' | 'version' | 'alike'>,
): boolean {
  if (hash !== known.hash || !isSaidLater(version, known.version)) return false;
  return isMadeOf(
    alike,
    (one) => one === hash,
    (one) => one !== hash,
  );
}
