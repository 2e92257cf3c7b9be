import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createApp } from '../../kit';
import type { WebRequest, WebResponse } from './message';

/** A URL may have 32 KB; Node refuses headers of more than 16 KB unless told otherwise. */
const MAX_HEADER_SIZE = 128 * 1024;

const BYTES = 'application/octet-stream';

/** An app whose URLs may be as long as OData makes them, and whose bodies stay text: a batch is no JSON. */
export function createODataApp(): FastifyInstance {
  const app = createApp({
    http: { maxHeaderSize: MAX_HEADER_SIZE },
    routerOptions: { maxParamLength: MAX_HEADER_SIZE },
  } as Parameters<typeof createApp>[0]);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(BYTES, { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  return app;
}

export function toWebRequest(request: FastifyRequest): WebRequest {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value;
  }
  // A body of no length is not parsed at all.
  const isBytes = headers['content-type']?.toLowerCase().startsWith(BYTES) ?? false;
  const bytes = Buffer.isBuffer(request.body)
    ? request.body
    : isBytes
      ? Buffer.alloc(0)
      : undefined;
  const body = typeof request.body === 'string' ? request.body : '';
  const web = { method: request.method, url: request.raw.url ?? '/', headers, body };
  return bytes ? { ...web, bytes } : web;
}

export const sendResponse = (
  reply: FastifyReply,
  { status, headers, body, bytes }: WebResponse,
): FastifyReply =>
  reply
    .code(status)
    .headers(headers)
    .send(bytes ?? body);
