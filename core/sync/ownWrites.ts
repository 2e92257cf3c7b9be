/**
 * Contents of one record that differ only by what the pack itself has written into it, such as the number of an order in
 * another system. They are hashes as `contentHash` gives them, the oldest content first. Whoever knows one of them learns
 * nothing new from another.
 */
export type AlikeContents = readonly string[];

/** A workflow writes back once or twice; what is written over and over is left to the next comparison. */
const MOST_ALIKE = 16;

/**
 * The contents alike with one more, where the one that it was made of is among them; else these two alone. They are two also
 * where the hash leaves out what was written: behind the first stands what was written.
 */
export function withOwnWrite(
  known: readonly AlikeContents[],
  before: string,
  after: string,
): AlikeContents {
  const alike = alikeTo(known, before) ?? [before];
  if (alike.slice(1).includes(after)) return alike;
  // The oldest stays: it is what a ledger knows the record by.
  return [...alike.slice(0, 1), ...alike.slice(1).slice(2 - MOST_ALIKE), after];
}

function alikeTo(known: readonly AlikeContents[], hash: string): AlikeContents | undefined {
  const all = known.filter((contents) => contents.includes(hash));
  return all.sort((one, other) => other.length - one.length)[0];
}

/** The oldest content that is alike: the hash itself where nothing was written. */
export function beforeOwnWrites(known: readonly AlikeContents[], hash: string): string {
  return alikeTo(known, hash)?.[0] ?? hash;
}

/** Whether what tells two contents apart says the same of them but for own writes. */
export function areAlike(
  known: readonly AlikeContents[],
  isOne: (hash: string) => boolean,
  isOther: (hash: string) => boolean,
): boolean {
  return known.some((contents) => contents.some(isOne) && contents.some(isOther));
}
