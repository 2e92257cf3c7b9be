import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { type Outcome, settle } from '../../core/outcome';
import { failItem, resultItem } from './items';

export interface Steps<Work, Result> {
  /** Reads parameters and input. undefined: there is nothing to do, and the item passes through. */
  prepare(item: INodeExecutionData, index: number): Work | undefined | Promise<Work | undefined>;
  /** All items together; one outcome for each. */
  run(work: Work[]): Promise<Outcome<Result>[]>;
  output(
    item: INodeExecutionData,
    result: Result,
    index: number,
  ): INodeExecutionData | INodeExecutionData[];
}

async function prepareAll<Work, Result>(
  items: INodeExecutionData[],
  { prepare }: Steps<Work, Result>,
): Promise<Outcome<Work | undefined>[]> {
  const prepared: Outcome<Work | undefined>[] = [];
  for (const [index, item] of items.entries()) {
    prepared.push(await settle(() => prepare(item, index)));
  }
  return prepared;
}

async function runAll<Work, Result>(
  work: Work[],
  { run }: Steps<Work, Result>,
): Promise<Outcome<Result>[]> {
  if (work.length === 0) return [];
  const ran = await settle(() => run(work));
  return ran.ok ? ran.value : work.map(() => ran);
}

function passThrough(item: INodeExecutionData, index: number): INodeExecutionData {
  const output = resultItem(item.json, index);
  return item.binary ? { ...output, binary: item.binary } : output;
}

/**
 * Takes all items through an operation at once. A failure of one item never stops the others: what can be
 * written is written first, and only then is the failure put out, or thrown where the workflow is to stop.
 */
export async function processItems<Work, Result>(
  context: IExecuteFunctions,
  items: INodeExecutionData[],
  steps: Steps<Work, Result>,
): Promise<INodeExecutionData[]> {
  const prepared = await prepareAll(items, steps);
  const outcomes = await runAll(
    prepared.flatMap((entry) => (entry.ok && entry.value !== undefined ? [entry.value] : [])),
    steps,
  );
  let next = 0;
  return items.flatMap((item, index) => {
    const entry = prepared[index];
    if (entry && !entry.ok) return failItem(context, entry.error, index);
    if (entry?.value === undefined) return passThrough(item, index);
    const outcome = outcomes[next++];
    if (!outcome) return failItem(context, new Error('There was no result for this item'), index);
    return outcome.ok
      ? steps.output(item, outcome.value, index)
      : failItem(context, outcome.error, index);
  });
}
