import { sum } from 'lodash';
import type {
  IExecuteFunctions,
  ILoadOptionsFunctions,
  INodeProperties,
  INodePropertyOptions,
} from 'n8n-workflow';

import { validationError } from '../../../core/errors';
import type { Ledger, OpenFlow } from '../../../core/ledger/ledger';
import type { OpenState } from '../../../core/ledger/record';
import { didYouMean } from '../../../core/mapping/suggest';
import { sameForAll } from '../../shared/parameters';
import { ledgerOf } from '../connection';
import { allFlowsField, flowOf, flowScopeFields, flowScopeOf } from './flow';
import { FLOWS_FROM_LEDGER } from './ledger';

/** Values of the parameter `flows` that are no flow's. */
export const ALL_FLOWS = '*';
export const THIS_WORKFLOW = '$workflow';

interface ScopeSettings {
  /** What nodes of earlier versions take by default: all flows, or this workflow. */
  allFormerly?: boolean;
  /** The version of the node from which on flows are chosen from the ledger. */
  since?: number;
  /** What is taken where nobody has chosen. */
  first?: typeof ALL_FLOWS | typeof THIS_WORKFLOW;
}

const flowsField: INodeProperties = {
  displayName: 'Flow Name or ID',
  name: 'flows',
  type: 'options',
  typeOptions: { loadOptionsMethod: 'getFlows' },
  default: ALL_FLOWS,
  description:
    'Whose records are meant: those of all flows, of this workflow, or of a flow that the ledger has. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

/** What stood here before flows were chosen from the ledger: a text, and a switch for all of them. */
function formerFields(allByDefault: boolean, until: number): INodeProperties[] {
  return flowScopeFields.map((field) => ({
    ...field,
    ...(field === allFlowsField && { default: allByDefault }),
    displayOptions: {
      show: { '@version': [{ _cnd: { lt: until } }], ...field.displayOptions?.show },
    },
  }));
}

/** Of which flows an operation takes the records that are in the ledger already. */
export function scopeFields({
  allFormerly = false,
  since = FLOWS_FROM_LEDGER,
  first = ALL_FLOWS,
}: ScopeSettings = {}): INodeProperties[] {
  return [
    ...formerFields(allFormerly, since),
    {
      ...flowsField,
      default: first,
      displayOptions: { show: { '@version': [{ _cnd: { gte: since } }] } },
    },
  ];
}

const sorted = (flows: OpenFlow[]): OpenFlow[] =>
  [...flows].sort((a, b) => (a.flowName ?? a.flow).localeCompare(b.flowName ?? b.flow));

const recordsIn = (flows: OpenFlow[], of: OpenState[]): number =>
  sum(flows.flatMap(({ states }) => of.map((state) => states[state])));

/** "2 dead, 1 held, 14 waiting": what somebody may want to look after. */
function countsOf(flows: OpenFlow[]): string {
  const counts = [
    [recordsIn(flows, ['dead']), 'dead'],
    [recordsIn(flows, ['held']), 'held'],
    [recordsIn(flows, ['pending', 'retry']), 'waiting'],
  ] as const;
  const said = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return said.length > 0 ? said.join(', ') : 'Nothing dead, held or waiting';
}

/** What is chosen and not in the ledger yet, as in a template: the editor marks what is not in the list as a mistake. */
function chosenFlow(given: unknown, flows: OpenFlow[]): INodePropertyOptions[] {
  const isListed =
    given === ALL_FLOWS || given === THIS_WORKFLOW || flows.some(({ flow }) => flow === given);
  if (typeof given !== 'string' || given === '' || isListed) return [];
  return [{ name: given, value: given, description: 'Not in the ledger yet' }];
}

/** For the editor: the flows that the ledger has, with what lies in them. */
export async function getFlows(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
  const flows = await (await ledgerOf(this)).flows();
  return [
    { name: 'All Flows', value: ALL_FLOWS, description: countsOf(flows) },
    {
      name: 'This Workflow',
      value: THIS_WORKFLOW,
      description: 'Where the Claim nodes of this workflow name no flow',
    },
    ...sorted(flows).map((of) => ({
      name: of.flowName ?? of.flow,
      value: of.flow,
      description: countsOf([of]),
    })),
    ...chosenFlow(this.getCurrentNodeParameter('flows'), flows),
  ];
}

/** Of which flows records are taken. */
export interface FlowScope {
  /** undefined: of all flows. */
  flow?: string;
  /** Stands behind "no dead letters": "in any flow". */
  words: string;
}

const EVERY: FlowScope = { words: 'in any flow' };

const LONGEST_LIST = 10;

function unknownFlow(given: string, flows: OpenFlow[]): Error {
  const names = flows.flatMap(({ flow, flowName }) => [flow, ...(flowName ? [flowName] : [])]);
  const list = sorted(flows)
    .slice(0, LONGEST_LIST)
    .map(({ flow, flowName }) => (flowName ? `${flowName} (${flow})` : flow));
  const more = flows.length > list.length ? ` and ${flows.length - list.length} more` : '';
  return validationError(
    `The ledger has no flow "${given}".${didYouMean(given, names)}`,
    flows.length > 0
      ? `Choose All Flows or one of those that the ledger has under Flow: ${list.join(', ')}${more}.`
      : 'The ledger has no records yet. Check that Ledger is the same here as in the Claim node.',
  );
}

/** By its own name, or by the one that people know it by. */
export function flowNamed<Flow extends { flow: string; flowName?: string }>(
  flows: readonly Flow[],
  given: string,
): Flow | undefined {
  return (
    flows.find(({ flow }) => flow === given) ?? flows.find(({ flowName }) => flowName === given)
  );
}

async function namedFlow(ledger: Ledger, given: string): Promise<FlowScope> {
  const flows = await ledger.flows();
  const found = flowNamed(flows, given);
  if (!found) throw unknownFlow(given, flows);
  return { flow: found.flow, words: `of the flow "${found.flowName ?? found.flow}"` };
}

function thisWorkflow(context: IExecuteFunctions): FlowScope {
  return { flow: flowOf(context), words: 'of this workflow' };
}

function formerScope(context: IExecuteFunctions): FlowScope {
  const flow = flowScopeOf(context);
  return flow === undefined ? EVERY : { flow, words: `of the flow "${flow}"` };
}

/** What the node is set to. Throws where it is set to a flow that the ledger does not have. */
export async function scopeOf(context: IExecuteFunctions, ledger: Ledger): Promise<FlowScope> {
  if ((context.getNode().typeVersion ?? 1) < FLOWS_FROM_LEDGER) return formerScope(context);
  const given = String(sameForAll(context, flowsField, ALL_FLOWS) ?? '').trim();
  if (given === ALL_FLOWS) return EVERY;
  return given === THIS_WORKFLOW || given === ''
    ? thisWorkflow(context)
    : await namedFlow(ledger, given);
}

/** The ledger, and whose records are meant. */
export async function openScoped(
  context: IExecuteFunctions,
): Promise<{ ledger: Ledger; scope: FlowScope }> {
  const ledger = await ledgerOf(context);
  return { ledger, scope: await scopeOf(context, ledger) };
}

/** Says below the output of the node what its items do not. */
export function hint(context: IExecuteFunctions, message: string): void {
  context.addExecutionHints({ message, type: 'info', location: 'outputPane' });
}

/** That nothing was found in these states, or in any; and where a person has looked in one flow alone, how much lies in the others. */
export async function hintNothing(
  context: IExecuteFunctions,
  { ledger, scope }: { ledger: Ledger; scope: FlowScope },
  { what, states }: { what: string; states?: OpenState[] },
): Promise<void> {
  const count = async () =>
    states ? recordsIn(await ledger.flows(), states) : await ledger.count();
  const elsewhere = scope.flow === undefined ? 0 : await count();
  const others =
    elsewhere > 0 ? ` Other flows have ${elsewhere}: choose All Flows to see them.` : '';
  hint(context, `No ${what} ${scope.words}.${others}`);
}
