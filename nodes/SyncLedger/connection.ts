import type {
  ICredentialsDecrypted,
  ICredentialTestFunctions,
  IExecuteFunctions,
  ILoadOptionsFunctions,
  INodeCredentialTestResult,
  IPollFunctions,
} from 'n8n-workflow';

import { toServiceError, validationError } from '../../core/errors';
import type { Ledger } from '../../core/ledger/ledger';
import { createLedger, defaultLedgerFile, openLedger } from '../../core/ledger/open';
import type { Open } from '../shared/connection';
import { FROM_CREDENTIAL, LEDGER_CREDENTIAL } from './fields/ledger';

interface LedgerCredential {
  file?: string;
  encryptionSecret?: string;
  formerEncryptionSecret?: string;
}

const settingsOf = (credential: LedgerCredential) => ({
  file: credential.file,
  encryptionKey: credential.encryptionSecret,
  formerEncryptionKey: credential.formerEncryptionSecret,
});

/**
 * The ledger that the node is connected to; one connection for all nodes of the process. The default file lies in n8n's
 * user folder, unencrypted: it works at once.
 */
export const ledgerOf: Open<
  Ledger,
  never,
  IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions
> = async (context) => {
  const { credentials, parameters, typeVersion } = context.getNode();
  if (parameters.ledger !== FROM_CREDENTIAL) return await openLedger();
  if (!credentials?.[LEDGER_CREDENTIAL]) {
    if (typeVersion === 1) return await openLedger();
    throw validationError(
      'Ledger is set to From Credential, but no credential is chosen',
      'Choose a Sync Ledger credential in this node, or set Ledger to Default File.',
    );
  }
  const credential = await context.getCredentials<LedgerCredential>(LEDGER_CREDENTIAL);
  return await openLedger(settingsOf(credential));
};

/**
 * Opens the file as a node would, and reads from it. Not as the ledger of this process: what is tried may never be saved,
 * and nothing may be sealed with a key that nobody has kept.
 */
export async function syncLedgerTest(
  this: ICredentialTestFunctions,
  credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
  const settings: LedgerCredential = credential.data ?? {};
  let ledger: Ledger | undefined;
  try {
    ledger = await createLedger(settingsOf(settings));
    const records = await ledger.count();
    const file = settings.file?.trim() || defaultLedgerFile();
    return { status: 'OK', message: `The ledger ${file} is open and holds ${records} records` };
  } catch (error) {
    const { message, fix } = toServiceError(error);
    return { status: 'Error', message: fix ? `${message}. ${fix}` : message };
  } finally {
    await ledger?.close();
  }
}
