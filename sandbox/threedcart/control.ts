import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { readBody } from '../control/input';
import { ordersSchema } from '../control/orders';
import {
  changeSchema as shopChange,
  registerShop,
  type OrderState,
  type ShopDoors,
  type ShopOrder,
} from '../control/shop';
import { registerSwitches } from '../control/switches';
import { registerDeliveries } from '../control/webhooks';
import { rounded } from '../kit/shop';
import { EVENT_NAMES, type EventKey } from './events';
import type { Order } from './model';
import { STATE_STATUS, type OrderChange } from './orders/change';
import { paidOf, refundedOf } from './orders/payments';
import type { OrderWish } from './orders/place';
import { STATUSES, STATUS } from './orders/statuses';
import { priceOf } from './orders/totals';
import { customerDoors, productDoors } from './records';
import { showOrder } from './resources/orders';
import type { ThreeDCartService } from './service';
import { SWITCH_CHOICES } from './switches';

const orderStatus = z
  .number()
  .refine((id) => STATUSES.some(({ OrderStatusID }) => OrderStatusID === id), {
    message: `must be one of ${STATUSES.map(({ OrderStatusID }) => OrderStatusID).join(', ')}`,
  });

const own = {
  orderStatus: orderStatus.optional(),
  email: z.string().email().optional(),
  comments: z.string().optional(),
};

const placeSchema = ordersSchema({
  ...own,
  guest: z.boolean().optional(),
  prefix: z.string().max(50).optional(),
  shipments: z.number().int().min(1).max(9).optional(),
});

const changeSchema = shopChange({
  ...own,
  internalComments: z.string().optional(),
  line: z.number().int().min(0).optional(),
  quantity: z.number().int().min(1).max(100_000).optional(),
});

const installSchema = z
  .object({ url: z.string().url(), action: z.enum(['AUTHORIZE', 'REMOVE']).default('AUTHORIZE') })
  .strict();

const IN_PROGRESS: ReadonlySet<number> = new Set([
  STATUS.new,
  STATUS.processing,
  STATUS.partial,
  STATUS.shipped,
]);

/** An order that is on its way is paid where money was taken; one whose money is only reserved is neither. */
function stateOf(order: Order): ShopOrder['state'] {
  const status = order.OrderStatusID;
  if (IN_PROGRESS.has(status)) return paidOf(order).gt(0) ? 'paid' : 'other';
  const states = Object.keys(STATE_STATUS) as OrderState[];
  return states.find((state) => STATE_STATUS[state] === status) ?? 'other';
}

const doorsOf = (service: ThreeDCartService): ShopDoors<Order, OrderWish, OrderChange> => ({
  placing: placeSchema,
  changing: changeSchema,
  orders: () => [...service.store.orders.values()],
  order: (id) => service.store.orders.get(Number(id)),
  show: (order) => ({
    id: String(order.OrderID),
    number: `${order.InvoiceNumberPrefix}${order.InvoiceNumber}`,
    customer: [order.BillingFirstName, order.BillingLastName].filter(Boolean).join(' '),
    email: order.BillingEmail,
    // No order names one: it is that of the store.
    currency: 'USD',
    total: order.OrderAmount,
    refunded: refundedOf(order).toNumber(),
    state: stateOf(order),
    status: service.store.statuses.get(order.OrderStatusID)?.StatusText ?? '',
    items: order.OrderItemList.map((item) => ({
      sku: item.ItemID,
      quantity: item.ItemQuantity,
      price: rounded(priceOf(item)),
    })),
    document: showOrder(order, service),
  }),
  place: (wish, notify) => service.place(wish, notify),
  change: (order, change) => service.change(order, change),
  remove: (order) => service.remove(order),
  ship: (order, tracking = `1ZSANDBOX${order.OrderID}`) => service.ship(order, tracking),
  refund: (order, value) => service.refund(order, value),
  notify: (order, event = EVENT_NAMES.orderNew, deliveryId) => {
    const keys = Object.keys(EVENT_NAMES) as EventKey[];
    const key = keys.find((each) => EVENT_NAMES[each] === event) ?? 'orderNew';
    const sent = service.notify(order, key, deliveryId);
    return sent.length > 0 ? sent : undefined;
  },
  nobodyListens:
    'No webhook listens to this event: register one with POST /3dCartWebAPI/v2/Webhooks',
  hooks: () =>
    [...service.store.webhooks.values()]
      .filter(({ Enabled }) => Enabled)
      .map(({ EventType, Url }) => ({ event: service.store.eventName(EventType), url: Url })),
  stock: {
    canBeNegative: true,
    get: (sku) => service.stock(sku),
    set: (sku, amount) => service.setStock(sku, amount),
    add: (sku) => service.addProduct(sku),
    addWithVariants: (sku, variants) => service.addProduct(sku, variants),
  },
  records: {
    products: productDoors(service.staff),
    customers: customerDoors(service.staff),
  },
});

/** Orders that come in and change, stock, deliveries, tokens; and the switches. */
export function threedcartControl(app: FastifyInstance, service: ThreeDCartService): void {
  registerShop(app, 'threedcart', doorsOf(service));
  registerDeliveries(app, 'threedcart', service.webhooks);
  registerSwitches(app, 'threedcart', () => service.store.switches, SWITCH_CHOICES);
  app.post('/threedcart/install', async ({ body }) => {
    const { url, action } = readBody(installSchema, body);
    return { status: await service.install(url, action) };
  });
  app.post('/threedcart/expire-tokens', (_request, reply) => {
    service.store.tokens.expire();
    return reply.code(204).send();
  });
}
