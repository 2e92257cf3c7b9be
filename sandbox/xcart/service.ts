import type { FastifyInstance } from 'fastify';
import type { Random, SandboxContext, Service } from '../kit';
import { createStoreApp } from './app';
import { XCART_CREDENTIALS } from './credentials';
import type {
  OrderRecord,
  OrderView,
  ProductRecord,
  ProductView,
  ProfileRecord,
  VariantView,
} from './model';
import { changeOrder, shipOrder, type OrderChange } from './orders/change';
import { placeOrders, type OrderWish } from './orders/place';
import { refundOrder } from './orders/refunds';
import { newProduct } from './resources/product-defaults';
import { addVariants, seedStore } from './seed';
import { XCartStore } from './store';
import type { XCartSwitches } from './switches';
import {
  createWebhooks,
  notificationOf,
  recordNotifications,
  type Happening,
  type XCartDelivery,
  type XCartWebhooks,
} from './webhooks';

export interface XCartOptions {
  switches?: Partial<XCartSwitches>;
}

/** Whoever holds stock under a SKU. */
export type StockHolder = Pick<ProductView | VariantView, 'id' | 'sku' | 'amount'>;

/** The simulated X-Cart 5.5 store, with the doors that its REST API does not have. */
export class XCartService implements Service {
  readonly credentials = XCART_CREDENTIALS;
  readonly app: FastifyInstance;
  readonly store: XCartStore;
  readonly webhooks: XCartWebhooks;
  private random: Random;

  constructor(
    private readonly context: SandboxContext,
    private readonly options: XCartOptions = {},
  ) {
    this.store = new XCartStore((store) => seedStore(store, context));
    this.webhooks = createWebhooks(context.faults);
    this.random = context.stream('xcart.orders');
    this.app = createStoreApp(this.store, context);
    this.app.addHook('onClose', (_app, done) => {
      this.webhooks.stop();
      done();
    });
    this.store.orderChanged = (order) => this.reportWrite(order);
    this.store.recordWritten = (happening, record) => {
      if (this.store.switches.webhookOnStatusWrite) this.tell(happening, record);
    };
    this.setSwitches(options.switches ?? {});
  }

  reset(): void {
    this.store.reset();
    this.webhooks.reset();
    this.random = this.context.stream('xcart.orders');
    this.setSwitches(this.options.switches ?? {});
  }

  /** The time by the store's clock. */
  now = (): Date => this.context.now();

  setSwitches(switches: Partial<XCartSwitches>): XCartSwitches {
    Object.assign(this.store.switches, switches);
    return this.store.switches;
  }

  /** Every order as the REST API shows it. */
  orders(): OrderView[] {
    return [...this.store.orders.values()].map(({ view }) => view);
  }

  order(id: number): OrderRecord | undefined {
    return this.store.orders.get(id);
  }

  /** Places orders and, unless told otherwise, sends `order.created` for each. */
  place(wish: OrderWish, notify = true): OrderView[] {
    const records = placeOrders(this.store, this.random, wish, this.context.now());
    if (notify) {
      this.webhooks.send(records.map(({ view }) => notificationOf('order.created', view)));
    }
    return records.map(({ view }) => view);
  }

  change(order: OrderRecord, change: OrderChange): OrderView {
    changeOrder(this.store, order, change, this.context.now());
    return this.changed(order);
  }

  /** Deletes an order, which the REST API cannot do but the store's staff can. */
  remove(order: OrderRecord): void {
    this.store.orders.delete(order.view.id);
  }

  ship(order: OrderRecord, tracking: string): OrderView {
    shipOrder(this.store, order, tracking, this.context.now());
    return this.changed(order);
  }

  /** @param value how much; absent: all that has not been given back yet */
  refund(order: OrderRecord, value?: number): OrderView {
    refundOrder(this.store, order, value, this.context.now());
    return this.changed(order);
  }

  /** Sends a webhook once more; with the last delivery id unless another is given: a true duplicate. */
  notify(order: OrderRecord, event: string, deliveryId?: string): XCartDelivery[] {
    const { id } = order.view;
    const isLast = (each: XCartDelivery): boolean => each.id === id && each.event === event;
    const known = deliveryId ?? this.webhooks.lastDeliveryId(isLast);
    return this.webhooks.send([notificationOf(event, order.view, known)]);
  }

  /** The product or variant that has this SKU; undefined when the store does not know it. */
  stockHolder(sku: string): StockHolder | undefined {
    const product = this.store.productBySku(sku);
    const variants = [...(product?.variants.values() ?? [])];
    return variants.find((each) => each.sku === sku) ?? product?.view;
  }

  /** Sets the stock of a SKU; undefined when the store does not know it. */
  setStock(sku: string, amount: number): StockHolder | undefined {
    const holder = this.stockHolder(sku);
    if (holder === undefined) return undefined;
    const own = 'default_amount' in holder ? { default_amount: false } : {};
    return Object.assign(holder, { amount, ...own });
  }

  /** @param variants their SKUs */
  addProduct(sku: string, variants: string[] = []): void {
    const now = this.context.now();
    const record = newProduct(this.store, { sku, name: sku, price: 1, amount: 0 }, now);
    this.store.addProduct(record);
    const named = variants.map((each) => ({ sku: each, name: each, price: 1 }));
    addVariants(this.store, record, { name: sku, price: 1, weight: 0, variants: named }, () => 0);
  }

  /** What the staff does to a product, or a customer to what the store knows of him, is told to whoever listens. */
  tell = (happening: Happening, record: ProductRecord | ProfileRecord): void => {
    if (!this.store.switches.webhookOnRecords) return;
    this.webhooks.send(recordNotifications(happening, record));
  };

  private changed(order: OrderRecord): OrderView {
    this.webhooks.send([notificationOf('order.changed', order.view)]);
    return order.view;
  }

  private reportWrite(order: OrderRecord): void {
    if (this.store.switches.webhookOnStatusWrite) this.changed(order);
  }
}

export function createXCart(context: SandboxContext, options: XCartOptions = {}): XCartService {
  return new XCartService(context, options);
}
