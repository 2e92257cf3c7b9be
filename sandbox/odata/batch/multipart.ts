import { ODataError } from '../errors';
import type { WebRequest } from '../http/message';

/** Reads `multipart/mixed` bodies: strict about structure, and about line ends where the service is. */

/**
 * Line ends around the bodies: CRLF as in MIME, at the end of the last line too (`strict`), or LF as well (`any`). A
 * body itself may have any.
 */
export type LineEnds = 'strict' | 'crlf' | 'any';

export interface Part {
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  content: string;
}

/** The boundary parameter of a content type, quoted or not. */
export function boundaryOf(contentType: string | undefined): string {
  const found = /;\s*boundary\s*=\s*(?:"([^"]+)"|([^\s;]+))/i.exec(contentType ?? '');
  const boundary = found?.[1] ?? found?.[2];
  if (!boundary || !/^multipart\/mixed/i.test(contentType ?? '')) {
    throw new ODataError(
      `The content type of a batch must be multipart/mixed with a boundary, not '${contentType ?? ''}'.`,
    );
  }
  return boundary;
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

const badLineEnd = (where: string): ODataError =>
  new ODataError(`The lines of a batch must end with CRLF; ${where} does not.`);

/** Refuses a batch without a line end after its last delimiter. */
export function checkEnd(body: string, boundary: string): void {
  const last = body.lastIndexOf(`--${boundary}--`);
  if (last < 0 || !/^[ \t]*\r\n/.test(body.slice(last + boundary.length + 4))) {
    throw badLineEnd(`the last one, '--${boundary}--',`);
  }
}

/** The parts between the delimiters. A delimiter stands at the beginning of a line (RFC 2046, 5.1.1). */
export function splitParts(body: string, boundary: string, lineEnds: LineEnds): Part[] {
  const delimiter = new RegExp(`(?:^|\\r?\\n)--${escape(boundary)}(--)?[ \\t]*(?=\\r?\\n|$)`, 'g');
  const parts: Part[] = [];
  let from: number | undefined;
  for (const match of body.matchAll(delimiter)) {
    if (lineEnds !== 'any' && match[0].startsWith('\n')) {
      throw badLineEnd(`the one before '--${boundary}'`);
    }
    if (from !== undefined) parts.push(parsePart(body.slice(from, match.index), lineEnds));
    if (match[1] === '--') return parts;
    from = match.index + match[0].length;
  }
  if (from === undefined)
    throw new ODataError(`The body has no part with the boundary '${boundary}'.`);
  const rest = body.slice(from);
  if (rest.trim() !== '') parts.push(parsePart(rest, lineEnds));
  return parts;
}

function parsePart(text: string, lineEnds: LineEnds): Part {
  const { headers, rest } = readHeaders(text.replace(/^\r?\n/, ''), lineEnds);
  return { headers, content: rest };
}

/** Header lines up to the first empty line. */
function readHeaders(
  text: string,
  lineEnds: LineEnds,
): { headers: Record<string, string>; rest: string } {
  const headers: Record<string, string> = {};
  let position = 0;
  while (position < text.length) {
    const end = text.indexOf('\n', position);
    const whole = end < 0 ? text.slice(position) : text.slice(position, end);
    const line = whole.replace(/\r$/, '');
    if (lineEnds !== 'any' && end >= 0 && whole === line) {
      throw badLineEnd(`'${line.slice(0, 80)}'`);
    }
    position = end < 0 ? text.length : end + 1;
    if (line === '') break;
    const colon = line.indexOf(':');
    if (colon <= 0)
      throw new ODataError(`The header line '${line.slice(0, 80)}' in the batch is not valid.`);
    addHeader(headers, line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return { headers, rest: text.slice(position) };
}

/** Several lines of one name count as one list, as in HTTP. */
function addHeader(headers: Record<string, string>, name: string, value: string): void {
  const known = headers[name];
  headers[name] = known === undefined ? value : `${known},${value}`;
}

const REQUEST_LINE = /^(GET|POST|PATCH|PUT|DELETE)\s(.*)\sHTTP\/1\.[01]$/i;

/** The request inside an `application/http` part. */
export function parseRequest(part: Part, lineEnds: LineEnds): WebRequest {
  const text = part.content.replace(/^(?:\r?\n)+/, '');
  const end = text.indexOf('\n');
  const whole = end < 0 ? text : text.slice(0, end);
  const line = whole.replace(/\r$/, '');
  if (lineEnds !== 'any' && end >= 0 && whole === line) throw badLineEnd(`'${line.slice(0, 80)}'`);
  const found = REQUEST_LINE.exec(line.trim());
  const [method, url] = [found?.[1], found?.[2]?.trim()];
  if (!method || !url) {
    throw new ODataError(`The request line '${line.slice(0, 80)}' in the batch is not valid.`);
  }
  const { headers, rest } = readHeaders(end < 0 ? '' : text.slice(end + 1), lineEnds);
  return { method: method.toUpperCase(), url, headers, body: rest };
}
