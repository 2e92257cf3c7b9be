import type {
  INodeExecutionData,
  INodeType,
  INodeTypeDescription,
  IPollFunctions,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { syncLedgerTest } from '../SyncLedger/connection';
import { LEDGER_CREDENTIAL_SHOWN, LEDGER_VERSIONS } from '../SyncLedger/fields/ledger';
import { pollDue } from './poll';
import { properties } from './properties';

export class SyncLedgerTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Sync Ledger Trigger',
    name: 'syncLedgerTrigger',
    icon: { light: 'file:syncLedger.svg', dark: 'file:syncLedger.dark.svg' },
    group: ['trigger'],
    version: LEDGER_VERSIONS,
    subtitle: 'Retries due',
    description:
      'Starts the workflow with records that are due to be sent again; connect it to Sync Ledger: Claim',
    eventTriggerDescription: 'Waiting for records that are due',
    activationMessage: 'Records that are due to be sent again will be put out from now on.',
    defaults: { name: 'Sync Ledger Trigger' },
    polling: true,
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials: [
      {
        name: 'syncLedgerApi',
        required: false,
        testedBy: 'syncLedgerTest',
        displayOptions: LEDGER_CREDENTIAL_SHOWN,
      },
    ],
    properties,
  };

  methods = { credentialTest: { syncLedgerTest } };

  async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
    return await pollDue.call(this);
  }
}
