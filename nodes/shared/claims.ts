import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { isDryRun } from '../../core/dryRun';
import { ServiceError } from '../../core/errors';
import type { Ledger } from '../../core/ledger/ledger';
import { openedLedgers } from '../../core/ledger/open';
import { dryClaimOf } from './dryClaim';
import { hasLook, isLookedAt, lookTextOf } from './look';
import { LookedItems, type Refused } from './taking';
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

/**
 * What is the same for all items of one record, such as an order that is split by warehouse: what was taken with a claim, and what
 * a dry run or a test run has only seen.
 */
export function claimIn(item: INodeExecutionData): string | undefined {
  const dry = dryClaimOf(item);
  if (dry) return `${dry.flow}\u0000${dry.key}`;
  return tokenOf(item) ?? lookTextOf(item);
}

/** Whether the record on the item may have failed before, and is sent again with its claim. */
export function isRetried(item: INodeExecutionData | undefined): boolean {
  if (!item) return false;
  // What a dry run says is what a run would do that has taken the record.
  if (tokenOf(item) === undefined) {
    return isDryRun() && (hasLook(item) || dryClaimOf(item)?.outcome === 'retry');
  }
  // A person who tries things deletes rows, too, and what a test run gives back is not told from what is new.
  return hasLook(item) || (item.json.claim as IDataObject).outcome === 'retry';
}

/** Whether all that a node works on comes back by itself when it fails: a ledger keeps it. */
export function isClaimed(context: RequestContext): boolean {
  if (!('getInputData' in context)) return false;
  const items = context.getInputData();
  return items.length > 0 && items.every((item) => tokenOf(item) !== undefined || isLookedAt(item));
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

/** Which of these tokens are of records that they have been settled with. */
async function settledAmong(tokens: string[]): Promise<Set<string>> {
  const settled = new Set<string>();
  for (const ledger of tokens.length > 0 ? await openedLedgers() : []) {
    const known = await ledger.knows(tokens);
    tokens.forEach((token, place) => known[place] && settled.add(token));
  }
  return settled;
}

function sentAlready(): ServiceError {
  return new ServiceError('This record was sent already with this claim, and is not sent twice', {
    class: 'conflict',
    code: 'CLAIM_LOST',
    fix: 'Nothing to repair. To send it again after a change, run Sync Ledger: Claim again.',
  });
}

function claimLost(): ServiceError {
  return new ServiceError('Another run has taken over this record meanwhile', {
    class: 'conflict',
    code: 'CLAIM_LOST',
    fix: 'Nothing to repair: the other run sends it, with the latest content. If this happens often, see what holds up the runs of this workflow before this node.',
  });
}

/** Items whose claims are held while a node works on them. */
export interface HeldItems {
  items: INodeExecutionData[];
  /** Throws where another run has taken over the record of the item at this place. */
  requireClaim(index: number): void;
  /** Takes records that were only looked at, before anything is written for them. Says which are not to be written. */
  take(places: number[]): Promise<Refused>;
}

const nothingRefused = async (): Promise<Refused> => new Map();

/** Items whose claims nobody asks for. */
export function unheld(items: INodeExecutionData[]): HeldItems {
  return { items, requireClaim: () => {}, take: nothingRefused };
}

/** Which of the tokens are still their runs' own, for another while. */
async function renewed(context: IExecuteFunctions, tokens: string[]): Promise<Set<string>> {
  const ledgers = tokens.length > 0 ? await openedLedgers() : [];
  if (ledgers.length === 0) return new Set(tokens);
  try {
    return await heldTokens(ledgers, tokens);
  } catch (error) {
    // A ledger that is locked takes no claim away either.
    context.logger.warn(`Claims could not be renewed: ${(error as Error).message}`);
    return new Set(tokens);
  }
}

/**
 * Works while the claims on the items stay this run's own. What a run holds too long, another may take over, and
 * sends newer content: a run that comes back late must not write its older content over that. So a node that writes
 * first asks whether the claims still hold, leaves out those that do not, and keeps the others for as long as it
 * works. n8n tells nobody when a run ends, so that only a node can do this, and only while it works.
 *
 * @param takes Whether the node takes what was only looked at; one that only reads does not.
 */
export async function holdingClaims<T>(
  context: IExecuteFunctions,
  { items, takes }: { items: INodeExecutionData[]; takes: boolean },
  work: (held: HeldItems) => Promise<T>,
): Promise<T> {
  const looked = new LookedItems(context, items);
  const own = looked.items;
  const tokens = (): string[] => own.flatMap((item) => tokenOf(item) ?? []);
  const first = tokens();
  if (first.length === 0 && !own.some(isLookedAt)) return await work(unheld(items));

  const held = await renewed(context, first);
  const lost = new Set(first.filter((token) => !held.has(token)));
  const settled = await settledAmong([...lost]);
  for (const [place, item] of own.entries()) {
    const token = tokenOf(item) ?? '';
    if (lost.has(token) && !settled.has(token)) looked.release(place);
  }
  const timer = setInterval(() => void renewed(context, tokens()), RENEW_EVERY_MS);
  try {
    return await work({
      items: own,
      requireClaim: (index) => {
        const token = own[index] && tokenOf(own[index]);
        if (token !== undefined && lost.has(token)) {
          throw settled.has(token) ? sentAlready() : claimLost();
        }
      },
      take: takes ? (places) => looked.take(places) : nothingRefused,
    });
  } finally {
    clearInterval(timer);
    looked.end();
  }
}
