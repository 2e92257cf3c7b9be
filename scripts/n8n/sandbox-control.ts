import type { ServiceName } from '../../sandbox/services';
import type { OrderChangeRequest, OrdersRequest } from '../../sandbox/xcart/control-input';

/** The sandbox's control API, as far as demo, tests and bench use it. */

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
}

export type Row = Record<string, unknown>;

export class SandboxControl {
  constructor(readonly url: string) {}

  async placeOrders(request: OrdersRequest): Promise<PlacedOrder[]> {
    return await this.json('POST', '/xcart/orders', request);
  }

  async changeOrder(id: number, change: OrderChangeRequest = {}): Promise<PlacedOrder> {
    return await this.json('POST', `/xcart/orders/${id}/change`, change);
  }

  /** Gives money back: all that is left, or a part. */
  async refundOrder(id: number, value?: number): Promise<PlacedOrder> {
    return await this.json('POST', `/xcart/orders/${id}/refund`, { value });
  }

  async order(id: number): Promise<PlacedOrder> {
    return await this.json('GET', `/xcart/orders/${id}`);
  }

  /** Readings of what the services' documentation leaves open. */
  async setSwitches(service: 'xcart' | 'dataverse', switches: object): Promise<void> {
    await this.json('PUT', `/${service}/switches`, switches);
  }

  /** Delivers the webhook of an order once more. */
  async notify(id: number, delivery: object = {}): Promise<void> {
    await this.json('POST', `/xcart/orders/${id}/notify`, delivery);
  }

  /** @param how such as `{ concurrency: 100 }` */
  async setWebhook(url: string, secret: string, how: object = {}): Promise<void> {
    await this.json('PUT', '/xcart/webhook', { url, secret, ...how });
  }

  /** Every token issued until now is refused. */
  async expireTokens(): Promise<void> {
    await this.json('POST', '/entra/expire-tokens');
  }

  async orders(): Promise<PlacedOrder[]> {
    return await this.json('GET', '/xcart/orders');
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

  private async json<T>(method: string, path: string, body?: object): Promise<T> {
    const answer = await fetch(`${this.url}${path}`, {
      method,
      headers: body ? { 'content-type': 'application/json' } : {},
      body: body ? JSON.stringify(body) : undefined,
    });
    const text = await answer.text();
    if (!answer.ok)
      throw new Error(`The sandbox answered ${answer.status} to ${method} ${path}: ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  }
}
