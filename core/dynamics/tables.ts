import type { Note } from '../notes';
import type { Row } from '../odata/types';
import type { Decision } from '../sync/threeWay';

/**
 * What Dataverse and Finance & Operations both say of their tables. Names are those of Dataverse; the tables of
 * Finance are its data entities, and their columns the fields of those.
 */

export interface AlternateKey {
  name: string;
  displayName: string;
  columns: string[];
  /** False while the index is being built, or where that failed: such a key finds nothing. */
  active: boolean;
}

export interface Table {
  logicalName: string;
  /** Name in the URL; never made by rule. */
  entitySetName: string;
  displayName: string;
  /** Column whose one value names a row. A table of Finance has none: its keys have several columns. */
  primaryId?: string;
  /** Column that people know a row by. */
  primaryName?: string;
}

export type ColumnType =
  | 'string'
  | 'memo'
  | 'integer'
  | 'bigint'
  | 'decimal'
  | 'double'
  | 'money'
  | 'boolean'
  | 'datetime'
  | 'date'
  | 'uniqueidentifier'
  | 'choice'
  | 'choices'
  | 'state'
  | 'status'
  | 'lookup'
  | 'file'
  | 'image'
  | 'other';

export interface Choice {
  value: number;
  label: string;
}

export interface LookupTarget {
  /** Logical name. */
  table: string;
  entitySetName: string;
  /** Name to put before `@odata.bind`, case-sensitive. */
  navigationProperty: string;
}

export interface Column {
  name: string;
  displayName: string;
  type: ColumnType;
  required: boolean;
  creatable: boolean;
  updatable: boolean;
  readable: boolean;
  /** Added to the environment by its owner or by a solution; not part of the table as Microsoft ships it. */
  custom?: true;
  maxLength?: number;
  /** Of choice, choices, state, status and boolean columns. */
  choices?: Choice[];
  /** Of lookups; more than one where the lookup is polymorphic (`customerid`). */
  targets?: LookupTarget[];
}

/** A 1:N relationship seen from the one side: `order_details` of `salesorder`. */
export interface Collection {
  navigationProperty: string;
  /** Logical name of the rows in it. */
  table: string;
  /** Their lookup that points back. */
  lookupColumn: string;
}

/** A way from a row to rows of the same or of another table. */
export interface Relationship {
  /** Name of the way in the address, case-sensitive; also its value where a person chooses it. */
  navigationProperty: string;
  /** Logical name of the table at its end. */
  table: string;
  entitySetName: string;
  /**
   * `lookup`: the row points to one other (N:1). `collection`: others point to it (1:N). `manyToMany`: neither has a
   * column for it (N:N).
   */
  kind: 'lookup' | 'collection' | 'manyToMany';
  /** The column that points: of the row itself for a lookup, of the others for a collection. */
  lookupColumn?: string;
}

/** What an environment says of its tables. One object per run keeps every answer it has had. */
export interface Metadata<T extends Table = Table> {
  tables(): Promise<T[]>;
  /** By logical name or entity set name. */
  table(name: string): Promise<T>;
  /** Those of these tables, by their logical names, that are there; in the order of the names. */
  existing(names: readonly string[]): Promise<T[]>;
  columns(table: string): Promise<Column[]>;
  keys(table: string): Promise<AlternateKey[]>;
  collections(table: string): Promise<Collection[]>;
  /** Every way from a row of the table to other rows. */
  relationships(table: string): Promise<Relationship[]>;
}

/** A comparison of one column, as a person sets it. */
export interface Condition {
  column: string;
  operator: string;
  value?: unknown;
}

export type WriteKind = 'create' | 'update' | 'upsert';

/** What the write of one row came to. */
export interface RowResult {
  /** Its key in one text. */
  id?: string;
  /** `unchanged`: the source says what it said before, or nothing of it was to be written. */
  outcome: 'created' | 'updated' | 'unchanged';
  /** The row, where it was asked for. */
  row?: Row;
  /** What was decided where somebody had changed the row in Dynamics 365. */
  decisions?: Decision[];
  /** The same as sentences. */
  notes?: Note[];
}
