import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { whereChosen } from '../shared/credentials';
import { resourceNode } from '../shared/records/node';
import { searchMethods } from '../shared/records/search';
import { SIGN_INS } from './connection';
import * as locators from './locators';
import * as credentialTest from './methods/credentialTest';
import * as loadOptions from './methods/statuses';
import { moreLocators, resources } from './resources';

const node = resourceNode(resources, 'order', { ways: SIGN_INS, startsWithFirst: true });

export class XCart implements INodeType {
  description: INodeTypeDescription = {
    ...node.description,
    displayName: 'X-Cart',
    name: 'xCart',
    icon: { light: 'file:xcart.svg', dark: 'file:xcart.dark.svg' },
    subtitle: node.description.subtitle,
    description: 'Read and write orders, products, customers and stock of an X-Cart store',
    defaults: { name: 'X-Cart' },
    usableAsTool: true,
    credentials: [
      { name: 'xCartApi', testedBy: 'xCartTest', ...whereChosen(SIGN_INS, 'xCartApi') },
      { name: 'xCartOAuth2Api', ...whereChosen(SIGN_INS, 'xCartOAuth2Api') },
    ],
  };

  methods = {
    credentialTest: { ...credentialTest },
    listSearch: searchMethods({ ...locators, ...moreLocators }),
    loadOptions: { ...loadOptions },
  };

  execute = node.execute;
}
