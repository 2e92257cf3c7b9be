/** The lists that the editor fills from the environment and the store: they load, and hold what is there. */
import type { World } from '../../../scripts/n8n/world';
import { PACK, type Template, TemplateBuilder } from '../../../workflows/builder';
import type { Editor } from '../editor';
import type { Report } from '../report';
import { importShown } from './workflows';

const DYNAMICS = `${PACK}.dynamics365`;
const XCART = `${PACK}.xCart`;
const dynamics = { credential: 'dynamicsDataverseApi', typeVersion: 1.1 };
const xCart = { credential: 'xCartApi' };

interface List {
  /** Name of the node, and of the check. */
  name: string;
  type: string;
  node: { credential?: string; typeVersion?: number; parameters: Record<string, unknown> };
  /** One entry that must be among those that it gives. */
  holds: RegExp;
  entries(editor: Editor): Promise<string[]>;
}

const choices = (parameter: string) => async (editor: Editor) =>
  await editor.entriesOf(editor.field(parameter));
const records = (parameter: string) => async (editor: Editor) => await editor.listOf(parameter);

const lists: List[] = [
  {
    name: 'Tables of the environment',
    type: DYNAMICS,
    node: { ...dynamics, parameters: { resource: 'row', operation: 'getAll' } },
    holds: /Account \(account\)/,
    entries: records('table'),
  },
  {
    name: 'Rows of a table',
    type: DYNAMICS,
    node: { ...dynamics, parameters: { resource: 'product', operation: 'get' } },
    holds: /\w/,
    entries: records('row'),
  },
  {
    name: 'Columns for a condition',
    type: DYNAMICS,
    node: {
      ...dynamics,
      parameters: {
        resource: 'account',
        operation: 'getAll',
        conditions: { condition: [{ column: '', operator: 'eq', value: '' }] },
      },
    },
    holds: /\(accountnumber\)/,
    entries: choices('column'),
  },
  {
    name: 'Columns to write',
    type: DYNAMICS,
    node: {
      ...dynamics,
      parameters: {
        resource: 'contact',
        operation: 'create',
        columnsSource: 'map',
        columns: { mappingMode: 'defineBelow', value: null },
      },
    },
    holds: /\(emailaddress1\)/,
    entries: async (editor) => {
      await editor.page.locator('[data-test-id="add-fields-select"] button').click();
      const entries = editor.page.locator('[role="menuitem"]:visible');
      await entries.first().waitFor();
      await editor.settled();
      return await entries.allInnerTexts();
    },
  },
  {
    name: 'Alternate keys of a table',
    type: DYNAMICS,
    node: {
      ...dynamics,
      parameters: { resource: 'account', operation: 'update', keyType: 'alternateKeyInColumns' },
    },
    holds: /\(accountnumber\)/,
    entries: choices('keyColumns'),
  },
  {
    name: 'Orders of the store',
    type: XCART,
    node: { ...xCart, parameters: { resource: 'order', operation: 'get' } },
    holds: /@/,
    entries: records('order'),
  },
  {
    name: 'Products of the store',
    type: XCART,
    node: { ...xCart, parameters: { resource: 'product', operation: 'get' } },
    holds: /·/,
    entries: records('product'),
  },
  {
    name: 'Payment statuses of the store',
    type: XCART,
    node: { ...xCart, parameters: { resource: 'order', operation: 'updatePaymentStatus' } },
    holds: /Paid \(P\)/,
    entries: choices('paymentStatus'),
  },
  {
    name: 'Shipping statuses of the trigger',
    type: `${PACK}.xCartTrigger`,
    node: { ...xCart, parameters: { receiveBy: 'poll' } },
    holds: /Shipped \(S\)/,
    entries: choices('shippingStatuses'),
  },
  {
    name: 'Target fields of a mapping',
    type: `${PACK}.commerceMap`,
    node: { parameters: { fieldOverrides: { rows: [{ source: 'path' }] } } },
    holds: /salesorder\.freightamount/,
    entries: choices('target'),
  },
  {
    name: 'Source fields of a mapping',
    type: `${PACK}.commerceMap`,
    node: { parameters: { fieldOverrides: { rows: [{ source: 'path' }] } } },
    holds: /order_number/,
    entries: choices('path'),
  },
];

function workflow(): Template {
  const builder = new TemplateBuilder('Lists from the services', 'ed17c0da');
  lists.forEach(({ name, type, node }, index) =>
    builder.node(name, type, [index % 4, Math.floor(index / 4)], node),
  );
  return builder.build();
}

export async function checkLists(report: Report, editor: Editor, world: World): Promise<void> {
  await world.control.placeOrders({ count: 3 });
  const { id, title } = await importShown(world, workflow());
  await editor.showWorkflow(id);
  for (const { name, holds, entries } of lists) {
    await report.check(`${title} → ${name}`, editor, async () => {
      await editor.openNode(name);
      const found = await entries(editor);
      await editor.shot(`${title}--${name}`);
      await editor.leavePanel();
      if (!found.some((entry) => holds.test(entry)))
        throw new Error(`The list has no ${String(holds)}: ${found.join(' | ').slice(0, 300)}`);
    });
  }
}
