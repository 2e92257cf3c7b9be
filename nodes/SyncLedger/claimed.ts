import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { validationError } from '../../core/errors';

export interface Claim {
  key: string;
  token: string;
  /** What a node has noted of the record, and is true when the record is done, such as a refund that was told. */
  facts?: string[];
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** The `claim` that Claim put on the item. */
export function claimOf({ json }: INodeExecutionData): Claim {
  const claim = json.claim as IDataObject | undefined;
  if (typeof claim !== 'object' || claim === null) {
    throw validationError(
      'The field "claim" is missing from this item',
      'Put Sync Ledger: Claim before the nodes that send, and let them keep the field: in Edit Fields switch on Include Other Input Fields, in Dynamics 365 use Put Result In Field.',
    );
  }
  const { key, token, outcome, facts } = claim;
  if (typeof token === 'string' && token !== '') {
    const noted = Array.isArray(facts) ? facts.filter(isText) : [];
    return { key: String(key ?? ''), token, ...(noted.length > 0 && { facts: noted }) };
  }
  throw validationError(
    `The field "claim.token" is missing from this item${outcome ? ` (its claim was answered "${String(outcome)}")` : ''}`,
    'Connect the Claimed output of Sync Ledger: Claim to the nodes that send, and leave the Skipped output out.',
  );
}
