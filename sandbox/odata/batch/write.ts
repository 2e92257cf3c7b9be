import type { WebResponse } from '../http/message';

/** Writes the parts of a batch answer. */

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  204: 'No Content',
  304: 'Not Modified',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  412: 'Precondition Failed',
  413: 'Payload Too Large',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  503: 'Service Unavailable',
};

const CRLF = '\r\n';

/** One `application/http` part. */
export function writePart(response: WebResponse, contentId?: string): string {
  const entityId = response.headers['OData-EntityId'];
  const headers: Record<string, string> = {
    ...response.headers,
    // Inside a batch a row that was made is named twice.
    ...(entityId === undefined ? {} : { Location: entityId }),
    'OData-Version': '4.0',
  };
  return [
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    ...(contentId === undefined ? [] : [`Content-ID: ${contentId}`]),
    '',
    `HTTP/1.1 ${response.status} ${REASONS[response.status] ?? 'Unknown'}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '',
    response.body ?? '',
  ].join(CRLF);
}

/** A part that is itself a multipart: the answers of a change set. */
export const writeNested = (boundary: string, parts: readonly string[]): string =>
  `Content-Type: multipart/mixed; boundary=${boundary}${CRLF}${CRLF}${joinParts(boundary, parts)}`;

export const joinParts = (boundary: string, parts: readonly string[]): string =>
  [...parts.map((part) => `--${boundary}${CRLF}${part}`), `--${boundary}--`, ''].join(CRLF);
