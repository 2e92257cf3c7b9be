import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ChangeRefused, ORDER_STATES, type OrderState, type ShopOrder } from '../kit/shop';
import { ControlError, readBody } from './input';
import { count, moment } from './orders';
import { registerRecords, type RecordDoors } from './records';

/** How the order shall stand. Each shop has words of its own for it. */
export const orderState = z.enum(ORDER_STATES).optional();

/** What `POST /<shop>/orders/:id/change` takes in every shop: the state, and the date of that change. */
export const changeSchema = <Own extends z.ZodRawShape>(own: Own) =>
  z.object({ at: moment.optional(), state: orderState, ...own }).strict();

/** What `PUT /<shop>/stock` takes: how many pieces there are, of a product or a variant. */
const stockSchema = (canBeNegative: boolean) =>
  z.object({ sku: z.string().min(1), amount: canBeNegative ? z.number().int() : count }).strict();

const MOST_PRODUCTS = 100_000;

/** @param variants how many of the SKUs are those of variants */
const growSchema = z
  .object({ count: z.number().int().min(1).max(MOST_PRODUCTS), variants: count.default(0) })
  .strict();

/** So many variants has each product that is added with some. */
const VARIANTS_EACH = 5;

const shipSchema = z.object({ tracking: z.string().min(1).optional() }).strict();

const refundSchema = z.object({ value: z.number().positive().optional() }).strict();

const notifySchema = z
  .object({ event: z.string().min(1).optional(), deliveryId: z.string().min(1).optional() })
  .strict();

/** One address that a shop tells of its events. */
export interface ShopHook {
  /** As the shop calls what it tells; `*`: everything. */
  event: string;
  url: string;
  /** What it signs with or sends along; absent where that stands in the address. */
  secret?: string;
}

/** What a shop's staff and its buyers can do, which its API cannot: the same doors in every shop. */
export interface ShopDoors<Order, Wish, Change> {
  /** Made by `ordersSchema`. */
  placing: z.ZodType<Wish & { notify: boolean }, z.ZodTypeDef, unknown>;
  /** Made by `changeSchema`. */
  changing: z.ZodType<Change, z.ZodTypeDef, unknown>;
  orders(): Order[];
  order(id: string): Order | undefined;
  show(order: Order): ShopOrder;
  /** @param notify whether webhooks are sent */
  place(wish: Wish, notify: boolean): Order[];
  /** With an empty change the first line gets one piece more. */
  change(order: Order, change: Change): void;
  remove(order: Order): void;
  ship(order: Order, tracking?: string): void;
  /** @param value all that is left where it is not given */
  refund(order: Order, value?: number): void;
  /** Sends a webhook once more, with the last delivery id unless another is given; undefined: nobody listens. */
  notify(order: Order, event?: string, deliveryId?: string): object[] | undefined;
  /** What to do where nobody listens. */
  nobodyListens: string;
  /** Where the shop sends its webhooks at this moment, whoever has asked for it. */
  hooks(): ShopHook[];
  stock: {
    canBeNegative?: boolean;
    /** Undefined where the shop does not know the SKU. */
    get(sku: string): number | undefined;
    /** Throws where there is none. */
    set(sku: string, amount: number): void;
    /** Adds a product of its own for the SKU, with no piece in stock: for a shop of many thousands. */
    add(sku: string): void;
    /** The same with variants, each with no piece in stock; left out: the shop's products have none. */
    addWithVariants?(sku: string, variants: string[]): void;
  };
  /** What is no order, by the last part of its path. */
  records: Readonly<Record<'products' | 'customers', RecordDoors> & Record<string, RecordDoors>>;
}

export type { OrderState, ShopOrder };

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

function registerOrders<Order, Wish, Change>(
  app: FastifyInstance,
  path: string,
  doors: ShopDoors<Order, Wish, Change>,
): void {
  const orderOf = (id: string): Order => {
    const order = doors.order(id);
    if (order === undefined) throw new ControlError(404, `"id": there is no order ${id}`);
    return order;
  };
  app.get(path, () => doors.orders().map(doors.show));
  app.get<WithId>(`${path}/:id`, ({ params }) => doors.show(orderOf(params.id)));
  app.post(path, ({ body }) => {
    const { notify, ...wish } = readBody(doors.placing, body);
    return attempt(() => doors.place(wish as Wish, notify)).map(doors.show);
  });
  app.delete<WithId>(`${path}/:id`, ({ params }, reply) => {
    doors.remove(orderOf(params.id));
    return reply.code(204).send();
  });
  app.post<WithId>(`${path}/:id/notify`, ({ params, body }) => {
    const { event, deliveryId } = readBody(notifySchema, body);
    const sent = doors.notify(orderOf(params.id), event, deliveryId);
    if (sent === undefined) throw new ControlError(409, doors.nobodyListens);
    return sent;
  });
  /** A door by which one order is changed, and shown as it is then. */
  const moving = <S extends z.ZodTypeAny>(
    name: string,
    schema: S,
    move: (order: Order, body: z.output<S>) => void,
  ): void => {
    app.post<WithId>(`${path}/:id/${name}`, ({ params, body }) => {
      const order = orderOf(params.id);
      const given = readBody(schema, body);
      attempt(() => move(order, given));
      return doors.show(order);
    });
  };
  moving('change', doors.changing, (order, change) => doors.change(order, change as Change));
  moving('ship', shipSchema, (order, { tracking }) => doors.ship(order, tracking));
  moving('refund', refundSchema, (order, { value }) => doors.refund(order, value));
}

type Stock = ShopDoors<unknown, unknown, unknown>['stock'];

function addProducts({ get, add }: Stock, wanted: number): string[] {
  const skus = Array.from({ length: Math.max(wanted, 0) }, (_, index) => `BULK-${index + 1}`);
  skus.filter((sku) => get(sku) === undefined).forEach(add);
  return skus;
}

/** Variants are named after their product. */
function addVariants({ get, addWithVariants }: Stock, wanted: number): string[] {
  if (wanted > 0 && !addWithVariants) {
    throw new ControlError(400, '"variants": products of this shop have none');
  }
  const products = Math.ceil(wanted / VARIANTS_EACH);
  return Array.from({ length: products }, (_, product) => {
    const sku = `BULK-V${product + 1}`;
    const length = Math.min(VARIANTS_EACH, wanted - product * VARIANTS_EACH);
    const variants = Array.from({ length }, (__, index) => `${sku}-${index + 1}`);
    if (get(sku) === undefined) addWithVariants?.(sku, variants);
    return variants;
  }).flat();
}

/** Orders that come in, change, are shipped, paid back and deleted, the stock, and other records: below `/<shop>`. */
export function registerShop<Order, Wish, Change>(
  app: FastifyInstance,
  shop: string,
  doors: ShopDoors<Order, Wish, Change>,
): void {
  registerOrders(app, `/${shop}/orders`, doors);
  for (const [kinds, records] of Object.entries(doors.records)) {
    registerRecords(app, `/${shop}/records/${kinds}`, records);
  }
  app.get(`/${shop}/hooks`, () => doors.hooks());
  const { canBeNegative = false, get, set } = doors.stock;
  const amountOf = (sku: string): { sku: string; amount: number } => {
    const amount = get(sku);
    if (amount === undefined) throw new ControlError(404, `"sku": the store has no "${sku}"`);
    return { sku, amount };
  };
  app.get<{ Params: { sku: string } }>(`/${shop}/stock/:sku`, ({ params: { sku } }) =>
    amountOf(sku),
  );
  app.put(`/${shop}/stock`, ({ body }) => {
    const { sku, amount } = readBody(stockSchema(canBeNegative), body);
    amountOf(sku);
    set(sku, amount);
    return amountOf(sku);
  });
  app.post(`/${shop}/products`, ({ body }) => {
    const { count: all, variants } = readBody(growSchema, body);
    return [...addVariants(doors.stock, variants), ...addProducts(doors.stock, all - variants)];
  });
}
