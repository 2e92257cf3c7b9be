import { parse } from 'flatted';

import { waitUntil } from '../lib/wait';
import type { ExecutionSummary, N8nApi } from './api';

interface RunData {
  resultData: {
    runData: Record<
      string,
      Array<{ executionTime: number; data?: { main: Array<Array<{ json: object }> | null> } }>
    >;
    error?: { message: string };
  };
}

export const UNFINISHED = ['new', 'running', 'waiting'] as const;

export function isUnfinished(status: ExecutionSummary['status']): boolean {
  return UNFINISHED.some((unfinished) => unfinished === status);
}

/** Waits until a workflow has an execution that has ended. */
export async function finishedExecution(
  api: N8nApi,
  workflowId: string,
  patienceMs = 600_000,
): Promise<ExecutionSummary> {
  let latest: ExecutionSummary | undefined;
  const hasEnded = async (): Promise<boolean> => {
    // A node that blocks n8n's event loop for long makes it drop connections: ask again.
    [latest] = await api.executions({ workflowId }, 1).catch(() => []);
    return latest !== undefined && !isUnfinished(latest.status);
  };
  if ((await waitUntil(hasEnded, patienceMs, 50)) && latest) return latest;
  throw new Error(`Workflow ${workflowId} did not finish in ${patienceMs / 1000} s`);
}

/** What each node of an execution took (milliseconds) and put out by its first output. */
export async function nodeRuns(
  api: N8nApi,
  executionId: string,
): Promise<{ error?: string; nodes: Record<string, { milliseconds: number; items: object[] }> }> {
  const { data } = await api.execution(executionId);
  const { resultData } = parse(data) as RunData;
  const nodes = Object.entries(resultData.runData).map(([name, [run]]) => {
    const items = (run?.data?.main[0] ?? []).map(({ json }) => json);
    return [name, { milliseconds: run?.executionTime ?? Number.NaN, items }] as const;
  });
  return { error: resultData.error?.message, nodes: Object.fromEntries(nodes) };
}
