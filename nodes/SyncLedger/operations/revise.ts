import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { Ledger, RecordReference, Revision, Selection } from '../../../core/ledger/ledger';
import { resultItem } from '../../shared/items';
import type { Operation } from '../../shared/operation';
import { parameterReader } from '../../shared/parameters';
import { processItems } from '../../shared/process';
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

async function reviseAll(
  context: IExecuteFunctions,
  items: INodeExecutionData[],
  revise: Revise,
): Promise<INodeExecutionData[]> {
  const flow = flowScopeOf(context);
  return await processItems<object, Revision[]>(context, items.slice(0, 1), {
    prepare: () => ({}),
    run: async () => {
      const ledger = await ledgerOf(context);
      return [{ ok: true, value: await revise(ledger, { all: true, flow }) }];
    },
    output: (_item, revisions, index) => revisions.map((revision) => resultItem(revision, index)),
  });
}

/** An item of List Dead Letters says itself which flow it is of. */
function flowOfItem({ json: { flow } }: INodeExecutionData, scope: string | undefined) {
  return textOf(flow) ?? scope;
}

async function reviseItems(
  context: IExecuteFunctions,
  items: INodeExecutionData[],
  revise: Revise,
): Promise<INodeExecutionData[]> {
  const read = parameterReader(context);
  const scope = flowScopeOf(context);
  return await processItems<RecordReference, { found: Revision[]; key: string }>(context, items, {
    prepare: (item, index) => ({
      key: recordKeyOf(read, item, index),
      flow: flowOfItem(item, scope),
    }),
    run: async (references) => {
      const revisions = await revise(await ledgerOf(context), references);
      return references.map(({ key, flow }) => ({
        ok: true,
        value: {
          key,
          found: revisions.filter(
            (revision) => revision.key === key && (flow === undefined || revision.flow === flow),
          ),
        },
      }));
    },
    output: (item, { found, key }, index) => {
      const changed = found.some((revision) => revision.changed);
      const state = found[0]?.state ?? 'unknown';
      return withField(item, 'ledger', { key, state, changed }, index);
    },
  });
}

function execute(revise: Revise): Operation['execute'] {
  return async function (items) {
    const all = this.getNodeParameter('which', 0) === 'all';
    return await (all ? reviseAll : reviseItems)(this, items, revise);
  };
}

export const requeue: Operation = {
  name: 'Requeue',
  value: 'requeue',
  action: 'Requeue records',
  description: 'Send dead letters again, or bring waiting retries forward',
  properties,
  execute: execute((ledger, selection) => ledger.requeue(selection)),
};

export const discard: Operation = {
  name: 'Discard',
  value: 'discard',
  action: 'Discard records',
  description: 'Give records up for good; only a change of their content brings them back',
  properties,
  execute: execute((ledger, selection) => ledger.discard(selection)),
};
