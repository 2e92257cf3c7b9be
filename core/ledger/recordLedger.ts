import { randomUUID } from 'node:crypto';

import { groupBy } from 'lodash';

import { toServiceError } from '../errors';
import { decideClaim, type ClaimContext } from './claim';
import type {
  ClaimOutcome,
  ClaimRequest,
  Completion,
  DeadLetter,
  DueQuery,
  DueRecord,
  Failure,
  Ledger,
  ListQuery,
  RecordReference,
  RecordView,
  Revision,
  Selection,
  Settlement,
  Statistics,
} from './ledger';
import { isGone, ownerId } from './owner';
import {
  idText,
  neededPayloads,
  type LedgerRecord,
  type RecordId,
  type RecordLink,
  type Target,
} from './record';
import { DEFAULT_MAX_ATTEMPTS } from './retry';
import { decideDiscard, decideRequeue, type ReviseDecision } from './revise';
import type { Seal } from './seal';
import { decideComplete, decideFail, type SettleDecision } from './settle';
import { totalOf } from './statistics';
import type { LedgerReader, LedgerStorage, LedgerTransaction, StoredPayload } from './storage';
import { isOlder } from './version';
import { linksById, present, targetOf } from './view';

export interface LedgerOptions {
  storage: LedgerStorage;
  seal: Seal;
  /** Milliseconds since the epoch. */
  now?: () => number;
  /** 0 ≤ x < 1 */
  random?: () => number;
  owner?: string;
}

type Settle = (record: LedgerRecord) => SettleDecision;

/** The ledger on any storage: reads what is known, lets pure functions decide, writes what they say. */
export class RecordLedger implements Ledger {
  private readonly storage: LedgerStorage;
  private readonly seal: Seal;
  private readonly now: () => number;
  private readonly random: () => number;
  private readonly owner: string;

  constructor(options: LedgerOptions) {
    this.storage = options.storage;
    this.seal = options.seal;
    this.now = options.now ?? Date.now;
    this.random = options.random ?? Math.random;
    this.owner = options.owner ?? ownerId();
  }

  async claim(requests: ClaimRequest[], { leaseMs }: { leaseMs: number }): Promise<ClaimOutcome[]> {
    const context = this.claimContext(leaseMs);
    return await this.storage.write(async (transaction) => {
      const before = byId(await transaction.records(requests));
      const links = linksById(await transaction.links([...before.values()]));
      const after = new Map(before);
      const payloads: StoredPayload[] = [];
      const outcomes = requests.map((request): ClaimOutcome => {
        const { flow, key, hash } = request;
        const id = idText(request);
        const { outcome, record, keepPayload } = decideClaim(after.get(id), request, context);
        after.set(id, record);
        if (keepPayload) {
          payloads.push({ flow, key, hash, body: this.seal.close(request.payload, id) });
        }
        return claimOutcome(record, outcome, links.get(id));
      });
      await saveChanges(transaction, before, after);
      await transaction.keepPayloads(payloads.filter((payload) => isNeeded(payload, after)));
      return outcomes;
    });
  }

  private claimContext(leaseMs: number): ClaimContext {
    const { owner } = this;
    const gone = this.goneOwners();
    return { now: this.now(), leaseMs, owner, newToken: () => randomUUID(), isGone: gone };
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

  async complete(completions: Completion[]): Promise<Settlement[]> {
    const now = this.now();
    return await this.storage.write(async (transaction) => {
      const links: RecordLink[] = [];
      const settlements = await settle(transaction, completions, (completion) => (record) => {
        const { flow, key } = record;
        for (const link of completion.links ?? []) links.push({ flow, key, ...link });
        return decideComplete(record, completion, now);
      });
      await transaction.saveLinks(links, now);
      return settlements;
    });
  }

  async fail(
    failures: Failure[],
    { maxAttempts = DEFAULT_MAX_ATTEMPTS }: { maxAttempts?: number } = {},
  ): Promise<Settlement[]> {
    const now = this.now();
    return await this.storage.write(async (transaction) =>
      settle(
        transaction,
        failures,
        (failure) => (record) =>
          decideFail(record, failure, { now, random: this.random(), maxAttempts }),
      ),
    );
  }

  async link(links: RecordLink[]): Promise<void> {
    const now = this.now();
    await this.storage.write(async (transaction) => {
      const known = byId(await transaction.records(links));
      const unknown = new Map(
        links.filter((link) => !known.has(idText(link))).map((link) => [idText(link), link]),
      );
      await transaction.save([...unknown.values()].map((link) => knownByLink(link, now)));
      await transaction.saveLinks(links, now);
    });
  }

  async lookUp(references: RecordReference[]): Promise<RecordView[][]> {
    return await this.storage.read(async (reader) => {
      const views = await viewsOf(reader, await findAll(reader, references));
      const byKey = groupBy(views, ({ key }) => key);
      return references.map(({ key, flow }) =>
        (byKey[key] ?? []).filter((view) => flow === undefined || view.flow === flow),
      );
    });
  }

  async lookUpByTarget(targets: Target[]): Promise<RecordView[][]> {
    return await this.storage.read(async (reader) => {
      const ids = await reader.linksByTarget(targets);
      const views = await viewsOf(reader, await reader.records(ids));
      const byTarget = groupBy(
        views.flatMap((view) => view.links.map((link) => ({ view, target: targetText(link) }))),
        ({ target }) => target,
      );
      return targets.map((target) => (byTarget[targetText(target)] ?? []).map(({ view }) => view));
    });
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
    const find = async (reader: LedgerReader): Promise<Opened[]> => {
      const now = this.now();
      const goneOwners = (await reader.leaseOwners(now)).filter(this.goneOwners());
      return await this.open(reader, await reader.dueRecords({ now, goneOwners, ...query }));
    };
    const opened = query.peek
      ? await this.storage.read(find)
      : await this.storage.write(async (transaction) => {
          const found = await find(transaction);
          await transaction.save(found.map((entry) => this.afterHandOut(entry, query)));
          return found;
        });
    return opened.flatMap(({ record: { flow, key, attempts }, document }) =>
      document ? [{ flow, key, attempts, document }] : [],
    );
  }

  /** Hidden for a while; dead when its payload cannot be read, so that a person sees why nothing goes. */
  private afterHandOut({ record, problem }: Opened, { visibilityMs }: DueQuery): LedgerRecord {
    const now = this.now();
    if (!problem) return { ...record, hiddenUntil: now + visibilityMs };
    const { code, fix, message } = problem;
    const error = { class: problem.class, code, fix, message };
    return { ...record, state: 'dead', token: undefined, dueAt: undefined, error, updatedAt: now };
  }

  /** Records with the newest content that is known of each. */
  private async open(reader: LedgerReader, records: LedgerRecord[]): Promise<Opened[]> {
    const wanted = records.map(({ flow, key, hash, waitingHash }) => {
      return { flow, key, hash: waitingHash ?? hash };
    });
    const payloads = byId(await reader.payloads(wanted));
    return records.map((record) => {
      const id = idText(record);
      const payload = payloads.get(id);
      try {
        return { record, document: payload && this.seal.open(payload.body, id) };
      } catch (error) {
        return { record, problem: toServiceError(error) };
      }
    });
  }

  async listDead({ flow, limit }: ListQuery): Promise<DeadLetter[]> {
    return await this.storage.read(async (reader) => {
      const records = await reader.deadRecords({ flow, limit });
      const views = await viewsOf(reader, records);
      const opened = await this.open(reader, records);
      return views.map((view, index) => ({ ...view, document: opened[index]?.document }));
    });
  }

  async requeue(selection: Selection): Promise<Revision[]> {
    const now = this.now();
    return await this.revise(selection, (record) => decideRequeue(record, now));
  }

  async discard(selection: Selection): Promise<Revision[]> {
    const context = { now: this.now(), isGone: this.goneOwners() };
    return await this.revise(selection, (record) => decideDiscard(record, context));
  }

  private async revise(
    selection: Selection,
    decide: (record: LedgerRecord) => ReviseDecision,
  ): Promise<Revision[]> {
    return await this.storage.write(async (transaction) => {
      const found = Array.isArray(selection)
        ? await findAll(transaction, selection)
        : await transaction.deadRecords({ flow: selection.flow, limit: Infinity });
      const before = byId(found);
      const after = new Map<string, LedgerRecord>();
      const revisions = [...before].map(([id, known]): Revision => {
        const { record, changed } = decide(known);
        after.set(id, record);
        return { flow: record.flow, key: record.key, state: record.state, changed };
      });
      await saveChanges(transaction, before, after);
      return revisions;
    });
  }

  async statistics({ flow }: { flow?: string } = {}): Promise<Statistics> {
    const now = this.now();
    const flows = await this.storage.read(async (reader) => reader.statistics({ now, flow }));
    return { total: totalOf(flows), flows };
  }

  async purge({ olderThanMs }: { olderThanMs: number }): Promise<number> {
    const before = this.now() - olderThanMs;
    return await this.storage.write(async (transaction) => transaction.purge(before));
  }

  async close(): Promise<void> {
    await this.storage.close();
  }
}

interface Opened {
  record: LedgerRecord;
  document?: object;
  problem?: ReturnType<typeof toServiceError>;
}

function byId<T extends RecordId>(entries: T[]): Map<string, T> {
  return new Map(entries.map((entry) => [idText(entry), entry]));
}

function targetText({ system, table, id }: Target): string {
  return `${system}\u0000${table}\u0000${id}`;
}

/** Every record that at least one reference means, each once. */
async function findAll(
  reader: LedgerReader,
  references: RecordReference[],
): Promise<LedgerRecord[]> {
  const keys = [...new Set(references.map(({ key }) => key))];
  const found = await reader.recordsByKey(keys);
  const flows = new Map<string, Set<string | undefined>>();
  for (const { key, flow } of references) {
    flows.set(key, (flows.get(key) ?? new Set()).add(flow));
  }
  return found.filter(
    ({ key, flow }) => flows.get(key)?.has(flow) || flows.get(key)?.has(undefined),
  );
}

async function viewsOf(reader: LedgerReader, records: LedgerRecord[]): Promise<RecordView[]> {
  const links = linksById(await reader.links(records));
  return records.map((record) => present(record, links.get(idText(record)) ?? []));
}

function claimOutcome(
  record: LedgerRecord,
  outcome: ClaimOutcome['outcome'],
  links: RecordLink[] | undefined,
): ClaimOutcome {
  const { flow, key, hash, attempts: attempt, token = '' } = record;
  const target = targetOf(links);
  switch (outcome) {
    case 'new':
    case 'changed':
    case 'retry':
    case 'reclaimed':
      return { flow, key, outcome, token, attempt, hash, ...(target && { target }) };
    default:
      return { flow, key, outcome, ...(target && { target }) };
  }
}

function isNeeded(payload: StoredPayload, records: Map<string, LedgerRecord>): boolean {
  const record = records.get(idText(payload));
  return record !== undefined && neededPayloads(record).includes(payload.hash);
}

/** Writes what became different, and drops payloads that only the former content needed. */
async function saveChanges(
  transaction: LedgerTransaction,
  before: Map<string, LedgerRecord>,
  after: Map<string, LedgerRecord>,
): Promise<void> {
  const changed = [...after].filter(([id, record]) => before.get(id) !== record);
  await transaction.save(changed.map(([, record]) => record));
  const outdated = changed.flatMap(([id, record]) => {
    const known = before.get(id);
    const needed = neededPayloads(record);
    const isOutdated = known && neededPayloads(known).some((hash) => !needed.includes(hash));
    return isOutdated ? [{ flow: record.flow, key: record.key, except: needed }] : [];
  });
  await transaction.dropPayloads(outdated);
}

async function settle<T extends { token: string }>(
  transaction: LedgerTransaction,
  answers: T[],
  decide: (answer: T) => Settle,
): Promise<Settlement[]> {
  const before = byId(await transaction.recordsByToken(answers.map(({ token }) => token)));
  const after = new Map(before);
  const ids = new Map([...before].map(([id, { token }]) => [token, id]));
  const settlements = answers.map((answer): Settlement => {
    const id = ids.get(answer.token) ?? '';
    const known = after.get(id);
    // A token given twice in one call is settled once: the first answer may have passed the record on.
    if (!known || known.token !== answer.token) return { outcome: 'lost-lease' };
    const { outcome, record } = decide(answer)(known);
    after.set(id, record);
    const { flow, key, state, dueAt } = record;
    return { flow, key, state, outcome, ...(state === 'retry' && { nextAttempt: dueAt }) };
  });
  await saveChanges(transaction, before, after);
  return settlements;
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
