import type { Contents } from './contentPoll';
import { packContents, UNSEEN, unpackContents } from './contents';
import type { ChangeEvent } from './records';

/** Ids of records to what they were put out as. */
export type ToldEvents = Record<string, ChangeEvent>;

/**
 * What is remembered of a list, as if these records had not been put out: each comes with the next pass, and as the same event.
 * What was new is not known; what had changed is known with content that was not seen.
 */
export function withoutHandOuts(contents: Contents, told: Readonly<ToldEvents>): Contents {
  const book = unpackContents(contents.known);
  for (const [id, event] of Object.entries(told)) {
    const known = book.get(id);
    if (!known) continue;
    if (event.endsWith('.created')) book.delete(id);
    else book.set(id, { digest: UNSEEN, met: known.met });
  }
  return { ...contents, known: packContents(book) };
}
