import type { ErrorClass } from '../errors';
import type { FlowStatistics, Statistics } from './ledger';
import { LEDGER_STATES, type LedgerState } from './record';

function noCounts(): Statistics['total'] {
  const states = Object.fromEntries(LEDGER_STATES.map((state) => [state, 0]));
  return {
    states: states as Record<LedgerState, number>,
    due: 0,
    heldByMapping: 0,
    heldForPerson: 0,
    deadByClass: {},
  };
}

export function noStatistics(flow: string): FlowStatistics {
  return { flow, ...noCounts() };
}

function add<K extends string>(
  sum: Partial<Record<K, number>>,
  part: Partial<Record<K, number>>,
): void {
  for (const [name, count] of Object.entries(part) as Array<[K, number]>) {
    sum[name] = (sum[name] ?? 0) + count;
  }
}

const defined = (values: Array<number | undefined>): number[] =>
  values.filter((value) => value !== undefined);

/** All flows together. */
export function totalOf(flows: FlowStatistics[]): Statistics['total'] {
  const total = noCounts();
  for (const { states, due, heldByMapping, heldForPerson, deadByClass } of flows) {
    add<LedgerState>(total.states, states);
    add<ErrorClass>(total.deadByClass, deadByClass);
    total.due += due;
    total.heldByMapping += heldByMapping;
    total.heldForPerson += heldForPerson;
  }
  const oldest = defined(flows.map(({ oldestDueAt }) => oldestDueAt));
  const last = defined(flows.map(({ lastDoneAt }) => lastDoneAt));
  if (oldest.length > 0) total.oldestDueAt = Math.min(...oldest);
  if (last.length > 0) total.lastDoneAt = Math.max(...last);
  return total;
}
