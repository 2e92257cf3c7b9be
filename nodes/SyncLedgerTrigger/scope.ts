import type { IPollFunctions } from 'n8n-workflow';

import type { Ledger } from '../../core/ledger/ledger';
import { flowOf, flowScopeOf } from '../SyncLedger/fields/flow';
import { LEDGER_VERSIONS } from '../SyncLedger/fields/ledger';
import { ALL_FLOWS, flowNamed, scopeFields, THIS_WORKFLOW } from '../SyncLedger/fields/scope';

/** From this version on the trigger's flow is chosen from the ledger; before it was a text, and a switch for all. */
const FLOWS_SINCE = 1.3;

export const TRIGGER_VERSIONS = [...LEDGER_VERSIONS, FLOWS_SINCE];

/** Of which flow the trigger puts out records: mostly of the workflow that it starts. */
export const flowFields = scopeFields({ since: FLOWS_SINCE, first: THIS_WORKFLOW });

/**
 * The flow whose records are put out, by its own name or the one that people know it by; undefined: of all. A flow that
 * the ledger does not have is no mistake here: a trigger is published before its flow has its first record.
 */
export async function triggerFlow(
  context: IPollFunctions,
  ledger: Ledger,
): Promise<string | undefined> {
  if (context.getNode().typeVersion < FLOWS_SINCE) return flowScopeOf(context);
  const given = String(context.getNodeParameter('flows', THIS_WORKFLOW) ?? '').trim();
  if (given === ALL_FLOWS) return undefined;
  if (given === THIS_WORKFLOW || given === '') return flowOf(context);
  return flowNamed(await ledger.flows(), given)?.flow ?? given;
}
