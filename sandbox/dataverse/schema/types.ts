import type { JsonObject } from '../../odata/json';

/** A table as data. Everything else (routes, checks, metadata, indexes) is derived from it. */

export type ColumnType =
  | 'string'
  | 'memo'
  | 'integer'
  | 'bigint'
  | 'decimal'
  | 'double'
  | 'money'
  | 'boolean'
  | 'picklist'
  | 'multiselect'
  | 'state'
  | 'status'
  | 'datetime'
  | 'date'
  | 'lookup'
  | 'uniqueidentifier'
  | 'file'
  | 'image';

/** A text in several languages, by their LCID such as 1033. */
export type Labels = Readonly<Record<number, string>>;

/** One option of a choice; `state` is set for status reasons and names the statecode it belongs to. */
export interface Choice {
  value: number;
  label: string;
  /** The label in every language, where there are others than English. */
  labels?: Labels;
  description?: Labels;
  state?: number;
}

/** One table that a lookup may point to. */
export interface LookupTarget {
  table: string;
  /** Single-valued navigation property, the name before `@odata.bind`. */
  navigation: string;
  /** Collection-valued navigation property on the target, such as `order_details`. */
  collection: string;
  /** What deleting the target does to rows that point to it. */
  onDelete: 'cascade' | 'restrict' | 'removelink';
  /** Further tables whose rows the same navigation property takes. */
  alsoTakes?: readonly string[];
  /** What other changes of the target do, such as `Assign`, by the words of CascadeConfiguration. Kept, and not acted on. */
  cascade?: Readonly<Record<string, string>>;
  /** Its AssociatedMenuConfiguration, where somebody has given one. */
  menu?: JsonObject;
}

/** Who may write a column: anyone, only while the row is made, only afterwards, or nobody (computed). */
export type Writable = 'always' | 'create' | 'update' | 'never';

/**
 * Where an amount has its digits from: the column's own `precision`, `pricingdecimalprecision` of the organization, or
 * `currencyprecision` of the currency of its row. Source: MoneyAttributeMetadata.PrecisionSource, by its numbers.
 */
export const PRECISION_SOURCES = { column: 0, organization: 1, currency: 2 } as const;

export type PrecisionSource = keyof typeof PRECISION_SOURCES;

export interface ColumnSchema {
  name: string;
  schemaName: string;
  label: string;
  /** The label in every language, where there are others than English. */
  labels?: Labels;
  description?: Labels;
  type: ColumnType;
  /** Characters, for text. */
  maxLength?: number;
  /** Digits after the decimal point, for numbers. */
  precision?: number;
  /** Where an amount has its digits from. */
  precisionSource?: PrecisionSource;
  min?: number;
  max?: number;
  /** Largest file, for files and pictures. */
  maxSizeInKb?: number;
  /** Whether pictures are kept in full beside the small one that the row shows. */
  fullImage?: boolean;
  /** Whether this picture is the one of its table, which alone comes with a new row. */
  primaryImage?: boolean;
  /** Column that this one comes with, and says something of. */
  attributeOf?: string;
  choices?: readonly Choice[];
  /** Name of the global choice that the options belong to. */
  globalChoice?: string;
  targets?: readonly LookupTarget[];
  default?: string | number | boolean;
  required: 'none' | 'application' | 'system';
  writable: Writable;
  /** No: a client can write it and never read it back. */
  readable?: false;
  /** The service has a value of its own where nobody gives one, so that a required column is never missed. */
  filled?: boolean;
  /** Rows are found by this column without a scan. */
  indexed?: boolean;
  /** Made by a user and not by Microsoft. */
  custom?: boolean;
}

export interface KeySchema {
  /** Schema name, such as `AccountNumberKey`. */
  name: string;
  columns: readonly string[];
}

export interface TableSchema {
  name: string;
  schemaName: string;
  label: string;
  pluralLabel: string;
  /** Both labels in every language, where there are others than English. */
  labels?: Labels;
  pluralLabels?: Labels;
  description?: Labels;
  entitySet: string;
  objectTypeCode: number;
  primaryId: string;
  /** Name of the primary key in an address, where it differs: `systemusers(ownerid=…)`. */
  keyName?: string;
  /** Type that $metadata has it descend from, where it is not only a row: it has the primary key. */
  base?: 'activitypointer' | 'principal';
  /** Column shown as the name of a row. */
  primaryName: string;
  ownership: 'UserOwned' | 'OrganizationOwned';
  columns: readonly ColumnSchema[];
  keys: readonly KeySchema[];
  /** Whether changes of the rows can be followed; they can unless this says no. */
  changeTracking?: boolean;
  /** Whether Dataverse search reads it, where somebody has said so. */
  searched?: boolean;
  custom?: boolean;
  /** Kept without transactions: of many rows in one message some may be written while others are refused. */
  elastic?: boolean;
  /** Holds the pairs of a relationship with many rows on both sides; clients can only read it. */
  intersect?: boolean;
}

/** A relationship with many rows on both sides. */
export interface ManyToManySchema {
  name: string;
  /** Table of the pairs; its columns are the primary keys of both sides. */
  intersect: string;
  sides: readonly [string, string];
  /** Names of the navigation property on both sides, where they are not that of the relationship. */
  navigations?: readonly [string, string];
  /** Its menus on both sides, where somebody has given them. */
  menus?: readonly [JsonObject | undefined, JsonObject | undefined];
  custom?: boolean;
}
