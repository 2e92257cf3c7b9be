import { chunk } from 'lodash';

import { ServiceError } from '../../errors';
import { inFlight } from '../../http/in-flight';
import { type Outcome, settle } from '../../outcome';
import { asked } from './rehearsal';

/** How a store takes writes: one by one, or many in one request, whose answer tells of each in its order. */
export type Writes<W, R = unknown> =
  { one(write: W): Promise<R> } | { many(writes: W[]): Promise<Array<Outcome<R>>>; most: number };

/** Requests on their way at once; the throttle of `send` decides how many really are. */
export const WRITES_IN_FLIGHT = 16;

/**
 * Writes all in as few requests as the store allows.
 *
 * @param what of which the store may say nothing: `this stock level`
 * @returns what became of each, in their order; a failure is that of one alone
 */
export async function carryOut<W, R>(
  how: Writes<W, R>,
  writes: W[],
  what: string,
): Promise<Array<Outcome<R>>> {
  const batches = chunk(writes, 'many' in how ? how.most : 1);
  const outcomes = await inFlight(batches, WRITES_IN_FLIGHT, async (batch) => {
    const answer = await settle(async () =>
      'many' in how
        ? await asked(batch, async () => await how.many(batch))
        : await Promise.all(batch.map(oneByOne(how))),
    );
    // Whether a batch without an answer was carried out is not known, of none of its writes.
    return batch.map((_, index) => (answer.ok ? answer.value[index] : answer) ?? unanswered(what));
  });
  return outcomes.flat();
}

function oneByOne<W, R>({ one }: { one(write: W): Promise<R> }) {
  return async (write: W): Promise<Outcome<R>> =>
    await settle(async () => await asked([write], async () => await one(write)));
}

function unanswered(what: string): Outcome<never> {
  const error = new ServiceError(`The store did not say whether it wrote ${what}`, {
    class: 'unknown',
    fix: 'Run this step again: what was written is then found unchanged.',
  });
  return { ok: false, error };
}
