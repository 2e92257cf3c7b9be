import { randomUUID } from 'node:crypto';

import type { IExecuteFunctions } from 'n8n-workflow';

import type { ClaimRequest, PreviewOutcome } from '../../../core/ledger/ledger';
import { packLook } from '../../shared/look';
import { requireOneAddress, storesOf } from '../../shared/oneStore';
import { ledgerOf } from '../connection';
import { hintLook } from './lookHints';
import { withoutOwnWrites } from './ownWrites';

/** What a test run has seen of a record. */
export type Looked = PreviewOutcome & { look: string };

/**
 * Of a test run: what would be claimed, and what would be skipped. Both go on: in a shop that runs, all that a sample has
 * was sent before, and a mapping has to be tried all the same. A node that writes refuses what would be skipped. It says
 * nothing of what a trigger of the published workflow has put out.
 */
export async function lookAtAll(
  context: IExecuteFunctions,
  given: ClaimRequest[],
  leaseMs: number,
): Promise<Looked[]> {
  const ledger = await ledgerOf(context);
  await requireOneAddress(ledger, storesOf(given), { lookOnly: true });
  const requests = await withoutOwnWrites(ledger, given);
  const outcomes = await ledger.preview(requests);
  hintLook(
    context,
    outcomes.map(({ outcome }) => outcome),
  );
  return outcomes.map((outcome, place): Looked => {
    const {
      version,
      flowName,
      hash,
      ownWrites,
      payload: document,
    } = requests[place] as ClaimRequest;
    const { flow, key } = outcome;
    const found =
      'attempt' in outcome
        ? { seen: outcome.seen, attempt: outcome.attempt }
        : { skipped: outcome.outcome };
    const look = packLook({
      ...{ id: randomUUID(), at: Date.now(), ledger: ledger.id, leaseMs, document },
      ...{ flow, flowName, key, hash, version, ownWrites, ...found },
    });
    return { ...outcome, look };
  });
}
