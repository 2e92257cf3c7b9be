import { partition } from 'lodash';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { inDryRun, Journal, type PlannedWrite } from '../../core/dryRun';
import { ServiceError } from '../../core/errors';
import { isCancelled } from '../../core/http/wait';
import { type Outcome, settle } from '../../core/outcome';
import { claimIn, type HeldItems, holdingClaims, unheld } from './claims';
import { dryItems, withFailedWrites, withWrites } from './dryRun';
import { errorItem, failItem, nodeError, passThrough, understood } from './items';
import type { Operation } from './operation';
import type { AnySteps } from './steps';

/** What became of an item. Without a result there was nothing to do. */
type Fate = Outcome<{ result: unknown } | undefined>;

/** Items that are worked on in the same way. */
interface Pass {
  /** Places of its items among those of the node. */
  places: number[];
  /** Set where nothing is to be written for them. */
  journal?: Journal;
}

const placeAt = ({ places }: Pass, at: number): number => places[at] as number;

async function prepareAll(
  { items, requireClaim }: HeldItems,
  steps: AnySteps,
  pass: Pass,
): Promise<Outcome<unknown>[]> {
  const prepared: Outcome<unknown>[] = [];
  for (const [at, item] of items.entries()) {
    const prepare = () => {
      requireClaim(at);
      return steps.prepare(item, placeAt(pass, at));
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

/** What became of an item, and its place among those that were worked on together. */
interface Worked {
  fate: Fate;
  order?: number;
}

/** By which of the node's outputs items leave. */
interface Leaving {
  output: number;
  made: INodeExecutionData[];
}

interface PutOut {
  place: number;
  leave(): Leaving;
}

/** Prepared, and something is to be done. */
const isReady = (entry: Outcome<unknown>): entry is { ok: true; value: unknown } =>
  entry.ok && entry.value !== undefined;

/**
 * Items with one claim are parts of one record, such as an order that is split by warehouse. Where one fails, all do: a part
 * that went on alone would have the record noted as done, and what failed would be lost. Sent again, what was written is known.
 */
function sharingFate(items: INodeExecutionData[], worked: Worked[]): Worked[] {
  const failures = new Map<string, Worked>();
  for (const [at, one] of worked.entries()) {
    const claim = claimIn(items[at] as INodeExecutionData);
    if (claim !== undefined && !one.fate.ok && !failures.has(claim)) failures.set(claim, one);
  }
  if (failures.size === 0) return worked;
  return worked.map((one, at) => {
    const failed = failures.get(claimIn(items[at] as INodeExecutionData) ?? '');
    return one.fate.ok && failed ? { ...one, fate: failed.fate } : one;
  });
}

/** Prepares each item, takes its record where nobody has, and works on all that are ready together. */
async function workOn(held: HeldItems, steps: AnySteps, pass: Pass): Promise<Worked[]> {
  const prepared = await prepareAll(held, steps, pass);
  const ats = prepared.flatMap((entry, at) => (isReady(entry) ? [at] : []));
  for (const [at, error] of await held.take(ats)) prepared[at] = { ok: false, error };
  const ready = prepared.filter(isReady).map(({ value }) => value);
  const outcomes = (await runAll(ready, steps)).entries();
  const worked = prepared.map((entry): Worked => {
    if (!entry.ok) return { fate: entry };
    if (entry.value === undefined) return { fate: { ok: true, value: undefined } };
    const [order, outcome] = outcomes.next().value as [number, Outcome<unknown>];
    const fate: Fate = outcome.ok ? { ok: true, value: { result: outcome.value } } : outcome;
    return { fate, order };
  });
  return sharingFate(held.items, worked);
}

/** The items that a fate becomes, and by which output they leave. */
function putOut(
  context: IExecuteFunctions,
  item: INodeExecutionData,
  index: number,
  { fate, steps, outputs }: { fate: Fate; steps: AnySteps; outputs: number },
): Leaving {
  if (!fate.ok) return { output: outputs - 1, made: [failItem(context, fate.error, index)] };
  if (!fate.value) return { output: 0, made: [passThrough(item, index)] };
  const { result } = fate.value;
  return {
    output: steps.route?.(result) ?? 0,
    made: [steps.output(item, result, index)].flat(),
  };
}

/**
 * What would be written for each, as it stands among those that were worked on. What several have asked for, the first tells that
 * succeeds, and so with what nobody in particular has asked for.
 */
function plannedOf(all: Worked[], journal: Journal): PlannedWrite[][] {
  const ran = all.filter(({ order }) => order !== undefined);
  for (const { fate, order } of ran) {
    if (!fate.ok && order !== undefined) journal.fail(order);
  }
  const first = ran.find(({ fate }) => fate.ok) ?? ran[0];
  return all.map((one) => {
    const common = one === first ? journal.takeCommon() : [];
    return one.order === undefined ? common : [...common, ...journal.of(one.order)];
  });
}

/** The same in a dry run: with what would be written. */
function putOutDry(
  { output, made }: Leaving,
  item: INodeExecutionData,
  { fate }: Worked,
  planned: PlannedWrite[],
): Leaving {
  return {
    output,
    made: fate.ok ? withWrites(made, item, planned) : withFailedWrites(made, planned),
  };
}

/** Takes items through; gives by their places how each is put out, which throws where the workflow is to stop. */
async function takeThrough(
  context: IExecuteFunctions,
  operation: Operation,
  pass: Pass,
): Promise<PutOut[]> {
  const { holdsClaims = true, onlyReads = false, outputs = 1 } = operation;
  const { journal } = pass;
  const steps = await operation.start(context, pass.places);
  const all = context.getInputData();
  const places = steps.once ? pass.places.slice(0, 1) : pass.places;
  const items = places.map((place) => all[place] as INodeExecutionData);
  const work = async (held: HeldItems): Promise<PutOut[]> => {
    const done = await workOn(held, steps, pass);
    const planned = journal && plannedOf(done, journal);
    return done.map((worked, at) => {
      const item = held.items[at] as INodeExecutionData;
      const place = placeAt(pass, at);
      const leave = () => putOut(context, item, place, { fate: worked.fate, steps, outputs });
      return {
        place,
        leave: planned ? () => putOutDry(leave(), item, worked, planned[at] ?? []) : leave,
      };
    });
  };
  return holdsClaims && !journal
    ? await holdingClaims(context, { items, takes: !onlyReads }, work)
    : await work(unheld(items));
}

/** Which items are meant, and for which nothing is to be written: each kind is worked on by itself. */
function passesOf(context: IExecuteFunctions, operation: Operation): [Pass, ...Pass[]] {
  const isDry = dryItems(context, operation);
  const all = context.getInputData();
  const [dry, real] = partition([...all.keys()], (place) =>
    isDry(all[place] as INodeExecutionData),
  );
  const meant = { places: real };
  if (dry.length === 0) return [meant];
  const planned = { places: dry, journal: new Journal() };
  return real.length === 0 ? [planned] : [meant, planned];
}

async function takePass(
  context: IExecuteFunctions,
  operation: Operation,
  pass: Pass,
): Promise<PutOut[]> {
  const { journal } = pass;
  const work = async () => await takeThrough(context, operation, pass);
  return journal ? await inDryRun(journal, work) : await work();
}

/** What goes wrong with one kind of items as a whole keeps the others from nothing. */
async function takeEach(
  context: IExecuteFunctions,
  operation: Operation,
  passes: Pass[],
): Promise<PutOut[]> {
  const leaving: PutOut[] = [];
  const failed: ServiceError[] = [];
  for (const pass of passes) {
    const taken = await settle(
      async () => await takePass(context, operation, pass).catch(rejectUnderstood),
    );
    if (!taken.ok) failed.push(taken.error);
    const { places } = pass;
    leaving.push(...(taken.ok ? taken.value : failing(taken.error, places, operation)));
  }
  const [first] = failed;
  if (first && !context.continueOnFail()) throw nodeError(context, first);
  return leaving;
}

/** The items as they leave, by output. */
async function takeAll(
  context: IExecuteFunctions,
  operation: Operation,
): Promise<INodeExecutionData[][]> {
  const [pass, ...others] = passesOf(context, operation);
  const leaving =
    others.length === 0
      ? await takePass(context, operation, pass)
      : await takeEach(context, operation, [pass, ...others]);
  const { outputs = 1 } = operation;
  const lists: INodeExecutionData[][] = Array.from({ length: outputs }, () => []);
  for (const { leave } of leaving.sort((one, other) => one.place - other.place)) {
    const { output, made } = leave();
    for (const one of made) lists[output]?.push(one);
  }
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

async function rejectUnderstood(error: unknown): Promise<never> {
  throw understood(error);
}

/** Items that the failure of a whole node befalls. */
function failing(error: unknown, places: readonly number[], { outputs = 1 }: Operation): PutOut[] {
  const failure = nodeFailure(error);
  return places.map((place) => ({
    place,
    leave: () => ({ output: outputs - 1, made: [errorItem(failure, place)] }),
  }));
}

/**
 * Runs an operation: the one loop that the items of every node go through. A failure of one item never stops the
 * others: what can be written is written first, and only then is the failure put out, or thrown where the workflow is
 * to stop. All outputs keep the order of the input.
 *
 * A node that throws is not enough where it is set to continue: n8n then lets its input out by the success output
 * (n8n-core, `handleNodeExecutionError`), and what nobody has written would be marked as done. So a failure of the
 * whole node becomes a failure of each item.
 *
 * Items of a dry run are taken through by themselves: nothing is written for them, their claims stay as they are, and they
 * leave with what would be written.
 */
export async function run(
  context: IExecuteFunctions,
  operation: Operation,
): Promise<INodeExecutionData[][]> {
  try {
    return await takeAll(context, operation);
  } catch (error) {
    if (isCancelled(error) || !context.continueOnFail()) throw nodeError(context, error);
    const failure = nodeFailure(error);
    const failed = context.getInputData().map((_, index) => errorItem(failure, index));
    const before = Array.from({ length: (operation.outputs ?? 1) - 1 }, () => []);
    return [...before, failed];
  }
}
