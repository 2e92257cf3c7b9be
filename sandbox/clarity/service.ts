import type { FastifyInstance } from 'fastify';
import { RateLimit, type Random, type SandboxContext, type Service } from '../kit';
import type { Parts } from './api/parts';
import { Sessions } from './api/sessions';
import { Tokens } from './api/tokens';
import { createClarityApp } from './app';
import { CLARITY_CREDENTIALS } from './credentials';
import { brief } from './deployments/brief';
import { Hooks, type ClarityDelivery } from './hooks';
import type { OrderDocument } from './model';
import { changeOrder, shipOrder, type OrderChange } from './orders/change';
import { refundOrder } from './orders/payments';
import { placeOrders, type OrderWish } from './orders/place';
import { setStock, stockOf } from './orders/stock';
import type { Staff } from './records';
import { addProduct, seedStore } from './seed';
import { ClarityStore, type EventName } from './store';
import type { ClaritySwitches } from './switches';

export interface ClarityOptions {
  switches?: Partial<ClaritySwitches>;
}

/** The simulated Clarity shop, with the doors that its API does not have. */
export class ClarityService implements Service {
  readonly credentials = CLARITY_CREDENTIALS;
  readonly app: FastifyInstance;
  readonly store: ClarityStore;
  readonly hooks: Hooks;
  readonly tokens = new Tokens();
  readonly sessions = new Sessions();
  private readonly rate = new RateLimit();
  /** What the staff does to products and customers, with the clock of the shop. */
  readonly staff: Staff;
  private random: Random;

  constructor(
    private readonly context: SandboxContext,
    private readonly options: ClarityOptions = {},
  ) {
    this.store = new ClarityStore((store) => seedStore(store, context));
    this.hooks = new Hooks(this.store, context, brief);
    this.store.listening = () => this.hooks.listeners().length > 0;
    this.random = context.stream('clarity.orders');
    const { store, hooks, tokens, sessions, rate } = this;
    const tell: Parts['tell'] = (by) => this.tell(by);
    this.staff = { store: this.store, now: context.now, tell: () => this.tell('staff') };
    this.app = createClarityApp({
      store,
      context,
      hooks,
      tokens,
      sessions,
      rate,
      tell,
    });
    this.app.addHook('onClose', (_app, done) => {
      hooks.sender.stop();
      done();
    });
    context.faults.addLimits('clarity');
    this.setSwitches(options.switches ?? {});
  }

  reset(): void {
    this.store.reset();
    this.hooks.reset();
    this.tokens.reset();
    this.sessions.expire();
    this.rate.reset();
    this.random = this.context.stream('clarity.orders');
    this.setSwitches(this.options.switches ?? {});
  }

  setSwitches(switches: Partial<ClaritySwitches>): ClaritySwitches {
    return Object.assign(this.store.switches, switches);
  }

  order(id: string): OrderDocument | undefined {
    return this.store.order(id);
  }

  /** Places orders and, unless told otherwise, sends what follows from each. */
  place(wish: OrderWish, notify = true): OrderDocument[] {
    const orders = placeOrders(this.store, this.random, wish, this.context.now());
    if (!notify) this.store.events = [];
    this.tell('staff');
    return orders;
  }

  change(order: OrderDocument, change: OrderChange): void {
    changeOrder(this.store, order, change, this.context.now());
    this.tell('staff');
  }

  /** Deletes an order, as the staff can. Nobody is told: there is no event for it. */
  remove({ orderId }: OrderDocument): void {
    this.store.drop('orders', orderId);
  }

  ship(order: OrderDocument, tracking?: string): void {
    shipOrder(this.store, order, tracking, this.context.now());
    this.tell('staff');
  }

  /** @param value how much; absent: all that has not been given back yet */
  refund(order: OrderDocument, value?: number): void {
    refundOrder(this.store, order, value, this.context.now());
    this.tell('staff');
  }

  /** Tells of an order once more; with the last delivery id unless another is given: a true duplicate. */
  notify(document: OrderDocument, event: string, deliveryId?: string): ClarityDelivery[] {
    const isLast = (each: ClarityDelivery): boolean =>
      each.id === document.orderId && each.event === event;
    const known = deliveryId ?? this.hooks.sender.lastDeliveryId(isLast);
    const about = { event: event as EventName, resource: 'orders' as const, document };
    return this.hooks.tell([about], () => known);
  }

  stock(sku: string): number | undefined {
    return stockOf(this.store, sku);
  }

  /** Sets what of a SKU is in the main warehouse; the others are emptied, so that this is all there is. */
  setStock(sku: string, amount: number): void {
    setStock(this.store, sku, amount, this.context.now());
    this.tell('staff');
  }

  /** Adds a product with no piece in stock. Nobody is told: it is there before anybody listens. */
  addProduct(sku: string): void {
    const item = { sku, name: sku, price: 1, category: 'Bulk', weight: 0.1 };
    addProduct(this.store, item, this.context.now(), () => 0);
  }

  private tell(by: 'api' | 'staff'): void {
    const { events, switches } = this.store;
    this.store.events = [];
    if (by === 'staff' || switches.webhookOnApiWrite) this.hooks.tell(events);
  }
}

export const createClarity = (
  context: SandboxContext,
  options: ClarityOptions = {},
): ClarityService => new ClarityService(context, options);
