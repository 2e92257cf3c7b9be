import type { SQLInputValue } from 'node:sqlite';

import type { FlowStatistics } from '../ledger';
import type { StoreAt } from '../stores';
import { idText, type LedgerRecord, type RecordId, type RecordLink, type Target } from '../record';
import type {
  DueFilter,
  FinishedFilter,
  LedgerReader,
  LedgerStorage,
  LedgerTransaction,
  PurgeFilter,
  SentMark,
  StopFilter,
  StoppedFilter,
  StoredPayload,
  StoredSent,
} from '../storage';
import { SqliteDatabase, type SqliteOptions } from './database';
import {
  fromRow,
  statisticsFrom,
  toLink,
  toMark,
  toParameters,
  toSent,
  type CountRow,
  type LinkRow,
  type OpenCountRow,
  type RecordRow,
  type SentMarkRow,
  type SentRow,
} from './rows';
import * as purge from './purge';
import * as sent from './sent';
import * as sql from './sql';

/** Whose records nobody has purged for so long has no say any more in how long rows are remembered. */
const FLOW_IS_GONE_MS = 30 * 24 * 60 * 60_000;

type Named = Record<string, SQLInputValue>;

/** Each identity once. */
function idList(ids: RecordId[]): string {
  const unique = new Map(ids.map((id) => [idText(id), [id.flow, id.key]]));
  return JSON.stringify([...unique.values()]);
}

type Content = RecordId & { hash: string };

const contentList = (contents: Content[]): string =>
  JSON.stringify(contents.map(({ flow, key, hash }) => [flow, key, hash]));

/** Each target once. */
function targetList(targets: Target[]): string {
  const lists = targets.map(({ system, table, id }) => JSON.stringify([system, table, id]));
  return `[${[...new Set(lists)].join(',')}]`;
}

/** SQLite's way to say "all" is a negative limit. */
function paged({ flow, limit }: { flow?: string; limit: number }): Named {
  return { flow: flow ?? null, limit: Number.isFinite(limit) ? Math.floor(limit) : -1 };
}

/** The statements of one transaction. */
class SqliteTransaction implements LedgerTransaction {
  constructor(private readonly database: SqliteDatabase) {}

  private list<T>(statement: string, list: string): T[] {
    return this.database.prepare(statement).all(list) as T[];
  }

  private named<T>(statement: string, parameters: Named): T[] {
    return this.database.prepare(statement).all(parameters) as T[];
  }

  private forEach(statement: string, rows: SQLInputValue[][]): void {
    const prepared = this.database.prepare(statement);
    for (const row of rows) prepared.run(...row);
  }

  async records(ids: RecordId[]): Promise<LedgerRecord[]> {
    return this.list<RecordRow>(sql.RECORDS, idList(ids)).map(fromRow);
  }

  async recordsByKey(keys: string[]): Promise<LedgerRecord[]> {
    return this.list<RecordRow>(sql.RECORDS_BY_KEY, JSON.stringify(keys)).map(fromRow);
  }

  async recordsByNumber(numbers: string[]): Promise<LedgerRecord[]> {
    const parameters = { numbers: JSON.stringify(numbers) };
    return this.named<RecordRow>(sql.RECORDS_BY_NUMBER, parameters).map(fromRow);
  }

  async recordsByToken(tokens: string[]): Promise<LedgerRecord[]> {
    const unique = [...new Set(tokens)];
    return this.list<RecordRow>(sql.RECORDS_BY_TOKEN, JSON.stringify(unique)).map(fromRow);
  }

  async stoppedRecords({ state, forPerson, ...filter }: StoppedFilter): Promise<LedgerRecord[]> {
    const hasCode = state === 'held' ? forPerson : undefined;
    return this.named<RecordRow>(sql.stoppedRecords(state, hasCode), paged(filter)).map(fromRow);
  }

  async finishedRecords({
    states,
    numbers,
    from,
    to,
    ...filter
  }: FinishedFilter): Promise<LedgerRecord[]> {
    return this.named<RecordRow>(sql.finishedRecords(numbers !== undefined), {
      states: JSON.stringify(states),
      ...(numbers && { numbers: JSON.stringify(numbers) }),
      from,
      to,
      ...paged(filter),
    }).map(fromRow);
  }

  async dueRecords({ now, future, goneOwners, ...filter }: DueFilter): Promise<LedgerRecord[]> {
    const parameters = { now, future, gone: JSON.stringify(goneOwners), ...paged(filter) };
    return this.named<RecordRow>(sql.DUE_RECORDS, parameters).map(fromRow);
  }

  async leaseOwners(now: number): Promise<string[]> {
    const rows = this.named<{ owner: string }>(sql.LEASE_OWNERS, { now });
    return rows.map(({ owner }) => owner);
  }

  async payloads(contents: Content[]): Promise<StoredPayload[]> {
    return this.list<StoredPayload>(sql.PAYLOADS, contentList(contents));
  }

  async keptPayloads(contents: Content[]): Promise<RecordId[]> {
    return this.list<RecordId>(sql.KEPT_PAYLOADS, contentList(contents));
  }

  async links(ids: RecordId[]): Promise<RecordLink[]> {
    return this.list<LinkRow>(sql.LINKS, idList(ids)).map(toLink);
  }

  async linksByTarget(targets: Target[]): Promise<RecordLink[]> {
    return this.list<LinkRow>(sql.LINKS_BY_TARGET, targetList(targets)).map(toLink);
  }

  async sent(targets: Target[]): Promise<StoredSent[]> {
    return this.list<SentRow>(sent.SENT, targetList(targets)).map(toSent);
  }

  async sentMarks(targets: Target[]): Promise<SentMark[]> {
    return this.list<SentMarkRow>(sent.SENT_MARKS, targetList(targets)).map(toMark);
  }

  async watermark(flow: string): Promise<string | undefined> {
    return this.named<{ value: string }>(sql.WATERMARK, { flow })[0]?.value;
  }

  async lastDoneAt(flow: string): Promise<number | undefined> {
    return this.named<{ at: number | null }>(sql.LAST_DONE, { flow })[0]?.at ?? undefined;
  }

  async gotThrough(flow: string, from: number, to: number): Promise<boolean> {
    return this.named(sql.GOT_THROUGH, { flow, from, to }).length > 0;
  }

  async countStopped({ except, ...filter }: StopFilter): Promise<number> {
    const parameters = { ...filter, except: JSON.stringify(except) };
    return this.named<{ records: number }>(sql.COUNT_STOPPED, parameters)[0]?.records ?? 0;
  }

  async rowStops(flow?: string): Promise<Array<{ record: LedgerRecord; records: number }>> {
    const rows = this.named<RecordRow & { records: number }>(sql.ROW_STOPS, { flow: flow ?? null });
    return rows.map((row) => ({ record: fromRow(row), records: row.records }));
  }

  async release(flow: string, startedAt: number, now: number): Promise<void> {
    this.database.prepare(sql.RELEASE).run({ flow, startedAt, now });
  }

  async statistics({ now, flow }: { now: number; flow?: string }): Promise<FlowStatistics[]> {
    return statisticsFrom(this.named<CountRow>(sql.COUNTS, { now, flow: flow ?? null }));
  }

  async flows(): Promise<string[]> {
    const rows = this.database.prepare(sql.FLOWS).all() as Array<{ flow: string }>;
    return rows.map(({ flow }) => flow);
  }

  async openCounts(): Promise<OpenCountRow[]> {
    return this.database.prepare(sql.OPEN_COUNTS).all() as unknown as OpenCountRow[];
  }

  async count(): Promise<number> {
    return (this.database.prepare(sql.COUNT).get() as { records: number }).records;
  }

  async flowNames(flows: string[]): Promise<Map<string, string>> {
    const list = JSON.stringify([...new Set(flows)]);
    const rows = this.list<{ flow: string; name: string }>(sql.FLOW_NAMES, list);
    return new Map(rows.map(({ flow, name }) => [flow, name]));
  }

  async purgedBefore(): Promise<number> {
    const row = this.database.prepare(sql.PURGED_BEFORE).get() as { value: number } | undefined;
    return row?.value ?? 0;
  }

  async stores(): Promise<StoreAt[]> {
    return this.database.prepare(sql.STORES).all() as unknown as StoreAt[];
  }

  async save(records: LedgerRecord[]): Promise<void> {
    this.forEach(sql.SAVE_RECORD, records.map(toParameters));
  }

  async remove(ids: RecordId[]): Promise<void> {
    this.forEach(
      sql.REMOVE_RECORD,
      ids.map(({ flow, key }) => [flow, key]),
    );
  }

  async keepPayloads(payloads: StoredPayload[]): Promise<void> {
    this.forEach(
      sql.KEEP_PAYLOAD,
      payloads.map(({ flow, key, hash, body }) => [flow, key, hash, body]),
    );
  }

  async dropPayloads(records: Array<RecordId & { except: string[] }>): Promise<void> {
    this.forEach(
      sql.DROP_PAYLOADS,
      records.map(({ flow, key, except }) => [flow, key, JSON.stringify(except)]),
    );
  }

  async saveLinks(links: RecordLink[], now: number): Promise<void> {
    this.forEach(
      sql.SAVE_LINK,
      links.map(({ flow, key, system, table, id, targetHash = null }) => [
        flow,
        key,
        system,
        table,
        id,
        targetHash,
        now,
      ]),
    );
  }

  async saveFlowNames(names: Map<string, string>): Promise<void> {
    this.forEach(sql.SAVE_FLOW_NAME, [...names]);
  }

  async saveStore({ platform, store, address }: StoreAt, now: number): Promise<void> {
    this.forEach(sql.SAVE_STORE, [[platform, store, address, now]]);
  }

  async saveSent(all: StoredSent[], now: number): Promise<void> {
    this.forEach(
      sent.SAVE_SENT,
      all.map(({ system, table, id, attempt, digest, body }) => [
        system,
        table,
        id,
        attempt,
        digest,
        body,
        now,
      ]),
    );
  }

  async dropSent(marks: SentMark[]): Promise<void> {
    this.forEach(
      sent.DROP_SENT,
      marks.map(({ system, table, id, attempt }) => [system, table, id, attempt]),
    );
  }

  async touchSent(targets: Target[], now: number): Promise<void> {
    this.database.prepare(sent.TOUCH_SENT).run(now, targetList(targets));
  }

  async confirmSent(targets: Target[], now: number): Promise<void> {
    const list = targetList(targets);
    this.database.prepare(sent.DROP_ALL_BUT_NEWEST).run(list);
    this.database.prepare(sent.CONFIRM_SENT).run(now, list);
  }

  async confirmSentAs(marks: Array<Omit<SentMark, 'attempt'>>, now: number): Promise<void> {
    const list = JSON.stringify(
      marks.map(({ system, table, id, digest }) => {
        const hex = Buffer.from(digest).toString('hex').toUpperCase();
        return [system, table, id, hex];
      }),
    );
    this.database.prepare(sent.DROP_OLDER).run(list);
    this.database.prepare(sent.CONFIRM_DIGEST).run(now, list);
  }

  async forgetSent(targets: Target[], fromAttempt: number): Promise<void> {
    this.database.prepare(sent.FORGET_SENT).run(fromAttempt, targetList(targets));
  }

  async saveWatermark(flow: string, value: string, now: number): Promise<void> {
    this.forEach(sql.SAVE_WATERMARK, [[flow, value, now]]);
  }

  async purge({ flow, before, documentsBefore, now }: PurgeFilter): Promise<number> {
    const named: Named = flow === undefined ? {} : { flow };
    const ofFlow = flow !== undefined;
    if (Number.isFinite(documentsBefore)) {
      const documents = this.database.prepare(purge.purgeDocuments(ofFlow));
      documents.run({ ...named, before: documentsBefore });
      if (!ofFlow) this.database.prepare(purge.NOTE_DOCUMENTS_PURGED).run(documentsBefore);
    }
    const removed = purge
      .purgeRecords(ofFlow)
      .map((statement) => this.database.prepare(statement).run({ ...named, before }).changes);
    const records = Number(removed.at(-1));
    if (records > 0) this.database.prepare(purge.NOTE_PURGE).run(before);
    const who = flow ?? purge.OTHER_FLOWS;
    this.purgeSent(who, before, now);
    this.database.prepare(purge.NOTE_RETENTION).run({ flow: who, before, documentsBefore, now });
    return records;
  }

  /** Many flows send to one row: it is remembered as long as that one of them that remembers longest. */
  private purgeSent(flow: string, before: number, now: number): void {
    const since = now - FLOW_IS_GONE_MS;
    const [kept] = this.named<{ at: number }>(purge.KEPT_FROM, { flow, before, since });
    if (kept) this.database.prepare(sent.PURGE_SENT).run(kept.at, kept.at);
  }
}

/** The ledger in one SQLite file, through Node's own `node:sqlite`. For the processes of one machine. */
export class SqliteStorage implements LedgerStorage {
  private readonly database: SqliteDatabase;
  private readonly transaction: SqliteTransaction;

  constructor(options: SqliteOptions) {
    this.database = new SqliteDatabase(options);
    this.transaction = new SqliteTransaction(this.database);
  }

  async salt(): Promise<Uint8Array> {
    return await this.database.transaction('DEFERRED', async () => {
      const row = this.database.prepare(sql.SALT).get() as { value: Uint8Array };
      return row.value;
    });
  }

  async write<T>(work: (transaction: LedgerTransaction) => Promise<T>): Promise<T> {
    return await this.database.transaction('IMMEDIATE', async () => work(this.transaction));
  }

  async read<T>(work: (reader: LedgerReader) => Promise<T>): Promise<T> {
    return await this.database.transaction('DEFERRED', async () => work(this.transaction));
  }

  async close(): Promise<void> {
    await this.database.close();
  }
}
