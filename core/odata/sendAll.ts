import { ServiceError } from '../errors';
import { type Outcome, settle, settleNow } from '../outcome';
import { foreignAnswer, isRow } from './answers';
import type { ODataService } from './service';
import type {
  BatchAnswer,
  BatchOperation,
  BatchOutcome,
  ODataClient,
  SingleOperation,
} from './types';

/** The answer to one operation; throws what came in its place. */
export function answerOf(outcome: BatchOutcome | undefined): BatchAnswer {
  if (outcome?.ok) return outcome.value;
  throw outcome?.error ?? new ServiceError('The service did not answer.', { class: 'transient' });
}

/** A read is answered with an object; anything else is a word of something in between. */
function understood(
  service: ODataService,
  operation: BatchOperation,
  outcome: BatchOutcome,
): BatchOutcome {
  const isRead = 'method' in operation && operation.method === 'GET';
  if (!isRead || !outcome.ok || isRow(outcome.value.body)) return outcome;
  return { ok: false, error: foreignAnswer(service, outcome.value) };
}

/** Many operations in batches, a single one as a plain request: the quickest way for either. */
export async function sendAll(
  client: ODataClient,
  operations: BatchOperation[],
): Promise<BatchOutcome[]> {
  const [only] = operations;
  if (!only) return [];
  const isAlone = operations.length === 1 && !('changeSet' in only);
  const outcomes = isAlone
    ? [await settle(() => client.request(only))]
    : await client.batch(operations);
  return outcomes.map((outcome, index) =>
    understood(client.service, operations[index] ?? only, outcome),
  );
}

/** The same of operations of which each is asked for by the one at its place. */
export async function sendPlaced(
  client: ODataClient,
  operations: SingleOperation[],
): Promise<BatchOutcome[]> {
  return await sendAll(
    client,
    operations.map((operation, place) => ({ ...operation, places: [place] })),
  );
}

/**
 * The same of what is still to be made into operations: what cannot be made fails alone, and the others are sent.
 *
 * @returns one outcome for each, in their order
 */
export async function sendEach<T>(
  client: ODataClient,
  all: readonly T[],
  make: (one: T, place: number) => SingleOperation,
): Promise<Outcome<BatchAnswer>[]> {
  const made = all.map((one, place) => settleNow(() => make(one, place)));
  const sent = await sendAll(
    client,
    made.flatMap((one) => (one.ok ? [one.value] : [])),
  );
  const answers = sent.values();
  return made.map((one) => (one.ok ? settleNow(() => answerOf(answers.next().value)) : one));
}
