/**
 * Contents of one record that differ only by what the pack itself has written into it, such as the number of an order in
 * another system. They are hashes as `contentHash` gives them, the oldest content first. Whoever knows one of them learns
 * nothing new from another.
 */
export type AlikeContents = readonly string[];

/** What the pack has written into one record. */
export interface OwnWrites {
  contents: readonly AlikeContents[];
  /** When it last began to, in milliseconds since the epoch; left out: it has not, or an earlier release has. */
  at?: number;
}

/** A workflow writes back once or twice; what is written over and over is left to the next comparison. */
const MOST_ALIKE = 16;

/**
 * The contents alike with one more, where the one that it was made of is among them; else these two alone. They are two also
 * where the hash leaves out what was written: behind the first stands what was written. What was written before, and is written
 * again, stands where it was written last.
 */
export function withOwnWrite(
  known: readonly AlikeContents[],
  before: string,
  after: string,
): AlikeContents {
  const alike = alikeTo(known, before) ?? [before];
  if (after === before && alike.slice(1).includes(after)) return alike;
  const others = after === before ? alike : alike.filter((hash) => hash !== after);
  // The oldest stays: it is mostly what a ledger knows the record by.
  return [...others.slice(0, 1), ...others.slice(1).slice(2 - MOST_ALIKE), after];
}

function alikeTo(known: readonly AlikeContents[], hash: string): AlikeContents | undefined {
  const all = known.filter((contents) => contents.includes(hash));
  return all.sort((one, other) => other.length - one.length)[0];
}

/**
 * Whether own writes have made one content of another. That a record is again what it was before they did is no echo of them:
 * somebody has set it back.
 *
 * @param isBefore whether a hash is that of the content that was known
 * @param isAfter whether it is that of the content that is met
 */
export function isMadeOf(
  known: readonly AlikeContents[],
  isBefore: (hash: string) => boolean,
  isAfter: (hash: string) => boolean,
): boolean {
  return known.some((contents) => {
    const at = contents.findIndex(isBefore);
    return at >= 0 && contents.slice(at + 1).some(isAfter);
  });
}
