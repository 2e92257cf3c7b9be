import { randomUUID } from 'node:crypto';
import type { Faults } from '../../kit';
import { Webhooks, type Delivery, type WebhookMessage } from '../../kit/webhooks';
import type { Engine } from '../engine';
import type { RowChange } from '../store/database';
import { addressOf, type Address } from './address';
import { isChange, type StepEvent } from './context';
import { ownExecution } from './execution';
import { failureOf, type Failure } from './failure';
import { keepJob } from './jobs';
import { messageFor } from './message';
import { messageOf, stepsFor } from './steps';

/** What a delivery is about. */
export interface AboutEvent {
  stepId: string;
  table: string;
  recordId: string;
  message: WebhookMessage;
}

export type EventWebhooks = Webhooks<AboutEvent>;

/** Statuses that are tried once more. Source: Dataverse docs, use-webhooks. */
const RETRIED = [502, 503, 504];

/** How an endpoint is called, once more at most. */
export const targetOf = ({ switches }: Engine, url: string) => ({
  url,
  secret: '',
  retries: 1,
  retryStatuses: RETRIED,
  backOffMs: switches.webhookRetryMs,
  timeoutMs: switches.webhookTimeoutMs,
});

/**
 * The event pipeline, as far as webhooks are in it: of every change of a row it finds the steps, and calls their
 * endpoints.
 */
export class Pipeline {
  readonly webhooks: EventWebhooks;
  /** What is on its way, by delivery id, for the job that it ends in. */
  private readonly events = new Map<string, StepEvent>();

  constructor(
    private readonly engine: () => Engine,
    faults: Faults,
  ) {
    this.webhooks = new Webhooks<AboutEvent>(
      faults,
      ({ message }) => message,
      (delivery) => this.ended(delivery),
    );
  }

  /** Told of every change inside its transaction. */
  follow(change: RowChange): void {
    const engine = this.engine();
    if (change.table.schema.intersect || !isChange(change)) return;
    const { execution = ownExecution(engine) } = engine;
    for (const step of stepsFor(engine, change)) {
      const bypassed = step.synchronous
        ? execution.bypass.synchronous
        : execution.bypass.asynchronous;
      if (bypassed) continue;
      const at = engine.context.now().getTime();
      this.queue({ step, change, execution, operationId: randomUUID(), at });
    }
  }

  reset(): void {
    this.webhooks.reset();
    this.events.clear();
  }

  /** Asynchronous steps are called when all has been written. */
  private queue(event: StepEvent): void {
    const engine = this.engine();
    const message = messageFor(engine, event);
    engine.database.afterCommit(() => this.send(event, message));
  }

  private send(event: StepEvent, message: WebhookMessage): void {
    const engine = this.engine();
    const address = addressOf(event.step.endpoint);
    if ('code' in address) {
      keepJob(engine, event, { failure: address, tries: 0 });
      return;
    }
    const { change, step, operationId } = event;
    const about: AboutEvent = {
      stepId: step.id,
      table: change.table.name,
      recordId: change.id,
      message: withHeaders(message, address),
    };
    this.events.set(operationId, event);
    this.webhooks.send(
      [{ event: messageOf(change), about, deliveryId: operationId }],
      targetOf(engine, address.url),
    );
  }

  /** A duplicate is no second job. */
  private ended(delivery: Delivery<AboutEvent>): void {
    const event = this.events.get(delivery.deliveryId);
    if (!event || delivery.duplicate || delivery.status === 'cancelled') return;
    this.events.delete(delivery.deliveryId);
    const failure: Failure | undefined = failureOf(delivery);
    keepJob(this.engine(), event, { failure, tries: delivery.attempts.length });
  }
}

export const withHeaders = (
  { headers, body }: WebhookMessage,
  { headers: own }: Address,
): WebhookMessage => ({ headers: { ...headers, ...own }, body });
