/**
 * The whole path of a person without code, with the mouse: `docs/tutorial.md` from the template's file to an order in
 * Dynamics 365 that has a column of the merchant's own and a choice, and a condition besides. Nothing is typed but words
 * to search by and what a look-up compares. The tutorial's pictures are taken on the way.
 */
import { join } from 'node:path';

import type { Locator } from 'playwright-core';

import { beginTutorial, GIFT_MESSAGE, placeOrders } from '../../../scripts/demo/tutorial';
import { waitUntil } from '../../../scripts/lib/wait';
import { root } from '../../../scripts/lib/toolchain.mjs';
import type { Row } from '../../../scripts/n8n/sandbox-control';
import { SHOP } from '../../../scripts/n8n/shop';
import type { World } from '../../../scripts/n8n/world';
import { PACK, TemplateBuilder } from '../../../workflows/builder';
import { mapName, SETTINGS } from '../../../workflows/parts/map';
import { DATAVERSE } from '../../../workflows/services/dataverse';
import { NODES } from '../../../workflows/templates/orderToCash';
import type { Editor } from '../editor';
import { Hands } from '../hands';
import type { Report } from '../report';
import { importShown } from './workflows';

const MAP = mapName(DATAVERSE);
const GIFT = 'new_giftmessage';
const DELIVERY = 'new_delivery';
/** What *Delivery* offers. */
const CHOICES: Record<string, number> = { Standard: 100_000_000, 'Next Day': 100_000_001 };
/** As the sandbox's shop names its ways of shipping, and what *Delivery* says for them; the last is forgotten at first. */
const LOOK_UP: Record<string, string> = {
  Ground: 'Standard',
  Express: 'Next Day',
  'Pick-up in store': 'Standard',
};

/** Where the menu of a workflow opens. */
const MENU = { x: 110, y: 0, width: 760, height: 470 };

const READ = 'Sales orders';
/** What the tutorial has one make to look into Dynamics 365. */
const LOOK = new TemplateBuilder('Look into Dynamics 365', '100c0de5')
  .node('When clicking Execute', 'n8n-nodes-base.manualTrigger', [0, 0])
  .node(READ, `${PACK}.dynamics365`, [1, 0], {
    credential: 'dynamicsDataverseApi',
    parameters: {
      resource: 'salesOrder',
      operation: 'getAll',
      options: { annotations: true },
    },
  })
  .connect('When clicking Execute', READ)
  .build();

/** n8n polls every minute, at a second of its own. */
const POLL_PATIENCE_MS = 90_000;

/** A run by hand asks the shop and the ledger, on a machine that may have other work. */
const RUN_PATIENCE_MS = 60_000;

interface SampleField {
  name: string;
  index: number;
}

/** The fields that are on the screen. n8n keeps rows that are not shown above it, to use them again. */
async function shownOf(fields: Locator): Promise<SampleField[]> {
  const all = await fields.evaluateAll((elements) =>
    elements.map((element, index) => ({
      name: element.getAttribute('data-name') ?? '',
      isOnScreen: element.getBoundingClientRect().top > 0,
      index,
    })),
  );
  return all.filter(({ isOnScreen }) => isOnScreen);
}

class Path {
  private readonly hands: Hands;
  /** What it has cost until the workflow is published. */
  cost = '';

  constructor(
    private readonly editor: Editor,
    private readonly world: World,
  ) {
    this.hands = new Hands(editor);
  }

  /** Part → what a person does in it. */
  readonly parts: Record<string, () => Promise<void>> = {
    'import from file': () => this.importTemplate(),
    'credentials are there': () => this.seeCredentials(),
    sample: () => this.takeSample(),
    'a custom column by drag and drop': () => this.addGiftMessage(),
    'a look-up for a choice': () => this.lookUpDelivery(),
    'a condition': () => this.onlyWithMessage(),
    preview: () => this.preview(),
    publish: () => this.publish(),
    'the order is in Dynamics 365': () => this.expectOrders(),
    'the order is seen': () => this.seeOrder(),
  };

  private id(testId: string): Locator {
    return this.editor.page.locator(`[data-test-id="${testId}"]`);
  }

  /** A field of the row that is being made. Some stand above it too: in the template's own row, or for the preset. */
  private field(parameter: string, index = 0): Locator {
    const isAboveToo = ['target', 'source', 'path', 'from', 'to'].includes(parameter);
    return this.id(`parameter-input-${parameter}`).nth(index + (isAboveToo ? 1 : 0));
  }

  /** The list under the row of what can be added to it. */
  private get more(): Locator {
    return this.id('fixed-collection-add-property').nth(1);
  }

  private get input(): Locator {
    return this.id('ndv-input-panel');
  }

  private get parameters(): Locator {
    return this.editor.page.locator('.node-settings');
  }

  private get output(): Locator {
    return this.id('output-panel');
  }

  /** A field of the sample, which is looked for by its name. */
  private async find(name: string): Promise<Locator> {
    await this.hands.click(this.input.locator('[data-test-id="ndv-search"]'));
    await this.editor.page.keyboard.press('Control+a');
    await this.hands.type(name);
    const fields = this.input.locator('[data-target="mappable"]');
    let shown: SampleField[] = [];
    // The list is there when it holds nothing else, and has come to rest.
    const isFound = await waitUntil(
      async () => {
        const before = JSON.stringify(shown);
        shown = await shownOf(fields);
        const areAllFound = shown.every((field) => field.name.includes(name));
        return shown.length > 0 && areAllFound && JSON.stringify(shown) === before;
      },
      10_000,
      200,
    );
    // By what it is, and not by its place among the others: the list may still move.
    const meant = this.input.locator(
      `[data-target="mappable"][data-name="${name}"][data-node-name="${SETTINGS}"]`,
    );
    const [wanted] = await shownOf(meant);
    if (!isFound || !wanted) throw new Error(`The sample has no ${name}`);
    return meant.nth(wanted.index);
  }

  private async importTemplate(): Promise<void> {
    const { page } = this.editor;
    await this.editor.show('/workflow/new', '[data-test-id="canvas-add-button"]');
    const chooser = page.waitForEvent('filechooser');
    await this.hands.click(this.id('workflow-menu'));
    await this.hands.click(this.id('workflow-menu-item-import'));
    await this.id('workflow-menu-item-import-from-file').hover();
    await this.editor.corner('import', MENU);
    await this.hands.click(this.id('workflow-menu-item-import-from-file'));
    await (await chooser).setFiles(join(root, 'workflows', SHOP.template));
    await this.editor.node(MAP).waitFor();
    await this.editor.settled();
    await this.editor.fit();
    await this.editor.shot('citizen-1-imported');
    await this.editor.picture('imported', this.id('canvas'), { arrange: () => this.editor.fit() });
  }

  /** n8n takes the only credential of a type by itself, and asks to look whether it is the right one. */
  private async seeCredentials(): Promise<void> {
    await this.hands.open(NODES.orders);
    await this.chooseCredential(this.world.credentials.xCartApi?.name ?? '');
    await this.hands.close();
    await this.hands.open(MAP);
    await this.chooseCredential(this.world.credentials.dynamicsDataverseApi?.name ?? '');
  }

  private async chooseCredential(name: string): Promise<void> {
    await this.hands.choose(this.id('node-credentials-select'), new RegExp(`^\\s*${name}`));
    const chosen = await this.id('node-credentials-select').locator('input').inputValue();
    if (chosen !== name) throw new Error(`The credential shown is "${chosen}"`);
  }

  private async takeSample(): Promise<void> {
    await this.hands.close();
    await this.hands.open(NODES.orders);
    await this.hands.click(this.id('trigger-execute-button'));
    await this.output.getByText('5 items').waitFor({ timeout: RUN_PATIENCE_MS });
    await this.editor.settled();
    await this.editor.picture('sample', this.id('ndv'));
    await this.hands.close();
    await this.hands.open(MAP);
    await this.hands.click(this.input.getByRole('button', { name: 'Execute previous nodes' }));
    await this.input.locator('[data-name="order_number"]').first().waitFor({
      timeout: RUN_PATIENCE_MS,
    });
    await this.editor.settled();
    await this.editor.shot('citizen-2-sample');
  }

  private async addGiftMessage(): Promise<void> {
    await this.hands.click(this.id('add-fields-select').getByRole('button'));
    await this.hands.type('gift');
    await this.hands.press('Enter');
    const field = this.editor.field(`salesorder.${GIFT}`);
    await field.waitFor();
    await this.hands.drag(await this.find('notes'), field);
    await this.editor.page.getByText(GIFT_MESSAGE).first().waitFor();
    await this.editor.shot('citizen-3-column');
    await this.editor.picture('drag', this.input, {
      arrange: () => this.id('add-fields-select').scrollIntoViewIfNeeded(),
      until: this.parameters,
    });
  }

  private async lookUpDelivery(): Promise<void> {
    const { hands } = this;
    await hands.click(this.editor.page.getByRole('button', { name: 'Add Field', exact: true }));
    await hands.choose(this.field('target'), /new_delivery/, 'delivery');
    await hands.choose(this.field('source'), /^\s*Path/);
    await hands.drag(await this.find('shipping_method_name'), this.field('path'));
    await hands.choose(this.more, /^\s*Transform/);
    await hands.choose(this.field('transform'), /Look Up/, 'look');
    for (const row of [0, 1]) await this.addToLookUp(row);
    await this.editor.shot('citizen-4-look-up');
    await this.editor.picture('look-up', this.parameters, {
      arrange: () => this.field('to', 1).scrollIntoViewIfNeeded(),
    });
  }

  private async addToLookUp(row: number): Promise<void> {
    const { hands } = this;
    const [from = '', to = ''] = Object.entries(LOOK_UP)[row] ?? [];
    await hands.click(this.editor.page.getByRole('button', { name: 'Add Row' }));
    await hands.click(this.field('from', row));
    await hands.type(from);
    await hands.choose(this.field('to', row), new RegExp(`^\\s*${to}`));
  }

  private async onlyWithMessage(): Promise<void> {
    const { hands } = this;
    await hands.choose(this.more, /^\s*Only If/);
    await hands.drag(await this.find('notes'), this.field('onlyIf'));
    await hands.choose(this.field('comparison'), /^\s*Is Not Empty/);
    await this.editor.shotOfAll('citizen-5-condition');
  }

  /** The hint names what the look-up lacks; once it is there, there is no hint. */
  private async preview(): Promise<void> {
    const { hands, editor } = this;
    const missing = this.output.getByText(/has no entry for "Pick-up in store"/);
    await hands.click(this.id('node-execute-button'));
    await missing.waitFor({ timeout: RUN_PATIENCE_MS });
    await editor.settled();
    await editor.picture('preview', this.output);
    await this.addToLookUp(2);
    await hands.click(this.id('node-execute-button'));
    await missing.waitFor({ state: 'hidden', timeout: RUN_PATIENCE_MS });
    await this.output.getByText(GIFT).first().waitFor();
    await editor.settled();
    await editor.shot('citizen-6-preview');
    await editor.shotInDark('citizen-6-preview-dark');
  }

  private async publish(): Promise<void> {
    const { page } = this.editor;
    await this.hands.close();
    await this.hands.click(this.id('workflow-open-publish-modal-button'));
    const heading = page.getByText('Publish workflow', { exact: true });
    await heading.waitFor();
    await this.editor.settled();
    await this.editor.shot('citizen-7-publish');
    await this.hands.click(page.getByRole('button', { name: 'Publish', exact: true }).last());
    await heading.waitFor({ state: 'hidden' });
    await this.editor.settled();
    this.cost = `${this.hands.actions} clicks, drags and words in ${this.hands.seconds} s`;
    await this.editor.shot('citizen-8-published');
  }

  /** One order that the condition lets through, and one that it does not. */
  private async expectOrders(): Promise<void> {
    const [workflow = ''] = /(?<=\/workflow\/)\w+/.exec(this.editor.page.url()) ?? [];
    try {
      const { control } = this.world;
      const placed = [...(await placeOrders(control, 1, '')), ...(await placeOrders(control, 1))];
      for (const { order_number, notes, shipping_method_name } of placed) {
        const row = await this.rowOf(`X-Cart ${order_number}`);
        const choice = CHOICES[LOOK_UP[String(shipping_method_name)] ?? ''];
        const found = [row[GIFT] || null, row[DELIVERY] ?? null];
        if (String(found) !== String(notes ? [notes, choice] : [null, null]))
          throw new Error(`X-Cart ${order_number} has ${JSON.stringify(found)}`);
      }
    } finally {
      await this.world.api.deactivate(workflow);
    }
  }

  /** As the tutorial looks at it: the sandbox has no pages of its own. */
  private async seeOrder(): Promise<void> {
    const { editor } = this;
    const { id } = await importShown(this.world, LOOK);
    await editor.showWorkflow(id);
    await editor.openNode(READ);
    await this.id('node-execute-button').click();
    await this.output.getByText('2 items').waitFor({ timeout: RUN_PATIENCE_MS });
    await this.output.getByText('Schema', { exact: true }).click();
    await this.output.locator('[data-test-id="ndv-search"]').click();
    await editor.page.keyboard.type('new_');
    await this.output.getByText(GIFT_MESSAGE).first().waitFor();
    await editor.picture('sales-order', this.id('ndv'));
    await editor.closeNode();
  }

  private async rowOf(name: string): Promise<Row> {
    let row: Row | undefined;
    const isThere = async (): Promise<boolean> => {
      row = (await this.world.control.rows('salesorders')).find((one) => one.name === name);
      return row !== undefined;
    };
    if (!(await waitUntil(isThere, POLL_PATIENCE_MS)) || !row)
      throw new Error(`There is no sales order ${name}`);
    return row;
  }
}

export async function checkCitizen(report: Report, editor: Editor, world: World): Promise<void> {
  await beginTutorial(world);
  const path = new Path(editor, world);
  for (const [name, walk] of Object.entries(path.parts)) {
    const isDone = await report.check(`From nothing to the first order: ${name}`, editor, walk);
    if (!isDone) return;
  }
  console.log(`    ${path.cost}, until it is published`);
}
