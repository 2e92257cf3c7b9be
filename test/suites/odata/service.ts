/** What an OData service says of itself so that the suite can try its client. */
import type { SendOptions } from '../../../core/http/send';
import type { Clock } from '../../../core/http/wait';
import type { Filter, FilterValue } from '../../../core/odata/query';
import type { ODataClient, RecordKey, Row } from '../../../core/odata/types';

/** A fault that the service plays; the words of its answer are the service's own. */
export interface Fault {
  kind: '429' | '503' | 'reset' | 'timeout-after-commit' | 'unauthorized';
  /** How often; left out: always. */
  times?: number;
  /** `POST`; left out: any. */
  method?: string;
  /** Of a 429. */
  retryAfterSeconds?: number;
  /** How long the connection of a commit without an answer stays open, in ms. */
  holdMs?: number;
}

export interface ConnectOptions {
  clock: Clock;
  timeoutMs?: number;
  signal?: AbortSignal;
}

export interface RunningService {
  /** The client as the pack makes it, over a `createSend` with these options and whatever signs its requests. */
  connect(send: SendOptions, options: ConnectOptions): ODataClient;
  /** No rows in the table to play in, no faults, nothing counted. */
  reset(): Promise<void>;
  stop(): Promise<void>;
  /** These faults in the place of those before. */
  setFaults(faults: Fault[]): Promise<void>;
  /** HTTP requests that have arrived since the last `reset`, those that a fault answered included. */
  countRequests(): Promise<number>;
}

/** A table that the tests fill. */
export interface PlayTable {
  set: string;
  /** A column for any text, with the number of characters that it holds at most. */
  text: { column: string; longest: number };
  /** A column for whole numbers from 0 to 1,000,000. */
  number: string;
  /** Names a row by its primary key. */
  primaryKey(row: Row): RecordKey;
  /** A well-formed primary key that no row has. */
  unusedKey(): RecordKey;
  /** A key with a text that the test chooses: an alternate key, or a column of a composite primary key. */
  textKey: {
    column: string;
    of(row: Row): RecordKey;
    /** Characters that the service cannot take in it, and that are refused before anything is sent. Default: none. */
    refused?: string;
  };
  /** The columns of a new primary key. Left out: only the service makes keys. */
  newKey?(): Row;
  /** A lookup to the same table: what it is bound by, and the column that shows the bound primary key. */
  lookup?: { navigation: string; valueColumn: string };
  contains(text: string): Filter;
  /** Whether looking for this text may find other rows too, which the caller has to sort out. */
  mayFindOthers?(text: string): boolean;
}

/** A value that goes in, comes back, and is found. */
export interface StoredValue {
  set: string;
  column: string;
  value: string | number | boolean;
  /** As a filter compares it, where that is not the value itself. */
  inFilter?: FilterValue;
}

export interface ODataServiceUnderTest {
  /** Title of its tests. */
  name: string;
  table: PlayTable;
  /** Dates, amounts and what else the service keeps. */
  values: StoredValue[];
  /** Service root of another version, which the service answers too: next links may lead there. */
  otherRootPath: string;
  start(): Promise<RunningService>;
}
