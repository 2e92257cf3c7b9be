import type { FlowStatistics } from './ledger';
import type { StoreAt } from './stores';
import type { LedgerRecord, OpenState, RecordId, RecordLink, Target } from './record';

/**
 * What a database must be able to do to carry the ledger. It keeps and finds; what a claim or a failure means is
 * decided outside, by pure functions, so that every database decides alike.
 */
export interface LedgerStorage {
  /** Random, made once per database; the encryption key is derived with it. */
  salt(): Promise<Uint8Array>;
  /**
   * All or nothing, and alone: no other writer, in this process or another, comes between what `work` reads and what
   * it writes. `work` awaits nothing but the transaction.
   */
  write<T>(work: (transaction: LedgerTransaction) => Promise<T>): Promise<T>;
  /** One consistent view; does not hold up a writer. */
  read<T>(work: (transaction: LedgerReader) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface StoredPayload extends RecordId {
  hash: string;
  body: Uint8Array;
}

/** A document that was sent to a row, or was to be, without its content. */
export interface SentMark extends Target {
  /** 0: it was sent. Above: written down before it was sent; a higher number came later. */
  attempt: number;
  digest: Uint8Array;
}

export interface StoredSent extends SentMark {
  body: Uint8Array;
}

export interface DueFilter {
  now: number;
  /** Written later than this: from before the clock was turned back. */
  future: number;
  /** Owners that are gone; their leases count as ended. */
  goneOwners: string[];
  flow?: string;
  limit: number;
}

/** Records that go on only when a person or the other side does something. */
export interface StoppedFilter {
  state: 'dead' | 'held';
  /** Of those held only what asks a person; false: only what waits for the other side. */
  forPerson?: boolean;
  flow?: string;
  limit: number;
}

/** Records that are done or skipped. */
export interface FinishedFilter {
  states: Array<'done' | 'skipped'>;
  flow?: string;
  /** What people call them; left out: whatever they are called. */
  numbers?: string[];
  /** When they became so, from the first of these times on and before the second one. */
  from: number;
  to: number;
  limit: number;
}

/** Where records of a flow stop: a row of the mapping, or a whole node. */
export interface StopFilter {
  flow: string;
  rule: string;
  /** Keys that are counted elsewhere. */
  except: string[];
  /** Dead letters count from here on. */
  since: number;
}

/** What was done or skipped long ago; times may be -Infinity: nothing is. */
export interface PurgeFilter {
  /** Left out: of all flows whose records nobody has purged by their own flow. */
  flow?: string;
  /** Records that were finished before this time are removed. */
  before: number;
  /** Of those that stay the documents of those that were finished before this time. */
  documentsBefore: number;
  now: number;
}

export interface LedgerReader {
  records(ids: RecordId[]): Promise<LedgerRecord[]>;
  /** In every flow. */
  recordsByKey(keys: string[]): Promise<LedgerRecord[]>;
  /** In every flow; a record without a number goes by the id in its key. */
  recordsByNumber(numbers: string[]): Promise<LedgerRecord[]>;
  recordsByToken(tokens: string[]): Promise<LedgerRecord[]>;
  /** Most recently updated first. */
  stoppedRecords(filter: StoppedFilter): Promise<LedgerRecord[]>;
  /** Longest finished first. */
  finishedRecords(filter: FinishedFilter): Promise<LedgerRecord[]>;
  /** Longest due first. */
  dueRecords(filter: DueFilter): Promise<LedgerRecord[]>;
  /** Owners of leases that have not ended. */
  leaseOwners(now: number): Promise<string[]>;
  payloads(contents: Array<RecordId & { hash: string }>): Promise<StoredPayload[]>;
  /** Those of these contents whose payload is kept. */
  keptPayloads(contents: Array<RecordId & { hash: string }>): Promise<RecordId[]>;
  links(ids: RecordId[]): Promise<RecordLink[]>;
  linksByTarget(targets: Target[]): Promise<RecordLink[]>;
  /** Of each target in the order of the attempts. */
  sent(targets: Target[]): Promise<StoredSent[]>;
  sentMarks(targets: Target[]): Promise<SentMark[]>;
  watermark(flow: string): Promise<string | undefined>;
  /** When a record of the flow was last done that was handed out to a published workflow. */
  lastDoneAt(flow: string): Promise<number | undefined>;
  /** Whether a record of the flow that was handed out to a published workflow in this time, both ends included, is done. */
  gotThrough(flow: string, from: number, to: number): Promise<boolean>;
  /** How many records wait because of this rule, or became dead letters since. */
  countStopped(filter: StopFilter): Promise<number>;
  /** Of each rule that records wait because of: how many, and the one whose last attempt began last. */
  rowStops(flow?: string): Promise<Array<{ record: LedgerRecord; records: number }>>;
  /** What people call these flows; those that nobody has named are left out. */
  flowNames(flows: string[]): Promise<Map<string, string>>;
  /** What was finished before this time may have been purged; 0: nothing was. */
  purgedBefore(): Promise<number>;
  /** All that are known. */
  stores(): Promise<StoreAt[]>;
  statistics(filter: { now: number; flow?: string }): Promise<FlowStatistics[]>;
  /** The flows that have records, in the order of their names. */
  flows(): Promise<string[]>;
  /** Of what is not finished. */
  openCounts(): Promise<Array<{ flow: string; state: OpenState; records: number }>>;
  count(): Promise<number>;
}

export interface LedgerTransaction extends LedgerReader {
  save(records: LedgerRecord[]): Promise<void>;
  /** These records are not known any more. Their payloads and links are somebody else's to remove. */
  remove(ids: RecordId[]): Promise<void>;
  /** A payload that is already there stays: it is the one that came first. */
  keepPayloads(payloads: StoredPayload[]): Promise<void>;
  /** Removes the payloads of these records, except for the contents that are still needed. */
  dropPayloads(records: Array<RecordId & { except: string[] }>): Promise<void>;
  /** What waits because of a rule is due now, where its last attempt began no later than this. */
  release(flow: string, startedAt: number, now: number): Promise<void>;
  saveLinks(links: RecordLink[], now: number): Promise<void>;
  saveFlowNames(names: Map<string, string>): Promise<void>;
  saveWatermark(flow: string, value: string, now: number): Promise<void>;
  /** A store that is known already is at this address from now on. */
  saveStore(store: StoreAt, now: number): Promise<void>;
  saveSent(sent: StoredSent[], now: number): Promise<void>;
  dropSent(marks: SentMark[]): Promise<void>;
  touchSent(targets: Target[], now: number): Promise<void>;
  /** Of each target the newest attempt becomes what was sent, and everything older goes. */
  confirmSent(targets: Target[], now: number): Promise<void>;
  /** The attempt with this digest becomes what was sent, and everything older goes; newer attempts stay. */
  confirmSentAs(marks: Array<Omit<SentMark, 'attempt'>>, now: number): Promise<void>;
  /** Removes what is known of these targets, from this attempt on. */
  forgetSent(targets: Target[], fromAttempt: number): Promise<void>;
  /**
   * Removes what was done or skipped long ago, with its documents and links, and what was sent to targets that were not
   * touched for as long as any flow keeps its records; facts of a record only with the record. Returns how many records.
   */
  purge(filter: PurgeFilter): Promise<number>;
}
