/** Another operation, chosen as a person does: what was set before and belongs to both is still there, and saved. */
import { waitUntil } from '../../../scripts/lib/wait';
import type { World } from '../../../scripts/n8n/world';
import { PACK, type Template, TemplateBuilder } from '../../../workflows/builder';
import type { Editor } from '../editor';
import type { Report } from '../report';
import { importShown } from './workflows';

const TITLE = 'Another operation';
const SAVING_PATIENCE_MS = 15_000;

interface Switching {
  /** The node, with something in a list or a collection. */
  name: string;
  type: string;
  credential?: string;
  parameters: Record<string, unknown>;
  /** What the parameters hold, as it is saved. */
  holds: string;
  /** The operations that are chosen one after the other: as they are called, and as they are saved. */
  operations: ReadonlyArray<readonly [name: string, value: string]>;
  /** A resource locator in which a row is picked before. */
  picks?: string;
}

const switchings: Switching[] = [
  {
    name: 'A row',
    type: 'dynamics365',
    credential: 'dynamicsDataverseApi',
    parameters: { resource: 'product', operation: 'get', options: { batchSize: 7 } },
    holds: '"batchSize":7',
    picks: 'row',
    operations: [
      ['Update', 'update'],
      ['Create or Update', 'upsert'],
      ['Delete', 'delete'],
      ['Get', 'get'],
    ],
  },
  {
    name: 'A mapping',
    type: 'commerceMap',
    parameters: {
      operation: 'map',
      from: 'xcart.order',
      to: 'dataverse.salesorder',
      fieldOverrides: { rows: [{ target: 'salesorder.name', source: 'value', value: 'Web' }] },
    },
    holds: '"target":"salesorder.name"',
    // Not back again: n8n saves no default, so that nothing would say when Map Documents is saved.
    operations: [['Check Mapping', 'check']],
  },
];

const workflowOf = ({ name, type, credential, parameters }: Switching): Template =>
  new TemplateBuilder(`${TITLE}: ${name}`, 'ed17c0de')
    .node(name, `${PACK}.${type}`, [0, 0], { typeVersion: 1.1, credential, parameters })
    .build();

async function choose(editor: Editor, operation: string): Promise<void> {
  const { page } = editor;
  await editor.entriesOf(editor.field('operation'));
  const name = page.getByText(operation, { exact: true });
  await page.locator('.el-select-dropdown__item:visible').filter({ has: name }).click();
  await editor.settled();
}

async function rowIn(editor: Editor, parameter: string): Promise<string> {
  const locator = `[data-test-id="resource-locator-${parameter}"]`;
  return await editor.page
    .locator(`${locator} [data-test-id="rlc-input-container"] input`)
    .inputValue();
}

async function pick(editor: Editor, parameter: string): Promise<string> {
  const [first = ''] = await editor.listOf(parameter);
  await editor.page.locator('[data-test-id="rlc-item"]:visible').first().click();
  await editor.settled();
  return first.trim();
}

/** The parameters as n8n has saved them, in one text. */
async function savedOf(world: World, id: string): Promise<string> {
  const { nodes } = await world.api.json<Template>('GET', `/rest/workflows/${id}`);
  return JSON.stringify(nodes[0]?.parameters);
}

async function checkOne(editor: Editor, world: World, switching: Switching): Promise<void> {
  const { name, operations, picks, holds } = switching;
  const { id } = await importShown(world, workflowOf(switching));
  await editor.showWorkflow(id);
  await editor.openNode(name);
  const picked = picks && (await pick(editor, picks));
  for (const [operation, value] of operations) {
    await choose(editor, operation);
    await editor.shot(`${TITLE}--${operation}`);
    const row = picks && (await rowIn(editor, picks));
    if (row !== picked) throw new Error(`At ${operation}, "${picked}" has become "${row}"`);
    await editor.save();
    const isSaved = async () => (await savedOf(world, id)).includes(`"operation":"${value}"`);
    if (!(await waitUntil(isSaved, SAVING_PATIENCE_MS)))
      throw new Error(`${operation} was not saved`);
    const saved = await savedOf(world, id);
    if (!saved.includes(holds)) throw new Error(`${operation} has lost ${holds}: ${saved}`);
  }
  await editor.closeNode();
}

export async function checkSwitching(report: Report, editor: Editor, world: World): Promise<void> {
  for (const switching of switchings)
    await report.check(`${TITLE}: ${switching.name}`, editor, () =>
      checkOne(editor, world, switching),
    );
}
