import type { INodeProperties } from 'n8n-workflow';

import { DRY_RUN, dryRunSwitch } from '../../shared/dryClaim';

const dryRun = dryRunSwitch(
  'Whether to try the whole workflow without writing anything, also while it is published. No record is taken, all nodes of this package after this one only say in the field dryRun of each item what they would write, and the ledger notes nothing.',
);

const dryRunNotice: INodeProperties = {
  displayName:
    '<b>Dry run: nothing is written.</b> Nodes of other packages, such as one that sends an e-mail, do what they always do: switch off those that must not run. Triggers of this package keep where they were, so that all that comes now comes again when Dry Run is turned off and the workflow is published: they see it where this node is in their own workflow, not in a sub-workflow. Not brought again is what is received by Webhook Only.',
  name: 'dryRunNotice',
  type: 'notice',
  default: '',
  displayOptions: { show: { [DRY_RUN]: [true] } },
};

export const dryRunFields: INodeProperties[] = [dryRun, dryRunNotice];
