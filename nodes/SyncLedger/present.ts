import { omit } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import type { RecordView, ResentRecord, Settlement, Statistics } from '../../core/ledger/ledger';
import type { LedgerState } from '../../core/ledger/record';

const iso = (time: number | undefined): string | undefined =>
  time === undefined ? undefined : new Date(time).toISOString();

/** Without what has no value, so that the editor shows no empty columns. */
function compact(object: object): IDataObject {
  return Object.fromEntries(
    Object.entries(object).filter(([, value]) => value !== undefined),
  ) as IDataObject;
}

/**
 * A record as the editor shows it: first what a person asks (which one, why, what to do, since when), then what the
 * ledger knows it by. Times as ISO 8601.
 */
export function presentRecord(view: RecordView): IDataObject {
  const { number, flow, flowName = flow, state, error, remark, attempts, key, ...rest } = view;
  return compact({
    number,
    flowName,
    state,
    reason: error?.message,
    repair: error?.fix,
    remark,
    attempts,
    since: iso(view.updatedAt),
    nextAttempt: iso(view.nextAttempt),
    leaseUntil: iso(view.leaseUntil),
    key,
    flow,
    ...omit(rest, ['nextAttempt', 'leaseUntil']),
    error: error && compact(error),
    createdAt: iso(view.createdAt),
    updatedAt: iso(view.updatedAt),
  });
}

/** A finished record that is sent again, or would be. */
export function presentResent(record: ResentRecord): IDataObject {
  const { number, flowName, state, remark, key, flow } = presentRecord(record);
  const { changed, hasDocument, finishedAt } = record;
  const finished = iso(finishedAt);
  return compact({ number, flowName, state, changed, finished, hasDocument, remark, key, flow });
}

export function presentStatistics(statistics: Statistics['total']): IDataObject {
  return compact({
    ...statistics,
    oldestDueAt: iso(statistics.oldestDueAt),
    lastDoneAt: iso(statistics.lastDoneAt),
  });
}

/** What Complete, Hold and Fail put out as `ledger`. */
export function presentSettlement(
  {
    outcome,
    flow,
    state,
    number,
    heldByMapping,
    reason,
    repair,
    remark,
    attempts,
    nextAttempt,
  }: Settlement,
  key: string,
): IDataObject {
  return compact({
    key,
    flow,
    state: outcome === 'lost-lease' ? outcome : state,
    number,
    superseded: outcome === 'superseded' ? true : undefined,
    heldByMapping,
    reason,
    repair,
    remark,
    attempts,
    nextAttempt: iso(nextAttempt),
  });
}

/** The same of a record that was only looked at, and that no node has taken: how it would be, and that it is not. */
export function presentUntaken(key: string, would: LedgerState | undefined): IDataObject {
  return compact({
    key,
    state: 'not-taken',
    would,
    note: 'Nothing is noted: Claim has only looked at this record, as it does in a test run, and no node that writes has taken it in this run',
  });
}

/** The same of a record of a dry run: how it would be, and that it is not. */
export function presentDry(
  key: string,
  would: LedgerState,
  said: { reason?: string; repair?: string; remark?: string },
): IDataObject {
  const note = 'Nothing is noted, because this is a dry run';
  return compact({ key, state: 'dry-run', would, ...said, note });
}

/** The same of a record that a test run had and could not send. */
export function presentGivenBack(
  { key, flow, number, state }: Settlement,
  would: LedgerState | undefined,
): IDataObject {
  const now = state === undefined ? 'the ledger has no record of it' : `its state is ${state}`;
  return compact({
    key,
    flow,
    state: 'given-back',
    number,
    would,
    note: `Nothing is noted: a test run had this record and gives it back as it was, so that ${now}`,
  });
}
