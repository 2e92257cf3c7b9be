import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { ServiceError } from '../../core/errors';
import { isCancelled } from '../../core/http/wait';
import { type Outcome, settle } from '../../core/outcome';
import { type HeldItems, holdingClaims, unheld } from './claims';
import { errorItem, failItem, nodeError, passThrough, understood } from './items';
import type { Operation } from './operation';
import type { AnySteps } from './steps';

/** What became of an item. Without a result there was nothing to do. */
type Fate = Outcome<{ result: unknown } | undefined>;

async function prepareAll(
  { items, requireClaim }: HeldItems,
  steps: AnySteps,
): Promise<Outcome<unknown>[]> {
  const prepared: Outcome<unknown>[] = [];
  for (const [index, item] of items.entries()) {
    const prepare = () => {
      requireClaim(index);
      return steps.prepare(item, index);
    };
    prepared.push(await settle(prepare));
  }
  return prepared;
}

async function runAll(work: unknown[], steps: AnySteps): Promise<Outcome<unknown>[]> {
  if (work.length === 0) return [];
  const ran = await settle(async () => {
    const outcomes = await steps.run(work);
    // Which one is missing cannot be known: to give an item the result of another would be worse than none.
    if (outcomes.length === work.length) return outcomes;
    throw new Error(`${work.length} items have ${outcomes.length} results`);
  });
  return ran.ok ? ran.value : work.map(() => ran);
}

/** Prepared, and something is to be done. */
const isReady = (entry: Outcome<unknown>): entry is { ok: true; value: unknown } =>
  entry.ok && entry.value !== undefined;

/** Prepares each item, takes its record where nobody has, and works on all that are ready together. */
async function workOn(held: HeldItems, steps: AnySteps): Promise<Fate[]> {
  const prepared = await prepareAll(held, steps);
  const places = prepared.flatMap((entry, place) => (isReady(entry) ? [place] : []));
  for (const [place, error] of await held.take(places)) prepared[place] = { ok: false, error };
  const ready = prepared.filter(isReady).map(({ value }) => value);
  const outcomes = (await runAll(ready, steps)).values();
  return prepared.map((entry): Fate => {
    if (!entry.ok) return entry;
    if (entry.value === undefined) return { ok: true, value: undefined };
    const outcome = outcomes.next().value as Outcome<unknown>;
    return outcome.ok ? { ok: true, value: { result: outcome.value } } : outcome;
  });
}

/** The items that a fate becomes, and by which output they leave. */
function putOut(
  context: IExecuteFunctions,
  item: INodeExecutionData,
  index: number,
  { fate, steps, outputs }: { fate: Fate; steps: AnySteps; outputs: number },
): { output: number; made: INodeExecutionData[] } {
  if (!fate.ok) return { output: outputs - 1, made: [failItem(context, fate.error, index)] };
  if (!fate.value) return { output: 0, made: [passThrough(item, index)] };
  const { result } = fate.value;
  return {
    output: steps.route?.(result) ?? 0,
    made: [steps.output(item, result, index)].flat(),
  };
}

async function takeThrough(
  context: IExecuteFunctions,
  operation: Operation,
): Promise<INodeExecutionData[][]> {
  const { holdsClaims = true, onlyReads = false, outputs = 1 } = operation;
  const steps = await operation.start(context);
  const all = context.getInputData();
  const items = steps.once ? all.slice(0, 1) : all;
  const lists: INodeExecutionData[][] = Array.from({ length: outputs }, () => []);
  const takeAll = async (held: HeldItems): Promise<void> => {
    for (const [index, fate] of (await workOn(held, steps)).entries()) {
      const item = held.items[index] as INodeExecutionData;
      const { output, made } = putOut(context, item, index, { fate, steps, outputs });
      for (const one of made) lists[output]?.push(one);
    }
  };
  if (holdsClaims) await holdingClaims(context, { items, takes: !onlyReads }, takeAll);
  else await takeAll(unheld(items));
  return lists;
}

/**
 * What stops the whole node is wrong with the node and not with any item, and is the same for all that come until a
 * person sets it right.
 */
function nodeFailure(error: unknown): ServiceError {
  const failure = understood(error);
  if (failure.class !== 'validation') return failure;
  const fix = [failure.fix, 'Then publish the workflow: what has failed is tried again by itself.'];
  return new ServiceError(failure.message, {
    ...failure.toDetails(),
    class: 'configuration',
    fix: fix.filter(Boolean).join(' '),
    cause: failure,
  });
}

/**
 * Runs an operation: the one loop that the items of every node go through. A failure of one item never stops the
 * others: what can be written is written first, and only then is the failure put out, or thrown where the workflow is
 * to stop. All outputs keep the order of the input.
 *
 * A node that throws is not enough where it is set to continue: n8n then lets its input out by the success output
 * (n8n-core, `handleNodeExecutionError`), and what nobody has written would be marked as done. So a failure of the
 * whole node becomes a failure of each item.
 */
export async function run(
  context: IExecuteFunctions,
  operation: Operation,
): Promise<INodeExecutionData[][]> {
  try {
    return await takeThrough(context, operation);
  } catch (error) {
    if (isCancelled(error) || !context.continueOnFail()) throw nodeError(context, error);
    const failure = nodeFailure(error);
    const failed = context.getInputData().map((_, index) => errorItem(failure, index));
    const before = Array.from({ length: (operation.outputs ?? 1) - 1 }, () => []);
    return [...before, failed];
  }
}
