import type { RecordKey, Row } from '../../../odata/types';
import type { Outcome } from '../../../outcome';
import type { RowResult, WriteKind } from '../../tables';
import type { BulkMessages } from '../metadata/messages';

export interface RowWrite {
  /** Entity set. */
  set: string;
  /** Logical name of the table. Left out: no bulk message is sent, which has to name it. */
  table?: string;
  /** Name of the primary key column. */
  primaryId: string;
  /** Left out: the row's own primary key column. A create needs none. */
  key?: RecordKey;
  row: Row;
  /** Left out: as all the others. */
  kind?: WriteKind;
  /** Places of those who ask for it, among all that the run works on together; left out: its own. */
  places?: number[];
  /** Of an update: ETag that the row must still have. Such a write stands for itself, whatever else is to be written. */
  ifMatch?: string;
}

export interface WriteOptions {
  /** Give back the written rows whole. */
  returnRow?: boolean;
  headers?: Record<string, string>;
  /** Which tables take many rows in one message. Left out: no bulk message is sent. */
  bulk?: BulkMessages;
  /**
   * Writes all rows or, where one fails, none, in one change set. Names a write by its place, such as `item 3`. Left out:
   * each row stands for itself.
   */
  allOrNothing?: (place: number) => string;
}

/** One write on its way; several inputs of the same row share it. */
export interface WriteJob {
  kind: WriteKind;
  write: RowWrite;
  outcome?: Outcome<RowResult>;
}
