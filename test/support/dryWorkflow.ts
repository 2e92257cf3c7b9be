/** Workflows of ledger nodes, a node that writes and n8n's own, some of them dry. */
import type {
  IDataObject,
  INode,
  INodeExecutionData,
  INodeType,
  WorkflowExecuteMode,
} from 'n8n-workflow';

import { currentDryRun } from '../../core/dryRun';
import { ServiceError } from '../../core/errors';
import { withResult } from '../../nodes/shared/input';
import { describeOperations, type Operation } from '../../nodes/shared/operation';
import { run } from '../../nodes/shared/run';
import { eachOf, itemSteps } from '../../nodes/shared/steps';
import { SyncLedger } from '../../nodes/SyncLedger/SyncLedger.node';
import { runWorkflow, START_TYPE, type WorkflowRun } from '../engine';

/** Numbers of the orders that the node which writes has written in this test. */
export const written: unknown[] = [];
beforeEach(() => written.splice(0));

const named = (name: string) => ({
  ...{ displayName: name, name, description: name, defaults: { name }, version: 1 },
  group: ['transform' as const],
  inputs: ['main' as const],
});

const writing: Operation = {
  ...{ name: 'Write', value: 'write', action: 'Write', description: 'Write', properties: [] },
  start: () =>
    itemSteps<IDataObject, object>({
      prepare: ({ json }) => json,
      run: eachOf(1, ({ order_number: id, total }) => {
        const dryRun = currentDryRun();
        if (total === 'bad' || (total === 'bad if dry' && dryRun)) {
          throw new ServiceError('No such product', { class: 'validation' });
        }
        dryRun?.note({ action: 'create', system: 'Dataverse', table: 'salesorder' });
        if (!dryRun) written.push(id);
        return {};
      }),
      output: (item, _, index) => withResult(item, 'salesorder', { id: 'planned' }, index),
    }),
};

const writes: INodeType = {
  description: {
    ...named('writes'),
    outputs: ['main'],
    properties: describeOperations([writing]),
  },
  async execute() {
    return await run(this, writing);
  },
};

/** Lets pass what n8n's own nodes let pass, without the marks of this package other than the claim. */
const drops: INodeType = {
  description: { ...named('drops'), outputs: ['main'], properties: [] },
  async execute() {
    return [
      this.getInputData().map(({ json: { dryRun: _, ...json } }, item) => ({
        json,
        pairedItem: { item },
      })),
    ];
  },
};

/** Puts back the claim of the node "Real", as an expression of a person would. */
const restores: INodeType = {
  description: { ...named('restores'), outputs: ['main'], properties: [] },
  async execute() {
    return [
      this.getInputData().map(({ json }, item) => ({
        json: { ...json, claim: this.evaluateExpression('{{ $("Real").item.json.claim }}', item) },
        pairedItem: { item },
      })) as INodeExecutionData[],
    ];
  },
};

/** First output: the first item; second: the others. */
const splits: INodeType = {
  description: { ...named('splits'), outputs: ['main', 'main'], properties: [] },
  async execute() {
    const [first, ...others] = this.getInputData();
    return [first ? [first] : [], others];
  },
};

const PASSING = { drops, splits, restores };

export type Kind =
  'claim' | 'complete' | 'fail' | 'hold' | 'setWatermark' | 'writes' | keyof typeof PASSING;

export const PARAMETERS: Partial<Record<Kind, IDataObject>> = {
  complete: { targetIdField: 'salesorder.id', targetTable: 'salesorder' },
  hold: { reasonFrom: 'text', reason: 'Not paid' },
  setWatermark: { value: '2026-01-01T00:00:00Z' },
};

function nodeOf(name: string, [kind, parameters]: [Kind, IDataObject?]) {
  if (kind in PASSING) return { name, type: `x.${kind}`, parameters: {} };
  const isWriter = kind === 'writes';
  return {
    name,
    type: isWriter ? 'x.writes' : 'x.syncLedger',
    parameters: {
      operation: isWriter ? 'write' : kind,
      ...PARAMETERS[kind],
      ...parameters,
    } as INode['parameters'],
    ...(isWriter && { onError: 'continueErrorOutput' as const }),
  };
}

export const DRY = { dryRun: true };

/** @param ways chains of the names of nodes, each from the Start on; `name 1` goes on by the second output of a node */
export async function workflow(
  nodes: Record<string, [Kind, IDataObject?]>,
  ways: string[],
  input: object[],
  mode: WorkflowExecuteMode = 'trigger',
): Promise<WorkflowRun> {
  const connections: Record<
    string,
    { main: Array<Array<{ node: string; type: 'main'; index: 0 }>> }
  > = {};
  for (const way of ways) {
    const steps = ['Start', ...way.split(' > ')].map((step) => step.split(' '));
    for (const [at, [node = '']] of steps.slice(1).entries()) {
      const [from = '', output = '0'] = steps[at] ?? [];
      const { main } = (connections[from] ??= { main: [[], []] });
      const list = main[Number(output)] ?? [];
      if (!list.some((one) => one.node === node)) list.push({ node, type: 'main', index: 0 });
    }
  }
  return await runWorkflow({
    mode,
    workflow: {
      nodes: [
        { name: 'Start', type: START_TYPE, parameters: {} },
        ...Object.entries(nodes).map(([name, one]) => nodeOf(name, one)),
      ],
      connections,
    },
    nodeTypes: {
      'x.syncLedger': new SyncLedger(),
      'x.writes': writes,
      'x.drops': drops,
      'x.splits': splits,
      'x.restores': restores,
    },
    input,
  });
}
