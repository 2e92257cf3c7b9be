import type { FastifyInstance } from 'fastify';
import { ControlError, readBody } from '../control/input';
import { registerSwitches } from '../control/switches';
import { registerWebhooks } from '../control/webhooks';
import {
  changeSchema,
  notifySchema,
  placeSchema,
  refundSchema,
  shipSchema,
  stockSchema,
} from './control-input';
import { ChangeRefused } from './orders/change';
import type { StockHolder, XCartService } from './service';
import { SWITCH_CHOICES } from './switches';

type Order = NonNullable<ReturnType<XCartService['order']>>;

interface WithId {
  Params: { id: string };
}

/** What cannot be done with an order in its present state is the caller's mistake. */
function attempt<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ChangeRefused)) throw error;
    throw new ControlError(400, `"${error.field}": ${error.message}`);
  }
}

function registerOrders(app: FastifyInstance, xcart: XCartService): void {
  const orderOf = (id: string): Order => {
    const order = xcart.order(Number(id));
    if (order === undefined) throw new ControlError(404, `"id": there is no order ${id}`);
    return order;
  };
  app.get('/xcart/orders', () => xcart.orders());
  app.get<WithId>('/xcart/orders/:id', (request) => orderOf(request.params.id).view);
  app.post('/xcart/orders', (request) => {
    const { notify, ...wish } = readBody(placeSchema, request.body);
    return xcart.place(wish, notify);
  });
  app.post<WithId>('/xcart/orders/:id/change', (request) => {
    const change = readBody(changeSchema, request.body);
    return attempt(() => xcart.change(orderOf(request.params.id), change));
  });
  app.delete<WithId>('/xcart/orders/:id', (request, reply) => {
    xcart.remove(orderOf(request.params.id));
    return reply.code(204).send();
  });
  app.post<WithId>('/xcart/orders/:id/ship', (request) => {
    const order = orderOf(request.params.id);
    const { tracking = `1ZSANDBOX${order.view.id}` } = readBody(shipSchema, request.body);
    return xcart.ship(order, tracking);
  });
  app.post<WithId>('/xcart/orders/:id/refund', (request) => {
    const order = orderOf(request.params.id);
    const { value } = readBody(refundSchema, request.body);
    return attempt(() => xcart.refund(order, value));
  });
  app.post<WithId>('/xcart/orders/:id/notify', (request) => {
    const order = orderOf(request.params.id);
    const { event, deliveryId } = readBody(notifySchema, request.body);
    if (!xcart.webhooks.configured) {
      throw new ControlError(409, 'No webhook is set: PUT /xcart/webhook first');
    }
    return xcart.notify(order, event, deliveryId);
  });
}

/** Orders that come in and change, the webhook, stock; and the switches. */
export function xcartControl(app: FastifyInstance, xcart: XCartService): void {
  registerOrders(app, xcart);
  registerWebhooks(app, 'xcart', xcart.webhooks);
  const known = (sku: string, holder: StockHolder | undefined): object => {
    if (holder === undefined) throw new ControlError(404, `"sku": the store has no "${sku}"`);
    return { id: holder.id, sku: holder.sku, amount: holder.amount };
  };
  app.get<{ Params: { sku: string } }>('/xcart/stock/:sku', ({ params: { sku } }) =>
    known(sku, xcart.stockHolder(sku)),
  );
  app.put('/xcart/stock', (request) => {
    const { sku, amount } = readBody(stockSchema, request.body);
    return known(sku, xcart.setStock(sku, amount));
  });
  registerSwitches(app, 'xcart', () => xcart.store.switches, SWITCH_CHOICES);
}
