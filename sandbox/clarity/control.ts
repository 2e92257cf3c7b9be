import type { FastifyInstance } from 'fastify';
import { readBody } from '../control/input';
import { registerShop, type ShopDoors, type ShopOrder } from '../control/shop';
import { registerSwitches } from '../control/switches';
import { registerWebhooks } from '../control/webhooks';
import { changeSchema, lifetimeSchema, placeSchema } from './control-input';
import { plain } from './deployments/brief';
import type { OrderDocument } from './model';
import type { OrderChange } from './orders/change';
import { refundedOf } from './orders/payments';
import type { OrderWish } from './orders/place';
import { stateOf } from './orders/states';
import { recordDoors } from './records';
import type { ClarityService } from './service';
import { SWITCH_CHOICES } from './switches';

const showFrom =
  ({ store }: ClarityService) =>
  (order: OrderDocument): ShopOrder => {
    const { firstName, lastName, email = '' } = order.billingAddress;
    return {
      id: order.orderId,
      number: order.orderId,
      customer: [firstName, lastName].filter(Boolean).join(' '),
      email,
      currency: order.currency,
      total: order.totalAmount,
      refunded: refundedOf(store, order),
      state: stateOf(order),
      status: order.status,
      items: order.lineItems.map(({ sku, quantity, unitPrice }) => ({
        sku,
        quantity,
        price: unitPrice,
      })),
      document: plain('orders', order, store.switches),
    };
  };

const doorsOf = (clarity: ClarityService): ShopDoors<OrderDocument, OrderWish, OrderChange> => ({
  placing: placeSchema,
  changing: changeSchema,
  orders: () => clarity.store.orders(),
  order: (id) => clarity.order(id),
  show: showFrom(clarity),
  place: (wish, notify) => clarity.place(wish, notify),
  change: (order, change) => clarity.change(order, change),
  remove: (order) => clarity.remove(order),
  ship: (order, tracking) => clarity.ship(order, tracking),
  refund: (order, value) => clarity.refund(order, value),
  notify: (order, event = 'order.created', deliveryId) =>
    clarity.hooks.listeners().length > 0 ? clarity.notify(order, event, deliveryId) : undefined,
  nobodyListens: 'No webhook is set: POST /api/v1/webhooks or PUT /clarity/webhook first',
  hooks: () => clarity.hooks.listeners(),
  stock: {
    canBeNegative: true,
    get: (sku) => clarity.stock(sku),
    set: (sku, amount) => clarity.setStock(sku, amount),
    add: (sku) => clarity.addProduct(sku),
  },
  records: recordDoors(clarity.staff),
});

/** Orders that come in and change, webhooks, stock, tokens; and the switches. */
export function clarityControl(app: FastifyInstance, clarity: ClarityService): void {
  registerShop(app, 'clarity', doorsOf(clarity));
  registerWebhooks(app, 'clarity', clarity.hooks.sender);
  registerSwitches(app, 'clarity', () => clarity.store.switches, SWITCH_CHOICES);
  app.post('/clarity/expire-tokens', (_request, reply) => {
    clarity.tokens.expire();
    clarity.sessions.expire();
    return reply.code(204).send();
  });
  app.put('/clarity/token-lifetime', ({ body }) => {
    const { seconds } = readBody(lifetimeSchema, body);
    clarity.tokens.lifetime = seconds;
    return { seconds };
  });
}
