/** A workflow as a whole, and the panel of each of its nodes, with a screenshot of each. */
import type { Workflow } from '../../../scripts/n8n/api';
import type { World } from '../../../scripts/n8n/world';
import type { Template, TemplateNode } from '../../../workflows/builder';
import type { Editor } from '../editor';
import type { Report } from '../report';
import { expectLabelledOutputs, expectSoundNodes } from './canvas';

export interface Shown {
  id: string;
  workflow: Template;
  /** Begins the names of the screenshots. */
  title: string;
}

function working({ nodes }: Template): TemplateNode[] {
  return nodes.filter(({ type }) => !type.endsWith('.stickyNote'));
}

export function nodeNames(workflow: Template): string[] {
  return working(workflow).map(({ name }) => name);
}

export async function importShown(world: World, workflow: Template): Promise<Shown> {
  const id = await world.importWorkflow(JSON.parse(JSON.stringify(workflow)) as Workflow);
  return { id, workflow, title: workflow.name };
}

export async function checkCanvas(report: Report, editor: Editor, shown: Shown): Promise<void> {
  await report.check(shown.title, editor, async () => {
    await editor.showWorkflow(shown.id);
    await editor.shot(shown.title);
    const names = nodeNames(shown.workflow);
    await expectSoundNodes(editor, names);
    await expectLabelledOutputs(editor, names);
  });
}

/** A node that is given no credential needs none, and must not look as if it did. */
async function expectNoNeedlessCredential(editor: Editor, node: TemplateNode): Promise<void> {
  if (node.credentials) return;
  const asked = await editor.page.locator('[data-test-id="node-credentials-slot"]:visible').count();
  if (asked > 0) throw new Error('A credential is asked for that is not needed');
}

async function expectSoundPanel(editor: Editor, title: string, node: TemplateNode) {
  await editor.shot(`${title}--${node.name}`);
  await expectNoNeedlessCredential(editor, node);
  const wrong = await editor.page.locator('[data-test-id="parameter-issues"]:visible').count();
  if (wrong > 0) throw new Error(`${wrong} fields are marked as wrong`);
}

/** Every field is there and none is marked as wrong. */
export async function checkPanels(
  report: Report,
  editor: Editor,
  { title, workflow }: Shown,
): Promise<void> {
  for (const node of working(workflow)) {
    await report.check(`${title} → ${node.name}`, editor, async () => {
      await editor.openNode(node.name);
      await expectSoundPanel(editor, title, node);
      await editor.closeNode();
    });
  }
}

/** The same of hundreds of nodes: the first panel is opened by the mouse, and from there one goes on to the next. */
export async function turnPanels(
  report: Report,
  editor: Editor,
  { id, title, workflow }: Shown,
): Promise<void> {
  for (const [index, node] of working(workflow).entries()) {
    await report.check(`${title} → ${node.name}`, editor, async () => {
      if (index === 0) await editor.openNode(node.name);
      else await editor.turnTo(id, node);
      await expectSoundPanel(editor, title, node);
    });
  }
}
