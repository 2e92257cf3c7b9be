import type { IExecuteFunctions, INodeExecutionData, JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { ServiceError, toServiceError } from '../../core/errors';

/** A result that belongs to input item `index`. */
export function resultItem(json: object, index: number): INodeExecutionData {
  return { json: json as INodeExecutionData['json'], pairedItem: { item: index } };
}

/** An input item as it came. */
export function passThrough(item: INodeExecutionData, index: number): INodeExecutionData {
  const output = resultItem(item.json, index);
  return item.binary ? { ...output, binary: item.binary } : output;
}

/**
 * A failed item. Exactly `{ error, details }`: with any other key n8n leaves it on the success branch
 * (n8n-core `handleNodeErrorOutput`); with a valid `pairedItem` it merges the input in, so that the error
 * branch receives a complete dead-letter record.
 */
export function errorItem(error: unknown, index: number): INodeExecutionData {
  const failure = toServiceError(error);
  return {
    json: { error: failure.message, details: { ...failure.toDetails() } },
    pairedItem: { item: index },
  };
}

/** What happened, also where n8n has wrapped it. */
export function understood(error: unknown): ServiceError {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof ServiceError) return cause;
  }
  return isCredentialMissing(error) ? credentialMissing(error) : toServiceError(error);
}

/** n8n's own errors for this are plain texts ("Credential with ID … does not exist", "does not have any …"). */
function isCredentialMissing(error: unknown): error is Error {
  return error instanceof Error && /\bcredentials?\b/i.test(error.message);
}

/** No fault of any item: as soon as a person has set the credential, all of them go through. */
function credentialMissing({ message }: Error): ServiceError {
  return new ServiceError(message, {
    class: 'authentication',
    fix: 'Choose a credential in this node, and publish the workflow. What has failed is then tried again by itself.',
  });
}

/** The same failure as n8n shows it when the workflow is to stop. Without an index it is the whole node's. */
export function nodeError(context: IExecuteFunctions, error: unknown, index?: number): Error {
  if (error instanceof NodeOperationError || error instanceof NodeApiError) return error;
  const failure = toServiceError(error);
  const options = { message: failure.message, description: failure.fix, itemIndex: index };
  if (failure.status === undefined) {
    return new NodeOperationError(context.getNode(), failure, options);
  }
  const answer: JsonObject = { message: failure.message, httpCode: String(failure.status) };
  return new NodeApiError(context.getNode(), answer, {
    ...options,
    httpCode: String(failure.status),
  });
}

/**
 * Decides what a failed item becomes: an error item where the node is set to continue, else an exception that
 * names the item. Call it only after everything that could succeed has been written.
 */
export function failItem(
  context: IExecuteFunctions,
  error: unknown,
  index: number,
): INodeExecutionData {
  if (context.continueOnFail()) return errorItem(error, index);
  throw nodeError(context, error, index);
}
