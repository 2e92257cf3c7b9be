import type { IExecuteFunctions, INodeProperties, IPollFunctions } from 'n8n-workflow';

import { sameForAll } from '../../shared/parameters';

/** Records of one flow are kept apart from those of others: each flow sends the same record once. */
export const flowField: INodeProperties = {
  displayName: 'Flow',
  name: 'flow',
  type: 'string',
  default: '',
  placeholder: 'e.g. orders to Dynamics',
  description:
    'Name under which the ledger keeps the records of this synchronization apart from others. Use the same name in all Sync Ledger nodes that belong together. Leave empty for this workflow alone (its ID).',
};

export const allFlowsField: INodeProperties = {
  displayName: 'All Flows',
  name: 'allFlows',
  type: 'boolean',
  default: false,
  description: 'Whether to take the records of all flows instead of only one',
};

/** Of which flow the trigger hands out records. */
export const flowScopeFields: INodeProperties[] = [
  allFlowsField,
  {
    ...flowField,
    displayOptions: { show: { allFlows: [false] } },
    description:
      'The flow whose records are meant, by the name that its Claim node gives it. Leave empty for this workflow alone (its ID); for records of another workflow enter its flow, or turn on All Flows.',
  },
];

type Context = IExecuteFunctions | IPollFunctions;

function parameterOf(context: Context, name: string): unknown {
  // A poll has no items, so its context takes the fallback where the other takes an index.
  return 'getInputData' in context
    ? sameForAll(context, name, '')
    : context.getNodeParameter(name, '');
}

/** The flow that the node works for; the same for all items. */
export function flowOf(context: Context): string {
  const named = String(parameterOf(context, 'flow') ?? '').trim();
  const { id, name } = context.getWorkflow();
  return named || id || name || 'default';
}

/**
 * What people know the flow by, where nobody has named it: the workflow's own name. A flow that was named says it with
 * its workflow, because one workflow may have several.
 */
export function flowNameOf(context: Context): string | undefined {
  const flow = flowOf(context);
  const { id, name } = context.getWorkflow();
  if (!name || flow === name) return undefined;
  return flow === id ? name : `${flow} (${name})`;
}

/** undefined: all flows. */
export function flowScopeOf(context: Context): string | undefined {
  return parameterOf(context, 'allFlows') === true ? undefined : flowOf(context);
}
