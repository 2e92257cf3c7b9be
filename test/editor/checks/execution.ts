/** Running by hand, as a person does who tries a mapping. */
import type { World } from '../../../scripts/n8n/world';
import { PACK, type Template, TemplateBuilder } from '../../../workflows/builder';
import type { Editor } from '../editor';
import type { Report } from '../report';
import { importShown } from './workflows';

const ORDERS = 3;
const NODES = ['Latest orders', 'Map to sales orders', 'Take each once'] as const;

function workflow(): Template {
  const [orders, map, claim] = NODES;
  return new TemplateBuilder('Run by hand', 'ed17c0db')
    .node('When clicking Execute', 'n8n-nodes-base.manualTrigger', [0, 0])
    .node(orders, `${PACK}.xCart`, [1, 0], {
      credential: 'xCartApi',
      parameters: { resource: 'order', operation: 'getAll', limit: ORDERS, simplify: false },
    })
    .node(claim, `${PACK}.syncLedger`, [2, 1], {
      typeVersion: 1.1,
      parameters: { operation: 'claim', flow: 'run by hand' },
    })
    .node(map, `${PACK}.commerceMap`, [2, 0])
    .connect('When clicking Execute', orders)
    .connect(orders, map)
    .connect(orders, claim)
    .build();
}

/** The output pane says how many came out, above the table or, with several outputs, on the tab of each. */
async function expectItems(editor: Editor): Promise<void> {
  await editor.page
    .locator('[data-test-id="output-panel"]')
    .getByText(new RegExp(`^${ORDERS} items$|\\(${ORDERS} items\\)`))
    .first()
    .waitFor();
}

export async function checkExecution(report: Report, editor: Editor, world: World): Promise<void> {
  await world.control.placeOrders({ count: ORDERS });
  const { id, title } = await importShown(world, workflow());
  await report.check(`${title} → preview of what will come`, editor, async () => {
    await editor.showWorkflow(id);
    await editor.openNode(NODES[1]);
    await editor.page
      .locator('[data-test-id="ndv-input-panel"]')
      .getByText('order_number')
      .first()
      .waitFor();
    await editor.shot(`${title}--preview`);
    await editor.closeNode();
  });
  await report.check(`${title} → Execute workflow`, editor, async () => {
    await editor.showWorkflow(id);
    await editor.page.locator('[data-test-id="execute-workflow-button"]').click();
    for (const name of NODES)
      await editor.node(name).locator('[data-test-id="canvas-node-status-success"]').waitFor();
    await editor.shot(title);
  });
  for (const name of NODES) {
    await report.check(`${title} → ${name}: output`, editor, async () => {
      await editor.openNode(name);
      await editor.shot(`${title}--${name}`);
      await expectItems(editor);
      await editor.closeNode();
    });
  }
  // Claim, too: in a test run it takes nothing.
  for (const name of NODES) {
    await report.check(`${title} → ${name}: Execute step`, editor, async () => {
      await editor.openNode(name);
      const finished = editor.page.waitForResponse((answer) => /\/run(\?|$)/.test(answer.url()));
      await editor.page.locator('[data-test-id="node-execute-button"]').click();
      await finished;
      await editor.page.locator('[data-test-id="ndv-executing"]').waitFor({ state: 'hidden' });
      await editor.settled();
      await editor.shot(`${title}--${name}--step`);
      await expectItems(editor);
      await editor.closeNode();
    });
  }
}
