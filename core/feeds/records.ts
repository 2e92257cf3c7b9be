import type { RecordSource } from '../commerce/source';
import { momentIn } from '../values';

/** Which store a record is of. */
export interface StoreIdentity {
  /** What the credential calls the store; part of every record's key. */
  name: string;
  /** Where it is, as `storeAddress` gives it. */
  address: string;
  /** Of its amounts, as an ISO code, where its records name none. */
  currency?: string;
}

/** A kind of record of a store, such as its orders: how one is told from another, and an old content from a new one. */
export interface RecordIdentity<T> {
  /** The store's software, such as `xcart`. */
  platform: string;
  /** What the common model calls such a record, such as `order`. */
  kind: string;
  /** What people call one, such as `stock level`; left out: its kind. */
  one?: string;
  /** Several of them, for messages: `orders`. */
  many: string;
  /** What people call where they are kept, such as `environment`; left out: `store`. */
  place?: string;
  /** The record's own id in the store. */
  idOf(record: T): string;
  /** What people call it where that is not its id, see `RecordSource`. */
  numberOf?(record: T): string | null | undefined;
  /** What grows with every change, see `RecordSource`. */
  versionOf?(record: T): string | undefined;
  /** Fields whose change alone is no change of the record, see `RecordSource`. */
  volatile?: readonly string[];
}

/** A kind of record with its dates, which can be read only where the store is known if they do not say their zone. */
export interface RecordType<T> extends RecordIdentity<T> {
  /** When the record was last changed, in milliseconds since the epoch by the clock of the store. */
  changedAt(record: T): number | undefined;
  createdAt(record: T): number | undefined;
}

/** What people call one record of a kind. */
export const oneOf = <T>({ one, kind }: Pick<RecordIdentity<T>, 'kind' | 'one'>): string =>
  one ?? kind;

/** Where people say that records of a kind are kept. */
export const placeOf = <T>({ place }: Pick<RecordIdentity<T>, 'place'>): string => place ?? 'store';

export type ChangeEvent = `${string}.created` | `${string}.changed` | `${string}.deleted`;

/** A date in a document, in milliseconds since the epoch, in UTC where it names no zone; undefined where it is none. */
export function momentOf(date: string | null | undefined): number | undefined {
  return momentIn(date, { zone: 'UTC' });
}

/** When a record was last changed, else when it was made; 0 where the store says neither. */
export function timeOf<T>({ changedAt, createdAt }: RecordType<T>, record: T): number {
  return changedAt(record) ?? createdAt(record) ?? 0;
}

/**
 * Where a record comes from; travels with it through a whole workflow.
 *
 * @param readAt when the store was asked, in milliseconds since the epoch
 */
export function sourceOf<T>(
  { platform, kind, idOf, numberOf, versionOf, volatile }: RecordIdentity<T>,
  { name, address, currency }: StoreIdentity,
  record: T,
  event: string,
  readAt: number,
): RecordSource {
  const version = versionOf?.(record);
  const number = numberOf?.(record);
  return {
    platform,
    store: name,
    address,
    kind,
    id: idOf(record),
    ...(number && { number }),
    event,
    readAt: new Date(readAt).toISOString(),
    ...(version !== undefined && { version }),
    ...(currency && { currency }),
    ...(volatile && { volatile: [...volatile] }),
  };
}
