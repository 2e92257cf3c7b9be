import type { INodeProperties } from 'n8n-workflow';

import type { Records, XCart } from '../../../../core/stores/xcart/client';
import type { ParameterReader } from '../../../shared/parameters';

/** What the five plain operations have to know about a kind of record. */
export interface RecordKind<T extends object = object> {
  /** Lower case, such as `product`. */
  one: string;
  many: string;
  /** What it stands below: the product of a variant, the customer of an address. */
  parents: INodeProperties[];
  locator: INodeProperties;
  /** Fields that a new one must have, then those that any may have. Named as X-Cart names them. */
  required: INodeProperties[];
  optional: INodeProperties[];
  /** Filters and sorting of Get Many. */
  filters: INodeProperties[];
  /** Fields of the simplified output. */
  simple: ReadonlyArray<keyof T & string>;
  open(client: XCart, read: ParameterReader, index: number): Promise<Records<T, object | void>>;
  id(client: XCart, read: ParameterReader, index: number): Promise<string>;
  query(read: ParameterReader, index: number): object;
}
