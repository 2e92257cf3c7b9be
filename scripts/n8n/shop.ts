import { XCART_TO_DATAVERSE } from '../../workflows/all';
import { XCART } from '../../workflows/services/xcart';
import type { Workflow } from './api';
import type { PlacedOrder } from './sandbox-control';
import type { World } from './world';

/** The shop whose orders demonstration, tests, chaos and bench send: its names, its template, and where that listens. */
export const SHOP = {
  /** What sales orders are called by: "X-Cart 1001". */
  name: XCART.name,
  /** What the keys of the ledger begin with. */
  platform: XCART.key,
  template: XCART_TO_DATAVERSE.file,
  /** Below `/webhook/`: the address in the template, and the path that the trigger's type adds to it. */
  webhookPath: `${XCART.orders.webhookId}/xcart`,
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

/** Imports and publishes the template, and lets the shop announce its orders. Resolves with the id of the workflow. */
export async function startFlow(
  world: World,
  adapt?: (workflow: Workflow) => void,
): Promise<string> {
  const id = await world.importTemplate(SHOP.template, adapt);
  await world.api.activate(id);
  await announceOrders(world);
  return id;
}
