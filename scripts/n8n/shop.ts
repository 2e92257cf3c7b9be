import { XCART_TO_DATAVERSE } from '../../workflows/all';
import { XCART } from '../../workflows/services/xcart';
import { NODES } from '../../workflows/templates/orderToCash';
import type { Workflow, WorkflowNode } from './api';
import type { PlacedOrder } from './sandbox-control';
import type { World } from './world';

/** The address of the trigger once it listens to webhooks, which the template leaves to the user. */
const WEBHOOK_ID = 'xcart-orders';

/** The shop whose orders demonstration, tests, chaos and bench send: its names, its template, and where that listens. */
export const SHOP = {
  /** What sales orders are called by: "X-Cart 1001". */
  name: XCART.name,
  /** What the keys of the ledger begin with. */
  platform: XCART.key,
  template: XCART_TO_DATAVERSE.file,
  /** Below `/webhook/`: the address of the trigger, and the path that its type adds to it. */
  webhookPath: `${WEBHOOK_ID}/xcart`,
} as const;

type Order = Pick<PlacedOrder, 'id' | 'order_number'>;

/** The name of the sales order in Dynamics 365 that comes of an order of the shop. */
export const salesOrderName = ({ order_number: number }: Pick<Order, 'order_number'>): string =>
  `${SHOP.name} ${number}`;

/** How the ledger calls an order of the shop. */
export const ledgerKey = ({ id }: Pick<Order, 'id'>): string => `${SHOP.platform}:main:order:${id}`;

/** Where the template's trigger is told of orders. */
export const webhookUrl = (world: World): string => `${world.n8n.url}/webhook/${SHOP.webhookPath}`;

/**
 * Lets the shop announce its orders to the template.
 *
 * @param how such as `{ concurrency: 100 }`
 */
export async function announceOrders(world: World, how: object = {}): Promise<void> {
  await world.control.setWebhook(webhookUrl(world), world.sandbox.xcart.webhookSecret, how);
}

/** The node of the template that brings the orders. */
export function triggerOf({ nodes }: Workflow): WorkflowNode {
  const trigger = nodes.find(({ name }) => name === NODES.orders);
  if (!trigger) throw new Error(`The template has no node "${NODES.orders}"`);
  return trigger;
}

/** Sets the template as a shop with a webhook add-on does. */
export function listenToWebhooks(workflow: Workflow, receiveBy: 'both' | 'webhook' = 'both'): void {
  const trigger = triggerOf(workflow);
  trigger.webhookId = WEBHOOK_ID;
  trigger.parameters.receiveBy = receiveBy;
}

/**
 * Imports and publishes the template, and lets the shop announce its orders, which are polled as well. Resolves with the
 * id of the workflow.
 */
export async function startFlow(world: World): Promise<string> {
  const id = await world.importTemplate(SHOP.template, (workflow) => listenToWebhooks(workflow));
  await world.api.activate(id);
  await announceOrders(world);
  return id;
}
