import { DatabaseSync } from 'node:sqlite';

import type { World } from '../../scripts/n8n/world';
import { compareOrders } from './compare';

/** What a ledger has of the records that are not done; without their content. */
const OPEN_RECORDS = `
  SELECT key, state, attempts, owner, (due_at - :now) / 1000 AS due_in_s, (:now - updated_at) / 1000 AS unchanged_s,
    error_class, error_code, error_message
  FROM record WHERE state <> 'done' LIMIT 20`;

function openRecords({ ledgerFile }: World): object[] {
  const ledger = new DatabaseSync(ledgerFile, { readOnly: true, timeout: 5_000 });
  try {
    return ledger.prepare(OPEN_RECORDS).all({ now: Date.now() });
  } finally {
    ledger.close();
  }
}

async function executionsByStatus({ api }: World): Promise<Record<string, number>> {
  const byStatus: Record<string, number> = {};
  for (const { status } of await api.executions({})) byStatus[status] = (byStatus[status] ?? 0) + 1;
  return byStatus;
}

/** Where all orders are, for a failed test: one line for each part of the world, whichever of them still answers. */
export async function describeWorld(world: World): Promise<string> {
  const parts: Record<string, () => unknown> = {
    'orders in Dataverse': () => compareOrders(world),
    'records by state': () => world.states(),
    'records that are not done': () => openRecords(world),
    executions: () => executionsByStatus(world),
    'process of n8n': () => world.n8n.pid ?? 'none',
    requests: () => world.control.counts(),
    'end of the log': () => world.n8n.logTail(40),
  };
  const lines: string[] = [];
  for (const [name, ask] of Object.entries(parts)) {
    const answer = await Promise.resolve()
      .then(ask)
      .catch((error: unknown) => `no answer: ${String(error)}`);
    lines.push(`${name}: ${typeof answer === 'string' ? answer : JSON.stringify(answer)}`);
  }
  return lines.join('\n');
}
