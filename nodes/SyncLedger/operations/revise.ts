import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { Ledger, RecordReference, Revision, Selection } from '../../../core/ledger/ledger';
import type { Operation } from '../../shared/operation';
import { parameterReader } from '../../shared/parameters';
import { type AnySteps, itemSteps, once, together } from '../../shared/steps';
import { ledgerOf } from '../connection';
import { flowScopeFields, flowScopeOf } from '../fields/flow';
import { recordFields, recordKeyOf } from '../fields/record';
import { textOf } from '../fields/value';
import { withField } from './output';

const which: INodeProperties = {
  displayName: 'Records',
  name: 'which',
  type: 'options',
  options: [
    { name: 'All Dead Letters', value: 'all' },
    { name: 'Those of the Input Items', value: 'items' },
  ],
  default: 'items',
};

const properties: INodeProperties[] = [
  which,
  ...recordFields('key', 'source', 'fields').map((field) => ({
    ...field,
    displayOptions: { show: { which: ['items'], ...field.displayOptions?.show } },
  })),
  ...flowScopeFields,
];

type Revise = (ledger: Ledger, selection: Selection) => Promise<Revision[]>;

function reviseAll(context: IExecuteFunctions, revise: Revise): AnySteps {
  const flow = flowScopeOf(context);
  return once(async () => await revise(await ledgerOf(context), { all: true, flow }));
}

/** An item of List Dead Letters says itself which flow it is of. */
function flowOfItem({ json: { flow } }: INodeExecutionData, scope: string | undefined) {
  return textOf(flow) ?? scope;
}

function reviseItems(context: IExecuteFunctions, revise: Revise): AnySteps {
  const read = parameterReader(context);
  const scope = flowScopeOf(context);
  return itemSteps<RecordReference, { found: Revision[]; key: string }>({
    prepare: (item, index) => ({
      key: recordKeyOf(read, item, index),
      flow: flowOfItem(item, scope),
    }),
    run: together(async (references) => {
      const revisions = await revise(await ledgerOf(context), references);
      return references.map(({ key, flow }) => ({
        key,
        found: revisions.filter(
          (revision) => revision.key === key && (flow === undefined || revision.flow === flow),
        ),
      }));
    }),
    output: (item, { found, key }, index) => {
      const changed = found.some((revision) => revision.changed);
      const state = found[0]?.state ?? 'unknown';
      return withField(item, 'ledger', { key, state, changed }, index);
    },
  });
}

function starter(revise: Revise): Operation['start'] {
  return (context) => {
    const all = context.getNodeParameter('which', 0) === 'all';
    return (all ? reviseAll : reviseItems)(context, revise);
  };
}

export const requeue: Operation = {
  name: 'Requeue',
  value: 'requeue',
  action: 'Requeue records',
  description: 'Send dead letters again, or bring waiting retries forward',
  properties,
  start: starter((ledger, selection) => ledger.requeue(selection)),
};

export const discard: Operation = {
  name: 'Discard',
  value: 'discard',
  action: 'Discard records',
  description: 'Give records up for good; only a change of their content brings them back',
  properties,
  start: starter((ledger, selection) => ledger.discard(selection)),
};
