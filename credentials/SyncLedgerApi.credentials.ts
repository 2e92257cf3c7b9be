import type { ICredentialType, INodeProperties } from 'n8n-workflow';

import { secret, text } from './shared/fields';
import { iconsOf } from './shared/icons';

/** Where the ledger lies and how its payloads are encrypted. Nodes work without it: file below n8n's user folder. */
export class SyncLedgerApi implements ICredentialType {
  name = 'syncLedgerApi';

  displayName = 'Sync Ledger API';

  icon = iconsOf('SyncLedger/syncLedger');

  documentationUrl =
    'https://github.com/n8n-nodes-dynamics-commerce/n8n-nodes-dynamics-commerce/blob/main/docs/credentials.md#sync-ledger';

  properties: INodeProperties[] = [
    text('Database File', 'file', {
      placeholder: 'e.g. /data/ledger.sqlite',
      description:
        'Whole path of the SQLite file, on a local disk. Leave empty to keep it in the user folder of n8n, as dynamics-commerce/ledger.sqlite.',
    }),
    secret('Encryption Key', 'encryptionSecret', {
      description:
        'Passphrase that documents waiting to be sent again are encrypted with. Keep it safe elsewhere too: without it they cannot be read. Leave empty to store them in plain text.',
    }),
    secret('Former Encryption Key', 'formerEncryptionSecret', {
      description:
        'The key used before, after you changed it: what was stored with it stays readable',
    }),
  ];
}
