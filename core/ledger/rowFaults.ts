import { groupBy } from 'lodash';

import type { Failure } from './ledger';
import { idText, type LedgerRecord, type RecordError } from './record';
import type { RowEvidence } from './retry';
import type { LedgerReader, LedgerTransaction } from './storage';

/**
 * Whose fault it is when a row of the mapping fails. The mapping's, as long as no other record gets through it: then all
 * that stop there wait until it is mended. The record's own, where others do.
 */

export interface RowFault extends RowEvidence {
  /** How many records stop at the row, with this one. */
  records: number;
  /** When a record of the flow was last done. */
  lastDoneAt?: number;
}

/** When the attempt began that has failed now. */
export function attemptStart({ startedAt, updatedAt }: LedgerRecord): number {
  return startedAt ?? updatedAt;
}

/**
 * What is known of each record, by its id, that one of these failures says stopped at a row. What was handed out
 * together, or between two attempts of the record, went through the mapping that the record failed at. Whatever else got
 * through while an attempt was under way may have gone through a newer one, and counts when the record fails once more.
 */
export async function rowFaultsOf(
  reader: LedgerReader,
  failures: Failure[],
  lastDone: ReadonlyMap<string, number>,
): Promise<Map<string, RowFault>> {
  const rules = new Map(
    failures.flatMap(({ token, details: { rule } }) => (rule ? [[token, rule.target]] : [])),
  );
  const stopped = (await reader.recordsByToken([...rules.keys()])).map((record) => {
    return { record, flow: record.flow, rule: rules.get(record.token ?? '') ?? '' };
  });
  const faults = new Map<string, RowFault>();
  const places = groupBy(stopped, ({ flow, rule }) => JSON.stringify([flow, rule]));
  for (const together of Object.values(places)) {
    const [first] = together;
    if (!first) continue;
    const { flow, rule } = first;
    const lastDoneAt = lastDone.get(flow);
    const except = together.map(({ record }) => record.key);
    const others = await reader.countStopped({ flow, rule, except, since: lastDoneAt ?? 0 });
    const records = others + together.length;
    for (const { record } of together) {
      const start = attemptStart(record);
      const isPassed = await reader.gotThrough(flow, record.failedAt ?? start, start);
      faults.set(idText(record), { isPassed, isShared: records > 1, records, lastDoneAt });
    }
  }
  return faults;
}

/**
 * A record that got through shows that the mapping is mended, or was never broken: whatever waits because of a row and
 * began its last attempt before that record did is tried again at once.
 */
export async function releaseBehind(
  transaction: LedgerTransaction,
  done: LedgerRecord[],
  now: number,
): Promise<void> {
  const flows = groupBy(done, ({ flow }) => flow);
  for (const [flow, records] of Object.entries(flows)) {
    const started = records.flatMap(({ startedAt }) => startedAt ?? []);
    if (started.length > 0) await transaction.release(flow, Math.max(...started), now);
  }
}

const minute = (time: number): string =>
  `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const GOES =
  'If the row is wrong, mend it in Commerce Map and publish the workflow: what waits then goes by itself, after half an hour at most.';

/** What a person reads of a record that waits because of a row: the same of each, so that messages tell it once, with a count. */
export function waitingAtRow(error: RecordError, fault: RowFault): RecordError {
  const { records, lastDoneAt } = fault;
  const since = lastDoneAt === undefined ? ' yet' : ` since ${minute(lastDoneAt)}`;
  const row = `The row "${error.rule}" of the mapping`;
  const said =
    records > 1
      ? `${row} has let no record through${since}`
      : `${row} stops this record, and no other has come since to show which of the two is at fault`;
  return {
    ...error,
    message: `${said}: ${error.message}`,
    fix: [error.fix, GOES].filter(Boolean).join(' '),
  };
}
