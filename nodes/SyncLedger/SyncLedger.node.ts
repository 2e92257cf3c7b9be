import type {
  IExecuteFunctions,
  INodeExecutionData,
  INodeType,
  INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import {
  chosenFrom,
  describeOperations,
  operationsSubtitle,
  withDryRun,
} from '../shared/operation';
import { run } from '../shared/run';
import { syncLedgerTest } from './connection';
import { LEDGER_CREDENTIAL_SHOWN, ledgerFields, LEDGER_VERSIONS } from './fields/ledger';
import { getFlows } from './fields/scope';
import { operations } from './operations';
import { getStores } from './operations/moveStore';

/** n8n works this out in the editor too, so it must stand alone: it may use nothing but the parameters. */
const outputsOf = (parameters: { operation?: string }): unknown[] => {
  switch (parameters.operation) {
    case 'claim':
      return [
        { type: 'main', displayName: 'Claimed' },
        { type: 'main', displayName: 'Skipped' },
      ];
    case 'findSource':
      return [
        { type: 'main', displayName: 'Found' },
        { type: 'main', displayName: 'Not Found' },
      ];
    default:
      return [{ type: 'main' }];
  }
};

/** Whoever looks at the canvas shall see that a workflow writes nothing. */
const subtitle = withDryRun(
  operationsSubtitle(operations),
  '$parameter["operation"] === "claim" && $parameter["dryRun"]',
);

export class SyncLedger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Sync Ledger',
    name: 'syncLedger',
    icon: { light: 'file:syncLedger.svg', dark: 'file:syncLedger.dark.svg' },
    group: ['transform'],
    version: LEDGER_VERSIONS,
    subtitle,
    description:
      'Remember what was sent where, so that nothing is lost, nothing is sent twice and failures are tried again',
    defaults: { name: 'Sync Ledger' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: `={{(${outputsOf.toString()})($parameter)}}`,
    credentials: [
      {
        name: 'syncLedgerApi',
        required: false,
        testedBy: 'syncLedgerTest',
        displayOptions: LEDGER_CREDENTIAL_SHOWN,
      },
    ],
    properties: [...ledgerFields, ...describeOperations(operations)],
  };

  methods = { credentialTest: { syncLedgerTest }, loadOptions: { getFlows, getStores } };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await run(this, chosenFrom(this, operations));
  }
}
