import type { FastifyInstance } from 'fastify';
import { registerShop, type OrderState, type ShopDoors, type ShopOrder } from '../control/shop';
import { registerSwitches } from '../control/switches';
import { registerWebhooks } from '../control/webhooks';
import { sum } from '../kit/shop';
import { changeSchema, placeSchema } from './control-input';
import type { OrderRecord } from './model';
import type { OrderChange } from './orders/change';
import type { OrderWish } from './orders/place';
import { refunded } from './orders/refunds';
import type { XCartService } from './service';
import { customerDoors, productDoors } from './records';
import { SWITCH_CHOICES } from './switches';

/** The states that every shop has, as this one's payment statuses. */
const PAYMENT_CODES: Readonly<Record<OrderState, string>> = {
  paid: 'P',
  unpaid: 'Q',
  declined: 'D',
  canceled: 'C',
};

const stateOf = (code: string | undefined): ShopOrder['state'] =>
  (Object.keys(PAYMENT_CODES) as OrderState[]).find((state) => PAYMENT_CODES[state] === code) ??
  'other';

function show({ view, transactions }: OrderRecord): ShopOrder {
  const { billing_address: address, payment_status: status } = view;
  return {
    id: String(view.id),
    number: view.order_number ?? '',
    customer: [address?.firstname, address?.lastname].filter(Boolean).join(' '),
    email: view.email,
    currency: view.currency,
    total: view.total,
    refunded: sum(transactions.map((each) => refunded(each).toNumber())).toNumber(),
    state: stateOf(status?.code),
    status: status?.name ?? '',
    items: view.items.map(({ sku, amount, price }) => ({ sku, quantity: amount, price })),
    document: view,
  };
}

/** Paid by card and unpaid by bank transfer, as they come about; the others whatever the method. */
function placeable({ state, ...wish }: OrderWish): OrderWish {
  if (state === undefined) return wish;
  const paid = { paid: true, unpaid: false, declined: undefined, canceled: undefined }[state];
  return { paymentStatus: PAYMENT_CODES[state], paid, ...wish };
}

const changeable = ({ state, ...change }: OrderChange & { state?: OrderState }): OrderChange =>
  state ? { paymentStatus: PAYMENT_CODES[state], ...change } : change;

const doorsOf = (
  xcart: XCartService,
): ShopDoors<OrderRecord, OrderWish, OrderChange & { state?: OrderState }> => ({
  placing: placeSchema,
  changing: changeSchema,
  orders: () => [...xcart.store.orders.values()],
  order: (id) => xcart.order(Number(id)),
  show,
  place: (wish, notify) =>
    xcart.place(placeable(wish), notify).flatMap(({ id }) => xcart.order(id) ?? []),
  change: (order, change) => xcart.change(order, changeable(change)),
  remove: (order) => xcart.remove(order),
  ship: (order, tracking = `1ZSANDBOX${order.view.id}`) => xcart.ship(order, tracking),
  refund: (order, value) => xcart.refund(order, value),
  notify: (order, event = 'order.created', deliveryId) =>
    xcart.webhooks.configured ? xcart.notify(order, event, deliveryId) : undefined,
  nobodyListens: 'No webhook is set: PUT /xcart/webhook first',
  hooks: () => {
    const { configured } = xcart.webhooks;
    return configured ? [{ event: '*', url: configured.url, secret: configured.secret }] : [];
  },
  stock: {
    get: (sku) => xcart.stockHolder(sku)?.amount,
    set: (sku, amount) => void xcart.setStock(sku, amount),
    add: (sku) => xcart.addProduct(sku),
    addWithVariants: (sku, variants) => xcart.addProduct(sku, variants),
  },
  records: {
    products: productDoors(xcart),
    customers: customerDoors(xcart),
  },
});

/** Orders that come in and change, the webhook, stock; and the switches. */
export function xcartControl(app: FastifyInstance, xcart: XCartService): void {
  registerShop(app, 'xcart', doorsOf(xcart));
  registerWebhooks(app, 'xcart', xcart.webhooks);
  app.post('/xcart/expire-tokens', (_request, reply) => {
    xcart.store.tokens.expire();
    return reply.code(204).send();
  });
  registerSwitches(app, 'xcart', () => xcart.store.switches, SWITCH_CHOICES);
}
