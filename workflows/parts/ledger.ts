import { PACK } from '../builder';
import type { Step } from '../compose';

/** Of the Sync Ledger nodes: from here on they ask for no credential. */
export const LEDGER_VERSION = 1.2;
/** Of the Sync Ledger Trigger: from here on its flow is chosen from a list. */
export const LEDGER_TRIGGER_VERSION = 1.3;

/** A Sync Ledger node. */
export function ledgerStep(
  name: string,
  role: Step['role'],
  parameters: Step['parameters'],
  more: Partial<Step> = {},
): Step {
  return {
    name,
    role,
    type: `${PACK}.syncLedger`,
    typeVersion: LEDGER_VERSION,
    ...more,
    parameters,
  };
}
