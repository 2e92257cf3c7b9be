import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { whereChosen } from '../shared/credentials';
import { resourceNode } from '../shared/records/node';
import { searchMethods } from '../shared/records/search';
import { SIGN_INS } from './connection';
import * as locators from './locators';
import * as credentialTest from './methods/credentialTest';
import * as events from './methods/events';
import * as statuses from './methods/statuses';
import { resources } from './resources';

const node = resourceNode(resources, 'order', { ways: SIGN_INS });

export class ThreeDCart implements INodeType {
  description: INodeTypeDescription = {
    ...node.description,
    displayName: '3dcart (Shift4Shop)',
    name: 'threeDCart',
    icon: { light: 'file:threeDCart.svg', dark: 'file:threeDCart.dark.svg' },
    subtitle: node.description.subtitle,
    description: 'Read and write orders, products, customers and stock of a 3dcart store',
    defaults: { name: '3dcart' },
    usableAsTool: true,
    credentials: [
      {
        name: 'threeDCartApi',
        testedBy: 'threeDCartTest',
        ...whereChosen(SIGN_INS, 'threeDCartApi'),
      },
      { name: 'threeDCartOAuth2Api', ...whereChosen(SIGN_INS, 'threeDCartOAuth2Api') },
    ],
  };

  methods = {
    credentialTest: { ...credentialTest },
    listSearch: searchMethods(locators),
    loadOptions: { ...statuses, ...events },
  };

  execute = node.execute;
}
