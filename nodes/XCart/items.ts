import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { inFlight } from '../../core/http/in-flight';
import { holdingClaims } from '../shared/claims';
import { failItem, resultItem } from '../shared/items';
import { parameterReader, type ParameterReader } from '../shared/parameters';
import { openStore, type Store } from './connection';

/** Items worked on at once; how many requests that makes at a time, the throttle of the store decides. */
const ITEMS_AT_ONCE = 32;

export interface Run {
  store: Store;
  read: ParameterReader;
}

type Outcome = { results: object[] } | { error: unknown };

/**
 * Works on all items, several at once, and keeps their order and links. An item that fails leaves the others
 * alone: where the node is to stop, it stops when everything that could succeed has been written.
 */
export async function eachItem(
  context: IExecuteFunctions,
  items: INodeExecutionData[],
  work: (run: Run, index: number) => Promise<object | object[]>,
): Promise<INodeExecutionData[]> {
  const run: Run = { store: await openStore(context), read: parameterReader(context) };
  const outcomes = await holdingClaims(context, items, async (requireClaim) =>
    inFlight(items, ITEMS_AT_ONCE, async (_, index): Promise<Outcome> => {
      try {
        requireClaim(index);
        const result = await work(run, index);
        return { results: Array.isArray(result) ? (result as object[]) : [result] };
      } catch (error) {
        return { error };
      }
    }),
  );
  return outcomes.flatMap((outcome, index) =>
    'error' in outcome
      ? [failItem(context, outcome.error, index)]
      : outcome.results.map((result) => resultItem(result, index)),
  );
}
