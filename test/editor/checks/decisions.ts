/** What a merchant decides in the template without code: what becomes of an order by its statuses, and whose it is. */
import { waitUntil } from '../../../scripts/lib/wait';
import type { World } from '../../../scripts/n8n/world';
import { ROUTE } from '../../../workflows/parts/route';
import type { Editor } from '../editor';
import type { Report } from '../report';
import type { Shown } from './workflows';

/** One drop-down that is changed in a panel, by the words that it shows. */
interface Decision {
  node: string;
  parameter: string;
  /** What the list must offer, in its order. */
  offers: readonly string[];
  /** The entry that is chosen, and the value that the workflow then has. */
  choose: string;
  value: string;
}

const ACTIONS = ['Cancel', 'Hold', 'Refund', 'Write', 'Write as Draft'] as const;

/** The drop-down of orders that are not paid, by the document of the shop: each has statuses of its own. */
const UNPAID: Readonly<Record<string, string>> = {
  'xcart.order': 'paymentAwaitingPayment',
  'threedcart.order': 'orderUnpaid',
  'clarity.order': 'paymentPending',
};

function decisionsIn({ workflow }: Shown): Decision[] {
  const from = String(workflow.nodes.find(({ name }) => name === ROUTE)?.parameters.from);
  const parameter = UNPAID[from];
  if (parameter === undefined) throw new Error(`Name the unpaid orders of ${from} in UNPAID.`);
  return [
    { node: ROUTE, parameter, offers: ACTIONS, choose: 'Write', value: 'write' },
    ...DECISIONS,
  ];
}

const DECISIONS: readonly Decision[] = [
  {
    node: 'Match or create customer',
    parameter: 'match',
    offers: ['Always New', 'By E-Mail', 'By E-Mail and Name'],
    choose: 'By E-Mail and Name',
    value: 'emailAndName',
  },
  {
    node: 'Match or create customer',
    parameter: 'whenSeveral',
    offers: ['Hold for Review', 'Newest', 'Oldest'],
    choose: 'Hold for Review',
    value: 'hold',
  },
];

/** An entry is its name, and its description below. */
const nameOf = (entry: string): string => entry.split('\n', 1).join('').trim();

async function choose(editor: Editor, { parameter, offers, choose: wanted }: Decision) {
  const names = (await editor.entriesOf(editor.field(parameter))).map(nameOf);
  if (String(names) !== String(offers)) throw new Error(`The list offers ${names.join(', ')}`);
  const entries = editor.page.locator('.el-select-dropdown__item:visible');
  await entries.nth(names.indexOf(wanted)).click();
  await editor.settled();
}

/** What n8n has stored of a node's parameter. */
async function stored({ api }: World, id: string, { node, parameter }: Decision): Promise<unknown> {
  const path = `/rest/workflows/${id}`;
  const { nodes } = await api.json<{ nodes: Shown['workflow']['nodes'] }>('GET', path);
  return nodes.find(({ name }) => name === node)?.parameters[parameter];
}

export async function checkDecisions(
  report: Report,
  editor: Editor,
  world: World,
  shown: Shown,
): Promise<void> {
  const { id, title } = shown;
  const decisions = decisionsIn(shown);
  for (const name of new Set(decisions.map(({ node }) => node))) {
    await report.check(`${title} → ${name}: the whole table`, editor, async () => {
      await editor.showWorkflow(id);
      await editor.openNode(name);
      await editor.shotOfAll(`${title}--${name}--table`);
      await editor.closeNode();
    });
  }
  for (const decision of decisions) {
    const { node, parameter, choose: wanted, value } = decision;
    await report.check(`${title} → ${node}: ${parameter} is ${wanted}`, editor, async () => {
      await editor.showWorkflow(id);
      await editor.openNode(node);
      await choose(editor, decision);
      await editor.shot(`${title}--${node}--${parameter}`);
      await editor.closeNode();
      await editor.save();
      const isStored = await waitUntil(
        async () => (await stored(world, id, decision)) === value,
        15_000,
      );
      if (!isStored) throw new Error(`n8n has stored ${String(await stored(world, id, decision))}`);
    });
  }
}
