/** From the address in an alert to "sent again", by the clicks of a person who opens the page for the first time. */
import { waitUntil } from '../../../scripts/lib/wait';
import type { Workflow } from '../../../scripts/n8n/api';
import { announceOrders, listenToWebhooks, SHOP } from '../../../scripts/n8n/shop';
import type { World } from '../../../scripts/n8n/world';
import { OPERATIONS } from '../../../workflows/all';
import { OPEN_FORM } from '../../../workflows/parts/repair';
import type { Editor } from '../editor';
import type { Report } from '../report';

const MOST_CLICKS = 5;
const PATIENCE_MS = 90_000;

/**
 * Lets two orders be given up, and publishes the page. The workflow that gave them up is ended: once sent again they wait
 * for it, where it would give them up a second time before anybody has looked.
 */
async function giveUpOrders(world: World): Promise<{ address: string; operations: string }> {
  const operations = await world.importTemplate(OPERATIONS.file);
  const orders = await world.importTemplate(SHOP.template, (flow) => listenToWebhooks(flow));
  for (const id of [operations, orders]) await world.api.activate(id);
  await announceOrders(world, orders);
  await world.control.placeOrders({ count: 2, lines: 2, unknownSku: 2, paid: true, notify: true });
  const areGivenUp = async () => (await world.deadLetters()).length === 2;
  if (!(await waitUntil(areGivenUp, PATIENCE_MS))) throw new Error('No order was given up');
  await world.api.deactivate(orders);
  const { nodes } = await world.api.json<Workflow>('GET', `/rest/workflows/${operations}`);
  const form = nodes.find(({ name }) => name === OPEN_FORM);
  return { address: `${world.n8n.url}/form/${String(form?.webhookId)}`, operations };
}

/** The page, as somebody goes through it whom n8n has not asked yet whether the form may use the sign-in. */
async function sendAgain(editor: Editor, address: string): Promise<number> {
  const { page } = editor;
  // The link in the alert is the first.
  let clicks = 1;
  const click = async (selector: string): Promise<void> => {
    await page.locator(selector).first().click({ timeout: PATIENCE_MS });
    clicks += 1;
  };
  await page.goto(address);
  await click('button:has-text("Allow access")');
  await click('#submit-btn');
  await page.waitForSelector('.multiselect-option', { timeout: PATIENCE_MS });
  await editor.shot('Repair');
  await click('.multiselect-option label');
  await click('#submit-btn');
  await page.waitForSelector('text=sent again', { timeout: PATIENCE_MS });
  await editor.shot('Repair--sent again');
  return clicks;
}

export async function checkRepair(report: Report, editor: Editor, world: World): Promise<void> {
  await report.check('Repair: from the alert to sent again', editor, async () => {
    const { address, operations } = await giveUpOrders(world);
    const clicks = await sendAgain(editor, address);
    // n8n shows forms without an origin, and its own script on them asks for one.
    const problems = editor.takeProblems().filter((problem) => !problem.includes('is sandboxed'));
    if (problems.length > 0) throw new Error(problems.join('; '));
    await world.api.deactivate(operations);
    if ((await world.deadLetters()).length > 0) throw new Error('An order was not sent again');
    if (clicks > MOST_CLICKS) throw new Error(`It takes ${clicks} clicks`);
  });
}
