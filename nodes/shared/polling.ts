import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { triggerError } from './triggerError';

/** Triggers that have polled since this process was started, by workflow and node. */
const polled = new Set<string>();

/** Whether n8n is only just starting the workflow because it was started itself (or has become the leader). */
function isStartUp(context: IPollFunctions, key: string): boolean {
  const mode = context.getActivationMode();
  return !polled.has(key) && (mode === 'init' || mode === 'leadershipChange');
}

/**
 * Polls, and gives n8n a failure with what to do about it.
 *
 * But not the failure of the first poll after the start of n8n: n8n would leave the whole workflow inactive, with
 * its webhooks and all other triggers, and try again after 1, 2, 4, 8 … seconds, later hours; as a new leader it
 * would even unpublish it (n8n 2.39, active-workflow-manager). The next poll a minute later fails visibly, should
 * the trouble last. Whoever publishes a workflow is told at once.
 */
export async function poll(
  context: IPollFunctions,
  work: () => Promise<INodeExecutionData[]>,
): Promise<INodeExecutionData[][] | null> {
  const key = `${context.getWorkflow().id ?? ''}:${context.getNode().id}`;
  const startUp = isStartUp(context, key);
  polled.add(key);
  try {
    const items = await work();
    return items.length > 0 ? [items] : null;
  } catch (error) {
    const failure = triggerError(context, error);
    if (!startUp) throw failure;
    context.logger.warn(`The first poll of "${context.getNode().name}" failed: ${failure.message}`);
    return null;
  }
}
