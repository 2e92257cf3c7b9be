import type { IPollFunctions } from 'n8n-workflow';

/** Who says it, and where. */
export type Reminding = Pick<IPollFunctions, 'getNode' | 'getWorkflow' | 'logger'>;

const DAY_MS = 24 * 60 * 60_000;

/** When it was said last, by workflow, node and what it is about. In the memory of this process: a restart may say it again. */
const saidAt = new Map<string, number>();

/**
 * Says something in the log of n8n that stays so, and that fails nowhere: once a day.
 *
 * @param about tells apart what one node has to say
 * @param since when it began to be so, in milliseconds since the epoch: it is first said a day later; left out: at once
 */
export function warnOnceADay(
  context: Reminding,
  about: string,
  say: (names: { node: string; workflow: string }) => string,
  since = -Infinity,
): void {
  const { name: node } = context.getNode();
  const { id = '', name: workflow = id } = context.getWorkflow();
  const place = JSON.stringify([id, node, about]);
  if (Date.now() - Math.max(since, saidAt.get(place) ?? -Infinity) < DAY_MS) return;
  saidAt.set(place, Date.now());
  context.logger.warn(say({ node, workflow }));
}
