import { randomUUID } from 'node:crypto';

import type { IExecuteFunctions } from 'n8n-workflow';

import type { ClaimRequest, PreviewOutcome } from '../../../core/ledger/ledger';
import { packLook } from '../../shared/look';
import { requireOneAddress, storesOf } from '../../shared/oneStore';
import { ledgerOf } from '../connection';
import { hintLook } from './lookHints';

/** What a test run has seen of a record; with a look where it would be claimed. */
export type Looked = PreviewOutcome & { look?: string };

/** Of a test run: what would be claimed. It says nothing of what a trigger of the published workflow has put out. */
export async function lookAtAll(
  context: IExecuteFunctions,
  requests: ClaimRequest[],
  leaseMs: number,
): Promise<Looked[]> {
  const ledger = await ledgerOf(context);
  await requireOneAddress(ledger, storesOf(requests), { lookOnly: true });
  const outcomes = await ledger.preview(requests);
  hintLook(
    context,
    outcomes.map(({ outcome }) => outcome),
  );
  return outcomes.map((outcome, place): Looked => {
    const { version, flowName, payload: document } = requests[place] as ClaimRequest;
    if (!('attempt' in outcome)) return outcome;
    const { flow, key, hash, seen, attempt } = outcome;
    const look = packLook({
      ...{ id: randomUUID(), at: Date.now(), ledger: ledger.id, leaseMs, document },
      ...{ flow, flowName, key, hash, version, seen, attempt },
    });
    return { ...outcome, look };
  });
}
