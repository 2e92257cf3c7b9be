import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { resourceNode } from '../shared/records/node';
import { searchMethods } from '../shared/records/search';
import { SIGN_INS } from './connection';
import * as locators from './locators';
import * as credentialTest from './methods/credentialTest';
import * as loadOptions from './methods/statuses';
import { moreLocators, resources } from './resources';

const node = resourceNode(resources, 'order', SIGN_INS);

export class XCart implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'X-Cart',
    name: 'xCart',
    icon: { light: 'file:xcart.svg', dark: 'file:xcart.dark.svg' },
    group: ['input'],
    version: 1,
    subtitle: node.subtitle,
    description: 'Read and write orders, products, customers and stock of an X-Cart store',
    defaults: { name: 'X-Cart' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [
      {
        name: 'xCartApi',
        required: true,
        testedBy: 'xCartTest',
        displayOptions: { show: { authentication: ['apiKey'] } },
      },
      {
        name: 'xCartOAuth2Api',
        required: true,
        displayOptions: { show: { authentication: ['oAuth2'] } },
      },
    ],
    properties: node.properties,
  };

  methods = {
    credentialTest: { ...credentialTest },
    listSearch: searchMethods({ ...locators, ...moreLocators }),
    loadOptions: { ...loadOptions },
  };

  execute = node.execute;
}
