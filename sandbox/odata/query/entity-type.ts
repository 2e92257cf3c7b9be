import type { JsonObject } from '../json';
import type { Expand, QueryOptions } from '../syntax/query-options';

/**
 * What the engine asks of a service's schema and rows. `R` is a row as the service keeps it: the engine never
 * looks into one.
 */
export interface EntityType<R> {
  /** Full name with the namespace, for refusals. */
  name: string;
  property(name: string): Property<R> | undefined;
  /** A navigation property that leads to one row or none. */
  single(name: string): SingleNavigation<R> | undefined;
  /** A navigation property that leads to many rows. */
  collection(name: string): CollectionNavigation<R> | undefined;
  /** The row's key as one text: no two rows have the same, and rows without another order stand by it. */
  key(row: R): string;
  /** Address of the row below the service root, in the key syntax of the service. */
  path(row: R): string;
}

/** How values compare: text in lower case, references by their key, dates in one notation. */
export type Comparable = string | number | boolean | null;

/** Only values of one class are compared with one another. A member of an enumeration is its name. */
export type ValueClass = 'text' | 'number' | 'boolean' | 'guid' | 'datetime' | 'enum';

export interface Property<R> {
  valueClass: ValueClass;
  /** Of the class `datetime`: a day without a time. */
  dateOnly?: boolean;
  read(row: R): Comparable;
}

export interface SingleNavigation<R> {
  target: EntityType<R>;
  find(row: R): R | undefined;
  /** Path of the row that is pointed at, whether it is there or not. */
  path(row: R): string | undefined;
}

export interface CollectionNavigation<R> {
  target: EntityType<R>;
  rows(row: R): readonly R[];
}

/** How a service shows rows that are expanded, and which it refuses to expand. */
export interface ExpandRules<R> {
  /** Service root, with a slash at its end. */
  base: string;
  /** Refuses what the service cannot expand; `nested` inside another `$expand`. */
  check(type: EntityType<R>, expands: readonly Expand[], nested: boolean): void;
  filter(type: EntityType<R>, options: QueryOptions): (row: R) => boolean;
  /** Shows the chosen properties of a row, without those that are expanded in it. */
  show(type: EntityType<R>, options: QueryOptions): (row: R) => JsonObject;
  /** Cuts the rows of a collection: those shown, and the query behind their address where a link is due. */
  cut(
    type: EntityType<R>,
    expand: Expand,
    rows: readonly R[],
    nested: boolean,
  ): { shown: readonly R[]; link?: string };
}
