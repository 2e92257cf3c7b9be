import type {
  INodeExecutionData,
  INodeType,
  INodeTypeDescription,
  IPollFunctions,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { syncLedgerTest } from '../SyncLedger/connection';
import { LEDGER_CREDENTIAL_SHOWN } from '../SyncLedger/fields/ledger';
import { getFlows } from '../SyncLedger/fields/scope';
import { pollDead } from './dead';
import { pollDue } from './poll';
import { DEAD, DUE, properties } from './properties';
import { TRIGGER_VERSIONS } from './scope';

export class SyncLedgerTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Sync Ledger Trigger',
    name: 'syncLedgerTrigger',
    icon: { light: 'file:syncLedger.svg', dark: 'file:syncLedger.dark.svg' },
    group: ['trigger'],
    version: TRIGGER_VERSIONS,
    subtitle: `={{ $parameter["event"] === "${DEAD}" ? "New failures" : "Retries due" }}`,
    description:
      'Starts the workflow with records that are due to be sent again, or with what has just been given up or is held by a fault of the mapping',
    eventTriggerDescription: 'Waiting for records of the ledger',
    activationMessage: 'Records of the ledger will be put out from now on.',
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

  methods = { credentialTest: { syncLedgerTest }, loadOptions: { getFlows } };

  async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
    const isDead = this.getNodeParameter('event', DUE) === DEAD;
    return await (isDead ? pollDead : pollDue).call(this);
  }
}
