import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import PQueue from 'p-queue';
import { shuffled, type Faults } from '../../kit';
import type { OrderView } from '../model';
import { deliver } from './send';
import { WEBHOOK_DEFAULTS, type Delivery, type WebhookTarget } from './types';

/** How far apart shuffled deliveries are thrown. */
const SHUFFLE_MS = 400;

export type TargetInput = Pick<WebhookTarget, 'url' | 'secret'> & Partial<WebhookTarget>;

export interface Notification {
  event: string;
  order: Pick<OrderView, 'id' | 'order_number'>;
  /** A new one when absent. */
  deliveryId?: string;
}

/**
 * Webhooks of a store-side add-on. SYNTHETIC: X-Cart has no outbound webhooks of its own, so event names, body
 * and headers are this project's convention and no vendor's protocol.
 *
 * Delivery ids are random even though all else is seeded: after a reset the same ids would come again, and a
 * receiver that remembers them would rightly drop new events.
 */
export class Webhooks {
  private target: WebhookTarget | undefined;
  private queue = new PQueue({ concurrency: WEBHOOK_DEFAULTS.concurrency });
  private stopping = new AbortController();
  private sent: Delivery[] = [];

  constructor(private readonly faults: Faults) {}

  get configured(): boolean {
    return this.target !== undefined;
  }

  configure(input: TargetInput): WebhookTarget {
    this.target = { ...WEBHOOK_DEFAULTS, ...input };
    this.queue.concurrency = this.target.concurrency;
    return this.target;
  }

  remove(): void {
    this.target = undefined;
  }

  deliveries(): readonly Delivery[] {
    return this.sent;
  }

  /** Resolves when nothing is waiting or on its way. */
  async idle(): Promise<void> {
    await this.queue.onIdle();
  }

  /** The delivery id that was used last for an order and event, to send a true duplicate. */
  lastDeliveryId(orderId: number, event: string): string | undefined {
    return this.sent.findLast((each) => each.orderId === orderId && each.event === event)
      ?.deliveryId;
  }

  /** Sends notifications, with the losses, duplicates and disorder that the faults ask for. */
  send(notifications: readonly Notification[]): Delivery[] {
    const { target } = this;
    if (target === undefined) return [];
    const deliveries = notifications.flatMap((each) => this.withFaults(each, target.url));
    this.sent.push(...deliveries);
    const { shuffle } = this.faults.config.webhooks;
    const pending = deliveries.filter(({ status }) => status === 'pending');
    const order = shuffle ? shuffled(this.faults.draw, pending) : pending;
    for (const delivery of order) this.enqueue(delivery, target, shuffle);
    return deliveries;
  }

  /** Forgets everything and breaks off what is on its way. */
  reset(): void {
    this.stop();
    this.stopping = new AbortController();
    this.queue = new PQueue({ concurrency: WEBHOOK_DEFAULTS.concurrency });
    this.sent = [];
    this.target = undefined;
  }

  stop(): void {
    this.stopping.abort();
    this.queue.clear();
  }

  private withFaults(notification: Notification, url: string): Delivery[] {
    const { lose, duplicate } = this.faults.config.webhooks;
    const first = deliveryOf(notification, url, false);
    if (this.faults.chance(lose)) return [{ ...first, status: 'lost' }];
    if (!this.faults.chance(duplicate)) return [first];
    return [first, { ...first, duplicate: true, attempts: [] }];
  }

  private enqueue(delivery: Delivery, target: WebhookTarget, shuffle: boolean): void {
    const { signal } = this.stopping;
    const wait = shuffle ? this.faults.draw() * SHUFFLE_MS : 0;
    void this.queue.add(async () => {
      if (wait > 0) await sleep(wait);
      await deliver(delivery, target, signal);
    });
  }
}

function deliveryOf(notification: Notification, url: string, duplicate: boolean): Delivery {
  const { event, order, deliveryId = randomUUID() } = notification;
  return {
    deliveryId,
    event,
    orderId: order.id,
    orderNumber: order.order_number,
    url,
    duplicate,
    status: 'pending',
    attempts: [],
  };
}
