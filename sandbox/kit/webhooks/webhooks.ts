import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import PQueue from 'p-queue';
import type { Faults } from '../faults';
import { shuffled } from '../random';
import { deliver } from './send';
import {
  WEBHOOK_DEFAULTS,
  type Delivery,
  type Notification,
  type WebhookMessage,
  type WebhookTarget,
} from './types';

/** How far apart shuffled deliveries are thrown. */
const SHUFFLE_MS = 400;

export type TargetInput = Pick<WebhookTarget, 'url' | 'secret'> & Partial<WebhookTarget>;

/**
 * Sends what a service has to tell: again when it is refused, and lost, late, doubled and shuffled as the
 * faults ask for. How a notification is worded and signed is the service's own: `messageOf`.
 *
 * Delivery ids are random even though all else is seeded: after a reset the same ids would come again, and a
 * receiver that remembers them would rightly drop new events.
 */
export class Webhooks<About extends object> {
  private target: WebhookTarget | undefined;
  private queue = new PQueue({ concurrency: WEBHOOK_DEFAULTS.concurrency });
  /** Those that are sent later, so that they hold up no others meanwhile. */
  private late = new PQueue();
  private stopping = new AbortController();
  private sent: Array<Delivery<About>> = [];

  constructor(
    private readonly faults: Faults,
    private readonly messageOf: (delivery: Delivery<About>, secret: string) => WebhookMessage,
    /** Told of each delivery that has come to its end, delivered or not; not of one that is lost. */
    private readonly ended: (delivery: Delivery<About>) => void = () => undefined,
  ) {}

  get configured(): WebhookTarget | undefined {
    return this.target;
  }

  configure(input: TargetInput): WebhookTarget {
    this.target = { ...WEBHOOK_DEFAULTS, ...input };
    this.queue.concurrency = this.target.concurrency;
    return this.target;
  }

  remove(): void {
    this.target = undefined;
  }

  deliveries(): ReadonlyArray<Delivery<About>> {
    return this.sent;
  }

  /** Resolves when nothing is waiting or on its way. */
  async idle(): Promise<void> {
    await this.late.onIdle();
    await this.queue.onIdle();
  }

  /** The id of the last delivery that is so, to send a true duplicate. */
  lastDeliveryId(matches: (delivery: Delivery<About>) => boolean): string | undefined {
    return this.sent.findLast(matches)?.deliveryId;
  }

  /**
   * Sends notifications, with the losses, delays, duplicates and disorder that the faults ask for.
   *
   * @param to a receiver that the service keeps itself, as one with an API for its webhooks does; absent: the one that
   *   is configured
   */
  send(
    notifications: ReadonlyArray<Notification<About>>,
    to?: TargetInput,
  ): Array<Delivery<About>> {
    const target = to ? { ...WEBHOOK_DEFAULTS, ...to } : this.target;
    if (target === undefined) return [];
    const deliveries = notifications.flatMap((each) => this.withFaults(each, target.url));
    this.sent.push(...deliveries);
    const { shuffle, delayMs } = this.faults.config.webhooks;
    const pending = deliveries.filter(({ status }) => status === 'pending');
    const order = shuffle ? shuffled(this.faults.draw, pending) : pending;
    for (const delivery of order) {
      this.enqueue(delivery, target, delayMs + (shuffle ? this.faults.draw() * SHUFFLE_MS : 0));
    }
    return deliveries;
  }

  /** Forgets everything and breaks off what is on its way. */
  reset(): void {
    this.stop();
    this.stopping = new AbortController();
    this.queue = new PQueue({ concurrency: WEBHOOK_DEFAULTS.concurrency });
    this.late = new PQueue();
    this.sent = [];
    this.target = undefined;
  }

  stop(): void {
    this.stopping.abort();
    this.late.clear();
    this.queue.clear();
  }

  private withFaults(notification: Notification<About>, url: string): Array<Delivery<About>> {
    const { lose, duplicate } = this.faults.config.webhooks;
    const first = deliveryOf(notification, url, false);
    if (this.faults.chance(lose)) return [{ ...first, status: 'lost' }];
    if (!this.faults.chance(duplicate)) return [first];
    return [first, { ...first, duplicate: true, attempts: [] }];
  }

  private enqueue(delivery: Delivery<About>, target: WebhookTarget, waitMs: number): void {
    const { signal } = this.stopping;
    const { queue } = this;
    const send = async (): Promise<void> => {
      await deliver(delivery, this.messageOf(delivery, target.secret), target, signal);
      this.ended(delivery);
    };
    if (waitMs === 0) {
      void queue.add(send);
      return;
    }
    void this.late.add(async () => {
      // A stop ends the wait, too.
      await sleep(waitMs, undefined, { signal }).catch(() => undefined);
      if (!signal.aborted) void queue.add(send);
    });
  }
}

function deliveryOf<About extends object>(
  { event, about, deliveryId = randomUUID() }: Notification<About>,
  url: string,
  duplicate: boolean,
): Delivery<About> {
  return {
    deliveryId,
    event,
    ...about,
    url,
    duplicate,
    status: 'pending',
    attempts: [],
  };
}
