/** The dialog of each credential type, which tests the connection when it opens. */
import { credentialData, type World } from '../../../scripts/n8n/world';
import type { Editor } from '../editor';
import type { Report } from '../report';

const SUCCESS = '[data-test-id="credentials-config-container-test-success"]';

interface Dialog {
  type: string;
  name: string;
  data: object;
}

function dialogs({ sandbox }: World): Dialog[] {
  const known = Object.entries(credentialData(sandbox)).map(([type, rest]) => ({ type, ...rest }));
  const ledger = {
    type: 'syncLedgerApi',
    name: 'Sync Ledger sandbox',
    data: { file: '', encryptionSecret: 'only for this sandbox', formerEncryptionSecret: '' },
  };
  return [...known, ledger];
}

export async function checkCredentials(
  report: Report,
  editor: Editor,
  world: World,
): Promise<void> {
  for (const { type, name, data } of dialogs(world)) {
    const credential = await world.api.createCredential(type, name, data);
    await report.check(`Credential ${name}: test`, editor, async () => {
      const { status, message } = await world.api.testCredential(type, credential, data);
      if (status !== 'OK') throw new Error(message);
    });
    await report.check(`Credential ${name}: dialog`, editor, async () => {
      await editor.show(`/home/credentials/${credential.id}`, SUCCESS);
      await editor.page.locator(SUCCESS).waitFor();
      await editor.shot(`Credential ${name}`);
    });
  }
}
