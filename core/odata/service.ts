import type { ServiceError } from '../errors';
import type { Filter } from './query';
import type { RehearsalRules } from './rehearsal/rules';
import type { BatchAnswer, Row } from './types';

/** An answer that says no: its body is text, or already parsed. */
export interface FailedAnswer extends BatchAnswer {
  /** Set where, unless its code or text says more, the answer means that there is no such row. */
  isAbsent?: boolean;
}

/** How messages call a kind of name, and what to do about a name that is none. */
export interface NameWords {
  /** `a column` */
  noun: string;
  /** `Use the logical name, such as emailaddress1.` */
  fix: string;
}

export interface ServiceWords {
  /** Name of the service, as messages say it. */
  name: string;
  /** What its address is called in the credential: `environment URL`. */
  address: string;
  /** All that requests may go to: `the Web API of this environment`. */
  api: string;
  /** What to do about a path that leads out of that. */
  pathFix: string;
  set: NameWords;
  column: NameWords;
  /** A key of named columns: `alternate key`. */
  key: string;
}

export interface ServiceLimits {
  /** Characters of an address. A longer read goes as the one operation of a batch. */
  url: number;
  /** Characters of an address inside a batch. */
  urlInBatch: number;
  /** Operations of one batch, and of one change set. */
  operations: number;
  /** Bytes of one batch. */
  batchBytes: number;
  /** Rows of one page. */
  pageRows: number;
  /** The greatest number that `/$count` tells; a set of so many may have more. Default: it tells each. */
  countUpTo?: number;
  /** Characters of one filter that looks for many values, once encoded. */
  filter: number;
  /** Values that one such filter looks for. Default: as many as its length allows. */
  filterValues?: number;
  /** Milliseconds: longer than any pause that the service asks for. */
  pauseMs: number;
}

/** What stands between the brackets that name a row. */
export interface KeySyntax {
  /** A key that is one text, as the service writes it. Throws a validation error where the text is no key. */
  ofText(key: string): string;
  /**
   * A text as the value of one key column, where the service writes it otherwise than OData does (unquoted, say);
   * undefined where it does not. Throws a validation error for what it cannot take.
   */
  ofValue?(column: string, value: string): string | undefined;
}

/** How rows are found whose column has one of many values. */
export interface ManySyntax {
  isIn(column: string, values: string[]): Filter;
  /** Whether a value can stand among others; default: each can. */
  fits?(value: string): boolean;
  /** For a value that cannot. */
  equals?(column: string, value: string): Filter;
}

/** What one OData service does otherwise than the next. With it `createODataClient` makes a client of the service. */
export interface ODataService {
  words: ServiceWords;
  /** Path of the service root, with a slash at both ends: `/api/data/v9.2/`. */
  rootPath: string;
  /** Paths that belong to the service; a next link may name another version than was asked for. */
  ownPath: RegExp;
  /** Sent with every request; names in lower case. */
  headers: Readonly<Record<string, string>>;
  /** What a batch is asked for, where the service wants another than `multipart/mixed` (OData 4.0 Protocol, 11.7.2). */
  batchAccept?: string;
  /**
   * Whether a PATCH makes a row that is not there (OData 4.0 Protocol, 11.4.4), so that `If-Match: *` has to keep an
   * update from it, and `If-None-Match: *` an upsert from changing a row. Left out: it never does, and neither is sent.
   */
  upserts?: boolean;
  /**
   * Whether a 412 to `If-Match: *` says that the row is not there (RFC 9110, 13.1.1). Left out: it is answered with 404,
   * and a 412 has another reason.
   */
  absentIs412?: boolean;
  /**
   * Code, in lower case, by which the service refuses to associate a pair of rows that are associated already. Left
   * out: it does not refuse it.
   */
  pairExists?: string;
  /** Sent with a read inside a batch; names in lower case. */
  batchedReadHeaders?: Readonly<Record<string, string>>;
  limits: ServiceLimits;
  /** Makes a text fit for the service, where it does not take every text: the one place on the way out. */
  fitText?(text: string): string;
  keys: KeySyntax;
  many: ManySyntax;
  /** What a bound action or function is called by, without the dot at its end. */
  namespace: string;
  /** What the service answered, as something that a person can act on. */
  errorOf(answer: FailedAnswer): ServiceError;
  /** How its writes are rehearsed; left out: a dry run sends none, and each is an error. */
  rehearsal?: RehearsalRules;
  /** Code of the error for an answer that comes from something in front of the service. */
  foreignCode: string;
  /** The key of a written row in one text: from the address that the answer names, or from the row. */
  idOf?(written: { address?: string; row?: Row; primaryId?: string }): string | undefined;
}
