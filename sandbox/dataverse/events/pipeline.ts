import { randomUUID } from 'node:crypto';
import type { Faults } from '../../kit';
import {
  deliver,
  WEBHOOK_DEFAULTS,
  Webhooks,
  type Delivery,
  type DeliveryState,
  type WebhookMessage,
} from '../../kit/webhooks';
import type { Engine } from '../engine';
import { DataverseError } from '../errors';
import { hasSteps } from '../schema/tables/messages';
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

/** Source: Dataverse docs, use-webhooks: "Endpoint unavailable" is what a user is told; the rest is inferred. */
function refuse({ switches }: Engine, failure: Failure | undefined): void {
  if (!failure) return;
  const message = `Endpoint unavailable. ${failure.message}`;
  throw new DataverseError(switches.synchronousFailureStatus, failure.code, message);
}

/**
 * The event pipeline, as far as webhooks are in it: of every change of a row it finds the steps, and calls their
 * endpoints.
 */
export class Pipeline {
  readonly webhooks: EventWebhooks;
  /** What is on its way, by delivery id, for the job that it ends in. */
  private readonly events = new Map<string, StepEvent>();
  private stopping = new AbortController();

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
    const steps = hasSteps(change.table.schema) ? stepsFor(engine, change) : [];
    if (steps.length === 0 || !isChange(change)) return;
    const { execution = ownExecution(engine) } = engine;
    const requestId = engine.once('request', randomUUID);
    for (const step of steps) {
      const bypassed = step.synchronous
        ? execution.bypass.synchronous
        : execution.bypass.asynchronous;
      if (bypassed) continue;
      const at = engine.context.now().getTime();
      const event = { step, change, execution, requestId, operationId: randomUUID(), at };
      if (step.synchronous && engine.attempt) refuse(engine, engine.attempt.outcomeOf(event));
      else this.queue(event);
    }
  }

  /** Calls the endpoint of a synchronous step. Faults do not reach it: it is a part of the request. */
  async call(event: StepEvent): Promise<Failure | undefined> {
    const engine = this.engine();
    const address = addressOf(event.step.endpoint);
    if ('code' in address) return address;
    const state: DeliveryState = {
      deliveryId: event.operationId,
      event: messageOf(event.change),
      url: address.url,
      duplicate: false,
      status: 'pending',
      attempts: [],
    };
    const message = withHeaders(messageFor(engine, event), address);
    const target = { ...WEBHOOK_DEFAULTS, ...targetOf(engine, address.url) };
    await deliver(state, message, target, this.stopping.signal);
    return failureOf(state);
  }

  stop(): void {
    this.stopping.abort();
    this.webhooks.stop();
  }

  reset(): void {
    this.stopping.abort();
    this.stopping = new AbortController();
    this.webhooks.reset();
    this.events.clear();
  }

  /**
   * Asynchronous steps are called when all has been written; synchronous ones too where rows are made outside of HTTP,
   * because nobody waits there.
   */
  private queue(event: StepEvent): void {
    const engine = this.engine();
    const message = messageFor(engine, event);
    engine.database.afterCommit(() => this.send(event, message));
  }

  private send(event: StepEvent, message: WebhookMessage): void {
    const engine = this.engine();
    const address = addressOf(event.step.endpoint);
    if ('code' in address) {
      this.keep(event, address, 0);
      return;
    }
    const { change, step, operationId } = event;
    const about: AboutEvent = {
      stepId: step.id,
      table: change.table.name,
      recordId: change.id,
      message: withHeaders(message, address),
    };
    const sent = this.webhooks.send(
      [{ event: messageOf(change), about, deliveryId: operationId }],
      targetOf(engine, address.url),
    );
    if (sent.some(({ status }) => status === 'pending')) this.events.set(operationId, event);
  }

  /** A duplicate is no second job. */
  private ended(delivery: Delivery<AboutEvent>): void {
    const event = this.events.get(delivery.deliveryId);
    if (!event || delivery.duplicate || delivery.status === 'cancelled') return;
    this.events.delete(delivery.deliveryId);
    this.keep(event, failureOf(delivery), delivery.attempts.length);
  }

  /** Only an asynchronous step is a job. */
  private keep(event: StepEvent, failure: Failure | undefined, tries: number): void {
    if (!event.step.synchronous) keepJob(this.engine(), event, { failure, tries });
  }
}

export const withHeaders = (
  { headers, body }: WebhookMessage,
  { headers: own }: Address,
): WebhookMessage => ({ headers: { ...headers, ...own }, body });
