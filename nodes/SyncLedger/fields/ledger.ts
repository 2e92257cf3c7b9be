import type { ICredentialsDisplayOptions, INodeProperties } from 'n8n-workflow';

export const LEDGER_CREDENTIAL = 'syncLedgerApi';

/** From this version on an operation that looks at the ledger takes all flows, or one that is chosen from it. */
export const FLOWS_FROM_LEDGER = 1.2;

/** Nodes of version 1 always show the credential, which need not be chosen; newer ones ask first which ledger it is. */
export const LEDGER_VERSIONS = [1, 1.1, FLOWS_FROM_LEDGER];

/** Values of the parameter `ledger`. */
export const FROM_CREDENTIAL = 'credential';
const DEFAULT_FILE = 'default';

/**
 * Which ledger the node works on. n8n asks to connect wherever a credential is shown, and takes one by itself where
 * there is only one of its type: a node whose credential nobody needs must not show it, or Claim and Complete end up
 * on two ledgers. A new version of the nodes, because n8n drops what is not shown when a workflow is saved.
 */
export const ledgerFields: INodeProperties[] = [
  {
    displayName: 'Ledger',
    name: 'ledger',
    type: 'hidden',
    default: FROM_CREDENTIAL,
    displayOptions: { show: { '@version': [1] } },
  },
  {
    displayName: 'Ledger',
    name: 'ledger',
    type: 'options',
    noDataExpression: true,
    options: [
      {
        name: 'Default File',
        value: DEFAULT_FILE,
        description: 'In the user folder of n8n: nothing to set up',
      },
      {
        name: 'From Credential',
        value: FROM_CREDENTIAL,
        description: 'Another file, or one with encrypted documents',
      },
    ],
    default: DEFAULT_FILE,
    description:
      'Where the records are kept. Choose the same in all Sync Ledger nodes and triggers that belong together.',
    displayOptions: { show: { '@version': [{ _cnd: { gte: 1.1 } }] } },
  },
];

/** When the nodes show their credential. */
export const LEDGER_CREDENTIAL_SHOWN: ICredentialsDisplayOptions = {
  show: { ledger: [FROM_CREDENTIAL] },
};
