import type { IPollFunctions, IWebhookFunctions } from 'n8n-workflow';

import type { CatchUpSituation } from '../../../core/feeds/catchUp';
import { takeUnclaimed } from '../unclaimed';
import { hasCaughtUp } from './memory';

/** Node types behind which a Sync Ledger may be: another workflow's nodes are not seen from here. */
const LEDGER_MAY_FOLLOW = /\.(syncLedger|executeWorkflow)$/;

/**
 * Whether something behind the trigger tells what was put out before from what was not. Without it, to put
 * records out again would be to send them twice.
 */
export function isFollowedByLedger(context: IPollFunctions | IWebhookFunctions): boolean {
  const following = context.getChildNodes(context.getNode().name);
  return following.some(({ type, disabled }) => !disabled && LEDGER_MAY_FOLLOW.test(type));
}

/** What n8n and this process know that decides whether to look back. */
export function catchUpSituation(context: IPollFunctions, catchUpMs: number): CatchUpSituation {
  return {
    now: Date.now(),
    catchUpMs,
    isFollowedByLedger: isFollowedByLedger(context),
    hasCaughtUp: hasCaughtUp(context),
    takeFailedClaim: () => takeUnclaimed(context.getWorkflow().id ?? ''),
  };
}
