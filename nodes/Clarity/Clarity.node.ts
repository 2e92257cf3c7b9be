import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { resourceNode } from '../shared/records/node';
import { searchMethods } from '../shared/records/search';
import * as locators from './locators';
import * as credentialTest from './methods/credentialTest';
import * as statuses from './methods/statuses';
import { resources } from './resources';

const node = resourceNode(resources, 'order');

export class Clarity implements INodeType {
  description: INodeTypeDescription = {
    ...node.description,
    displayName: 'Clarity eCommerce',
    name: 'clarity',
    icon: { light: 'file:clarity.svg', dark: 'file:clarity.dark.svg' },
    subtitle: node.description.subtitle,
    description: 'Read and write orders, products, customers and stock of a Clarity store',
    defaults: { name: 'Clarity eCommerce' },
    usableAsTool: true,
    credentials: [{ name: 'clarityApi', required: true, testedBy: 'clarityTest' }],
  };

  methods = {
    credentialTest: { ...credentialTest },
    listSearch: searchMethods(locators),
    loadOptions: { ...statuses },
  };

  execute = node.execute;
}
