import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { forPlace } from '../../core/dryRun';
import { inFlight } from '../../core/http/in-flight';
import { type Outcome, settle, settleNow } from '../../core/outcome';
import type { Open } from './connection';
import { type InputFile, readFile } from './file';
import { resultItem } from './items';
import { parameterReader, type ParameterReader } from './parameters';

/**
 * An operation that has been opened for one run of its node. `run` of `operation.ts` takes all items through: prepare
 * each, run all that were prepared together, put out each.
 */
export interface ItemSteps<Work, Result> {
  /** Reads parameters and input. undefined: there is nothing to do, and the item passes through. */
  prepare(item: INodeExecutionData, index: number): Work | undefined | Promise<Work | undefined>;
  /** What was prepared, without the items that failed or have nothing to do; one outcome for each, in order. */
  run(work: Work[]): Promise<Outcome<Result>[]>;
  output(
    item: INodeExecutionData,
    result: Result,
    index: number,
  ): INodeExecutionData | INodeExecutionData[];
  /** By which of the node's outputs a result leaves. Left out: by the first. */
  route?(result: Result): number;
  /** True: once for the run and by its first item, however many start it, because each would do the same. */
  once?: boolean;
}

/** Steps of whatever work: the loop hands on what it gets, and looks at none of it. */
export type AnySteps = ItemSteps<unknown, unknown>;

/** Says what the steps hand to each other. */
export function itemSteps<Work, Result>(steps: ItemSteps<Work, Result>): AnySteps {
  return steps;
}

/** Makes `run` of what is done for one item alone: so many at once, and a failure is that item's. */
export function eachOf<Work, Result>(
  limit: number,
  work: (one: Work) => Result | Promise<Result>,
): ItemSteps<Work, Result>['run'] {
  return async (all) =>
    await inFlight(all, limit, (one, place) => settle(() => forPlace(place, () => work(one))));
}

/** Makes `run` of what is done for one item alone and waits for nothing; a failure is that item's. */
export function eachAtOnce<Work, Result>(
  work: (one: Work) => Result,
): (all: Work[]) => Outcome<Result>[] {
  return (all) => all.map((one) => settleNow(() => work(one)));
}

/** Makes `run` of what is done for all items together, and succeeds or fails as a whole. */
export function together<Work, Result>(
  work: (all: Work[]) => Promise<Result[]>,
): ItemSteps<Work, Result>['run'] {
  return async (all) => (await work(all)).map((value) => ({ ok: true, value }));
}

/** Items worked on at once; how many requests that makes at a time, the throttle of the service decides. */
export const ITEMS_AT_ONCE = 32;

export interface OneItem {
  item: INodeExecutionData;
  index: number;
  /** Reads parameters of the node; give it `index`. */
  read: ParameterReader;
}

export interface ItemWithFiles extends OneItem {
  /** The file that the item holds in a binary field. Rejects where it holds none. */
  file(field: string): Promise<InputFile>;
}

/** An operation whose items have nothing to do with each other: from one item to its results, one item each. */
export function eachItem<Service>(
  open: Open<Service>,
  work: (service: Service, one: ItemWithFiles) => Promise<object | object[]>,
): (context: IExecuteFunctions) => Promise<AnySteps> {
  return async (context) => {
    const service = await open(context);
    const read = parameterReader(context);
    return itemSteps<ItemWithFiles, object[]>({
      prepare: (item, index) => ({
        item,
        index,
        read,
        file: async (field) => await readFile(context, item, index, field),
      }),
      run: eachOf(ITEMS_AT_ONCE, async (one) => [await work(service, one)].flat()),
      output: (_item, results, index) => results.map((result) => resultItem(result, index)),
    });
  };
}

/** An operation that asks nothing of its items. `work` gives what is put out, one item each. */
export function once(work: () => object[] | Promise<object[]>): AnySteps {
  return itemSteps<true, object[]>({
    once: true,
    prepare: () => true,
    run: eachOf(1, work),
    output: (_item, results, index) => results.map((result) => resultItem(result, index)),
  });
}
