/**
 * What is remembered of a row of another system. All documents are in their kept form (`kept.ts`): compare with
 * `sameAsKept`, never by equality.
 */
export interface Memory {
  /** What was sent last and was carried out. Absent: nothing that is known. */
  confirmed?: object;
  /**
   * Written down before they were sent and not confirmed since: each may have been carried out or not. Oldest first,
   * none of them equal to `confirmed`.
   */
  attempts: object[];
}

/** What was sent to the rows of one table of one system, by the ids of the rows. */
export interface SentMemory {
  /** One answer for each id, in the same order; undefined: nothing is known of the row. */
  recall(ids: string[]): Promise<(Memory | undefined)[]>;
  /** Writes down what is about to be sent. Before it is sent: what an answer was lost of is then known, too. */
  remember(entries: { id: string; document: object }[]): Promise<void>;
  /** What was remembered here last has been sent: from now on it is what was sent, whatever other runs are sending. */
  confirm(ids: string[]): Promise<void>;
}
