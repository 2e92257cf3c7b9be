import type { ServiceError } from '../errors';
import type { RecordType } from './records';

/** A record of which a service tells that it is new or has changed. */
export interface ToldChange {
  id: string;
  /** Of its content; left out: the service does not say. */
  version?: string;
}

/** A page of what a service tells. */
export interface DeltaPage {
  changed: readonly ToldChange[];
  /** Ids of what is gone. */
  deleted: readonly string[];
  /** Where the reading goes on: behind this page, or behind the last one with what changes from then on. */
  next: string;
  isLast: boolean;
  /** When the service was asked, in milliseconds since the epoch by its own clock. */
  askedAt: number;
}

/** What a service that keeps a trail of its changes can be asked. */
export interface DeltaChanges<T> {
  /** @param from where an earlier page said that the reading goes on; left out: at the beginning, with all that there is */
  page(from?: string): Promise<DeltaPage>;
  /** Whether a failure says that the service does not know any more what has changed since. */
  isForgotten(error: ServiceError): boolean;
  /** Records as they are now; one that is gone is not among them. */
  read(ids: readonly string[]): Promise<T[]>;
  /** The records changed last, newest first. */
  latest(limit: number): Promise<T[]>;
  /** Of the content of a record, as `ToldChange` has it. */
  versionOf(record: T): string | undefined;
  /** What of a record is watched, by name. That anything else has changed is no change. */
  watched(record: T): Record<string, unknown>;
  /** A record that is gone, as it is put out. */
  gone(id: string): T;
  /** A record with the names of what has changed of it beside it, and what stood there before, where that is known. */
  withChange(record: T, names: readonly string[], before?: Record<string, unknown>): T;
}

/** A service that tells what has changed since it was asked last, and what is gone. */
export interface DeltaFeed<T> {
  type: RecordType<T>;
  delta: DeltaChanges<T>;
}
