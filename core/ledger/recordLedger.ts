import type { Memory } from '../sync/memory';
import { byId, lastDoneOf, settleAll } from './bulk';
import { decideRenew } from './claim';
import { Claims } from './claims';
import type {
  ClaimOptions,
  ClaimOutcome,
  ClaimRequest,
  Completion,
  DueQuery,
  DueRecord,
  Edit,
  FailingRow,
  Failure,
  FlowStatistics,
  HeldQuery,
  Ledger,
  OpenFlow,
  PreviewOutcome,
  PurgeQuery,
  RecordReference,
  RecordView,
  ResendQuery,
  ResentRecord,
  Revision,
  Selection,
  Settlement,
  Statistics,
  StoppedQuery,
  StoppedRecord,
  TakeRequest,
} from './ledger';
import { editRecords } from './edit';
import { failingRowsOf } from './failingRows';
import { type ConfirmedSent, factOf, SentMemories, type SentTo } from './memory';
import { handOutDue, lookForDue } from './handOut';
import { viewsByKey, viewsByNumber, viewsByTarget } from './lookUp';
import { isGone, ownerId } from './owner';
import {
  idText,
  isTried,
  type ConflictWinner,
  type LedgerRecord,
  type RecordId,
  type RecordLink,
  type Target,
} from './record';
import { lookForResend, lookForStopped, resendInPortions, reviseInPortions } from './repair';
import { DEFAULT_MAX_ATTEMPTS } from './retry';
import { decideDiscard, decideRequeue } from './revise';
import type { Seal } from './seal';
import { decideComplete, decideFail, decideGiveBack } from './settle';
import { releaseBehind, rowFaultsOf } from './rowFaults';
import { openFlowsOf, totalOf } from './statistics';
import type { LedgerReader, LedgerStorage } from './storage';
import { StoreAddresses } from './stores';
import { isOlder } from './version';

export interface LedgerOptions {
  /** Of the database; left out where nobody asks for it. */
  id?: string;
  storage: LedgerStorage;
  seal: Seal;
  /** Milliseconds since the epoch. */
  now?: () => number;
  /** 0 ≤ x < 1 */
  random?: () => number;
  owner?: string;
}

/** The ledger on any storage: reads what is known, lets pure functions decide, writes what they say. */
export class RecordLedger implements Ledger {
  readonly id: string;
  readonly stores: StoreAddresses;
  private readonly storage: LedgerStorage;
  private readonly seal: Seal;
  private readonly now: () => number;
  private readonly random: () => number;
  private readonly owner: string;
  private readonly claims: Claims;
  private readonly memories: SentMemories;

  constructor(options: LedgerOptions) {
    this.id = options.id ?? '';
    this.storage = options.storage;
    this.seal = options.seal;
    this.now = options.now ?? Date.now;
    this.random = options.random ?? Math.random;
    this.owner = options.owner ?? ownerId();
    this.claims = new Claims(this.storage, this.seal, () => ({
      now: this.now(),
      owner: this.owner,
      isGone: this.goneOwners(),
    }));
    this.stores = new StoreAddresses(this.storage, this.now);
    this.memories = new SentMemories(this.storage, this.seal, this.now);
  }

  async claim(requests: ClaimRequest[], options: ClaimOptions): Promise<ClaimOutcome[]> {
    return await this.claims.claim(requests, options);
  }

  async preview(
    requests: ClaimRequest[],
    options?: { asRun?: boolean },
  ): Promise<PreviewOutcome[]> {
    return await this.claims.preview(requests, options);
  }

  async take(requests: TakeRequest[]): Promise<ClaimOutcome[]> {
    return await this.claims.take(requests);
  }

  async renew(tokens: string[], { leaseMs }: { leaseMs: number }): Promise<boolean[]> {
    const context = { now: this.now(), leaseMs, owner: this.owner };
    const decide = async (reader: LedgerReader) => {
      const known = await reader.recordsByToken(tokens);
      return known.map((record) => ({ record, renewed: decideRenew(record, context) }));
    };
    // Mostly there is nothing to write yet, and reading holds nobody up.
    let decided = await this.storage.read(decide);
    if (decided.some(({ record, renewed }) => renewed && renewed !== record)) {
      decided = await this.storage.write(async (transaction) => {
        const latest = await decide(transaction);
        await transaction.save(latest.flatMap(({ renewed }) => renewed ?? []));
        return latest;
      });
    }
    const held = new Set(decided.flatMap(({ renewed }) => renewed?.token ?? []));
    return tokens.map((token) => held.has(token));
  }

  async knows(tokens: string[]): Promise<boolean[]> {
    const records = await this.storage.read(async (reader) => reader.recordsByToken(tokens));
    const known = new Set(records.map(({ token }) => token));
    return tokens.map((token) => known.has(token));
  }

  /** Asks the operating system once for each owner, not once for each record. */
  private goneOwners(): (owner: string) => boolean {
    const known = new Map<string, boolean>();
    return (owner) => {
      const answer = known.get(owner) ?? isGone(owner, this.owner);
      known.set(owner, answer);
      return answer;
    };
  }

  async recordsOf(tokens: string[]): Promise<(RecordId | undefined)[]> {
    const records = await this.storage.read(async (reader) => reader.recordsByToken(tokens));
    const ids = new Map(records.map(({ token, flow, key }) => [token, { flow, key }]));
    return tokens.map((token) => ids.get(token));
  }

  async complete(completions: Completion[]): Promise<Settlement[]> {
    const now = this.now();
    return await this.storage.write(async (transaction) => {
      const links: RecordLink[] = [];
      const facts: SentTo[] = [];
      const done: LedgerRecord[] = [];
      const settlements = await settleAll(transaction, completions, (completion, record) => {
        const { flow, key } = record;
        for (const link of completion.links ?? []) links.push({ flow, key, ...link });
        // What is held has not been acted upon.
        const noted = completion.outcome === 'held' ? [] : (completion.facts ?? []);
        for (const name of noted) facts.push(factOf(record, name));
        const decision = decideComplete(record, completion, now);
        if (decision.outcome === 'done') done.push(record);
        return decision;
      });
      await releaseBehind(transaction, done, now);
      await transaction.saveLinks(links, now);
      if (facts.length > 0) await transaction.confirmSent(facts, now);
      return settlements;
    });
  }

  async giveBack(tokens: string[]): Promise<Settlement[]> {
    const now = this.now();
    const answers = tokens.map((token) => ({ token }));
    return await this.storage.write(async (transaction) =>
      settleAll(transaction, answers, (_, record) => decideGiveBack(record, now)),
    );
  }

  async fail(
    failures: Failure[],
    { maxAttempts = DEFAULT_MAX_ATTEMPTS }: { maxAttempts?: number } = {},
  ): Promise<Settlement[]> {
    const now = this.now();
    return await this.storage.write(async (transaction) => {
      const lastDone = await lastDoneOf(transaction, failures);
      const faults = await rowFaultsOf(transaction, failures, lastDone);
      return await settleAll(transaction, failures, (failure, record) => {
        const lastDoneAt = lastDone.get(record.flow);
        const fault = faults.get(idText(record));
        const context = { now, random: this.random(), maxAttempts, lastDoneAt, fault };
        return decideFail(record, failure, context);
      });
    });
  }

  async link(links: RecordLink[]): Promise<void> {
    const now = this.now();
    await this.storage.write(async (transaction) => {
      const known = byId(await transaction.records(links));
      const unknown = new Map(
        links.filter((link) => !known.has(idText(link))).map((link) => [idText(link), link]),
      );
      // What a test run gives back is known by its link, too.
      const tried = [...known.values()].filter((one) => isTried(one) && !one.former?.record);
      await transaction.save([
        ...[...unknown.values()].map((link) => knownByLink(link, now)),
        ...tried.map((record) => ({
          ...record,
          former: { ...record.former, record: knownByLink(record, now) },
        })),
      ]);
      await transaction.saveLinks(links, now);
    });
  }

  async lookUp(references: RecordReference[]): Promise<RecordView[][]> {
    return await this.storage.read(async (reader) => viewsByKey(reader, references));
  }

  async lookUpByNumber(numbers: string[]): Promise<RecordView[][]> {
    return await this.storage.read(async (reader) => viewsByNumber(reader, numbers));
  }

  async lookUpByTarget(targets: Target[]): Promise<RecordView[][]> {
    return await this.storage.read(async (reader) => viewsByTarget(reader, targets));
  }

  async recall(targets: SentTo[]): Promise<(Memory | undefined)[]> {
    return await this.memories.recall(targets);
  }

  async remember(entries: Array<{ target: SentTo; document: object }>): Promise<SentTo[]> {
    return await this.memories.remember(entries);
  }

  async confirm(confirmed: ConfirmedSent[]): Promise<void> {
    await this.memories.confirm(confirmed);
  }

  async forget(targets: SentTo[], options?: { only?: 'attempts' }): Promise<void> {
    await this.memories.forget(targets, options);
  }

  async getWatermark(flow: string): Promise<string | undefined> {
    return await this.storage.read(async (reader) => reader.watermark(flow));
  }

  async setWatermark(
    flow: string,
    value: string,
    { onlyForward = false }: { onlyForward?: boolean } = {},
  ): Promise<string> {
    return await this.storage.write(async (transaction) => {
      const current = await transaction.watermark(flow);
      if (onlyForward && current !== undefined && !isOlder(current, value)) return current;
      await transaction.saveWatermark(flow, value, this.now());
      return value;
    });
  }

  async due(query: DueQuery): Promise<DueRecord[]> {
    const context = { now: this.now(), isGone: this.goneOwners() };
    const opened = query.peek
      ? await this.storage.read(async (reader) => lookForDue(reader, this.seal, query, context))
      : await this.storage.write(async (transaction) =>
          handOutDue(transaction, this.seal, query, context),
        );
    return opened.flatMap(({ record: { flow, key, attempts }, document }) =>
      document ? [{ flow, key, attempts, document }] : [],
    );
  }

  async listDead(query: StoppedQuery): Promise<StoppedRecord[]> {
    return await this.listStopped('dead', query);
  }

  async listHeld(query: HeldQuery): Promise<StoppedRecord[]> {
    return await this.listStopped('held', query);
  }

  async failingRows(query: { flow?: string }): Promise<FailingRow[]> {
    return await this.storage.read(async (reader) => failingRowsOf(reader, query));
  }

  private async listStopped(state: 'dead' | 'held', query: HeldQuery): Promise<StoppedRecord[]> {
    return await this.storage.read(async (reader) =>
      lookForStopped(reader, this.seal, { state, ...query }),
    );
  }

  async requeue(
    selection: Selection,
    { conflicts }: { conflicts?: ConflictWinner } = {},
  ): Promise<Revision[]> {
    const context = { now: this.now(), conflicts };
    return await reviseInPortions(this.storage, selection, (record) =>
      decideRequeue(record, context),
    );
  }

  async edit(edits: Edit[]): Promise<Revision[][]> {
    const now = this.now();
    return await this.storage.write(async (transaction) =>
      editRecords(transaction, this.seal, { edits, now }),
    );
  }

  async discard(selection: Selection): Promise<Revision[]> {
    const context = { now: this.now(), isGone: this.goneOwners() };
    return await reviseInPortions(this.storage, selection, (record) =>
      decideDiscard(record, context),
    );
  }

  async resend(
    query: ResendQuery,
    { lookOnly = false }: { lookOnly?: boolean } = {},
  ): Promise<ResentRecord[]> {
    const found = await this.storage.read(async (reader) => lookForResend(reader, query));
    if (lookOnly) return found;
    return await resendInPortions(this.storage, found, { ...query, now: this.now() });
  }

  async statistics({ flow }: { flow?: string } = {}): Promise<Statistics> {
    const now = this.now();
    const flows = await this.storage.read(async (reader) => {
      const counted = await reader.statistics({ now, flow });
      const names = await reader.flowNames(counted.map((counts) => counts.flow));
      return counted.map((counts): FlowStatistics => ({
        ...counts,
        flowName: names.get(counts.flow),
      }));
    });
    return { total: totalOf(flows), flows };
  }

  async flows(): Promise<OpenFlow[]> {
    return await this.storage.read(openFlowsOf);
  }

  async count(): Promise<number> {
    return await this.storage.read(async (reader) => reader.count());
  }

  async purge({
    flow,
    olderThanMs = Infinity,
    documentsOlderThanMs = Infinity,
  }: PurgeQuery): Promise<number> {
    const now = this.now();
    const before = now - olderThanMs;
    const documentsBefore = now - documentsOlderThanMs;
    return await this.storage.write(async (transaction) =>
      transaction.purge({ flow, before, documentsBefore, now }),
    );
  }

  async close(): Promise<void> {
    await this.storage.close();
  }
}

function knownByLink({ flow, key }: RecordId, now: number): LedgerRecord {
  const hash = '';
  return {
    flow,
    key,
    state: 'done',
    hash,
    attempts: 0,
    hiddenUntil: 0,
    createdAt: now,
    updatedAt: now,
  };
}
