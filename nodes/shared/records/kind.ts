import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { PageOptions, Pages } from '../../../core/http/pages';
import type { RecordIdentity } from '../../../core/feeds/records';
import type { ListFields } from './list';
import type { Locator, Parent } from './locator';

/** What a store's client can do with one kind of record. */
export interface RecordClient<Row, Query> {
  pages(query: Query | undefined, options: PageOptions): Pages<Row>;
  get(id: string): Promise<Row>;
  /** The record as it then is, or what the store answers. */
  create(document: object): Promise<object>;
  /** Changes only what the document names. */
  update(id: string, document: object): Promise<object>;
  remove(id: string): Promise<unknown>;
}

export type RecordMethod = keyof RecordClient<object, unknown>;

/** How a row of a list becomes the record that flows follow, or why it is none. */
export interface Following<Store, Row> {
  /** Whether a row is one of this kind: the store keeps others in the same list. */
  isOne(row: Row): boolean;
  /** Said where another one is to be read with a source. */
  another: { message: string; fix: string };
  /** The record as the trigger puts it out, with what the store keeps elsewhere. */
  complete(store: Store, row: Row): Promise<Row>;
  /** What the panel says of both under *Add Source*: what comes with the source, what it costs in requests, what is left out. */
  note: string;
}

/**
 * What the plain operations have to know about a kind of record.
 *
 * @typeParam Method what the store can do with it; each operation asks only for its own
 */
export interface RecordKind<
  Store,
  Row extends object,
  Query = void,
  Method extends RecordMethod = RecordMethod,
> {
  /** Lower case, such as `product`. */
  one: string;
  many: string;
  /** What it stands below: the product of a variant, the customer of an address. */
  parent?: Parent<Store>;
  locator: Locator<Store, Row>;
  /** Fields that a new one must have, then those that any may have. Named as the store names them. */
  required?: INodeProperties[];
  optional?: INodeProperties[];
  /** How the store nests what is entered field by field. Default: not at all. */
  document?(fields: IDataObject): object;
  /** Filters and sorting of *Get Many*. */
  list?: ListFields<Store, Query>;
  /** The simplified output: fields of the record, or what is made of it. Left out where records are short as they are. */
  simple?: ReadonlyArray<keyof Row & string> | ((row: Row) => object);
  /** Adds what the store tells of records elsewhere than in them, to all that are read together, in their order. */
  annotate?(store: Store, rows: Row[]): Promise<Row[]>;
  /** Where flows follow such records: *Get* and *Get Many* can then add their source, as the trigger does. */
  source?: RecordIdentity<Row> | ((store: Store) => RecordIdentity<Row>);
  /** Goes with `source`, where the store's list alone does not give what the trigger puts out. */
  following?: Following<Store, Row>;
  /** A sentence that stands behind the description of each operation, such as which add-on of the store they need. */
  note?: string;
  /** Where an operation does more than its name says. */
  descriptions?: Partial<Record<RecordMethod, string>>;
  /** @param parentId '' where there is no parent */
  open(store: Store, parentId: string): Pick<RecordClient<Row, Query>, Method>;
}
