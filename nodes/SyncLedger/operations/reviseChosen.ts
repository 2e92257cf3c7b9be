import type { IDataObject } from 'n8n-workflow';

import { validationError } from '../../../core/errors';
import type { Ledger, Revision } from '../../../core/ledger/ledger';
import { type Chosen, chosenFrom } from '../../../core/report/choices';
import { DISCARD, type FormAnswer, SEND_AGAIN } from '../../../core/report/form';
import type { Page } from '../../../core/report/page';
import { counted, listed, nounOf, type Stopped } from '../../../core/report/stopped';
import { resultItem } from '../../shared/items';
import type { Operation } from '../../shared/operation';
import { eachOf, itemSteps } from '../../shared/steps';
import { openScoped, scopeFields } from '../fields/scope';
import { newestStopped } from '../stopped';
import { written } from './output';

const MOST_NAMED = 50;

/** What was said, checked: an action that nobody chose must not be carried out. */
function answerOf({ which, action, asOf }: IDataObject): FormAnswer {
  const ticked = Array.isArray(which) ? which.map(String) : [];
  if (ticked.length === 0) return { which: [], action: SEND_AGAIN, asOf: '' };
  const isKnown = action === SEND_AGAIN || action === DISCARD;
  if (isKnown && typeof asOf === 'string' && !Number.isNaN(Date.parse(asOf)))
    return { which: ticked, action, asOf };
  throw validationError(
    'The form has not said what is to be done with what was chosen',
    'Let the n8n Form node before take its fields from Write Report: Define Form: Using JSON, Form Fields: {{ $json.formFields }}.',
  );
}

interface Done {
  action: FormAnswer['action'];
  chosen: Chosen<Stopped>;
  revisions: Revision[];
}

async function carryOut(
  ledger: Ledger,
  flow: string | undefined,
  { which, action, asOf }: FormAnswer,
): Promise<Done> {
  const shown = (await newestStopped(ledger, flow, Infinity)).filter(
    ({ since }) => since <= Date.parse(asOf),
  );
  const chosen = chosenFrom(which, shown);
  const references = chosen.records.map(({ key, flow: of }) => ({ key, flow: of }));
  const revisions = await (action === DISCARD
    ? ledger.discard(references)
    : ledger.requeue(references));
  return { action, chosen, revisions };
}

const WORDS: Readonly<Record<FormAnswer['action'], { became: string; then: string }>> = {
  [SEND_AGAIN]: {
    became: 'will be sent again',
    then: 'They go with the next run of their workflow, mostly within a minute.',
  },
  [DISCARD]: {
    became: 'discarded',
    then: 'Only a change in the system that they come from brings them back.',
  },
};

function changedOf({ chosen, revisions }: Done): Stopped[] {
  return chosen.records.filter(({ key, flow }) =>
    revisions.some((one) => one.key === key && one.flow === flow && one.changed),
  );
}

function pageOf(done: Done): Page {
  const changed = changedOf(done);
  const { became, then } = WORDS[done.action];
  const left = done.chosen.unknown + done.chosen.records.length - changed.length;
  const numbers = changed.map(({ number }) => number);
  return {
    subject:
      changed.length > 0
        ? `${counted(changed.length, nounOf(changed))} ${became}`
        : 'Nothing was changed',
    lead: changed.length > 0 ? [`${listed(numbers, MOST_NAMED)}.`, then] : [],
    sections: [],
    end:
      left > 0
        ? [
            `${left} of what was ticked had changed since the page was opened, and was left as it is. Open the page again to see it.`,
          ]
        : [],
  };
}

export const reviseChosen: Operation = {
  name: 'Send Again or Discard Chosen',
  value: 'reviseChosen',
  action: 'Send again or discard chosen records',
  description:
    'Carry out what a person has chosen in a form whose fields Write Report has made, and say what was done',
  properties: scopeFields({ allFormerly: true }),
  async start(context) {
    const { ledger, scope } = await openScoped(context);
    return itemSteps<FormAnswer, Done>({
      prepare: ({ json }) => answerOf(json),
      run: eachOf(1, async (answer) => await carryOut(ledger, scope.flow, answer)),
      output: (_item, done, index) => {
        const records = changedOf(done).map(({ key, flow, flowName, number }) => {
          return { number, flowName, key, flow };
        });
        return resultItem({ ...written(pageOf(done)), action: done.action, records }, index);
      },
    });
  },
};
