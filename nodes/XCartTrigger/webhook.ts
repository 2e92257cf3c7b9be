import type { IHookFunctions, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { identityName } from '../../core/commerce/identity';
import { toServiceError, validationError } from '../../core/errors';
import { sourceOf } from '../../core/stores/kit/records';
import {
  headerOf,
  type Hint,
  type IncomingDelivery,
  isAuthentic,
  readHints,
} from '../../core/stores/kit/webhook';
import { ORDERS } from '../../core/stores/xcart/feed';
import { DELIVERIES, webhookProofs } from '../../core/stores/xcart/webhook';
import type { Order } from '../../core/stores/xcart/wire';
import { countUnderway, noteUnderway } from '../shared/underway';
import { openStore, type Store } from '../XCart/connection';
import { isFollowedByLedger } from './catchUp';
import { triggerError } from '../shared/triggerError';
import {
  countMissing,
  forgetCatchUp,
  isUpToDate,
  keepForTestRun,
  markHandedOver,
  wasHandedOver,
} from './memory';
import { orderItem } from './poll';
import { readSettings, type TriggerSettings } from './settings';

/** The add-on waits for the answer: rather refuse and have it sent again than let it wait. */
const IN_A_HURRY = { timeoutMs: 8_000, retry: { attempts: 2 }, patienceMs: 2_000 };
const SEND_AGAIN_AFTER_S = '30';

const NO_SECRET_FIX =
  'Set Webhook Secret in the X-Cart API credential, and the same text in the store add-on that sends the webhooks.';

interface Reply {
  status: number;
  body: Record<string, string>;
  headers?: Record<string, string>;
}

/** Answers here and now, and starts nothing. */
function reply(context: IWebhookFunctions, { status, body, headers }: Reply): IWebhookResponseData {
  const response = context.getResponseObject();
  response
    .status(status)
    .set(headers ?? {})
    .json(body);
  return { noWebhookResponse: true };
}

function refused(reason: string): Reply {
  return { status: 401, body: { status: 'refused', reason } };
}

function ignored(reason: string): Reply {
  return { status: 200, body: { status: 'ignored', reason } };
}

function sendAgain(reason: string): Reply {
  return {
    status: 503,
    body: { status: 'send again', reason },
    headers: { 'Retry-After': SEND_AGAIN_AFTER_S },
  };
}

/** Whatever an add-on calls what happened to an order (`order.updated`, `order.paid`), it has changed. */
function orderEvent({ event }: Hint): string | undefined {
  if (event === 'order.created') return event;
  return event.startsWith('order.') ? 'order.changed' : undefined;
}

function isChosen(event: string, { events }: TriggerSettings): boolean {
  return events.length === 0 || events.includes(event);
}

function isFilteredOut(order: Order, settings: TriggerSettings): boolean {
  const passes = (chosen: string[], code?: string): boolean =>
    chosen.length === 0 || chosen.includes(code ?? '');
  const { paymentStatus, shippingStatus } = settings;
  return !(
    passes(paymentStatus, order.payment_status?.code) &&
    passes(shippingStatus, order.shipping_status?.code)
  );
}

type Read = { hint?: Hint } | { refusal: Reply };

function read(delivery: IncomingDelivery): Read {
  try {
    const [hint] = readHints(delivery, DELIVERIES);
    return { hint };
  } catch (error) {
    const { message, fix = '' } = toServiceError(error);
    return { refusal: { status: 400, body: { status: 'refused', reason: message, fix } } };
  }
}

/**
 * An order that the store does not have: not yet, where the add-on was faster than the store's own database, or no
 * more, and then no repetition brings it back.
 */
const TRIES_FOR_A_MISSING_ORDER = 3;

function unreadable(context: IWebhookFunctions, { id }: Hint, error: unknown): Reply {
  const failure = toServiceError(error);
  if (failure.class === 'not-found' && countMissing(context, id) > TRIES_FOR_A_MISSING_ORDER) {
    return ignored('the store has no such order');
  }
  context.logger.warn(`X-Cart Trigger could not read order ${id}: ${failure.message}`);
  return sendAgain('the order could not be read from the store');
}

/**
 * Executions that webhooks keep going at the same time. What comes beyond is left to the poll, which brings all of it
 * within a minute in a single execution, and far quicker than one by one.
 */
const MOST_UNDERWAY = 30;

const workflowOf = (context: IWebhookFunctions): string => context.getWorkflow().id ?? '';

const keyOf = (store: Store, order: Order, readAt: number): string =>
  identityName(sourceOf(ORDERS, store.name, order, 'poll', readAt));

function tooMany(context: IWebhookFunctions, { receiveBy }: TriggerSettings): Reply {
  const pollBringsIt = receiveBy === 'both' && isUpToDate(context);
  if (!pollBringsIt) return sendAgain('many orders are on their way');
  return { status: 202, body: { status: 'accepted', reason: 'the next poll brings it' } };
}

/** The body is a hint only, and may be forged or old: what counts is what the store's API says now. */
async function handOver(
  context: IWebhookFunctions,
  store: Store,
  { hint, event }: { hint: Hint; event: string },
  settings: TriggerSettings,
): Promise<IWebhookResponseData> {
  const isCounted = context.getMode() !== 'manual' && isFollowedByLedger(context);
  if (isCounted && countUnderway(workflowOf(context)) >= MOST_UNDERWAY) {
    return reply(context, tooMany(context, settings));
  }
  let order: Order;
  const readAt = Date.now();
  try {
    order = await store.client.orders.get(hint.id);
  } catch (error) {
    return reply(context, unreadable(context, hint, error));
  }
  if (isFilteredOut(order, settings)) {
    return reply(context, ignored('the status of the order is not chosen'));
  }
  if (isCounted) noteUnderway(workflowOf(context), keyOf(store, order, readAt));
  const item = orderItem(store.name, order, event, readAt);
  if (context.getMode() === 'manual') keepForTestRun(context, item);
  return { workflowData: [[item]], webhookResponse: { status: 'accepted' } };
}

/**
 * A delivery of the store add-on. It never touches the node's static data: n8n saves those as a whole, and the
 * webhook's copy of them would set back the cursor of the poll.
 */
export async function receiveDelivery(this: IWebhookFunctions): Promise<IWebhookResponseData> {
  const settings = readSettings(this);
  const request = this.getRequestObject();
  // n8n reads the body when it is asked for, and keeps the exact bytes beside it.
  if (request.rawBody === undefined) await request.readRawBody();
  const store = await openStore(this, IN_A_HURRY);
  if (store.webhookSecret === '') {
    this.logger.warn(`X-Cart Trigger refused a webhook. ${NO_SECRET_FIX}`);
    return reply(this, refused('no webhook secret is set in n8n'));
  }
  const { rawBody, headers } = request;
  const delivery: IncomingDelivery = { rawBody, headers };
  if (!isAuthentic(delivery, store.webhookSecret, webhookProofs(settings.headers))) {
    return reply(this, refused('the secret or signature is missing or does not match'));
  }
  const body = read(delivery);
  if ('refusal' in body) return reply(this, body.refusal);
  const { hint } = body;
  const event = hint && orderEvent(hint);
  if (!hint || !event) return reply(this, ignored('this workflow takes orders'));
  if (!isChosen(event, settings)) return reply(this, ignored('the event is not chosen'));

  const deliveryId = headerOf(headers, settings.headers.delivery);
  const isTest = this.getMode() === 'manual';
  if (!isTest && wasHandedOver(this, deliveryId)) return reply(this, ignored('seen before'));
  const response = await handOver(this, store, { hint, event }, settings);
  if (!isTest && response.workflowData) markWhenAccepted(this, deliveryId);
  return response;
}

/**
 * n8n answers 2xx when the execution is in its database, and 500 when it could not be put there: a delivery that is
 * then sent again must not be taken for one that was handed over.
 */
function markWhenAccepted(context: IWebhookFunctions, deliveryId: string | undefined): void {
  const response = context.getResponseObject();
  response.once('finish', () => {
    if (response.statusCode < 300) markHandedOver(context, deliveryId);
  });
}

/**
 * X-Cart has no API to register a webhook: its URL and secret are entered in the store add-on by hand. So there
 * is nothing to look for, to create or to delete; what can be checked is our own side.
 */
export const webhookMethods = {
  default: {
    async checkExists(this: IHookFunctions): Promise<boolean> {
      if (this.getActivationMode() !== 'manual') forgetCatchUp(this);
      const { receiveBy } = readSettings(this);
      if (receiveBy === 'webhook') await requireSecret(this);
      return true;
    },
    async create(this: IHookFunctions): Promise<boolean> {
      return true;
    },
    async delete(this: IHookFunctions): Promise<boolean> {
      return true;
    },
  },
};

/** With polling beside it a missing secret costs seconds; alone it would cost every order. */
async function requireSecret(context: IHookFunctions): Promise<void> {
  const { webhookSecret } = await openStore(context);
  if (webhookSecret !== '') return;
  const error = validationError('The X-Cart API credential has no Webhook Secret', NO_SECRET_FIX);
  throw triggerError(context, error);
}
