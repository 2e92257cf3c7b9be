import { trimEnd } from 'lodash';
import { z, type ZodType, type ZodTypeDef } from 'zod';

import { validationError } from '../../errors';
import type { HttpMethod, HttpRequest, HttpResponse, Send } from '../../http/types';
import { parseUrl, secureUrl } from '../../http/url';
import { USER_AGENT } from '../../http/user-agent';
import { throwIfCancelled } from '../../http/wait';
import { type Asked, failureOf, notJson, redirected, unexpectedShape } from './failure';
import { toList } from './scalars';

export type Schema<T> = ZodType<T, ZodTypeDef, unknown>;
export type QueryValue = string | number | boolean | readonly string[] | undefined;
export type Query = Record<string, QueryValue>;

/** API Platform's `maximum_items_per_page` in X-Cart 5.5. */
export const MAX_PAGE_SIZE = 100;
const MAX_PAGES = 10_000;

export interface ApiOptions {
  storeUrl: string;
  send: Send;
  apiKey?: string;
  /** `Accept-Language`: in which language names come. Default: the store's. */
  language?: string;
  /** Milliseconds for one attempt. Default 60,000. */
  timeoutMs?: number;
  signal?: AbortSignal;
}

export interface Call<T> {
  method: HttpMethod;
  path: string;
  query?: Query;
  body?: object;
  schema: Schema<T>;
}

export interface PageOptions {
  /** 1 to 100. Default 100. */
  pageSize?: number;
  /** First page to read. Default 1. */
  page?: number;
}

export interface Api {
  call<T>(call: Call<T>): Promise<T>;
  /** For what answers nothing. */
  remove(path: string): Promise<void>;
  /** Pages as they arrive, each read only when it is asked for. */
  pages<T>(path: string, row: Schema<T>, query?: Query, options?: PageOptions): AsyncGenerator<T[]>;
}

/** `https://shop.example/` → `https://shop.example/api`; a path and a trailing `/api` are kept as they are. */
export function apiBase(storeUrl: string): string {
  if (!parseUrl(storeUrl.trim())) {
    throw validationError(
      'Store URL is not a web address',
      'Write it with its protocol in the X-Cart API credential, such as https://shop.example.',
    );
  }
  const { origin, pathname } = secureUrl(storeUrl, 'Store URL');
  const path = trimEnd(pathname, '/').replace(/\/api$/, '');
  return `${origin}${path}/api`;
}

/** Brackets stay readable in a list filter: `paymentStatus.code[]=P&paymentStatus.code[]=A`. */
export function queryString(query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (Array.isArray(value)) value.forEach((each: string) => parameters.append(`${name}[]`, each));
    else if (value !== undefined) parameters.append(name, String(value));
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

function readBody<T>(response: HttpResponse, schema: Schema<T>, asked: Asked): T {
  let value: unknown;
  try {
    // A byte order mark is what PHP puts out where a module's file begins with one.
    const text = response.body.replace(/^\uFEFF/, '').trim();
    value = text === '' ? null : JSON.parse(text);
  } catch {
    throw notJson(response, asked);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw unexpectedShape(
    result.error.issues.map(({ path, message }) => `${path.join('.') || 'answer'} (${message})`),
    asked,
  );
}

/**
 * A short page ends a list. Unless it is the first and its length a round number: a store that is set to smaller
 * pages than we asked for would otherwise lose us all the rest of its list.
 */
export function isLastPage(rows: number, pageSize: number, before?: number): boolean {
  if (rows === 0 || (before !== undefined && rows < before)) return true;
  return rows < pageSize && rows % 5 !== 0 && rows % 12 !== 0;
}

/** JSON-LD wraps a list (API Platform: hydra:Collection); some gateways and modules answer with nothing else. */
function unwrapped(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { 'hydra:member': hydra, member } = value as Record<string, unknown>;
  return toList(hydra ?? member ?? value);
}

/**
 * X-Cart 5.5's REST API (API Platform): JSON in and out, `X-Auth-Token`, every update is a partial `PUT`.
 * A PUT states what shall be, and a DELETE what shall not: both may be sent twice. A POST may not: 5.5 has no
 * filter by SKU or key to look up whether a doubtful one was carried out.
 */
export function createApi(options: ApiOptions): Api {
  const base = apiBase(options.storeUrl);
  const headers: Record<string, string> = { accept: 'application/json', 'user-agent': USER_AGENT };
  if (options.apiKey) headers['x-auth-token'] = options.apiKey;
  if (options.language) headers['accept-language'] = options.language;

  async function exchange(asked: Asked, query: Query, body?: object): Promise<HttpResponse> {
    const { method, path } = asked;
    const request: HttpRequest = {
      method,
      url: `${base}${path}${queryString(query)}`,
      headers: body ? { ...headers, 'content-type': 'application/json' } : headers,
      body: body && JSON.stringify(body),
      timeoutMs: options.timeoutMs ?? 60_000,
      signal: options.signal,
      repeatable: method !== 'POST',
    };
    const response = await options.send(request);
    if (response.status >= 400) throw failureOf(response, asked, Date.now());
    if (response.status >= 300) throw redirected(response, asked);
    return response;
  }

  async function call<T>({ method, path, query = {}, body, schema }: Call<T>): Promise<T> {
    return readBody(await exchange({ method, path }, query, body), schema, { method, path });
  }

  async function* pages<T>(
    path: string,
    row: Schema<T>,
    query: Query = {},
    { pageSize = MAX_PAGE_SIZE, page: first = 1 }: PageOptions = {},
  ): AsyncGenerator<T[]> {
    const itemsPerPage = Math.min(Math.max(pageSize, 1), MAX_PAGE_SIZE);
    const listSchema = z.preprocess(unwrapped, row.array());
    let before: { body: string; rows: number } | undefined;
    for (let page = first; page < first + MAX_PAGES; page += 1) {
      throwIfCancelled(options.signal);
      const asked: Asked = { method: 'GET', path };
      const response = await exchange(asked, { ...query, page, itemsPerPage });
      // A list that does not page sends the same again and again.
      if (response.body === before?.body) return;
      const rows = readBody(response, listSchema, asked);
      if (rows.length > 0) yield rows;
      if (isLastPage(rows.length, itemsPerPage, before?.rows)) return;
      before = { body: response.body, rows: rows.length };
    }
    throw validationError(`${path} has more than ${MAX_PAGES} pages`, 'Narrow the filter.');
  }

  return {
    call,
    pages,
    remove: async (path) => void (await exchange({ method: 'DELETE', path }, {})),
  };
}
