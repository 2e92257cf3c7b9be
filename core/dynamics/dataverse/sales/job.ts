import { upperFirst } from 'lodash';

import type { ServiceError } from '../../../errors';
import type { Row } from '../../../odata/types';
import type { SalesPlan } from './read';
import type { SalesRows } from './rows';
import type { SalesDocument } from './salesDocument';

/** One document on its way; several given documents with the same key share it. */
export interface Job {
  plan: SalesPlan;
  rows?: SalesRows;
  outcome?: 'created' | 'updated' | 'unchanged';
  stored?: Row;
  /** A change has been sent, whatever was answered. */
  changeSent?: boolean;
  error?: ServiceError;
}

/** `Sales order "Web 1001"`, as messages begin. */
export function titleOf({ words }: SalesDocument, { label }: SalesPlan): string {
  return `${upperFirst(words.name)} "${label}"`;
}
