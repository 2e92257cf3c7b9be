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

/** The same of a record that was only looked at in a test run: how it would be, and that it is not. */
export function presentUntaken(key: string, would: LedgerState): IDataObject {
  return {
    key,
    state: 'not-taken',
    would,
    note: 'Test run: nothing is noted, because no node that writes has taken this record in this run',
  };
}
