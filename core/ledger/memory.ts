import { keptForm } from '../sync/kept';
import type { Memory } from '../sync/memory';
import type { RecordId, Target } from './record';
import type { Seal } from './seal';
import type { LedgerStorage, LedgerTransaction, SentMark, StoredSent } from './storage';

/**
 * A row of another system that something was sent to. `system` names the environment too, such as
 * `dataverse:org.crm.dynamics.com`: the same id may stand in two of them.
 *
 * By row and not by record, because many records may write to one row: the orders of a customer to the contact. What
 * was sent to the row last, by whichever of them, is what the next change is taken against.
 */
export type SentTo = Target;

/** What is confirmed of a row. `sent` is the document that was sent to it; left out: the one that was remembered last. */
export type ConfirmedSent = SentTo & { sent?: object };

/** The system of facts: see `factOf`. */
export const FACTS = 'record';

/**
 * Where something is remembered of a record instead of a row, such as a refund that is acted upon once. The id is the
 * record's, as JSON, so that the ledger can forget it with its record.
 *
 * @param name What the fact is about, such as `refund`.
 */
export function factOf({ flow, key }: RecordId, name: string): SentTo {
  return { system: FACTS, table: name, id: JSON.stringify([flow, key]) };
}

/** A row that answers to nothing for long would otherwise be remembered by all that was ever tried on it. */
export const MOST_ATTEMPTS = 4;

/** As it lies in the database. What is larger is not kept: whole catalogues in one document are not what this is for. */
export const LARGEST_KEPT = 256 * 1024;

/** `attempt` of what was sent and confirmed. Attempts count from 1. */
const CONFIRMED = 0;

export function sentText({ system, table, id }: SentTo): string {
  return `${system}\u0000${table}\u0000${id}`;
}

/** Something known of a row; with a body where it is to be written. */
type Known = SentMark & { body?: Uint8Array };

const isSame = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** Whether a document is the one that is known of the row last, confirmed or not: then it says nothing new. */
function isNewest(known: Known[], digest: Uint8Array): boolean {
  const newest = known.at(-1);
  return newest !== undefined && isSame(newest.digest, digest);
}

/**
 * What is known of a row when another document is about to be sent to it. What was tried before moves to the end, and
 * the oldest attempt goes where there are too many. What was confirmed is written down again where other attempts came
 * after it: the newest has to be what is sent now.
 */
function withAttempt(known: Known[], attempt: Omit<Known, 'attempt'>): Known[] {
  const confirmed = known.filter((one) => one.attempt === CONFIRMED);
  const others = known.filter(
    (one) => one.attempt !== CONFIRMED && !isSame(one.digest, attempt.digest),
  );
  const number = (known.at(-1)?.attempt ?? CONFIRMED) + 1;
  return [...confirmed, ...others.slice(1 - MOST_ATTEMPTS), { ...attempt, attempt: number }];
}

function byTarget<T extends SentMark>(marks: T[]): Map<string, T[]> {
  const map = new Map<string, T[]>();
  for (const mark of marks) {
    const text = sentText(mark);
    const list = map.get(text);
    if (list) list.push(mark);
    else map.set(text, [mark]);
  }
  return map;
}

/** Writes what became different. */
async function saveKnown(
  transaction: LedgerTransaction,
  before: Map<string, Known[]>,
  after: Map<string, Known[]>,
  now: number,
): Promise<void> {
  const all = [...after.values()].flat();
  const kept = new Set(all);
  await transaction.dropSent([...before.values()].flat().filter((mark) => !kept.has(mark)));
  const fresh = all.flatMap(({ body, ...mark }) => (body ? [{ ...mark, body }] : []));
  await transaction.saveSent(fresh, now);
  const seenAgain = [...after].filter(([text, list]) => before.get(text) === list);
  await transaction.touchSent(
    seenAgain.flatMap(([, [mark]]) => mark ?? []),
    now,
  );
}

/** What was sent to rows of other systems, on any storage. */
export class SentMemories {
  /** Of documents that were remembered and are about to be confirmed, so that no digest is made twice. */
  private readonly digests = new WeakMap<object, { context: string; digest: Uint8Array }>();

  constructor(
    private readonly storage: LedgerStorage,
    private readonly seal: Seal,
    private readonly now: () => number,
  ) {}

  async recall(targets: SentTo[]): Promise<(Memory | undefined)[]> {
    const stored = await this.storage.read(async (reader) => reader.sent(targets));
    const known = byTarget(stored);
    return targets.map((target) => {
      const text = sentText(target);
      return this.memoryOf(known.get(text) ?? [], text);
    });
  }

  private memoryOf(stored: StoredSent[], context: string): Memory | undefined {
    const last = stored.find(({ attempt }) => attempt === CONFIRMED);
    const confirmed = last && this.openOrNothing(last, context);
    const attempts = stored
      .filter((one) => one !== last && !(last && isSame(last.digest, one.digest)))
      .flatMap((one) => this.openOrNothing(one, context) ?? []);
    if (!confirmed && attempts.length === 0) return undefined;
    return { ...(confirmed && { confirmed }), attempts };
  }

  /** What cannot be read is not known, which is no error: a row of which nothing is known is written as a whole. */
  private openOrNothing({ body }: StoredSent, context: string): object | undefined {
    try {
      return this.seal.open(body, context);
    } catch {
      return undefined;
    }
  }

  async remember(entries: Array<{ target: SentTo; document: object }>): Promise<SentTo[]> {
    const prepared = entries.map(({ target, document }) => {
      const json = JSON.stringify(keptForm(document));
      const context = sentText(target);
      const digest = this.seal.digest(json, context);
      this.digests.set(document, { context, digest });
      return { target, json, context, digest };
    });
    return await this.storage.write(async (transaction) => {
      const targets = prepared.map(({ target }) => target);
      const before = byTarget<Known>(await transaction.sentMarks(targets));
      const after = new Map<string, Known[]>();
      const notKept: SentTo[] = [];
      for (const { target, json, context, digest } of prepared) {
        const known = after.get(context) ?? before.get(context) ?? [];
        after.set(context, known);
        if (isNewest(known, digest)) continue;
        const body = this.seal.closeJson(json, context);
        const isTooLarge = body.byteLength > LARGEST_KEPT;
        if (isTooLarge) notKept.push(target);
        after.set(context, isTooLarge ? [] : withAttempt(known, { ...target, digest, body }));
      }
      await saveKnown(transaction, before, after, this.now());
      return notKept;
    });
  }

  /**
   * Several runs may write to one row at a time. Each confirms what it has sent itself; what others wrote down later stays
   * an attempt, until they know what became of it.
   */
  async confirm(confirmed: ConfirmedSent[]): Promise<void> {
    const newest = confirmed.filter(({ sent }) => sent === undefined);
    const own = confirmed.flatMap(({ sent, ...target }) =>
      sent === undefined ? [] : [{ ...target, digest: this.digestOf(target, sent) }],
    );
    await this.storage.write(async (transaction) => {
      await transaction.confirmSent(newest, this.now());
      await transaction.confirmSentAs(own, this.now());
    });
  }

  private digestOf(target: SentTo, document: object): Uint8Array {
    const context = sentText(target);
    const known = this.digests.get(document);
    if (known?.context === context) return known.digest;
    return this.seal.digest(JSON.stringify(keptForm(document)), context);
  }

  async forget(targets: SentTo[], { only }: { only?: 'attempts' } = {}): Promise<void> {
    const from = only === 'attempts' ? CONFIRMED + 1 : CONFIRMED;
    await this.storage.write(async (transaction) => transaction.forgetSent(targets, from));
  }
}
