import { upperFirst } from 'lodash';

import type { ServiceError } from '../../../errors';
import type { Row } from '../../../odata/types';
import type { Decision } from '../../../sync/threeWay';
import type { Known } from './changes';
import type { SalesPlan } from './read';
import type { SalesRows } from './rows';
import type { SalesDocument } from './salesDocument';

/** One document on its way; several given documents with the same key share it. */
export interface Job {
  plan: SalesPlan;
  /** Places of those who ask for it, among all that the run works on together. */
  places: number[];
  rows?: SalesRows;
  outcome?: 'created' | 'updated' | 'unchanged';
  stored?: Row;
  /** A change has been sent, whatever was answered. */
  changeSent?: boolean;
  error?: ServiceError;
  /** What is known of the source and of what was sent before. */
  known: Known;
  /** Was sent before, and is not there any more. */
  isGone?: boolean;
  /** What was decided where the target had been changed. */
  decisions?: Decision[];
  /** A person's amounts were kept, so that the total is not the source's any more. */
  movesTotal?: boolean;
}

/** `Sales order "Web 1001"`, as messages begin. */
export function titleOf({ words }: SalesDocument, { label }: SalesPlan): string {
  return `${upperFirst(words.name)} "${label}"`;
}
