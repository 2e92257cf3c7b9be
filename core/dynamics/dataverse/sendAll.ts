import { toServiceError } from '../../errors';
import { isCancelled } from '../../http/wait';
import type { BatchOperation, BatchOutcome, Dataverse, SingleOperation } from './types';

async function alone(client: Dataverse, operation: SingleOperation): Promise<BatchOutcome> {
  try {
    return { ok: true, ...(await client.request(operation)) };
  } catch (error) {
    if (isCancelled(error)) throw error;
    return { ok: false, error: toServiceError(error) };
  }
}

/** Many operations in batches, a single one as a plain request: the quickest way for either. */
export async function sendAll(
  client: Dataverse,
  operations: BatchOperation[],
): Promise<BatchOutcome[]> {
  const [only] = operations;
  if (!only) return [];
  if (operations.length === 1 && !('changeSet' in only)) return [await alone(client, only)];
  return await client.batch(operations);
}
