import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Ledger, Revision, Selection } from '../../../core/ledger/ledger';
import type { ConflictWinner } from '../../../core/ledger/record';
import type { Operation } from '../../shared/operation';
import { sameForAll } from '../../shared/parameters';
import { type AnySteps, once } from '../../shared/steps';
import { recordFields } from '../fields/record';
import { hintNothing, openScoped, scopeFields } from '../fields/scope';
import { revising } from './revising';

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
      description:
        'What comes in is written: of an order of a shop the shop wins, of a row that is told to a shop Dynamics 365',
    },
    {
      name: 'Target Wins',
      value: 'target',
      description:
        'What somebody has changed where it is written to stays: of an order of a shop in Dynamics 365, of a row that is told to a shop in the shop',
    },
  ],
  default: AS_THE_NODE_SAYS,
  description:
    'What to do with fields that both sides have changed. Holds for the records that are requeued here, until they are sent or change again.',
};

const properties: INodeProperties[] = [
  which,
  ...recordFields('key', 'number', 'source', 'fields').map((field) => ({
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

async function reviseItems(context: IExecuteFunctions, revise: Revise): Promise<AnySteps> {
  return await revising<undefined, { key: string; flow?: string }>(context, {
    prepare: () => undefined,
    request: (_work, reference) => reference,
    apply: async (ledger, references) => {
      const revisions = await revise(ledger, references);
      return references.map(({ key, flow }) =>
        revisions.filter(
          (revision) => revision.key === key && (flow === undefined || revision.flow === flow),
        ),
      );
    },
  });
}

function starter(open: OpenRevise): Operation['start'] {
  return async (context) => {
    const revise = open(context);
    const chosen = sameForAll<Which>(context, which);
    if (chosen === 'items') return await reviseItems(context, revise);
    return await reviseAll(context, revise, chosen === 'held' ? 'held' : 'dead');
  };
}

/** undefined: the node that writes decides. */
function winnerOf(context: IExecuteFunctions): ConflictWinner | undefined {
  const chosen = sameForAll(context, conflicts, AS_THE_NODE_SAYS);
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
