import type { FastifyInstance } from 'fastify';
import type { Random, SandboxContext, Service } from '../kit';
import { createStoreApp } from './app';
import type { EventKey } from './events';
import { tellApp, type InstallAction } from './install';
import type { CustomerRecord, Order, Product } from './model';
import { changeOrder, refundOrder, shipOrder, type OrderChange } from './orders/change';
import { placeOrders, type OrderWish } from './orders/place';
import type { Staff } from './records';
import { showCustomer } from './resources/customers';
import { eventsOfChange, showOrder } from './resources/orders';
import { showProduct } from './resources/products';
import { addProduct, addVariants, seedStore } from './seed';
import { setStock, stockOf, ThreeDCartStore } from './store';
import type { ThreeDCartSwitches } from './switches';
import {
  createWebhooks,
  tell,
  type Happening,
  type StoreDelivery,
  type StoreWebhooks,
} from './webhooks';

export interface ThreeDCartOptions {
  switches?: Partial<ThreeDCartSwitches>;
}

/** The simulated 3dcart store, with the doors that its REST API does not have. */
export class ThreeDCartService implements Service {
  readonly app: FastifyInstance;
  readonly store: ThreeDCartStore;
  readonly webhooks: StoreWebhooks;
  /** What the staff does to products and customers, with the clock of the store. */
  readonly staff: Staff;
  private random: Random;

  constructor(
    private readonly context: SandboxContext,
    private readonly options: ThreeDCartOptions = {},
  ) {
    this.store = new ThreeDCartStore(context.seed, (store) => seedStore(store, context));
    this.webhooks = createWebhooks(context.faults);
    this.random = context.stream('threedcart.orders');
    this.app = createStoreApp(this.store, context);
    this.app.addHook('onClose', (_app, done) => {
      this.webhooks.stop();
      done();
    });
    this.staff = {
      store: this.store,
      now: context.now,
      tell: (event, record) => this.tell(event, record),
    };
    this.store.announce = (event, record) => this.reportWrite(event, record);
    this.setSwitches(options.switches ?? {});
  }

  reset(): void {
    this.store.reset();
    this.webhooks.reset();
    this.random = this.context.stream('threedcart.orders');
    this.setSwitches(this.options.switches ?? {});
  }

  setSwitches(switches: Partial<ThreeDCartSwitches>): ThreeDCartSwitches {
    Object.assign(this.store.switches, switches);
    return this.store.switches;
  }

  /** Places orders and, unless told otherwise, tells of each. */
  place(wish: OrderWish, notify = true): Order[] {
    const orders = placeOrders(this.store, this.random, wish, this.context.now());
    if (notify) for (const order of orders) this.tell('orderNew', order);
    return orders;
  }

  change(order: Order, change: OrderChange): void {
    this.moving(order, () => changeOrder(this.store, order, change, this.context.now()));
  }

  ship(order: Order, tracking: string): void {
    this.moving(order, () => shipOrder(this.store, order, tracking, this.context.now()));
  }

  /** @param value how much; absent: all that has not been given back yet */
  refund(order: Order, value?: number): void {
    this.moving(order, () => refundOrder(this.store, order, value, this.context.now()));
  }

  /** Deletes an order, which the REST API cannot do but the store's staff can. */
  remove(order: Order): void {
    this.store.orders.delete(order.OrderID);
  }

  /** Sends a webhook once more; with the last delivery id unless another is given: a true duplicate. */
  notify(order: Order, event: EventKey, deliveryId?: string): StoreDelivery[] {
    const happening = this.happening(event, order);
    const isLast = (each: StoreDelivery): boolean => each.recordId === order.OrderID;
    const known = deliveryId ?? this.webhooks.lastDeliveryId(isLast);
    return tell(this.store, this.webhooks, happening, known);
  }

  /** Undefined where the store does not know the SKU. */
  stock(sku: string): number | undefined {
    const holder = this.store.holderOf(sku);
    return holder && stockOf(holder);
  }

  setStock(sku: string, amount: number): void {
    const holder = this.store.holderOf(sku);
    if (holder !== undefined) setStock(holder, amount);
  }

  /** @param variants their SKUs */
  addProduct(sku: string, variants: string[] = []): void {
    const time = this.store.time(this.context.now());
    const product = addProduct(this.store, { sku, name: sku, price: 1, weight: 0 }, time, 0);
    const named = variants.map((each) => ({ sku: each, name: each, price: 1 }));
    addVariants(this.store, product, { name: sku, weight: 0, variants: named }, () => 0);
    this.store.forgetSkus();
  }

  /** Installs an app, or takes it out: it is told at `url`. Resolves with the status that it answers. */
  async install(url: string, action: InstallAction): Promise<number> {
    return await tellApp(url, action, this.context.now());
  }

  /** What the staff does with an order is told to whoever listens. */
  private moving(order: Order, move: () => void): void {
    const before = order.OrderStatusID;
    move();
    for (const event of eventsOfChange(this.store, order, before)) this.tell(event, order);
  }

  private tell(event: EventKey, record: object): void {
    tell(this.store, this.webhooks, this.happening(event, record));
  }

  private reportWrite(event: EventKey, record: object): void {
    if (this.store.switches.webhookOnApiWrite) this.tell(event, record);
  }

  /** The shape of products and customers in a webhook is inferred: as `GET` shows them. */
  private happening(event: EventKey, record: object): Happening {
    if (event.startsWith('order')) {
      const order = record as Order;
      const document = showOrder(order, { store: this.store });
      return { event, element: 'Order', recordId: order.OrderID, document };
    }
    if (event.startsWith('product')) {
      const product = record as Product;
      const recordId = product.SKUInfo.CatalogID;
      return {
        event,
        element: 'Product',
        recordId,
        document: showProduct(product, { version: 'v2' }),
      };
    }
    const document = showCustomer(record as CustomerRecord);
    return { event, element: 'Customer', recordId: document.CustomerID, document };
  }
}

export const createThreeDCart = (
  context: SandboxContext,
  options: ThreeDCartOptions = {},
): ThreeDCartService => new ThreeDCartService(context, options);
