/** Where a service sends its webhooks, and how stubbornly. */
export interface WebhookTarget {
  url: string;
  secret: string;
  /** Further tries after a failed one; 3 by default. */
  retries: number;
  /** Statuses that are tried again; left out: every failure is. */
  retryStatuses?: readonly number[];
  /** Wait before the first further try; each following wait is twice as long. */
  backOffMs: number;
  /** How long one try may take. */
  timeoutMs: number;
  /** Deliveries in flight at the same time. */
  concurrency: number;
}

export const WEBHOOK_DEFAULTS = { retries: 3, backOffMs: 250, timeoutMs: 15_000, concurrency: 8 };

export interface DeliveryAttempt {
  at: string;
  /** HTTP status, where there was an answer. */
  status?: number;
  error?: string;
  milliseconds: number;
}

/** `lost`: swallowed on purpose by a fault. `failed`: given up after the last try. */
export type DeliveryStatus = 'pending' | 'delivered' | 'failed' | 'lost' | 'cancelled';

/** What is sent, as the service words it. */
export interface WebhookMessage {
  headers: Record<string, string>;
  body: string;
}

/** `About`: what the service tells of, such as the id of an order. */
export interface Notification<About extends object> {
  event: string;
  about: About;
  /** A new one when absent. */
  deliveryId?: string;
}

/** A notification on its way, or at its end. */
export type Delivery<About extends object> = DeliveryState & About;

export interface DeliveryState {
  deliveryId: string;
  event: string;
  url: string;
  /** True for a second delivery of the same event under the same delivery id. */
  duplicate: boolean;
  status: DeliveryStatus;
  attempts: DeliveryAttempt[];
}
