import { ODataError } from '../errors';
import type { WebRequest } from '../http/message';
import {
  boundaryOf,
  checkEnd,
  parseRequest,
  splitParts,
  type LineEnds,
  type Part,
} from './multipart';

export interface BatchRequest extends WebRequest {
  contentId?: string;
}

/** What a batch consists of: requests of their own, and change sets that succeed or fail as one. */
export type BatchItem =
  | { kind: 'request'; request: BatchRequest }
  | { kind: 'changeset'; requests: readonly BatchRequest[] };

/** What a service allows one batch. */
export interface BatchLimits {
  requests: number;
  /** Characters of a URL inside the batch. */
  urlLength: number;
  /** How the lines around the bodies end: as MIME has it, or forgivingly. */
  lineEnds: LineEnds;
}

export function planBatch(
  contentType: string | undefined,
  body: string,
  limits: BatchLimits,
): BatchItem[] {
  const boundary = boundaryOf(contentType);
  const items = splitParts(body, boundary, limits.lineEnds).map((part) => planPart(part, limits));
  if (limits.lineEnds === 'strict') checkEnd(body, boundary);
  const count = items.reduce(
    (sum, item) => sum + (item.kind === 'request' ? 1 : item.requests.length),
    0,
  );
  if (count > limits.requests) {
    throw new ODataError(
      `The number of requests in the batch (${count}) exceeds the maximum of ${limits.requests}.`,
    );
  }
  return items;
}

function planPart(part: Part, limits: BatchLimits): BatchItem {
  const type = part.headers['content-type'];
  if (/^multipart\/mixed/i.test(type ?? '')) {
    const parts = splitParts(part.content, boundaryOf(type), limits.lineEnds);
    return { kind: 'changeset', requests: parts.map((inner) => changeSetRequest(inner, limits)) };
  }
  return { kind: 'request', request: readRequest(part, limits) };
}

function changeSetRequest(part: Part, limits: BatchLimits): BatchRequest {
  if (/^multipart\/mixed/i.test(part.headers['content-type'] ?? '')) {
    throw new ODataError('A change set cannot contain another change set.');
  }
  const request = readRequest(part, limits);
  if (request.method === 'GET') {
    throw new ODataError(
      'An invalid HTTP method GET was detected for a request in a change set. Requests in change sets only ' +
        "support the HTTP methods 'POST', 'PUT', 'DELETE', and 'PATCH'.",
    );
  }
  return request;
}

function readRequest(part: Part, { urlLength, lineEnds }: BatchLimits): BatchRequest {
  const type = part.headers['content-type'] ?? '';
  if (!/^application\/http/i.test(type)) {
    throw new ODataError(
      `A part of a batch must be application/http or multipart/mixed, not '${type}'.`,
    );
  }
  const request = parseRequest(part, lineEnds);
  if (request.url.length > urlLength) {
    throw new ODataError(`A URL in the batch is longer than ${urlLength} characters.`);
  }
  if (/\/?\$batch(?:\?|$)/i.test(request.url))
    throw new ODataError('A batch cannot contain another batch.');
  return { ...request, contentId: part.headers['content-id'] ?? request.headers['content-id'] };
}
