import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { ServiceError } from '../../core/errors';
import type { Ledger } from '../../core/ledger/ledger';
import { openedLedgers } from '../../core/ledger/open';
import type { RequestContext } from './transport';

/** What a lease is extended to while a node works. */
const LEASE_MS = 5 * 60_000;
const RENEW_EVERY_MS = 60_000;

/** The token that Sync Ledger: Claim put on the item. */
export function tokenOf({ json }: INodeExecutionData): string | undefined {
  const { claim } = json;
  if (typeof claim !== 'object' || claim === null) return undefined;
  const { token, hash, key } = claim as IDataObject;
  const isOurs = typeof hash === 'string' && typeof key === 'string';
  return isOurs && typeof token === 'string' ? token : undefined;
}

/** Whether the record on the item failed before, and is sent again with its claim. */
export function isRetried(item: INodeExecutionData | undefined): boolean {
  if (!item || tokenOf(item) === undefined) return false;
  return (item.json.claim as IDataObject).outcome === 'retry';
}

/** Whether all that a node works on comes back by itself when it fails: a ledger keeps it. */
export function isClaimed(context: RequestContext): boolean {
  if (!('getInputData' in context)) return false;
  const items = context.getInputData();
  return items.length > 0 && items.every((item) => tokenOf(item) !== undefined);
}

/** Which ledger the claims are of is not on the item: one of those that this process has open, mostly the only one. */
async function heldTokens(ledgers: Ledger[], tokens: string[]): Promise<Set<string>> {
  const held = new Set<string>();
  for (const ledger of ledgers) {
    const answers = await ledger.renew(tokens, { leaseMs: LEASE_MS });
    tokens.forEach((token, place) => answers[place] && held.add(token));
  }
  return held;
}

function claimLost(): ServiceError {
  return new ServiceError('Another run has taken over this record meanwhile', {
    class: 'conflict',
    code: 'CLAIM_LOST',
    fix: 'Nothing to repair: the other run sends it, with the latest content. If this happens often, see what holds up the runs of this workflow before this node.',
  });
}

/** Throws where another run has taken over the record of the item at this place. */
export type RequireClaim = (index: number) => void;

/**
 * Works while the claims on the items stay this run's own. What a run holds too long, another may take over, and
 * sends newer content: a run that comes back late must not write its older content over that. So a node that writes
 * first asks whether the claims still hold, leaves out those that do not, and keeps the others for as long as it
 * works. n8n tells nobody when a run ends, so that only a node can do this, and only while it works.
 */
export async function holdingClaims<T>(
  context: IExecuteFunctions,
  items: INodeExecutionData[],
  work: (requireClaim: RequireClaim) => Promise<T>,
): Promise<T> {
  const tokens = items.map(tokenOf);
  const claimed = tokens.filter((token) => token !== undefined);
  const ledgers = claimed.length > 0 ? await openedLedgers() : [];
  if (ledgers.length === 0) return await work(() => {});

  const renew = async (): Promise<Set<string>> => {
    try {
      return await heldTokens(ledgers, claimed);
    } catch (error) {
      // A ledger that is locked takes no claim away either.
      context.logger.warn(`Claims could not be renewed: ${(error as Error).message}`);
      return new Set(claimed);
    }
  };
  const held = await renew();
  const timer = setInterval(() => void renew(), RENEW_EVERY_MS);
  try {
    return await work((index) => {
      const token = tokens[index];
      if (token !== undefined && !held.has(token)) throw claimLost();
    });
  } finally {
    clearInterval(timer);
  }
}
