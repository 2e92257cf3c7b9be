import type { Part } from '../compose';
import { FIELDS, sendStep } from './alert';
import { ledgerStep } from './ledger';

export const OPEN_FORM = 'Open the repair form';
export const SEND_DIGEST = 'Send digest';
export const MORNING = 'Every morning';
const WRITE_DIGEST = 'Write digest';

const FORM_VERSION = 2.5;

const report = (whenAllIsWell: boolean) => ({
  operation: 'report',
  reportOn: 'ledger',
  flows: '*',
  whenAllIsWell,
  link: '',
  options: {},
});

/** A form on which a person sees what stopped, ticks, and has it sent again or discarded. */
export function repairForm(title: string): Part {
  return {
    note: `## Repair\nWhat stopped, with reason and repair; what is ticked is sent again or discarded. The form lets in who is signed in to n8n and may run this workflow.`,
    steps: [
      {
        name: OPEN_FORM,
        role: 'trigger',
        type: 'n8n-nodes-base.formTrigger',
        typeVersion: 2.6,
        parameters: {
          authentication: 'n8nUserAuth',
          requireExecuteAccess: true,
          formTitle: title,
          formDescription: 'Shows what was not sent or is held, and sends it again.',
          options: { appendAttribution: false, buttonLabel: 'Show what stopped' },
        },
      },
      ledgerStep('Find what stopped', 'line', report(true)),
      {
        name: 'Let a person choose',
        role: 'line',
        type: 'n8n-nodes-base.form',
        typeVersion: FORM_VERSION,
        parameters: {
          operation: 'page',
          defineForm: 'json',
          jsonOutput: '={{ $json.formFields }}',
          limitWaitTime: true,
          limitType: 'afterTimeInterval',
          resumeAmount: 1,
          resumeUnit: 'hours',
          options: { buttonLabel: 'Go ahead' },
        },
      },
      ledgerStep('Send again or discard', 'line', { operation: 'reviseChosen', flows: '*' }),
      {
        name: 'Say what was done',
        role: 'line',
        type: 'n8n-nodes-base.form',
        typeVersion: FORM_VERSION,
        parameters: {
          operation: 'completion',
          respondWith: 'text',
          completionTitle: '={{ $json.subject }}',
          completionMessage: '={{ $json.html }}',
          options: {},
        },
      },
    ],
  };
}

/** Once a day, where anything waits for a person. */
export function digest(): Part {
  return {
    apart: true,
    note: `## Digest\nReplace **${SEND_DIGEST}** by your e-mail, Slack or Teams node, with ${FIELDS}. It comes only where something waits: *Report When All Is Well* in **${WRITE_DIGEST}** sends it every day.`,
    steps: [
      {
        name: MORNING,
        role: 'trigger',
        type: 'n8n-nodes-base.scheduleTrigger',
        typeVersion: 1.2,
        parameters: { rule: { interval: [{ field: 'days', triggerAtHour: 7 }] } },
      },
      ledgerStep(WRITE_DIGEST, 'line', report(false)),
      sendStep(SEND_DIGEST),
    ],
  };
}
