import { groupBy } from 'lodash';

import type { ErrorClass } from '../errors';
import type { FlowStatistics, OpenFlow, Statistics } from './ledger';
import { LEDGER_STATES, type LedgerState } from './record';
import type { LedgerReader } from './storage';

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

/** Every flow that has records, with what is not finished of them. */
export async function openFlowsOf(reader: LedgerReader): Promise<OpenFlow[]> {
  const flows = await reader.flows();
  const names = await reader.flowNames(flows);
  const counts = groupBy(await reader.openCounts(), ({ flow }) => flow);
  return flows.map((flow) => {
    const states: OpenFlow['states'] = { pending: 0, in_flight: 0, retry: 0, held: 0, dead: 0 };
    for (const { state, records } of counts[flow] ?? []) states[state] = records;
    return { flow, flowName: names.get(flow), states };
  });
}

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
