import type { Workflow, WorkflowNode } from '../../scripts/n8n/api';
import { nodeRuns } from '../../scripts/n8n/executions';
import type { PlacedOrder } from '../../scripts/n8n/sandbox-control';
import { announceOrders, listenToWebhooks, salesOrderName, SHOP } from '../../scripts/n8n/shop';
import { World } from '../../scripts/n8n/world';
import { OPERATIONS } from '../../workflows/all';
import { SEND_ALERT, WRITE_ALERT } from '../../workflows/parts/alert';
import { MORNING, OPEN_FORM, SEND_DIGEST } from '../../workflows/parts/repair';
import { type HttpServer, startHttpServer } from '../support/httpServer';
import { tellingOften, waitFor } from './flow';
import { choicesIn, FormVisitor, hiddenIn } from './form';
import { DynamicsPerson } from './person';

jest.setTimeout(400_000);

/** n8n polls every minute. */
const A_POLL_MS = 90_000;

function nodeOf(workflow: Workflow, name: string): WorkflowNode {
  const node = workflow.nodes.find((one) => one.name === name);
  if (!node) throw new Error(`The template has no node "${name}"`);
  return node;
}

/** What a user puts in the place of the node that does nothing: any node that sends. */
function sendTo(workflow: Workflow, url: string): void {
  Object.assign(nodeOf(workflow, SEND_ALERT), {
    type: 'n8n-nodes-base.httpRequest',
    typeVersion: 4.2,
    parameters: {
      method: 'POST',
      url,
      sendBody: true,
      specifyBody: 'json',
      jsonBody: '={{ JSON.stringify($json) }}',
    },
  });
}

/** From an order that cannot be sent to its sales order, as the person who looks after it goes. */
describe('operations, on a real n8n', () => {
  let world: World;
  let mailbox: HttpServer;
  let orders: string;
  let operations: string;
  let form: string;
  let order: PlacedOrder;

  beforeAll(async () => {
    world = await World.open();
    mailbox = await startHttpServer(() => ({ body: {} }));
    operations = await world.importTemplate(OPERATIONS.file);
    await world.api.activate(operations);
    const published = await world.api.json<Workflow>('GET', `/rest/workflows/${operations}`);
    form = `${world.n8n.url}/form/${String(nodeOf(published, OPEN_FORM).webhookId)}`;
    orders = await world.importTemplate(SHOP.template, (workflow) => {
      listenToWebhooks(workflow);
      tellingOften(workflow);
      sendTo(workflow, mailbox.origin);
      nodeOf(workflow, WRITE_ALERT).parameters.link = form;
    });
    await world.api.activate(orders);
    await announceOrders(world, orders);
    const request = { count: 1, lines: 2, unknownSku: 1, paid: true, notify: true };
    [order] = (await world.control.placeOrders(request)) as [PlacedOrder];
  });
  afterAll(async () => {
    await mailbox?.close();
    await world?.close();
  });

  it('an order that was given up is told, with its number, its reason and the way to the repair', async () => {
    await waitFor(world, async () => mailbox.received.length > 0, A_POLL_MS);
    const [letter] = await world.deadLetters();
    const message = JSON.parse(mailbox.received[0]?.body ?? '') as Record<string, string>;
    expect(message.subject).toBe(
      `Order ${order.order_number} not sent: ${letter?.error?.message ?? '?'}`,
    );
    expect(message.text).toContain(`Number: ${order.order_number}`);
    expect(message.text).toContain(`Repair: ${letter?.error?.fix ?? '?'}`);
    expect(message.text).toContain(form);
    expect(message.html).toContain(`href="${form}"`);
    expect(JSON.stringify(message)).not.toContain(order.email);
  });

  it('the run that tells it counts as failed in n8n, with the same words', async () => {
    const failed = async () =>
      (await world.api.executions({ workflowId: orders })).filter(
        ({ status }) => status === 'error',
      );
    await waitFor(world, async () => (await failed()).length === 1, 30_000);
    const [run] = await failed();
    const { error } = await nodeRuns(world.api, run?.id ?? '');
    expect(error).toContain(`Order ${order.order_number} not sent: `);
  });

  it('the digest tells it too', async () => {
    const { executionId } = await world.api.json<{ executionId: string }>(
      'POST',
      `/rest/workflows/${operations}/run`,
      {
        triggerToStartFrom: { name: MORNING },
        destinationNode: { nodeName: SEND_DIGEST, mode: 'inclusive' },
      },
    );
    const hasEnded = async () => (await world.api.execution(executionId)).status === 'success';
    await waitFor(world, hasEnded, 30_000);
    const { nodes } = await nodeRuns(world.api, executionId);
    expect(nodes[SEND_DIGEST]?.items).toMatchObject([{ subject: '1 order not sent', dead: 1 }]);
  });

  it('nobody repairs who is not signed in', async () => {
    const stranger = new FormVisitor(world.n8n.url);
    const opened = await stranger.fetch(form);
    expect(opened.status).toBe(302);
    expect(opened.headers.get('location')).toContain('/oauth/authorize');
    const sent = await stranger.fetch(form, { method: 'POST', body: new FormData() });
    expect(sent.status).toBe(401);
  });

  it('once the cause is mended, it is sent again from the page, and arrives', async () => {
    const person = await DynamicsPerson.signIn(world);
    const [known, ...others] = await world.control.rows('products');
    const numbers = new Set([known, ...others].map((row) => row?.productnumber));
    const missing = order.items.find(({ sku }) => !numbers.has(sku));
    await person.create('products', {
      productnumber: missing?.sku,
      name: 'Sold by the shop alone',
      'defaultuomid@odata.bind': `/uoms(${String(known?._defaultuomid_value)})`,
      'defaultuomscheduleid@odata.bind': `/uomschedules(${String(known?._defaultuomscheduleid_value)})`,
    });

    const visitor = new FormVisitor(world.n8n.url, world.api.sessionCookie);
    const first = await visitor.open(form);
    const page = await visitor.submit(first, {});
    expect(page.html).toContain('1 order not sent');
    const [choice = ''] = choicesIn(page);
    expect(choice).toContain(order.order_number);
    const done = await visitor.submit(page, {
      'field-1': JSON.stringify([choice]),
      'field-2': 'Send again',
      ...hiddenIn(page),
    });
    expect(done.html).toContain('1 order will be sent again');
    expect(done.html).toContain(order.order_number);

    const arrived = async (): Promise<boolean> =>
      (await world.control.rows('salesorders')).some(({ name }) => name === salesOrderName(order));
    await waitFor(world, arrived, A_POLL_MS);
    await waitFor(world, async () => (await world.states()).done === 1, 30_000);
    expect(mailbox.received).toHaveLength(1);
  });
});
