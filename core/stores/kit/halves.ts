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

/** Enough to find some three of a hundred. Where nearly all are refused, to ask for each would take hours at two requests a second. */
const MOST_MORE = 40;

/**
 * Writes many in one request. Where the service refuses all of them for the sake of one, they are sent again in halves, until it is
 * known which one that is, or it has been asked 40 times more: what is still together then is refused together. What is written has
 * to be absolute, so that a second time does no harm.
 *
 * @param send rejects where all are refused together
 * @returns what became of each, in their order
 */
export async function inHalves<W, R>(
  writes: readonly W[],
  send: (some: readonly W[]) => Promise<Array<Outcome<R>>>,
): Promise<Array<Outcome<R>>> {
  let left = MOST_MORE;

  async function part(some: readonly W[]): Promise<Array<Outcome<R>>> {
    const answer = await settle(async () => await send(some));
    if (answer.ok) return answer.value;
    // Whatever else went wrong would go wrong again with each half.
    if (!OF_ONE.has(answer.error.class)) left = 0;
    if (some.length === 1 || left === 0) return some.map(() => answer);
    left -= 2;
    const outcomes: Array<Outcome<R>> = [];
    for (const half of chunk(some, Math.ceil(some.length / 2))) {
      outcomes.push(...(await part(half)));
    }
    return outcomes;
  }

  return await part(writes);
}
