import { errors } from '../errors';
import { MAX_BATCH_URL_LENGTH } from '../dispatch';
import type { WebRequest } from '../http/message';
import { boundaryOf, parseRequest, splitParts, type Part } from './multipart';

export interface BatchRequest extends WebRequest {
  contentId?: string;
}

/** What a batch consists of: requests of their own, and change sets that succeed or fail as one. */
export type BatchItem =
  | { kind: 'request'; request: BatchRequest }
  | { kind: 'changeset'; requests: readonly BatchRequest[] };

/** Source: Dataverse docs, execute-batch-operations-using-web-api. */
export const MAX_BATCH_REQUESTS = 1000;

export function planBatch(contentType: string | undefined, body: string): BatchItem[] {
  const items = splitParts(body, boundaryOf(contentType)).map(planPart);
  const count = items.reduce(
    (sum, item) => sum + (item.kind === 'request' ? 1 : item.requests.length),
    0,
  );
  if (count > MAX_BATCH_REQUESTS) {
    throw errors.query(
      `The number of requests in the batch (${count}) exceeds the maximum of ${MAX_BATCH_REQUESTS}.`,
    );
  }
  return items;
}

function planPart(part: Part): BatchItem {
  const type = part.headers['content-type'];
  if (/^multipart\/mixed/i.test(type ?? '')) {
    const parts = splitParts(part.content, boundaryOf(type));
    return { kind: 'changeset', requests: parts.map(changeSetRequest) };
  }
  return { kind: 'request', request: readRequest(part) };
}

function changeSetRequest(part: Part): BatchRequest {
  if (/^multipart\/mixed/i.test(part.headers['content-type'] ?? '')) {
    throw errors.query('A change set cannot contain another change set.');
  }
  const request = readRequest(part);
  if (request.method === 'GET') {
    throw errors.query(
      'An invalid HTTP method GET was detected for a request in a change set. Requests in change sets only ' +
        "support the HTTP methods 'POST', 'PUT', 'DELETE', and 'PATCH'.",
    );
  }
  return request;
}

function readRequest(part: Part): BatchRequest {
  const type = part.headers['content-type'] ?? '';
  if (!/^application\/http/i.test(type)) {
    throw errors.query(
      `A part of a batch must be application/http or multipart/mixed, not '${type}'.`,
    );
  }
  const request = parseRequest(part);
  if (request.url.length > MAX_BATCH_URL_LENGTH) {
    throw errors.query(`A URL in the batch is longer than ${MAX_BATCH_URL_LENGTH} characters.`);
  }
  if (/\/?\$batch(?:\?|$)/i.test(request.url))
    throw errors.query('A batch cannot contain another batch.');
  return { ...request, contentId: part.headers['content-id'] ?? request.headers['content-id'] };
}
