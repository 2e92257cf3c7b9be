import type { ChangeEvent } from './records';

/**
 * What a poll by delta remembers. n8n keeps it in the static data of published workflows: what an earlier release has
 * saved must stay readable.
 */
export interface Tracked {
  /** What it was made for: another service, another start or another kind begins anew. */
  origin: string;
  /** Where the reading goes on; left out: at the beginning. */
  next?: string;
  /**
   * What is read: all that there is, of which nothing is put out (`baseline`) or all (`everything`); all once more, because the
   * service has forgotten what changed (`again`); or what has changed. Left out: that.
   */
  reading?: 'baseline' | 'everything' | 'again';
  /** The reading is over, and what it has told of still waits in the queue. */
  isRead?: true;
  /** When the reading under way began, in milliseconds since the epoch by the clock of the service. */
  began?: number;
  /** When the one before began: what was made later is new. */
  since: number;
  /** What was told of and is not put out yet, see `packQueue`. */
  queue?: string;
  /** Of the records met lately, see `packBook`. */
  known: string;
  /** Names of what was watched when they were met. */
  names?: string;
}

/** What this process has last met of a record, whichever way it was told of. */
export interface HandedOver {
  /** Empty: not known. */
  version: string;
  print: string;
  /** When that content was written, in milliseconds since the epoch by the clock of the service; left out: not known. */
  changedAt?: number;
  /** When it was met, in milliseconds since the epoch by the clock of this machine. */
  seenAt?: number;
  /** When the record was put out last, by the same clock; left out: it was not, because the pack itself has written it. */
  putOutAt?: number;
  /** It was put out as new then. */
  isNew?: true;
  /** The record is gone. */
  isGone?: true;
}

/** A changed record, for the question whether it was the pack that changed it. */
export interface OwnQuestion<T> {
  id: string;
  /** Left out: the record is gone. */
  record?: T;
  event: ChangeEvent;
  /** What has changed since it was seen; left out: it was not seen before. */
  names?: readonly string[];
  /** When it was seen with other content, in milliseconds since the epoch by the clock of this machine. */
  seenAt?: number;
}

/** The first memory: what is there is put out, or only what changes from now on. */
export function beginTracking(origin: string, reading: 'baseline' | 'everything'): Tracked {
  return { origin, reading, since: 0, known: '' };
}
