import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { validationError } from '../../../core/errors';
import type { Completion } from '../../../core/ledger/ledger';
import type { Target } from '../../../core/ledger/record';
import type { Operation } from '../../shared/operation';
import { type ParameterReader, parameterReader } from '../../shared/parameters';
import { type Claim, claimOf } from '../claimed';
import { remarkField, remarkOf } from '../fields/remark';
import { targetFields, targetOf, writtenField, writtenHashOf } from '../fields/target';
import { fieldValue, textOf } from '../fields/value';
import { settling } from './settling';

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
        'Name of the field that says what became of the record. "skipped" marks it as skipped, "held" as not to be sent now (the remark is the reason), everything else as done.',
    },
    remarkField,
    writtenField,
  ],
};

interface Work extends Completion, Omit<Claim, 'facts'> {
  written?: string;
}

/**
 * Nothing is done without a trace of it on the other side: an item that went past the node that writes would
 * otherwise be marked as sent, and nobody would ever look for it again.
 */
function requireTarget(read: ParameterReader, target: Target | undefined, index: number): void {
  if (target) return;
  const wanted = read<string>('targetIdField', index, '');
  if (read.isStatic('targetIdField') && wanted.trim() === '') return;
  const where = read.isStatic('targetIdField') ? ` "${wanted}"` : '';
  throw validationError(
    `The Target ID Field${where} has no value in this item, so it is not known to be written`,
    'Name the field that holds the ID of the row that was written, such as result.id. Leave Target ID Field empty where nothing has an ID.',
  );
}

/** What of the words for what became of a record the ledger knows; what else a node calls it, it was written. */
function outcomeOf(written: string | undefined): NonNullable<Completion['outcome']> {
  return written === 'skipped' || written === 'held' ? written : 'done';
}

function workOf(
  { read, run }: { read: ParameterReader; run: string },
  item: INodeExecutionData,
  index: number,
): Work {
  const target = targetOf(read, item, index);
  const targetHash = writtenHashOf(read, item, index);
  const written = textOf(fieldValue(read, 'options.outcomeField', item, index));
  const claim = claimOf(item, run);
  const outcome = outcomeOf(written);
  if (outcome === 'done') requireTarget(read, target, index);
  return {
    ...claim,
    outcome,
    remark: remarkOf(fieldValue(read, 'options.remarkField', item, index)),
    written,
    // What was skipped or held is not known to stand where it was to go.
    links: target && outcome === 'done' ? [{ ...target, targetHash }] : undefined,
  };
}

export const complete: Operation = {
  name: 'Complete',
  value: 'complete',
  action: 'Complete records',
  description: 'Note that claimed records were sent, and where they are now',
  properties: [...targetFields, options],
  start(context) {
    const read = parameterReader(context);
    const run = context.getExecutionId();
    return settling<Work>(context, {
      prepare: (item, index) => workOf({ read, run }, item, index),
      // Without a node of this package in between: that it was written is Complete's own word, and must not be lost.
      wouldBecome: ({ outcome }) => (outcome === 'done' ? undefined : outcome),
      says: ({ remark }) => ({ remark }),
      settle: (ledger, all) => ledger.complete(all),
      more: ({ written, links }) => ({
        ...(written !== undefined && { outcome: written }),
        ...(links?.[0] && { target: links[0] as unknown as IDataObject }),
      }),
    });
  },
};
