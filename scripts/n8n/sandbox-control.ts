import type { ShopHook } from '../../sandbox/control/shop';
import type { ShopOrder } from '../../sandbox/kit/shop';
import type { ServiceName } from '../../sandbox/services';
import type { OrderChangeRequest, OrdersRequest } from '../../sandbox/xcart/control-input';
import { type Doors, doorsOf } from './doors';

/** The sandbox's control API, as far as demo, tests and bench use it. */

/** The services of the sandbox that are shops. */
export type ShopName = Extract<ServiceName, 'xcart' | 'threedcart' | 'clarity'>;

/** An order as X-Cart's REST API gives it. */
export interface PlacedOrder {
  id: number;
  order_number: string;
  total: number;
  email: string;
  /** `sku` is null where the product has been deleted since. */
  items: Array<{ sku: string | null; amount: number; price: number }>;
  [key: string]: unknown;
}

export interface Counts {
  requests: number;
  byRoute: Record<string, number>;
  operations: Record<string, number>;
  /** Most that were under way at the same time. */
  mostInFlight: number;
}

export type Row = Record<string, unknown>;

export class SandboxControl {
  private readonly json: Doors;

  constructor(readonly url: string) {
    this.json = doorsOf(url);
  }

  /** What the staff and the buyers of a shop do, the same in every shop. */
  shop(name: ShopName): ShopControl {
    return new ShopControl(name, this.json);
  }

  async placeOrders(request: OrdersRequest): Promise<PlacedOrder[]> {
    return (await this.shop('xcart').place(request)).map(documentOf);
  }

  async changeOrder(id: number, change: OrderChangeRequest = {}): Promise<PlacedOrder> {
    return documentOf(await this.shop('xcart').change(String(id), change));
  }

  /** Gives money back: all that is left, or a part. */
  async refundOrder(id: number, value?: number): Promise<PlacedOrder> {
    return documentOf(await this.shop('xcart').refund(String(id), value));
  }

  async order(id: number): Promise<PlacedOrder> {
    return documentOf(await this.shop('xcart').order(String(id)));
  }

  /** Readings of what the services' documentation leaves open. */
  async setSwitches(service: ServiceName, switches: object): Promise<void> {
    await this.json('PUT', `/${service}/switches`, switches);
  }

  /** Delivers the webhook of an order once more. */
  async notify(id: number, delivery: object = {}): Promise<void> {
    await this.shop('xcart').notify(String(id), delivery);
  }

  /** @param how such as `{ concurrency: 100 }` */
  async setWebhook(url: string, secret: string, how: object = {}): Promise<void> {
    await this.json('PUT', '/xcart/webhook', { url, secret, ...how });
  }

  /** Every access token that a service has issued until now is refused. */
  async expireTokens(service: ServiceName = 'entra'): Promise<void> {
    await this.json('POST', `/${service}/expire-tokens`);
  }

  async orders(): Promise<PlacedOrder[]> {
    return (await this.shop('xcart').orders()).map(documentOf);
  }

  async rows(entitySet: string): Promise<Row[]> {
    return await this.json('GET', `/dataverse/rows/${entitySet}`);
  }

  async counts(): Promise<Record<ServiceName, Counts>> {
    return await this.json('GET', '/counts');
  }

  async resetCounts(): Promise<void> {
    await this.json('DELETE', '/counts');
  }

  async setFaults(faults: object): Promise<void> {
    await this.json('PUT', '/faults', faults);
  }
}

const documentOf = ({ document }: ShopOrder): PlacedOrder => document as PlacedOrder;

/** One shop's staff and buyers. */
export class ShopControl {
  constructor(
    private readonly name: ShopName,
    private readonly ask: Doors,
  ) {}

  /** @param wish such as `{ count: 25, state: 'paid' }` */
  async place(wish: object): Promise<ShopOrder[]> {
    return await this.ask('POST', `/${this.name}/orders`, wish);
  }

  /** @param change such as `{ state: 'canceled' }`; with nothing given the first line gets one piece more */
  async change(id: string, change: object = {}): Promise<ShopOrder> {
    return await this.ask('POST', `/${this.name}/orders/${id}/change`, change);
  }

  /** Gives money back: all that is left, or a part. */
  async refund(id: string, value?: number): Promise<ShopOrder> {
    return await this.ask('POST', `/${this.name}/orders/${id}/refund`, { value });
  }

  async order(id: string): Promise<ShopOrder> {
    return await this.ask('GET', `/${this.name}/orders/${id}`);
  }

  async orders(): Promise<ShopOrder[]> {
    return await this.ask('GET', `/${this.name}/orders`);
  }

  /** Adds products, and gives back so many SKUs of theirs: first those of variants, where some shall be. */
  async addProducts(count: number, variants = 0): Promise<string[]> {
    return await this.ask('POST', `/${this.name}/products`, { count, variants });
  }

  async stock(sku: string): Promise<number> {
    return (await this.ask<{ amount: number }>('GET', `/${this.name}/stock/${sku}`)).amount;
  }

  /** Where it sends webhooks, whoever has asked for it. */
  async hooks(): Promise<ShopHook[]> {
    return await this.ask('GET', `/${this.name}/hooks`);
  }

  /** How many webhooks are on their way, or will be tried again. */
  async underway(): Promise<number> {
    const all = await this.ask<Array<{ status: string }>>('GET', `/${this.name}/deliveries`);
    return all.filter(({ status }) => status === 'pending').length;
  }

  /** Delivers the webhook of an order once more. */
  async notify(id: string, delivery: object = {}): Promise<void> {
    await this.ask('POST', `/${this.name}/orders/${id}/notify`, delivery);
  }
}
