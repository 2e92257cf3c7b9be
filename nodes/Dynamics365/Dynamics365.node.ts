import {
  type IExecuteFunctions,
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
  NodeConnectionTypes,
} from 'n8n-workflow';

import { authenticationField, whereChosen } from '../shared/credentials';
import { chosenOperation, describeResources, resourcesSubtitle } from '../shared/operation';
import { run } from '../shared/run';
import { tableMethods } from '../shared/table/methods';
import { SIGN_INS } from './connection';
import { dataverseTest } from './credentialTest';
import { FOUND_ALIKE } from './keyFields';
import { resources } from './resources';
import { dataverseTables } from './tables';

export class Dynamics365 implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Dynamics 365',
    name: 'dynamics365',
    icon: { light: 'file:dynamics365.svg', dark: 'file:dynamics365.dark.svg' },
    group: ['input'],
    version: [1, FOUND_ALIKE],
    subtitle: resourcesSubtitle(resources),
    description: 'Read and write sales orders, customers, products and any table of Dataverse',
    defaults: { name: 'Dynamics 365' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [
      {
        name: 'dynamicsDataverseApi',
        testedBy: 'dataverseTest',
        ...whereChosen(SIGN_INS, 'dynamicsDataverseApi'),
      },
      {
        name: 'dynamicsDataverseOAuth2Api',
        ...whereChosen(SIGN_INS, 'dynamicsDataverseOAuth2Api'),
      },
    ],
    properties: [authenticationField(SIGN_INS), ...describeResources(resources)],
  };

  methods = { ...tableMethods(dataverseTables), credentialTest: { dataverseTest } };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await run(this, chosenOperation(this, resources));
  }
}
