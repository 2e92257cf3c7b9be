import type { ICredentialType, INodeProperties } from 'n8n-workflow';

/** Where the ledger lies and how its payloads are encrypted. Nodes work without it: file below n8n's user folder. */
export class SyncLedgerApi implements ICredentialType {
  name = 'syncLedgerApi';

  displayName = 'Sync Ledger API';

  documentationUrl =
    'https://github.com/n8n-nodes-dynamics-commerce/n8n-nodes-dynamics-commerce/blob/main/docs/credentials.md#sync-ledger';

  icon = {
    light: 'file:../nodes/SyncLedger/syncLedger.svg',
    dark: 'file:../nodes/SyncLedger/syncLedger.dark.svg',
  } as const;

  properties: INodeProperties[] = [
    {
      displayName: 'Database File',
      name: 'file',
      type: 'string',
      default: '',
      placeholder: 'e.g. /data/ledger.sqlite',
      description:
        'Whole path of the SQLite file, on a local disk. Leave empty to keep it in the user folder of n8n, as dynamics-commerce/ledger.sqlite.',
    },
    {
      displayName: 'Encryption Key',
      name: 'encryptionSecret',
      type: 'string',
      typeOptions: { password: true },
      default: '',
      description:
        'Passphrase that documents waiting to be sent again are encrypted with. Keep it safe elsewhere too: without it they cannot be read. Leave empty to store them in plain text.',
    },
    {
      displayName: 'Former Encryption Key',
      name: 'formerEncryptionSecret',
      type: 'string',
      typeOptions: { password: true },
      default: '',
      description:
        'The key used before, after you changed it: what was stored with it stays readable',
    },
  ];
}
