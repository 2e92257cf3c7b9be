import { jsonText, type JsonObject, type JsonValue } from '../json';

/** One request, from the wire or from a part of a batch. */
export interface WebRequest {
  method: string;
  /** Absolute URL, path, or path below the service root. */
  url: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  body: string;
  /** The body where it was sent as `application/octet-stream`; `body` is empty then. */
  bytes?: Buffer;
}

export interface WebResponse {
  status: number;
  headers: Record<string, string>;
  body?: string;
  /** A body that is no text, in place of `body`. */
  bytes?: Buffer;
  /** Address of the row that was made or changed; for Content-ID references, not sent. */
  entity?: string;
}

const ODATA_JSON = 'application/json; odata.metadata=minimal; charset=utf-8';

export function json(
  status: number,
  body: JsonObject,
  headers: Record<string, string> = {},
): WebResponse {
  return {
    status,
    headers: { 'Content-Type': ODATA_JSON, ...headers },
    body: jsonText(body),
  };
}

export const noContent = (headers: Record<string, string> = {}): WebResponse => ({
  status: 204,
  headers,
});

export const text = (status: number, body: string, type = 'text/plain'): WebResponse => ({
  status,
  headers: { 'Content-Type': type },
  body,
});

/** `/$count` as seen live: the text begins with the mark of its byte order. */
export const countText = (count: number): WebResponse => text(200, `\ufeff${count}`);

export const isJsonObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
