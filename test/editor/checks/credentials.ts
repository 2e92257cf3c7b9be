/**
 * The dialog of each credential type, which tests the connection when it opens; and what it says where a value is
 * wrong, which has to be a sentence that names the repair.
 */
import type { World } from '../../../scripts/n8n/world';
import type { Editor } from '../editor';
import type { Report } from '../report';

const SUCCESS = '[data-test-id="credentials-config-container-test-success"]';

interface Dialog {
  type: string;
  name: string;
  data: object;
}

function dialogs({ sandbox }: World): Dialog[] {
  const known = Object.entries(sandbox.credentials).map(([type, rest]) => ({ type, ...rest }));
  const ledger = {
    type: 'syncLedgerApi',
    name: 'Sync Ledger sandbox',
    data: { file: '', encryptionSecret: 'only for this sandbox', formerEncryptionSecret: '' },
  };
  return [...known, ledger];
}

/** One wrong value each, and the field or place that the message has to name. */
const mistakes: Array<{ type: string; change: object; names: RegExp }> = [
  { type: 'dynamicsDataverseApi', change: { clientSecret: 'wrong' }, names: /Client Secret/ },
  { type: 'dynamicsDataverseApi', change: { tenantId: 'common' }, names: /Tenant ID/ },
  { type: 'xCartApi', change: { apiKey: 'wrong' }, names: /API Key/ },
  { type: 'xCartApi', change: { storeUrl: 'shop.example' }, names: /Store URL/ },
  { type: 'xCartApi', change: { storeUrl: 'https://127.0.0.1:1' }, names: /Store URL/ },
  { type: 'syncLedgerApi', change: { file: 'ledger.sqlite' }, names: /Database File/ },
];

async function checkMistakes(report: Report, world: World): Promise<void> {
  for (const { type, change, names } of mistakes) {
    const known = dialogs(world).find((dialog) => dialog.type === type);
    const data = { ...known?.data, ...change };
    const what = `${type} with a wrong ${Object.keys(change).join()}`;
    await report.check(`Credential ${what}: says what to repair`, undefined, async () => {
      const credential = await world.api.createCredential(type, what, data);
      const { status, message } = await world.api.testCredential(type, credential, data);
      if (status === 'OK' || !names.test(message)) throw new Error(`${status}: ${message}`);
    });
  }
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
      if (type === 'dynamicsDataverseApi')
        await editor.picture(
          'credential',
          editor.page.locator('[data-test-id="credential-edit-dialog"]'),
        );
    });
  }
  await checkMistakes(report, world);
}
