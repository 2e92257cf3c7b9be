import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { resourceNode } from '../shared/records/node';
import { searchMethods } from '../shared/records/search';
import { SIGN_INS } from './connection';
import * as locators from './locators';
import * as credentialTest from './methods/credentialTest';
import * as events from './methods/events';
import * as statuses from './methods/statuses';
import { resources } from './resources';

const node = resourceNode(resources, 'order', SIGN_INS);

export class ThreeDCart implements INodeType {
  description: INodeTypeDescription = {
    displayName: '3dcart (Shift4Shop)',
    name: 'threeDCart',
    icon: { light: 'file:threeDCart.svg', dark: 'file:threeDCart.dark.svg' },
    group: ['input'],
    version: 1,
    subtitle: node.subtitle,
    description: 'Read and write orders, products, customers and stock of a 3dcart store',
    defaults: { name: '3dcart' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [
      {
        name: 'threeDCartApi',
        required: true,
        testedBy: 'threeDCartTest',
        displayOptions: { show: { authentication: ['privateKey'] } },
      },
      {
        name: 'threeDCartOAuth2Api',
        required: true,
        displayOptions: { show: { authentication: ['oAuth2'] } },
      },
    ],
    properties: node.properties,
  };

  methods = {
    credentialTest: { ...credentialTest },
    listSearch: searchMethods(locators),
    loadOptions: { ...statuses, ...events },
  };

  execute = node.execute;
}
