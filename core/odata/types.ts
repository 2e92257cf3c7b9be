import type { DryRun } from '../dryRun';
import type { HttpMethod, Send } from '../http/types';
import type { Outcome } from '../outcome';
import type { ODataService } from './service';

/** A row as the service writes it: column → value, with annotations such as `name@OData…FormattedValue`. */
export type Row = Record<string, unknown>;

/** The one text that a service knows a row by (a GUID, say), or the columns of a key with their values. */
export type RecordKey = string | Record<string, string | number | boolean>;

export interface Expand {
  /** Navigation property, case-sensitive. */
  property: string;
  select?: string[];
  filter?: string;
  orderBy?: string[];
  top?: number;
  expand?: Expand[];
}

export interface Query {
  select?: string[];
  expand?: Expand[];
  /** Build it with the functions of `query.ts`; raw OData text is taken as it is. */
  filter?: string;
  /** `'createdon desc'` */
  orderBy?: string[];
  /** The service may ignore its page size when this is set; use `limit` of `list` for large numbers. */
  top?: number;
  /** Rows per page, at most `limits.pageRows` of the service (the default). */
  pageSize?: number;
  /** Formatted values and lookup names beside the values. */
  annotations?: boolean;
}

export type ReadOptions = Pick<Query, 'select' | 'expand' | 'annotations'>;

/** What a write came to. */
export interface Written {
  /** Key of the row in one text; missing where the service names none (see `returning`). */
  id?: string;
  /** Missing where the service does not tell (an upsert that returned nothing). */
  created?: boolean;
  /** The row, where it was asked for. */
  row?: Row;
  etag?: string;
}

interface WriteOptions {
  /** Columns to give back; `true` for all. Costs a read on the server. */
  returning?: string[] | true;
  /** Name of the primary key column, so that `id` is found in a returned row without guessing. */
  primaryId?: string;
  /** See `SingleOperation`. */
  places?: number[];
  /** Added to, or in place of, the usual headers. */
  headers?: Record<string, string>;
  /** A second delivery does no harm. See `HttpRequest.repeatable`; each operation has its own default. */
  repeatable?: boolean;
}

export interface CreateOptions extends WriteOptions {
  /** Same as `returning`, in the words of the query; `expand` gives back rows of a deep insert. */
  select?: string[];
  expand?: Expand[];
  /** Default false. Set it where the row carries its own primary key or a value of an alternate key. */
  repeatable?: boolean;
}

export interface UpdateOptions extends WriteOptions {
  /** ETag that the row must still have; left out, the row must merely exist. */
  ifMatch?: string;
}

export interface UpsertOptions extends WriteOptions {
  /** Default `either`. */
  mode?: 'either' | 'create-only' | 'update-only';
}

export interface DeleteOptions {
  ifMatch?: string;
  /** See `SingleOperation`. */
  primaryId?: string;
  places?: number[];
  headers?: Record<string, string>;
}

/** One request inside a `$batch`. `path` is relative to the service root: `accounts(…)?$select=name`. */
export interface SingleOperation {
  method: HttpMethod;
  path: string;
  /** Made into JSON. */
  body?: unknown;
  headers?: Record<string, string>;
  /** Default: GET, DELETE and PATCH without an ETag yes, everything else no. */
  repeatable?: boolean;
  /** Makes a row, and so has to be answered with where that is. */
  creates?: boolean;
  /** What a dry run has to know of it; sent is none of this. */
  primaryId?: string;
  /** Places of those who ask for it, among all that a run works on together. */
  places?: number[];
  /** Of a list: its rows are those whose column has one of these values. */
  among?: { column: string; values: string[] };
  /** Of a call that is bound to nothing: the row that it is about. */
  about?: Required<Bound> & { column?: string };
  /** Of an association: neither row has a column for the other. */
  isPair?: boolean;
}

/** All or nothing. Members are numbered from 1: a later one may say `$1` in its path or in an `@odata.bind`. */
export interface ChangeSet {
  changeSet: SingleOperation[];
}

export type BatchOperation = SingleOperation | ChangeSet;

export interface BatchAnswer {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** Parsed where it was JSON, text otherwise, undefined where empty. */
  body: unknown;
}

/**
 * Of a change set also the outcome of each member; a failed one gives every member the same error, and says at which place,
 * from 0, the member stands that failed, where the service tells.
 */
export type BatchOutcome = Outcome<BatchAnswer> & {
  members?: Outcome<BatchAnswer>[];
  failedMember?: number;
};

export interface BatchOptions {
  /** Most operations in one request. Default 100, at most `limits.operations` of the service. */
  batchSize?: number;
  /** Requests in flight at the same time. Default 16. */
  lanes?: number;
  /** Rounds for operations that were throttled or failed for a passing reason. Default 4. */
  attempts?: number;
}

export interface ODataOptions extends BatchOptions {
  /** Where the service is: `https://contoso.example`. http is accepted for this machine only. */
  url: string;
  send: Send;
  /** Added to every request. */
  headers?: Record<string, string>;
  /** Milliseconds for one attempt of one request. */
  timeoutMs?: number;
  /** Longest pause that is waited for between two rounds of a batch. Default `limits.pauseMs` of the service. */
  maxWaitMs?: number;
  signal?: AbortSignal;
  /** Set where nothing is to be written: each write is then read and noted instead, by the service's `rehearsal`. */
  dryRun?: DryRun;
}

export interface Bound {
  set: string;
  /** Left out: bound to the collection. */
  key?: RecordKey;
}

/** One OData service. Every failure is a `ServiceError`. */
export interface ODataClient {
  /** What this service does differently from others. */
  readonly service: ODataService;
  /** Service root with a slash at its end: `https://contoso.example/data/`. */
  readonly root: string;
  /** How many operations go in one request, and how many requests at the same time. */
  /** Set in a dry run, where no write is sent, and each is noted and answered as the service is known to do. */
  readonly dryRun?: DryRun;
  readonly batching: Required<Pick<BatchOptions, 'batchSize' | 'lanes'>>;
  create(set: string, row: Row, options?: CreateOptions): Promise<Written>;
  get(set: string, key: RecordKey, options?: ReadOptions): Promise<Row>;
  /** Page by page, as they arrive. */
  pages(set: string, query?: Query): AsyncGenerator<Row[]>;
  /** All pages, or the first `limit` rows. */
  list(set: string, query?: Query, options?: { limit?: number }): Promise<Row[]>;
  /** Never creates: a missing row is `not-found`. */
  update(set: string, key: RecordKey, row: Row, options?: UpdateOptions): Promise<Written>;
  upsert(set: string, key: RecordKey, row: Row, options?: UpsertOptions): Promise<Written>;
  delete(set: string, key: RecordKey, options?: DeleteOptions): Promise<void>;
  /** Links two rows. `single` for a lookup, left out for a collection. */
  associate(
    from: Required<Bound>,
    navigation: string,
    to: Required<Bound>,
    options?: { single?: boolean },
  ): Promise<void>;
  /** Unlinks. `to` left out clears a lookup. */
  disassociate(from: Required<Bound>, navigation: string, to?: Required<Bound>): Promise<void>;
  callAction(name: string, parameters?: Row, bound?: Bound): Promise<Row | undefined>;
  callFunction(name: string, parameters?: Row, bound?: Bound): Promise<Row>;
  /** Outcomes in the order of the operations. Rejects only when cancelled. */
  batch(operations: BatchOperation[], options?: BatchOptions): Promise<BatchOutcome[]>;
  /** Any other request, for what has no method here. Rejects when the answer is an error. */
  request(operation: SingleOperation): Promise<BatchAnswer>;
}
