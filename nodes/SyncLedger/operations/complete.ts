import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { validationError } from '../../../core/errors';
import type { Completion, Settlement } from '../../../core/ledger/ledger';
import type { Target } from '../../../core/ledger/record';
import type { Operation } from '../../shared/operation';
import { type ParameterReader, parameterReader } from '../../shared/parameters';
import { itemSteps, together } from '../../shared/steps';
import { noteSettled } from '../../shared/underway';
import { claimOf } from '../claimed';
import { ledgerOf } from '../connection';
import { targetFields, targetOf, writtenField, writtenHashOf } from '../fields/target';
import { fieldValue, textOf } from '../fields/value';
import { presentSettlement } from '../present';
import { withField } from './output';

const options: INodeProperties = {
  displayName: 'Options',
  name: 'options',
  type: 'collection',
  placeholder: 'Add option',
  default: {},
  options: [
    {
      displayName: 'Outcome Field',
      name: 'outcomeField',
      type: 'string',
      default: '',
      placeholder: 'e.g. salesorder.outcome',
      description:
        'Name of the field that says what became of the record. "skipped" marks it as skipped, everything else as done.',
    },
    writtenField,
  ],
};

interface Work extends Completion {
  key: string;
  written?: string;
}

/**
 * Nothing is done without a trace of it on the other side: an item that went past the node that writes would
 * otherwise be marked as sent, and nobody would ever look for it again.
 */
function requireTarget(read: ParameterReader, target: Target | undefined): void {
  const wanted = read<string>('targetIdField', 0, '');
  if (target || (read.isStatic('targetIdField') && wanted.trim() === '')) return;
  const where = read.isStatic('targetIdField') ? ` "${wanted}"` : '';
  throw validationError(
    `The Target ID Field${where} has no value in this item, so it is not known to be written`,
    'Name the field that holds the ID of the row that was written, such as result.id. Leave Target ID Field empty where nothing has an ID.',
  );
}

export const complete: Operation = {
  name: 'Complete',
  value: 'complete',
  action: 'Complete records',
  description: 'Note that claimed records were sent, and where they are now',
  properties: [...targetFields, options],
  start(context) {
    const read = parameterReader(context);
    return itemSteps<Work, { settlement: Settlement; work: Work }>({
      prepare: (item, index) => {
        const target = targetOf(read, item, index);
        const targetHash = writtenHashOf(read, item, index);
        const written = textOf(fieldValue(read, 'options.outcomeField', item, index));
        const claim = claimOf(item);
        if (written !== 'skipped') requireTarget(read, target);
        return {
          ...claim,
          outcome: written === 'skipped' ? 'skipped' : 'done',
          written,
          links: target && [{ ...target, targetHash }],
        };
      },
      run: together(async (all) => {
        noteSettled(
          context.getWorkflow().id ?? '',
          all.map(({ key }) => key),
        );
        const settlements = await (await ledgerOf(context)).complete(all);
        return settlements.map((settlement, place) => ({ settlement, work: all[place] as Work }));
      }),
      output: (item, { settlement, work }, index) => {
        const ledger: IDataObject = presentSettlement(settlement, work.key);
        if (work.written !== undefined) ledger.outcome = work.written;
        if (work.links?.[0]) ledger.target = work.links[0] as unknown as IDataObject;
        return withField(item, 'ledger', ledger, index);
      },
    });
  },
};
