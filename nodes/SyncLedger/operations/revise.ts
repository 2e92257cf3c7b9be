import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { Ledger, RecordReference, Revision, Selection } from '../../../core/ledger/ledger';
import type { ConflictWinner } from '../../../core/ledger/record';
import type { Operation } from '../../shared/operation';
import { parameterReader } from '../../shared/parameters';
import { type AnySteps, itemSteps, once, together } from '../../shared/steps';
import { recordFields, recordKeyOf } from '../fields/record';
import { hint, hintNothing, openScoped, scopeFields } from '../fields/scope';
import { textOf } from '../fields/value';
import { withField } from './output';

const which: INodeProperties = {
  displayName: 'Records',
  name: 'which',
  type: 'options',
  options: [
    { name: 'All Dead Letters', value: 'all' },
    { name: 'All Held Records', value: 'held' },
    { name: 'Those of the Input Items', value: 'items' },
  ],
  default: 'items',
};

type Which = 'all' | 'held' | 'items';

/** Values of the parameter `conflicts`. */
const AS_THE_NODE_SAYS = 'node';

const conflicts: INodeProperties = {
  displayName: 'Conflicts',
  name: 'conflicts',
  type: 'options',
  noDataExpression: true,
  options: [
    {
      name: 'As the Node Says',
      value: AS_THE_NODE_SAYS,
      description: 'The node that writes decides by its own setting',
    },
    {
      name: 'Source Wins',
      value: 'source',
      description: 'What the source of the record holds is written',
    },
    {
      name: 'Target Wins',
      value: 'target',
      description: 'What somebody changed in the target stays there',
    },
  ],
  default: AS_THE_NODE_SAYS,
  description:
    'What to do with fields that both sides have changed. Holds for the records that are requeued here, until they are sent or change again.',
};

const properties: INodeProperties[] = [
  which,
  ...recordFields('key', 'source', 'fields').map((field) => ({
    ...field,
    displayOptions: { show: { which: ['items'], ...field.displayOptions?.show } },
  })),
  ...scopeFields(),
];

type Revise = (ledger: Ledger, selection: Selection) => Promise<Revision[]>;

/** Reads what is the same for all items. */
type OpenRevise = (context: IExecuteFunctions) => Revise;

const WHAT = { dead: 'dead letters', held: 'held records' };

async function reviseAll(
  context: IExecuteFunctions,
  revise: Revise,
  state: 'dead' | 'held',
): Promise<AnySteps> {
  const opened = await openScoped(context);
  const { ledger, scope } = opened;
  return once(async () => {
    const revisions = await revise(ledger, { all: true, state, flow: scope.flow });
    if (revisions.length === 0) {
      await hintNothing(context, opened, { what: WHAT[state], states: [state] });
    }
    return revisions;
  });
}

/** An item of List Dead Letters or List Held says itself which flow it is of. */
export function flowOfItem({ json: { flow } }: INodeExecutionData, scope: string | undefined) {
  return textOf(flow) ?? scope;
}

/** An item whose record was not there, or in another state than it was listed in, is no failure; but it is said. */
export function hintUnchanged(context: IExecuteFunctions, all: Array<{ found: Revision[] }>): void {
  const unchanged = all.filter(({ found }) => !found.some(({ changed }) => changed)).length;
  if (unchanged === 0) return;
  hint(
    context,
    `${unchanged} of ${all.length} records were left as they are. The field <b>ledger</b> of the item says in which state each is.`,
  );
}

/** The item with what became of its record. */
export function revised(
  item: INodeExecutionData,
  { found, key }: { found: Revision[]; key: string },
  index: number,
): INodeExecutionData {
  const [first] = found;
  const changed = found.some((revision) => revision.changed);
  const state = first?.state ?? 'unknown';
  const ledger = { ...(first && { number: first.number }), key, state, changed };
  return withField(item, 'ledger', ledger, index);
}

async function reviseItems(context: IExecuteFunctions, revise: Revise): Promise<AnySteps> {
  const read = parameterReader(context);
  const { ledger, scope } = await openScoped(context);
  return itemSteps<RecordReference, { found: Revision[]; key: string }>({
    prepare: (item, index) => ({
      key: recordKeyOf(read, item, index),
      flow: flowOfItem(item, scope.flow),
    }),
    run: together(async (references) => {
      const revisions = await revise(ledger, references);
      const all = references.map(({ key, flow }) => ({
        key,
        found: revisions.filter(
          (revision) => revision.key === key && (flow === undefined || revision.flow === flow),
        ),
      }));
      hintUnchanged(context, all);
      return all;
    }),
    output: revised,
  });
}

function starter(open: OpenRevise): Operation['start'] {
  return async (context) => {
    const revise = open(context);
    const chosen = context.getNodeParameter('which', 0) as Which;
    if (chosen === 'items') return await reviseItems(context, revise);
    return await reviseAll(context, revise, chosen === 'held' ? 'held' : 'dead');
  };
}

/** undefined: the node that writes decides. */
function winnerOf(context: IExecuteFunctions): ConflictWinner | undefined {
  const chosen = context.getNodeParameter('conflicts', 0, AS_THE_NODE_SAYS);
  return chosen === 'source' || chosen === 'target' ? chosen : undefined;
}

export const requeue: Operation = {
  name: 'Requeue',
  value: 'requeue',
  action: 'Requeue records',
  description: 'Send dead letters and held records again, or bring waiting retries forward',
  properties: [...properties, conflicts],
  start: starter((context) => {
    const winner = winnerOf(context);
    return (ledger, selection) => ledger.requeue(selection, { conflicts: winner });
  }),
};

export const discard: Operation = {
  name: 'Discard',
  value: 'discard',
  action: 'Discard records',
  description: 'Give records up for good; only a change of their content brings them back',
  properties,
  start: starter(() => (ledger, selection) => ledger.discard(selection)),
};
