import type { IPollFunctions } from 'n8n-workflow';

import type { CatchUpMemory } from '../../../core/feeds/catchUp';
import type { Contents } from '../../../core/feeds/contentPoll';
import type { Tracked } from '../../../core/feeds/tracked';
import type { Change, PollOptions } from '../../../core/feeds/poll';
import type { Watermark } from '../../../core/feeds/watermark';
import type { TriggerSettings } from './settings';
import type { Unread } from './unread';

/** What a poll keeps in the node's static data, which n8n saves together with the execution. Written by polls alone. */
export interface Memory extends CatchUpMemory {
  /** Of what is followed by its dates. */
  watermark?: Watermark;
  /** Of what is followed by its content. */
  contents?: Contents;
  /** Of what a service itself tells the changes of. */
  tracked?: Tracked;
  /** What was told of and could not be read as a whole. */
  unread?: Unread[];
}

/** What all ways to read changes need. */
export interface Reading {
  context: IPollFunctions;
  /** What the credential calls the store. */
  store: string;
  /** What is remembered is of use for the same origin alone. */
  origin: string;
  settings: TriggerSettings<never>;
  options: PollOptions;
}

/** How a poll begins where nothing is remembered, before anything is put out. */
export interface Beginning {
  memory: Memory;
  /** It is a first pass, and what it has put out is among what it remembers. */
  isFirstPass?: boolean;
}

/** What came out, and the memory for the next poll. */
export interface Found<T> {
  changes: Array<Change<T>>;
  memory: Memory;
  /** Of a poll that begins; in a first pass of each until it is over. */
  begins?: Beginning;
  /** To be done when the memory is saved. */
  onSaved?(): void;
}
