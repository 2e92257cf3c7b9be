import type { ErrorClass } from '../../errors';
import type { FlowStatistics } from '../ledger';
import type {
  ConflictWinner,
  Former,
  LedgerRecord,
  LedgerState,
  OpenState,
  RecordLink,
} from '../record';
import { noStatistics } from '../statistics';
import type { SentMark, StoredSent } from '../storage';

type Nullable<T> = { [K in keyof T]: T[K] | null };

/** A row of the table `record`. */
export type RecordRow = {
  flow: string;
  key: string;
  state: LedgerState;
  hash: string;
  attempts: number;
  hidden_until: number;
  created_at: number;
  updated_at: number;
} & Nullable<{
  version: string;
  owner: string;
  token: string;
  due_at: number;
  waiting_hash: string;
  waiting_version: string;
  /** JSON. */
  former: string;
  error_class: ErrorClass;
  error_code: string;
  error_message: string;
  error_fix: string;
  error_rule: string;
  remark: string;
  conflicts: ConflictWinner;
  failed_at: number;
  started_at: number;
  number: string;
  original: string;
}>;

export function fromRow(row: RecordRow): LedgerRecord {
  const record: LedgerRecord = {
    flow: row.flow,
    key: row.key,
    state: row.state,
    hash: row.hash,
    version: row.version ?? undefined,
    attempts: row.attempts,
    owner: row.owner ?? undefined,
    token: row.token ?? undefined,
    dueAt: row.due_at ?? undefined,
    hiddenUntil: row.hidden_until,
    waitingHash: row.waiting_hash ?? undefined,
    waitingVersion: row.waiting_version ?? undefined,
    remark: row.remark ?? undefined,
    conflicts: row.conflicts ?? undefined,
    failedAt: row.failed_at ?? undefined,
    startedAt: row.started_at ?? undefined,
    number: row.number ?? undefined,
    original: row.original ?? undefined,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
  if (row.former !== null) record.former = JSON.parse(row.former) as Former;
  if (row.error_class !== null) {
    record.error = {
      class: row.error_class,
      code: row.error_code ?? undefined,
      message: row.error_message ?? '',
      fix: row.error_fix ?? undefined,
      rule: row.error_rule ?? undefined,
    };
  }
  return record;
}

/** Values in the order of `RECORD_COLUMNS`. */
export function toParameters(record: LedgerRecord): Array<string | number | null> {
  const { error } = record;
  return [
    record.flow,
    record.key,
    record.state,
    record.hash,
    record.version ?? null,
    record.attempts,
    record.owner ?? null,
    record.token ?? null,
    record.dueAt ?? null,
    record.hiddenUntil,
    record.waitingHash ?? null,
    record.waitingVersion ?? null,
    record.former ? JSON.stringify(record.former) : null,
    error?.class ?? null,
    error?.code ?? null,
    error?.message ?? null,
    error?.fix ?? null,
    error?.rule ?? null,
    record.remark ?? null,
    record.conflicts ?? null,
    record.failedAt ?? null,
    record.startedAt ?? null,
    record.number ?? null,
    record.original ?? null,
    record.createdAt,
    record.updatedAt,
  ];
}

export interface LinkRow {
  flow: string;
  key: string;
  system: string;
  target_table: string;
  target_id: string;
  target_hash: string | null;
}

export function toLink(row: LinkRow): RecordLink {
  const { flow, key, system, target_table: table, target_id: id, target_hash: targetHash } = row;
  return { flow, key, system, table, id, targetHash: targetHash ?? undefined };
}

export interface SentMarkRow {
  system: string;
  target_table: string;
  target_id: string;
  attempt: number;
  digest: Uint8Array;
}

export type SentRow = SentMarkRow & { body: Uint8Array };

export function toMark(row: SentMarkRow): SentMark {
  const { system, target_table: table, target_id: id, attempt, digest } = row;
  return { system, table, id, attempt, digest };
}

export function toSent(row: SentRow): StoredSent {
  return { ...toMark(row), body: row.body };
}

/** A group of the counting statement. */
export interface CountRow {
  flow: string;
  state: LedgerState;
  error_class: ErrorClass | null;
  records: number;
  last_done_at: number | null;
  due: number | null;
  held_by_mapping: number | null;
  held_for_person: number | null;
  oldest_due_at: number | null;
}

export interface OpenCountRow {
  flow: string;
  state: OpenState;
  records: number;
}

export function statisticsFrom(rows: CountRow[]): FlowStatistics[] {
  const flows = new Map<string, FlowStatistics>();
  for (const row of rows) {
    const flow = flows.get(row.flow) ?? noStatistics(row.flow);
    flows.set(row.flow, flow);
    flow.states[row.state] += row.records;
    flow.due += row.due ?? 0;
    flow.heldByMapping += row.held_by_mapping ?? 0;
    flow.heldForPerson += row.held_for_person ?? 0;
    if (row.oldest_due_at !== null) {
      flow.oldestDueAt = Math.min(flow.oldestDueAt ?? Infinity, row.oldest_due_at);
    }
    if (row.last_done_at !== null) {
      flow.lastDoneAt = Math.max(flow.lastDoneAt ?? 0, row.last_done_at);
    }
    if (row.state === 'dead' && row.error_class !== null) {
      flow.deadByClass[row.error_class] = (flow.deadByClass[row.error_class] ?? 0) + row.records;
    }
  }
  return [...flows.values()];
}
