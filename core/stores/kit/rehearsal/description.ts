/** What a store says of its writes, so that they can be rehearsed: which record each of them is about, and what comes back. */
import type { HttpMethod, HttpRequest } from '../../../http/types';
import type { Pages } from '../../../http/pages';
import type { Query } from '../rest';

export type Document = Record<string, unknown>;

/** A request as the store's API has it. */
export interface StoreRequest {
  method: HttpMethod;
  /** Below the base of the API, without its query: `/products/37`. */
  path: string;
  /** What is in its body; undefined where there is none. */
  body?: unknown;
}

/** What names a record: values by where they stand in it. All have to fit. */
export type Key = Readonly<Record<string, unknown>>;

/** Where a record stands. */
export type Place =
  /** It is read by itself; with `in`, it is the entry of that list inside of what is read. */
  | { read: string; in?: string; key?: Key }
  /** It is a row of a list, which is read whole where it cannot be asked for the row. */
  | { list: string; query?: Query; key: Key };

/** One record that is written, before anything is known of it. */
export interface Asked {
  /** Of the request. */
  path: string;
  /** What stood in the places of the route's path. */
  ids: Readonly<Record<string, string>>;
  /** Its part of the body. */
  row: Document;
}

/** A kind of requests that write. */
export interface WriteRoute {
  methods: readonly HttpMethod[];
  /** `/orders/{id}/move`: what stands in braces is one part of the path; `{list*}` is several. */
  path: string;
  /** `set`: what is there is changed, else it is made. */
  action: 'create' | 'delete' | 'set' | 'update';
  /** What the plan calls the list of the record; left out: what stands before its id in the path. */
  table?(asked: Asked): string;
  /** Left out: what is changed or deleted stands at the path of the request, and what is made is not there yet. */
  place?(asked: Asked): Place | undefined;
  /** Left out: `{id}` of the path; of a row of a list its own. */
  id?(asked: Asked): string | undefined;
  /** What of the record is written; left out: the body as it is. */
  document?(asked: Asked): Document;
  /** The records in a body that has many. Left out: it is one. */
  rows?(body: unknown): Document[];
  /** What is written takes the place of all that was there. */
  replaces?: true;
  /** The part of the record that the answer is. Left out: all of it. */
  answers?: string;
}

/** What came of one record. */
export interface Rehearsed extends Asked {
  action: WriteRoute['action'] | 'unchanged';
  route: WriteRoute;
  id?: string;
  /** The record as it would be; undefined where it is deleted. */
  after?: Document;
  /** Why the store would refuse it, as it would say it. */
  refused?: { status: number; body: string };
}

export interface Answer {
  status: number;
  /** undefined: nothing. */
  body?: unknown;
}

/** What can be read meanwhile, as it would then be. */
export interface Reader {
  /** The record at a path; undefined where there is none, or it cannot be read. */
  read(path: string): Promise<Document | undefined>;
  /** All rows of a list. */
  rows(path: string): Promise<Document[]>;
}

export interface StoreRehearsal {
  /** What the plan calls the store, such as `X-Cart`. */
  system: string;
  /** Tells one store from another: the address of its API. */
  base: string;
  /** The first that fits counts; behind them are those of any REST API. */
  routes?: readonly WriteRoute[];
  /** Where a new record gets its id; undefined: nothing tells it. Default `id`. */
  idAt?(path: string): string | undefined;
  /** Where a new record is read, by the path that it was sent to. Default: there, below its id. */
  madeAt?(path: string, id: number): string;
  /** How paths lead into records, where they are not those of lodash. */
  valueIn?(record: Document, path: string): unknown;
  put?(record: Document, path: string, value: unknown): void;
  /** What of a request is read as its path and body; left out: as they stand. */
  requestIn?(request: HttpRequest): StoreRequest;
  /** The request that reads a path, with the headers of the one that would write. Left out: its address below the base. */
  urlOf?(path: string, request: HttpRequest): string;
  /** How lists are read where the client that writes is not the one that reads them. */
  pages?(list: string, query?: Query): Pages<unknown>;
  /** The one record in the answer of a read. Default: the answer. */
  recordIn?(answer: unknown): unknown;
  /** The answer of a read that has this record alone. */
  answerWith?(record: Document): unknown;
  /** What is read where no record is. Default: 404. */
  absent?: Answer;
  /** What the store answers to a write. Default: the record, 201 where it was made, 204 without it where it was deleted. */
  answer?(all: readonly Rehearsed[]): Answer;
  /** What is written, in the form in which it is read. */
  asRead?(document: Document): Document;
  /** Lists whose entries are known by one of their fields: what is written of one leaves the others as they are. */
  keyed?: Readonly<Record<string, string>>;
  /** Fields with a file as base64, and the field beside it that names the file. */
  files?: Readonly<Record<string, string>>;
  /** What people know a record by, such as its SKU or the number of an order. */
  nameOf?(record: Document, table: string): string | undefined;
  /**
   * Adds to a record what the store itself writes beside it, such as the name of its status.
   *
   * @param former what it was before it was written; undefined: this is as the store has it
   */
  completed?(record: Document, reader: Reader, former?: Document): Document | Promise<Document>;
  /** Columns that `completed` adds, which the plan names where they change. */
  beside?: readonly string[];
}

/** What any REST API understands: a list is added to, a record is changed or deleted where it is read. */
export const USUAL_ROUTES: readonly WriteRoute[] = [
  { methods: ['POST'], path: '{list*}', action: 'create' },
  { methods: ['PUT', 'PATCH'], path: '{list*}/{id}', action: 'update' },
  { methods: ['DELETE'], path: '{list*}/{id}', action: 'delete' },
];
