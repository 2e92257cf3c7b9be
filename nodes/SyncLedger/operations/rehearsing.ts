import type { IExecuteFunctions } from 'n8n-workflow';

import type { ClaimRequest, PreviewOutcome } from '../../../core/ledger/ledger';
import { isByHand } from '../../shared/byHand';
import { requireOneAddress, storesOf } from '../../shared/oneStore';
import { ledgerOf } from '../connection';
import { hintRehearsed } from './lookHints';
import { withoutOwnWrites } from './ownWrites';

/** What a dry run has seen of a record, and which ledger has said so. */
export type Rehearsed = PreviewOutcome & { dryRun: true; ledger: string };

/**
 * Of a dry run: what would be claimed, and what would be skipped. Nothing is taken or noted. In a published workflow the ledger
 * answers as it would claim; a person waits for no retry.
 */
export async function rehearseAll(
  context: IExecuteFunctions,
  given: ClaimRequest[],
): Promise<Rehearsed[]> {
  const ledger = await ledgerOf(context);
  await requireOneAddress(ledger, storesOf(given), { lookOnly: true });
  const requests = await withoutOwnWrites(ledger, given);
  const outcomes = await ledger.preview(requests, { asRun: !isByHand(context) });
  hintRehearsed(
    context,
    outcomes.map(({ outcome }) => outcome),
  );
  return outcomes.map((outcome): Rehearsed => ({ ...outcome, dryRun: true, ledger: ledger.id }));
}
