/** What may not be seen on a canvas: unknown nodes, nodes with a warning, nodes without their icon. */
import { waitUntil } from '../../../scripts/lib/wait';
import type { Editor } from '../editor';

interface NodeView {
  name: string;
  isUnknown: boolean;
  hasIssue: boolean;
  hasIcon: boolean;
}

async function nodesOn(editor: Editor): Promise<NodeView[]> {
  return await editor.page.locator('[data-test-id="canvas-node"]').evaluateAll((nodes) =>
    nodes.map((node) => {
      const icon = node.querySelector('.n8n-node-icon');
      const image = icon?.querySelector('img');
      return {
        name: node.getAttribute('data-node-name') ?? '',
        isUnknown: node.querySelector('[data-test-id="node-not-installed"]') !== null,
        hasIssue: node.querySelector('[data-test-id="node-issues"]') !== null,
        hasIcon: image
          ? image.complete && image.naturalWidth > 0
          : (icon?.querySelector('svg') ?? null) !== null,
      };
    }),
  );
}

/** A picture that has arrived is shown a moment later. */
const DRAWN_WITHIN_MS = 5_000;

export async function expectSoundNodes(editor: Editor, names: string[]): Promise<void> {
  let problems: string[] = [];
  const isSound = async () => {
    problems = await problemsOn(editor, names);
    return problems.length === 0;
  };
  if (!(await waitUntil(isSound, DRAWN_WITHIN_MS))) throw new Error(problems.join('; '));
}

async function problemsOn(editor: Editor, names: string[]): Promise<string[]> {
  const views = await nodesOn(editor);
  const named = (condition: (view: NodeView) => boolean) =>
    views.filter(condition).map(({ name }) => name);
  const found = {
    'not on the canvas': names.filter((name) => !views.some((view) => view.name === name)),
    'of an unknown type': named(({ isUnknown }) => isUnknown),
    'with a warning': named(({ hasIssue }) => hasIssue),
    'without its icon': named(({ hasIcon }) => !hasIcon),
  };
  return Object.entries(found).flatMap(([what, nodes]) =>
    nodes.length > 0 ? [`${what}: ${nodes.join(', ')}`] : [],
  );
}

/** Where several lines leave a node, each says what for. */
export async function expectLabelledOutputs(editor: Editor, names: string[]): Promise<void> {
  for (const name of names) {
    const handles = editor.node(name).locator('[data-test-id="canvas-node-output-handle"]');
    const labels = (await handles.allInnerTexts()).map((text) => text.trim());
    if (labels.length > 1 && labels.some((label) => label === ''))
      throw new Error(`outputs of ${name} without a label: ${labels.join(' | ')}`);
  }
}
