import { PACK } from '../builder';
import type { Part, Step } from '../compose';
import { LEDGER_TRIGGER_VERSION, ledgerStep } from './ledger';
import { EVERY_MINUTE } from './receive';

export const WRITE_ALERT = 'Write alert';
export const SEND_ALERT = 'Send alert';
const SHOW_FAILURE = 'Show as failed';

/** What a message is made of, for the node that the user puts in the place of the one that does nothing. */
export const FIELDS = '`{{ $json.subject }}` and `{{ $json.text }}` (or `html`)';

/** Stands where the user's own e-mail, Slack or Teams node goes: without one there is nothing to set up. */
export const sendStep = (name: string): Step => ({
  name,
  role: 'line',
  type: 'n8n-nodes-base.noOp',
  parameters: {},
});

/**
 * Dead letters and rows of the mapping that hold records are told, and the run that tells them fails, so that n8n counts it and starts the error workflow. In runs
 * of their own: one that stopped in the middle of its orders would leave those that are still to be settled.
 */
export function alert(): Part {
  return {
    apart: true,
    note: `## Alert\nWhat was given up, and what a row of the mapping holds, is told within minutes, in one message. Replace **${SEND_ALERT}** by your e-mail, Slack or Teams node, with ${FIELDS}. The run then shows as failed, for n8n's counts and error workflow.`,
    steps: [
      {
        name: 'New failures',
        role: 'trigger',
        type: `${PACK}.syncLedgerTrigger`,
        typeVersion: LEDGER_TRIGGER_VERSION,
        parameters: { ...EVERY_MINUTE, event: 'dead', deadOptions: {} },
      },
      ledgerStep(WRITE_ALERT, 'line', {
        operation: 'report',
        reportOn: 'items',
        link: '',
        options: {},
      }),
      sendStep(SEND_ALERT),
      {
        name: SHOW_FAILURE,
        role: 'line',
        type: 'n8n-nodes-base.stopAndError',
        parameters: {
          errorType: 'errorMessage',
          errorMessage: `={{ $('${WRITE_ALERT}').first().json.subject }}`,
        },
      },
    ],
  };
}
