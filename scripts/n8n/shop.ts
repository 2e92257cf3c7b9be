import { ORDER_TO_CASH, PAID_INVOICES, STATUS_AND_SHIPMENT } from '../../workflows/all';
import { NODES } from '../../workflows/templates/orderToCash';
import type { Workflow } from './api';
import type { PlacedOrder, ShopName } from './sandbox-control';
import type { World } from './world';

/** A shop whose orders demonstration, tests, chaos and bench send: its names and its template. */
export interface Shop {
  /** What sales orders are called by: "X-Cart 1001". */
  name: string;
  /** What the keys of the ledger begin with, and its name in the sandbox. */
  platform: ShopName;
  /** The file of the template. */
  template: string;
  /** Those of the way back: status and shipment, and paid invoices where the shop has words for them. */
  back: readonly string[];
  /** Its node and its credential. */
  node: string;
  credential: string;
  /** The shop has no API to register a webhook: a person enters the address of the trigger there. */
  isToldByHand: boolean;
}

/** Every shop, by its name in the sandbox. */
export const SHOPS: ReadonlyMap<ShopName, Shop> = new Map(
  ORDER_TO_CASH.map(({ store, file }) => {
    const platform = store.key as ShopName;
    const isToldByHand = store.orders.byWebhook === undefined;
    const node = store.orders.trigger.replace(/Trigger$/, '');
    const credential = store.credential.type;
    const back = [...STATUS_AND_SHIPMENT, ...PAID_INVOICES].flatMap((one) =>
      one.store === store ? [one.file] : [],
    );
    const names = { name: store.name, platform, template: file, back, node, credential };
    return [platform, { ...names, isToldByHand }];
  }),
);

export function shopOf(platform: ShopName): Shop {
  const shop = SHOPS.get(platform);
  if (!shop) throw new Error(`There is no template for ${platform}`);
  return shop;
}

/** The shop that most tests, chaos and bench speak of. */
export const SHOP = shopOf('xcart');

type Order = Pick<PlacedOrder, 'id' | 'order_number'>;

/** The name of the sales order in Dynamics 365 that comes of an order of X-Cart. */
export const salesOrderName = ({ order_number: number }: Pick<Order, 'order_number'>): string =>
  salesOrderNameIn(SHOP, number);

/** The name of the sales order in Dynamics 365 that comes of an order with this number. */
export const salesOrderNameIn = ({ name }: Shop, number: string): string => `${name} ${number}`;

/** How the ledger calls an order of X-Cart. */
export const ledgerKey = ({ id }: Pick<Order, 'id'>): string => ledgerKeyIn(SHOP, String(id));

/** How the ledger calls an order with this id. */
export const ledgerKeyIn = ({ platform }: Shop, id: string): string =>
  `${platform}:main:order:${id}`;

/** The node of the template that brings the orders. */
export function triggerOf<Node extends { name: string }>({ nodes }: { nodes: Node[] }): Node {
  const trigger = nodes.find(({ name }) => name === NODES.orders);
  if (!trigger) throw new Error(`The template has no node "${NODES.orders}"`);
  return trigger;
}

/** n8n keeps it when it imports the template by its API. */
const TRIGGER_IDS: ReadonlyMap<string, string> = new Map(
  ORDER_TO_CASH.map(({ file, workflow }) => [file, triggerOf(workflow).id]),
);

/** Where an import of the template is told of orders: the address that the panel of its trigger shows. */
export const webhookUrl = ({ n8n }: World, workflowId: string, shop = SHOP): string =>
  `${n8n.url}/webhook/${workflowId}/${TRIGGER_IDS.get(shop.template)}/${shop.platform}`;

/**
 * Lets X-Cart announce its orders to an import of the template.
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
 * Imports and publishes the template of a shop, and lets the shop announce its orders, which are polled as well. Resolves
 * with the id of the workflow.
 *
 * @param adapt what else a person sets in it first
 */
export async function startFlow(
  world: World,
  shop = SHOP,
  adapt: (workflow: Workflow) => void = () => {},
): Promise<string> {
  const id = await world.importTemplate(shop.template, (workflow) => {
    listenToWebhooks(workflow);
    adapt(workflow);
  });
  await world.api.activate(id);
  if (shop.isToldByHand) await announceOrders(world, id);
  return id;
}
