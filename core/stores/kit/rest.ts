import { clamp, isEqual } from 'lodash';
import { z } from 'zod';

import { validationError } from '../../errors';
import type { HttpMethod, HttpRequest, HttpResponse, Send } from '../../http/types';
import { USER_AGENT } from '../../http/user-agent';
import { throwIfCancelled } from '../../http/wait';
import {
  type Asked,
  failureOf,
  type FailureWords,
  notJson,
  reasonIn,
  redirected,
  type Refusal,
  unexpectedShape,
} from './failure';
import { isLastPage, type PageOptions, type Pages } from '../../http/pages';
import { rehearsed, type StoreRehearsal } from './rehearsal';
import type { Schema } from '../../values/schema';
import { toList } from './scalars';

export type QueryValue = string | number | boolean | readonly string[] | undefined;
export type Query = Record<string, QueryValue>;

/** What came where a page of a list was asked for. */
export interface ListAnswer {
  status: number;
  /** Undefined where it is no JSON. */
  body: unknown;
  /** Of the list, below the base of the API. */
  path: string;
}

/** Which rows a page has, as the store wants to be asked. */
export interface Paging {
  /** Parameter that says where a page begins. */
  at: string;
  /** What that parameter counts: `page=3`, or `offset=201`. */
  counts: 'pages' | 'rows';
  /** What it says of the first page or row. Default 1. */
  first?: 0 | 1;
  /** Parameter that says how many rows a page has. */
  size: string;
  /** The most that the store gives, unless a list has a limit of its own. */
  maxSize: number;
  /**
   * The service is known to give as many rows as are asked for, so that a short page is the last. Default: that is not
   * known, as a server may cap its pages at any size: a list that tells no total ends with a page that is empty, is not found,
   * or repeats the one before or the first, which costs one request more.
   */
  honoursSize?: true;
  /** Whether an answer says that a list is empty or has ended, where that is no empty list but a refusal. */
  isPastTheEnd?(answer: ListAnswer): boolean;
}

/** A REST API as data: all in which the API of one store differs from that of another. */
export interface RestDescription {
  /** Address below which all paths are, without a slash at its end. */
  base: string;
  /** What each request carries beside `accept`, `content-type` and `user-agent`. */
  headers?: Record<string, string>;
  words: FailureWords;
  paging: Paging;
  /** The name under which each entry of a list goes into the query. Default: the name itself, repeated. */
  listName?: (name: string) => string;
  /** The rows in the answer of a list. Default: the answer, also one whose keys have gaps (see `toList`). */
  rowsIn?: (answer: unknown) => unknown;
  /** How many rows the whole list has, where its answer says so. Default: that is not known before its end. */
  totalIn?: (answer: unknown) => number | undefined;
  /** The refusal in an answer whose status says success. Default: there are none. */
  refusalIn?: (answer: unknown) => Refusal | undefined;
  /** What its writes are about, for dry runs; made anew with each client. Default: what any REST API understands. */
  rehearsal?: StoreRehearsal;
}

export interface RestOptions {
  send: Send;
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
  /** A second request does no harm. Default: any method but POST, as each states what shall be. */
  repeatable?: boolean;
  /**
   * Many were written at once, and the answer tells of each: not the client judges it, but who reads it. As a function:
   * whether an answer is one that does, which then is read also where its status says failure.
   */
  isJudgedByReader?: boolean | ((answer: unknown, status: number) => boolean);
}

export interface List<T> {
  path: string;
  /** One entry of the list. */
  row: Schema<T>;
  query?: Query;
  /** Where the store gives fewer rows of this list than of others. */
  maxPageSize?: number;
}

/** Rejects with a `ServiceError` that says what to change. */
export interface RestClient {
  /** For refusals that stand inside of answers. */
  readonly words: FailureWords;
  call<T>(call: Call<T>): Promise<T>;
  /** For what answers nothing. */
  remove(path: string): Promise<void>;
  pages<T>(list: List<T>, options?: PageOptions): Pages<T>;
}

/** `?a=1&b=2`; nothing where nothing is asked. */
export function queryString(query: Query, listName = (name: string): string => name): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (Array.isArray(value)) {
      value.forEach((each: string) => parameters.append(listName(name), each));
    } else if (value !== undefined) parameters.append(name, String(value));
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

/** What is in a body: `null` where it is empty, undefined where it is no JSON. */
function parsed(body: string): unknown {
  try {
    // A byte order mark is what PHP puts out where a module's file begins with one.
    const text = body.replace(/^\uFEFF/, '').trim();
    return text === '' ? null : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

const MAX_PAGES = 10_000;

/** The page before, by which the end of a list is known. */
interface Page {
  body: string;
  rows: number;
  /** The rows as they came, where nothing else tells that a page repeats it. */
  sent?: unknown;
}

/** Whether rows that came are those of that page. */
const repeats = (sent: unknown, page: Page | undefined): boolean =>
  page !== undefined && isEqual(sent, page.sent);

/** Reads and writes JSON as the description says. */
export function createRestClient(description: RestDescription, options: RestOptions): RestClient {
  const { base, words, paging, listName, refusalIn, rowsIn = toList, totalIn } = description;
  const headers = { accept: 'application/json', 'user-agent': USER_AGENT, ...description.headers };
  const { rehearsal = { system: words.service, base } } = description;
  const send = rehearsed(rehearsal, {
    send: options.send,
    rowsIn,
    pages: (path, query) => pages({ path, row: z.unknown(), query }),
  });

  function read<T>(response: HttpResponse, schema: Schema<T>, asked: Asked): T {
    const value = parsed(response.body);
    if (value === undefined) throw notJson(words, response, asked);
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    const fields = result.error.issues.map(
      ({ path, message }) => `${path.join('.') || 'answer'} (${message})`,
    );
    throw unexpectedShape(words, fields, asked);
  }

  function check(
    response: HttpResponse,
    asked: Asked,
    isJudgedByReader: Call<unknown>['isJudgedByReader'] = false,
  ): void {
    const { status, body } = response;
    if (status >= 300 && status < 400) throw redirected(words, response, asked);
    if (typeof isJudgedByReader === 'function' && isJudgedByReader(parsed(body), status)) return;
    const refusal =
      status >= 400
        ? { status, reason: reasonIn(parsed(body), words) }
        : isJudgedByReader !== true && refusalIn?.(parsed(body));
    if (refusal) throw failureOf(words, refusal, response.headers, asked);
  }

  async function ask(call: Omit<Call<unknown>, 'schema'>): Promise<HttpResponse> {
    const { method, path, query = {}, body, repeatable = method !== 'POST' } = call;
    const request: HttpRequest = {
      method,
      url: `${base}${path}${queryString(query, listName)}`,
      headers: body ? { ...headers, 'content-type': 'application/json' } : headers,
      body: body && JSON.stringify(body),
      timeoutMs: options.timeoutMs ?? 60_000,
      signal: options.signal,
      repeatable,
    };
    return await send(request);
  }

  async function exchange(call: Omit<Call<unknown>, 'schema'>): Promise<HttpResponse> {
    const response = await ask(call);
    check(response, call, call.isJudgedByReader);
    return response;
  }

  /**
   * Undefined past the end of the list.
   *
   * @param mayEnd nothing told where the list ends, and it was there: what is not found of it is behind its end
   */
  async function page(
    path: string,
    query: Query,
    mayEnd: boolean,
  ): Promise<HttpResponse | undefined> {
    const asked = { method: 'GET', path } as const;
    const response = await ask({ ...asked, query });
    const { status, body } = response;
    if (paging.isPastTheEnd?.({ status, body: parsed(body), path })) return undefined;
    if (mayEnd && status === 404) return undefined;
    check(response, asked);
    return response;
  }

  async function* pages<T>(
    { path, row, query = {}, maxPageSize = paging.maxSize }: List<T>,
    { pageSize = maxPageSize, page: first = 1, after, onRows }: PageOptions = {},
  ): Pages<T> {
    const size = clamp(pageSize, 1, maxPageSize);
    const schema = z.preprocess(rowsIn, row.array());
    const { first: start = 1, counts } = paging;
    let at = (counts === 'pages' ? first - 1 : (after ?? (first - 1) * size)) + start;
    let seen = 0;
    let begin: Page | undefined;
    let before: Page | undefined;
    // Where the reading began in the middle, what was before it is not known in rows.
    const isWhole = first === 1 && !after;
    let mayEnd = !isWhole && !paging.honoursSize;
    for (let count = 0; count < MAX_PAGES; count += 1) {
      throwIfCancelled(options.signal);
      const response = await page(path, { ...query, [paging.at]: at, [paging.size]: size }, mayEnd);
      // A list that does not page sends the same again and again.
      if (!response || response.body === before?.body) return;
      const rows = read(response, schema, { method: 'GET', path });
      const answer = parsed(response.body);
      const total = isWhole ? totalIn?.(answer) : undefined;
      const isOpen = total === undefined && !paging.honoursSize;
      // The envelope of the same rows may tell the number of the page.
      const sent = isOpen ? rowsIn(answer) : undefined;
      if (isOpen && rows.length > 0 && (repeats(sent, before) || repeats(sent, begin))) return;
      if (counts === 'rows') onRows?.(rows.length);
      if (rows.length > 0) yield rows;
      seen += rows.length;
      const isEnd =
        rows.length === 0 ||
        (total === undefined
          ? !isOpen && isLastPage(rows.length, size, before?.rows)
          : seen >= total);
      if (isEnd) return;
      before = { body: response.body, rows: rows.length, sent };
      begin ??= before;
      mayEnd = isOpen;
      at += counts === 'pages' ? 1 : rows.length;
    }
    throw validationError(`${path} has more than ${MAX_PAGES} pages`, 'Narrow the filter.');
  }

  return {
    words,
    pages,
    call: async (call) => read(await exchange(call), call.schema, call),
    remove: async (path) => void (await exchange({ method: 'DELETE', path })),
  };
}
