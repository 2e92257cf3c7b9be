import type {
  IExecuteFunctions,
  INodeExecutionData,
  INodeType,
  INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { chosenOperation, describeResources, resourcesSubtitle } from '../shared/operation';
import { run } from '../shared/run';
import * as credentialTest from './methods/credentialTest';
import * as listSearch from './methods/search';
import * as loadOptions from './methods/statuses';
import { resources } from './resources';

/** The list is in the order of the alphabet, and begins with what most people want. */
const properties = describeResources(resources).map((property) =>
  property.name === 'resource' ? { ...property, default: 'order' } : property,
);

export class XCart implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'X-Cart',
    name: 'xCart',
    icon: { light: 'file:xcart.svg', dark: 'file:xcart.dark.svg' },
    group: ['input'],
    version: 1,
    subtitle: resourcesSubtitle(resources),
    description: 'Read and write orders, products, customers and stock of an X-Cart store',
    defaults: { name: 'X-Cart' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'xCartApi', required: true, testedBy: 'xCartTest' }],
    properties,
  };

  methods = {
    credentialTest: { ...credentialTest },
    listSearch: { ...listSearch },
    loadOptions: { ...loadOptions },
  };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await run(this, chosenOperation(this, resources));
  }
}
