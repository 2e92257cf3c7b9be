import { chunk } from 'lodash';

import type { ErrorClass } from '../../errors';
import { type Outcome, settle } from '../../outcome';

/** Failures that lie in what was written, and may be those of one record alone. */
const OF_ONE: ReadonlySet<ErrorClass> = new Set([
  'validation',
  'not-found',
  'conflict',
  'duplicate',
]);

/** Refusals in a row: those of some fifty records side by side. Where all are refused, to ask for each would take twice as long. */
const ENOUGH = 100;

/**
 * Writes many in one request. Where the service refuses all of them for the sake of one, they are sent again in halves, until it is
 * known which one that is. After 100 refusals in a row what is still together is refused together. What is written has to be
 * absolute, so that a second time does no harm.
 *
 * @param send rejects where all are refused together
 * @returns what became of each, in their order
 */
export async function inHalves<W, R>(
  writes: readonly W[],
  send: (some: readonly W[]) => Promise<Array<Outcome<R>>>,
): Promise<Array<Outcome<R>>> {
  let refused = 0;

  async function part(some: readonly W[]): Promise<Array<Outcome<R>>> {
    const answer = await settle(async () => await send(some));
    if (answer.ok) {
      refused = 0;
      return answer.value;
    }
    // Whatever else went wrong would go wrong again with each half.
    refused = OF_ONE.has(answer.error.class) ? refused + 1 : ENOUGH;
    if (some.length === 1 || refused >= ENOUGH) return some.map(() => answer);
    const outcomes: Array<Outcome<R>> = [];
    for (const half of chunk(some, Math.ceil(some.length / 2))) {
      outcomes.push(...(await part(half)));
    }
    return outcomes;
  }

  return await part(writes);
}
