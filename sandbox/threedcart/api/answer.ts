import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ThreeDCartSwitches } from '../switches';
import { ApiError, errorResult, Refusal, type Result } from './errors';
import { toXml } from './xml';

/** What a handler gives: rows, a count, or the results of a write. */
export interface Answer {
  status: number;
  body: unknown;
  /** What one of them is called in XML. */
  element: string;
}

/** As recorded. */
const HEADERS = {
  'cache-control': 'no-cache',
  'x-aspnet-version': '4.0.30319',
  'access-control-allow-origin': '*',
};

const TYPES = ['application/json', 'text/json', 'application/xml', 'text/xml'] as const;

type MediaType = (typeof TYPES)[number];

/** The first type of `Accept` that the API has, or JSON. */
function typeFor(request: FastifyRequest): MediaType {
  const accepted = (request.headers.accept ?? '').split(',');
  const names = accepted.map((range) => range.split(';')[0]?.trim().toLowerCase());
  const [first] = names.flatMap((name) => TYPES.find((type) => type === name) ?? []);
  return first ?? 'application/json';
}

export function send(
  request: FastifyRequest,
  reply: FastifyReply,
  { status, body, element }: Answer,
): FastifyReply {
  const type = typeFor(request);
  return reply
    .code(status)
    .headers(HEADERS)
    .type(`${type}; charset=utf-8`)
    .send(type.endsWith('xml') ? toXml(body, element) : JSON.stringify(body));
}

export const results = (status: number, list: readonly Result[]): Answer => ({
  status,
  body: list,
  element: 'ResponseMessage',
});

function answerTo(
  error: ApiError,
  isWrite: boolean,
  { errorsInside200: inside }: ThreeDCartSwitches,
): Answer {
  const hidden = inside === 'always' || (inside === 'writes' && isWrite);
  return results(hidden ? 200 : error.status, [errorResult(error)]);
}

/** Every thrown error as the API answers it. What is not meant as an answer is a defect of the sandbox: 500. */
export function sendError(
  error: Error & { statusCode?: number },
  request: FastifyRequest,
  reply: FastifyReply,
  switches: ThreeDCartSwitches,
): FastifyReply {
  if (error instanceof ApiError) {
    return send(request, reply, answerTo(error, request.method !== 'GET', switches));
  }
  const refusal =
    error instanceof Refusal
      ? error
      : new Refusal(error.statusCode ?? 500, 'An error has occurred.', {
          'x-sandbox-error': encodeURIComponent(error.message),
        });
  const body = { Message: refusal.message };
  return send(request, reply.headers(refusal.headers), {
    status: refusal.status,
    body,
    element: 'Error',
  });
}
