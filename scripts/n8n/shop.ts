import { XCART_TO_DATAVERSE } from '../../workflows/all';
import { XCART } from '../../workflows/services/xcart';
import { NODES } from '../../workflows/templates/orderToCash';
import type { Workflow } from './api';
import type { PlacedOrder } from './sandbox-control';
import type { World } from './world';

/** The shop whose orders demonstration, tests, chaos and bench send: its names and its template. */
export const SHOP = {
  /** What sales orders are called by: "X-Cart 1001". */
  name: XCART.name,
  /** What the keys of the ledger begin with. */
  platform: XCART.key,
  template: XCART_TO_DATAVERSE.file,
} as const;

type Order = Pick<PlacedOrder, 'id' | 'order_number'>;

/** The name of the sales order in Dynamics 365 that comes of an order of the shop. */
export const salesOrderName = ({ order_number: number }: Pick<Order, 'order_number'>): string =>
  `${SHOP.name} ${number}`;

/** How the ledger calls an order of the shop. */
export const ledgerKey = ({ id }: Pick<Order, 'id'>): string => `${SHOP.platform}:main:order:${id}`;

/** The node of the template that brings the orders. */
export function triggerOf<Node extends { name: string }>({ nodes }: { nodes: Node[] }): Node {
  const trigger = nodes.find(({ name }) => name === NODES.orders);
  if (!trigger) throw new Error(`The template has no node "${NODES.orders}"`);
  return trigger;
}

/** n8n keeps it when it imports the template by its API. */
const TRIGGER_ID = triggerOf(XCART_TO_DATAVERSE.workflow).id;

/** Where an import of the template is told of orders: the address that the panel of its trigger shows. */
export const webhookUrl = ({ n8n }: World, workflowId: string): string =>
  `${n8n.url}/webhook/${workflowId}/${TRIGGER_ID}/xcart`;

/**
 * Lets the shop announce its orders to an import of the template.
 *
 * @param how such as `{ concurrency: 100 }`
 */
export async function announceOrders(
  world: World,
  workflowId: string,
  how: object = {},
): Promise<void> {
  const { webhookSecret } = world.sandbox.xcart;
  await world.control.setWebhook(webhookUrl(world, workflowId), webhookSecret, how);
}

/** Sets the template as a shop with a webhook add-on does. */
export function listenToWebhooks(workflow: Workflow, receiveBy: 'both' | 'webhook' = 'both'): void {
  triggerOf(workflow).parameters.receiveBy = receiveBy;
}

/**
 * Imports and publishes the template, and lets the shop announce its orders, which are polled as well. Resolves with the
 * id of the workflow.
 */
export async function startFlow(world: World): Promise<string> {
  const id = await world.importTemplate(SHOP.template, (workflow) => listenToWebhooks(workflow));
  await world.api.activate(id);
  await announceOrders(world, id);
  return id;
}
