/** Which ledger a node works on: the credential is there where it is wanted, and in nodes of version 1. */
import type { World } from '../../../scripts/n8n/world';
import { PACK, type Template, TemplateBuilder } from '../../../workflows/builder';
import type { Editor } from '../editor';
import type { Report } from '../report';
import { importShown } from './workflows';

const TYPE = 'syncLedgerApi';
const NAMES = ['From Credential', 'Saved as version 1'] as const;

function workflow(credential: { id: string; name: string }): Template {
  const [wanted, old] = NAMES;
  const template = new TemplateBuilder('Ledger of a credential', 'ed17c0dc')
    .node(wanted, `${PACK}.syncLedger`, [0, 0], {
      typeVersion: 1.1,
      credential: TYPE,
      parameters: { ledger: 'credential', operation: 'statistics' },
    })
    .node(old, `${PACK}.syncLedger`, [1, 0], {
      credential: TYPE,
      parameters: { operation: 'statistics' },
    })
    .build();
  for (const node of template.nodes) node.credentials = { [TYPE]: credential };
  return template;
}

export async function checkLedger(report: Report, editor: Editor, world: World): Promise<void> {
  const data = { file: '', encryptionSecret: 'made up', formerEncryptionSecret: '' };
  const credential = await world.api.createCredential(TYPE, 'Encrypted ledger', data);
  const { id, title } = await importShown(world, workflow(credential));
  for (const name of NAMES) {
    await report.check(`${title} → ${name}`, editor, async () => {
      await editor.showWorkflow(id);
      await editor.openNode(name);
      await editor.shot(`${title}--${name}`);
      const chosen = editor.page.locator('[data-test-id="node-credentials-slot"]:visible input');
      const value = await chosen.first().inputValue();
      await editor.closeNode();
      if (value !== credential.name) throw new Error(`The credential shown is "${value}"`);
    });
  }
}
