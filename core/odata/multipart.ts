/**
 * multipart/mixed as `$batch` uses it (RFC 2046, 5.1; OData 4.0 Protocol, 11.7). Text in, text out: lengths and
 * encoding are the transport's.
 */

const CRLF = '\r\n';

export interface MultipartPart {
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string;
}

export interface Multipart {
  parts: MultipartPart[];
  /** False where the closing delimiter is missing: the answer was cut off, and the last part with it. */
  complete: boolean;
}

/** A boundary that does not occur in what it is to divide. */
export function boundaryFor(prefix: string, parts: string[], random: () => string): string {
  for (;;) {
    const boundary = `${prefix}_${random()}`;
    if (!parts.some((part) => part.includes(boundary))) return boundary;
  }
}

/** Each part with its headers, an empty line and its body. */
export function writeMultipart(boundary: string, parts: string[]): string {
  const delimited = parts.map((part) => `--${boundary}${CRLF}${part}${CRLF}`);
  return `${delimited.join('')}--${boundary}--${CRLF}`;
}

export function multipartType(boundary: string): string {
  return `multipart/mixed; boundary="${boundary}"`;
}

/** The boundary that a `Content-Type` names, with or without quotes. */
export function boundaryOf(contentType: string | undefined): string | undefined {
  if (!contentType || !/^\s*multipart\//i.test(contentType)) return undefined;
  const match = /;\s*boundary=(?:"((?:[^"\\]|\\.)+)"|([^\s;]+))/i.exec(contentType);
  return match?.[1]?.replace(/\\(.)/g, '$1') ?? match?.[2];
}

function readHeaders(text: string): Record<string, string> {
  const headers: Record<string, string> = {};
  // A line that begins with white space goes on with the one before.
  for (const line of text.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  return headers;
}

/** Headers, an empty line, a body; any of them may be missing. */
function readPart(text: string): MultipartPart {
  const noHeaders = /^\r?\n/.exec(text);
  if (noHeaders) return { headers: {}, body: text.slice(noHeaders[0].length) };
  const end = /\r?\n\r?\n/.exec(text);
  if (!end) return { headers: readHeaders(text), body: '' };
  return {
    headers: readHeaders(text.slice(0, end.index)),
    body: text.slice(end.index + end[0].length),
  };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}

export function readMultipart(body: string, boundary: string): Multipart {
  const delimiter = new RegExp(`(?:^|\\r?\\n)--${escaped(boundary)}(--)?[ \\t]*(?=\\r?\\n|$)`, 'g');
  const parts: MultipartPart[] = [];
  let start: number | undefined;
  for (const match of body.matchAll(delimiter)) {
    if (start !== undefined) parts.push(readPart(body.slice(start, match.index)));
    if (match[1]) return { parts, complete: true };
    const end = match.index + match[0].length;
    start = end + (/^\r?\n/.exec(body.slice(end, end + 2))?.[0].length ?? 0);
  }
  return { parts, complete: false };
}

export interface HttpPart {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** `HTTP/1.1 204 No Content`, headers, body. Undefined where the first line is none. */
export function readHttpPart(text: string): HttpPart | undefined {
  const status = /^\s*HTTP\/\d(?:\.\d)? (\d{3})[^\r\n]*(?:\r?\n|$)/.exec(text);
  if (!status) return undefined;
  const { headers, body } = readPart(text.slice(status[0].length));
  return { status: Number(status[1]), headers, body };
}
