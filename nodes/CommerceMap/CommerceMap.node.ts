import type {
  IExecuteFunctions,
  INodeExecutionData,
  INodeType,
  INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { chosenFrom, describeOperations } from '../shared/operation';
import { run } from '../shared/run';
import { CREDENTIAL } from '../Dynamics365/connection';
import { LIFELESS_DOCUMENTS } from './columns/live';
import { resourceMapping } from './columns/schema';
import { MAPPED_BY_DEFAULT } from './fields/source';
import { loadOptions } from './methods';
import { operations } from './operations';
import { mappingSubtitle } from './presetFields';
import { slowHint } from './slowHint';

/** n8n works this out in the editor too, so it must stand alone: it may use nothing but the parameters. */
const outputsOf = (parameters: { operation?: string }): unknown[] =>
  parameters.operation === 'route'
    ? [
        { type: 'main', displayName: 'Write' },
        { type: 'main', displayName: 'Refund' },
        { type: 'main', displayName: 'Cancel' },
        { type: 'main', displayName: 'Hold' },
      ]
    : [{ type: 'main' }];

export class CommerceMap implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Commerce Map',
    name: 'commerceMap',
    icon: { light: 'file:commerceMap.svg', dark: 'file:commerceMap.dark.svg' },
    group: ['transform'],
    version: [1, MAPPED_BY_DEFAULT],
    subtitle: mappingSubtitle,
    description:
      'Turn orders, customers and products of a shop into those of Dynamics 365, and decide by the state of an order what becomes of it',
    defaults: { name: 'Commerce Map' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    credentials: [
      {
        name: CREDENTIAL,
        required: false,
        // With "show" n8n takes Operation and To for ways to sign in, and shows neither.
        displayOptions: { hide: { operation: ['route'], to: LIFELESS_DOCUMENTS } },
      },
    ],
    outputs: `={{(${outputsOf.toString()})($parameter)}}`,
    hints: [slowHint],
    properties: describeOperations(operations),
  };

  methods = { loadOptions, resourceMapping };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await run(this, chosenFrom(this, operations));
  }
}
