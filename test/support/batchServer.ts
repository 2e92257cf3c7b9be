import { randomUUID } from 'node:crypto';

import type { Received, Reply } from './httpServer';

/** One request inside a `$batch`, read without any code of the pack. */
export interface InnerRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  json: unknown;
}

/** `null`: the service stops here and answers no more. A list: a change set. */
export type InnerReply = Omit<Reply, 'delayMs' | 'reset'>;

const boundaryIn = (type = '') => /boundary="?([^";]+)"?/.exec(type)?.[1] ?? '';

function parts(body: string, boundary: string): string[] {
  return body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => part.replace(/^\r\n/, '').replace(/\r\n$/, ''));
}

function headersOf(lines: string[]): Record<string, string> {
  return Object.fromEntries(
    lines.map((line) => [
      line.split(':')[0]?.toLowerCase() ?? '',
      line.slice(line.indexOf(':') + 2),
    ]),
  );
}

function inner(part: string): InnerRequest {
  const [, head = '', ...rest] = part.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const [method = '', path = ''] = first.split(' ');
  const text = rest.join('\r\n\r\n');
  return { method, path, headers: headersOf(lines), json: text ? JSON.parse(text) : undefined };
}

/** What the batch asks for: single requests and lists of them (change sets). */
export function readBatch({ headers, body }: Received): (InnerRequest | InnerRequest[])[] {
  return parts(body, boundaryIn(headers['content-type'])).map((part) => {
    const nested = /^Content-Type: multipart\/mixed; boundary="([^"]+)"\r\n\r\n/.exec(part);
    if (!nested) return inner(part);
    return parts(part.slice(nested[0].length), nested[1] ?? '').map(inner);
  });
}

/** Flat, for batches without change sets. */
export const readSingles = (request: Received): InnerRequest[] => readBatch(request).flat();

export function httpPart(
  { status = 204, headers = {}, body }: InnerReply,
  contentId?: number,
): string {
  const json = body === undefined ? '' : JSON.stringify(body);
  const type =
    body === undefined ? {} : { 'Content-Type': 'application/json; odata.metadata=minimal' };
  const lines = Object.entries({ ...type, 'OData-Version': '4.0', ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  const outer = ['Content-Type: application/http', 'Content-Transfer-Encoding: binary'];
  if (contentId !== undefined) outer.push(`Content-ID: ${contentId}`);
  return [...outer, '', `HTTP/1.1 ${status} Whatever`, ...lines, '', json].join('\r\n');
}

export function changeSetPart(members: string[]): string {
  const boundary = `changesetresponse_${randomUUID()}`;
  return `Content-Type: multipart/mixed; boundary=${boundary}\r\n\r\n${multipart(boundary, members)}`;
}

function multipart(boundary: string, texts: string[]): string {
  return `${texts.map((text) => `--${boundary}\r\n${text}\r\n`).join('')}--${boundary}--\r\n`;
}

export function batchReply(texts: string[], status = 200): Reply {
  const boundary = `batchresponse_${randomUUID()}`;
  return {
    status,
    headers: { 'content-type': `multipart/mixed; boundary=${boundary}` },
    body: multipart(boundary, texts),
  };
}

export const failureOf = (status: number, code: string, message: string): InnerReply => ({
  status,
  headers: { REQ_ID: 'req-1' },
  body: { error: { code, message } },
});
