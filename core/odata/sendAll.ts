import { toServiceError } from '../errors';
import { isCancelled } from '../http/wait';
import { notFromDataverse } from '../dynamics/dataverse/errors/errors';
import { isRow } from './operations';
import type {
  BatchOperation,
  BatchOutcome,
  Dataverse,
  SingleOperation,
} from '../dynamics/dataverse/types';

async function alone(client: Dataverse, operation: SingleOperation): Promise<BatchOutcome> {
  try {
    return { ok: true, ...(await client.request(operation)) };
  } catch (error) {
    if (isCancelled(error)) throw error;
    return { ok: false, error: toServiceError(error) };
  }
}

/** A read is answered with an object; anything else is a word of something in between. */
function understood(operation: BatchOperation, outcome: BatchOutcome): BatchOutcome {
  const isRead = 'method' in operation && operation.method === 'GET';
  if (!isRead || !outcome.ok || isRow(outcome.body)) return outcome;
  return { ok: false, error: notFromDataverse(outcome) };
}

/** Many operations in batches, a single one as a plain request: the quickest way for either. */
export async function sendAll(
  client: Dataverse,
  operations: BatchOperation[],
): Promise<BatchOutcome[]> {
  const [only] = operations;
  if (!only) return [];
  const isAlone = operations.length === 1 && !('changeSet' in only);
  const outcomes = isAlone ? [await alone(client, only)] : await client.batch(operations);
  return outcomes.map((outcome, index) => understood(operations[index] ?? only, outcome));
}
