import type { PlannedWrite } from '../../dryRun';
import type { BatchAnswer, ODataClient, Row, SingleOperation } from '../types';
import type { Address } from './intent';

/** What sends the reads of a rehearsal. */
export type Reader = Pick<ODataClient, 'service' | 'root' | 'request' | 'batch'>;

/** A call of an action. */
export interface RehearsedCall {
  /** Without its namespace. */
  name: string;
  /** What it is bound to; left out: nothing. */
  at?: Address;
  parameters: Row;
  /** The row, and its column, that a call bound to nothing is about. */
  about?: SingleOperation['about'];
}

/** What a rule about an action can do: it sees what stands, and plans. */
export interface Stage {
  /** The row as it stands, or as it is planned to be. Throws what the service answers where it is not there. */
  row(set: string, key: string, select?: readonly string[]): Promise<Row>;
  /** Notes what a row becomes. */
  change(set: string, key: string, columns: Row): Promise<void>;
  note(write: Omit<PlannedWrite, 'system'>): void;
  /** A key that stands for the one which the service will make. */
  newId(): string;
}

/** What an action does, as far as it is known, and what it answers. Throws what the service would refuse it with. */
export type CallRule = (call: RehearsedCall, stage: Stage) => Promise<BatchAnswer>;

/** How the writes of one service are rehearsed. Left out, a row has only what OData says of every row. */
export interface RehearsalRules {
  /** Whether the stored row has already what a column, or a binding, would write. */
  isStored(column: string, value: unknown, stored: Row): boolean;
  /** The properties of a row of which one holds what a binding by this navigation property writes. */
  lookupsOf(navigation: string): string[];
  /** Annotation of a lookup that says which table its row is of. */
  tableAnnotation?: string;
  /** The sets of tables that such annotations name, as far as they can be read. */
  setsOf?(reader: Reader, tables: string[]): Promise<ReadonlyMap<string, string>>;
  /** The property by which a person knows what a property of a row holds, such as the name of a file. */
  shownBy?(property: string): string;
  /** Sent with the reads of rows, so that their lookups say that. */
  readHeaders?: Readonly<Record<string, string>>;
  /** Status and body by which the service refuses a row whose key another one has. */
  taken: Pick<BatchAnswer, 'status' | 'body'>;
  /** By which it refuses a change of a row that is not any more what it was. */
  stale: Pick<BatchAnswer, 'status' | 'body'>;
  /** By which it says that there is no such row. */
  missing: Pick<BatchAnswer, 'status' | 'body'>;
  /** Whether rows of a set hold objects as their values, as definitions of tables do, and no rows of other sets. */
  isDocument?(set: string): boolean;
  /** The set of rows that are made inside of another row; left out, they are called by the navigation property. */
  setOf?(navigation: string): string | undefined;
  /** What is not known of rows of a set before they are written. */
  noteOf?(set: string): string | undefined;
  /**
   * What an action does, as far as that is known, and what it answers. Undefined: nothing is known of it, so that the call
   * alone is noted.
   */
  call?(call: RehearsedCall, stage: Stage): Promise<BatchAnswer | undefined>;
}
