import type { FastifyRequest } from 'fastify';
import { ApiError, Refusal } from './errors';
import { isRow, type Row } from './shape';
import { fromXml } from './xml';

const mimeOf = (request: FastifyRequest): string =>
  (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  'application/json': JSON.parse,
  'text/json': JSON.parse,
  'application/xml': fromXml,
  'text/xml': fromXml,
};

/** What a body says, by its content type. */
export function readBody(request: FastifyRequest): unknown {
  const mime = mimeOf(request);
  const reader = READERS[mime];
  if (reader === undefined) {
    const text = `The request entity's media type '${mime}' is not supported for this resource.`;
    throw new Refusal(415, text);
  }
  const text = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
  try {
    return reader(text);
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal(400, 'The request is invalid.');
  }
}

/** `POST` and `PUT` by id take one object. */
export function oneRow(body: unknown): Row {
  if (isRow(body)) return body;
  throw new ApiError(400, 'The request body must be an object.');
}

/** `PUT` of a collection takes an array, each row with its id. */
export function manyRows(body: unknown, most: number): Row[] {
  if (!Array.isArray(body) || !body.every(isRow)) {
    throw new ApiError(400, 'The request body must be an array.');
  }
  if (body.length <= most) return body;
  throw new ApiError(400, `No more than ${most} records can be sent at once.`);
}
