import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { validationError } from '../../core/errors';
import { lookToken } from '../../core/ledger/take';
import { dryClaimOf } from '../shared/dryClaim';
import { type Look, lookOf } from '../shared/look';

export interface Claim {
  key: string;
  /**
   * Of a record that was only looked at: the one that it has if a node of this run has taken it meanwhile. Of one of a dry
   * run: none, as an empty text.
   */
  token: string;
  /** Of a record of a dry run: which attempt it would be. */
  attempt?: number;
  look?: Look;
  /** Of a record that was looked at: the one that it has where a node has taken it again, after it was given back. */
  lateToken?: string;
  /** What a node has noted of the record, and is true when the record is done, such as a refund that was told. */
  facts?: string[];
}

const isText = (value: unknown): value is string => typeof value === 'string';

/**
 * The `claim` that Claim put on the item.
 *
 * @param run the execution that it is asked in
 */
export function claimOf(item: INodeExecutionData, run: string): Claim {
  const { json } = item;
  const claim = json.claim as IDataObject | undefined;
  if (typeof claim !== 'object' || claim === null) {
    throw validationError(
      'The field "claim" is missing from this item',
      'Put Sync Ledger: Claim before the nodes that send, and let them keep the field: in Edit Fields switch on Include Other Input Fields, in Dynamics 365 use Put Result In Field.',
    );
  }
  const dry = dryClaimOf(item);
  if (dry) return { key: dry.key, token: '', attempt: dry.attempt };
  const { key, token, outcome, facts } = claim;
  const noted = Array.isArray(facts) ? facts.filter(isText) : [];
  const more = noted.length > 0 && { facts: noted };
  const look = lookOf(item);
  const lateToken = look && lookToken({ look: look.id, run });
  if (typeof token === 'string' && token !== '') {
    return { key: String(key ?? ''), token, ...(look && { look, lateToken }), ...more };
  }
  if (look && lateToken) return { key: look.key, token: lateToken, look, lateToken, ...more };
  throw validationError(
    `The field "claim.token" is missing from this item${outcome ? ` (its claim was answered "${String(outcome)}")` : ''}`,
    'Connect the Claimed output of Sync Ledger: Claim to the nodes that send, and leave the Skipped output out.',
  );
}
