import { partition } from 'lodash';
import type { INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { identityName } from '../../../core/commerce/identity';
import { toServiceError } from '../../../core/errors';
import { inFlight } from '../../../core/http/in-flight';
import { settle } from '../../../core/outcome';
import type { DeltaFeed } from '../../../core/feeds/delta';
import type { HandedOver } from '../../../core/feeds/tracked';
import { isByDelta } from '../../../core/feeds/feed';
import { type ChangeEvent, oneOf, type RecordType, sourceOf } from '../../../core/feeds/records';
import { type Hint, type IncomingDelivery, isAuthentic } from '../../../core/webhooks/webhook';
import type { OpenOptions } from '../connection';
import { countUnderway, noteUnderway } from '../underway';
import type { StoreTriggerDefinition, TriggerStore, TriggerWebhook } from './definition';
import { readDelivered } from './deliveredDelta';
import { isDry } from './dryRun';
import { digestOf, isWrittenBack } from './echoes';
import { endHandOver } from './handedOver';
import { keptSecret } from './hooks';
import { recordItems } from './items';
import {
  contentHandedOver,
  countMissing,
  isUpToDate,
  markHandedOver,
  noteContent,
  wasHandedOver,
} from './memory';
import { ignored, invalid, leftToThePoll, refused, type Reply, reply, sendAgain } from './replies';
import { readSettings, type TriggerSettings } from './settings';
import { settingsIn } from './settingsIn';
import { isFollowedByLedger } from './situation';
import { requireOwnStoreName } from './storeName';

/** The sender waits for the answer: rather refuse and have it sent again than let it wait. */
const IN_A_HURRY: OpenOptions = {
  timeoutMs: 8_000,
  retry: { attempts: 2, maxTotalWaitMs: 2_000 },
};
/** Records of one delivery that are asked for at the same time. */
const READ_AT_ONCE = 4;

/**
 * Executions that webhooks keep going at the same time. What comes beyond is left to the poll, which brings all of it
 * within a minute in a single execution, and far quicker than one by one.
 */
const MOST_UNDERWAY = 30;

/**
 * A record that the store does not have: not yet, where the sender was faster than the store's own database, or no
 * more, and then no repetition brings it back.
 */
const TRIES_FOR_A_MISSING_RECORD = 3;

interface Receiving<Store extends TriggerStore> {
  context: IWebhookFunctions;
  definition: StoreTriggerDefinition<Store>;
  settings: TriggerSettings<Store>;
  store: Store;
}

/** What became of one hint. */
type Read =
  | { record: object; event: string; readAt: number; met?: HandedOver }
  | { reply: Reply; met?: HandedOver };

/** Whatever a store calls what happened to a record (`order.updated`, `order.paid`), it has changed. */
function eventIn({ event }: Hint, kind: string): ChangeEvent | undefined {
  const told = [`${kind}.created`, `${kind}.deleted`] as const;
  const exact = told.find((each) => each === event);
  if (exact !== undefined) return exact;
  return event.startsWith(`${kind}.`) ? `${kind}.changed` : undefined;
}

/** Why a hint starts nothing, without the store being asked. */
function reasonToIgnore(
  event: string | undefined,
  { events }: TriggerSettings<never>,
  many: string,
): string | undefined {
  if (event === undefined) return `this workflow takes ${many}`;
  const isChosen = events.length === 0 || events.includes(event);
  return isChosen ? undefined : 'the event is not chosen';
}

function isFilteredOut<Store extends TriggerStore>(
  { settings }: Receiving<Store>,
  record: object,
): boolean {
  const { kind, filters: given, options } = settings;
  const { filters = [], isWanted = () => true } = kind;
  const isOther = filters.some(({ property, valueOf }) => {
    const chosen = given[property.name] ?? [];
    return chosen.length > 0 && !chosen.includes(valueOf(record) ?? '');
  });
  return isOther || !isWanted(record, given, options);
}

/**
 * Whether a record comes because a node of the pack has written back into it. The poll knows whether anything else has changed
 * that nobody was told of.
 */
async function isEcho<Store extends TriggerStore>(
  receiving: Receiving<Store>,
  record: object,
): Promise<boolean> {
  const { context, settings, store } = receiving;
  if (settings.receiveBy !== 'both' || !isUpToDate(context)) return false;
  return await isWrittenBack(comparedType(receiving), store.name, record, (id) =>
    contentHandedOver(context, id),
  );
}

/** With what is no change of a record, which may be chosen: its feed knows it. */
function comparedType<Store extends TriggerStore>({
  settings,
  store,
}: Receiving<Store>): RecordType<object> {
  return settings.kind.feed(store, {}, settings.options).type;
}

/** What was handed over, so that a return to what was there before is seen to be a change. */
function noteWhenAccepted<Store extends TriggerStore>(
  receiving: Receiving<Store>,
  records: readonly object[],
): void {
  const { context, settings } = receiving;
  if (settings.receiveBy !== 'both') return;
  const type = comparedType(receiving);
  if (isByDelta(settings.kind.feed(receiving.store, {}, settings.options))) return;
  const contents = records.map((record) => [type.idOf(record), digestOf(type, record)] as const);
  whenAccepted(context, () => {
    for (const [id, digest] of contents) noteContent(context, id, digest);
  });
}

/** The body is a hint only, and may be forged or old: what counts is what the store's API says now. */
async function readRecord<Store extends TriggerStore>(
  receiving: Receiving<Store>,
  hint: Hint,
): Promise<Read> {
  const { settings, store } = receiving;
  const { type, get, isOne = () => true } = settings.kind;
  const { kind, many } = type;
  const event = eventIn(hint, kind);
  const reason = reasonToIgnore(event, settings, many);
  if (event === undefined || reason !== undefined) return { reply: ignored(reason ?? '') };
  const feed = settings.kind.feed(store, {}, settings.options);
  if (isByDelta(feed)) return await readTracked(receiving, feed, hint, event);
  const readAt = Date.now();
  try {
    const record = await get(store, hint.id);
    if (!isOne(record)) return { reply: ignored(`it is no ${oneOf(type)}`) };
    if (isFilteredOut(receiving, record)) {
      return { reply: ignored(`the status of the ${oneOf(type)} is not chosen`) };
    }
    return (await isEcho(receiving, record))
      ? { reply: leftToThePoll() }
      : { record, event, readAt };
  } catch (error) {
    return { reply: unreadable(receiving, hint, error) };
  }
}

/** Of a service that tells its changes itself: what it sends holds the record. */
async function readTracked<Store extends TriggerStore>(
  receiving: Receiving<Store>,
  feed: DeltaFeed<object>,
  hint: Hint,
  event: ChangeEvent,
): Promise<Read> {
  const { context, definition, settings, store } = receiving;
  try {
    return await readDelivered({
      ...{ context, feed, hint, event },
      get: async (id) => await settings.kind.get(store, id),
      areOwn: definition.areOwn?.bind(undefined, store),
    });
  } catch (error) {
    return { reply: unreadable(receiving, hint, error) };
  }
}

function unreadable<Store extends TriggerStore>(
  { context, definition, settings }: Receiving<Store>,
  { id }: Hint,
  error: unknown,
): Reply {
  const one = oneOf(settings.kind.type);
  const failure = toServiceError(error);
  const isMissing = failure.class === 'not-found';
  if (isMissing && countMissing(context, id) > TRIES_FOR_A_MISSING_RECORD) {
    return ignored(`the store has no such ${one}`);
  }
  context.logger.warn(`${definition.displayName} could not read ${one} ${id}: ${failure.message}`);
  return sendAgain(`the ${one} could not be read from the store`);
}

function notReadYet<Store extends TriggerStore>(
  { context, definition, settings }: Receiving<Store>,
  { message }: Error,
): Reply {
  const { many } = settings.kind.type;
  context.logger.warn(
    `${definition.displayName} could not read what goes with ${many}: ${message}`,
  );
  return sendAgain(`what goes with the ${many} could not be read from the store`);
}

const workflowOf = (context: IWebhookFunctions): string => context.getWorkflow().id ?? '';

/** What to answer where so many records more would be too many; undefined: there is room for them. */
function tooMany<Store extends TriggerStore>(
  { context, definition, settings }: Receiving<Store>,
  count: number,
): Reply | undefined {
  const sendsAgain = definition.webhook?.sendsAgain ?? true;
  // Rather too many at a time than some of them lost.
  if (!sendsAgain && settings.receiveBy === 'webhook') return undefined;
  const underway = countUnderway(workflowOf(context));
  const pollBringsIt = settings.receiveBy === 'both' && isUpToDate(context);
  if (pollBringsIt) return underway + count > MOST_UNDERWAY ? leftToThePoll() : undefined;
  if (underway < MOST_UNDERWAY) return undefined;
  return sendAgain(`many ${settings.kind.type.many} are on their way`);
}

async function handOver<Store extends TriggerStore>(
  receiving: Receiving<Store>,
  hints: Hint[],
): Promise<INodeExecutionData[] | Reply> {
  const { context, settings, store } = receiving;
  const { type } = settings.kind;
  const isCounted = isFollowedByLedger(context);
  const wanted = hints.filter(
    (hint) => reasonToIgnore(eventIn(hint, type.kind), settings, type.many) === undefined,
  );
  const refusal = isCounted && wanted.length > 0 && tooMany(receiving, wanted.length);
  if (refusal) return refusal;
  const reads = await inFlight(
    hints,
    READ_AT_ONCE,
    async (hint) => await readRecord(receiving, hint),
  );
  const [records, replies] = partition(reads, (each) => 'record' in each);
  const isKept = !isDry(context);
  hints.forEach(({ id }, place) => {
    const { met } = reads[place] ?? {};
    if (met && isKept) whenAccepted(context, () => endHandOver(context, id, met));
  });
  const failure = replies.find((each) => each.reply.status >= 500) ?? replies[0];
  const again = failure && failure.reply.status >= 500;
  // What is sent again is sent as a whole.
  if (again || records.length === 0) return failure?.reply ?? ignored('nothing is in it');
  const told = records.map((read) => ({ ...read, by: read.event }));
  const items = await settle(async () => await recordItems(settings, store, told));
  if (!items.ok) return notReadYet(receiving, items.error);
  if (isCounted) {
    const sources = records.map(({ record, event, readAt }) =>
      sourceOf(type, store, record, event, readAt),
    );
    sources.forEach((source) => noteUnderway(workflowOf(context), identityName(source)));
  }
  noteWhenAccepted(
    receiving,
    records.map(({ record }) => record),
  );
  return items.value;
}

/** As it came; n8n reads the body when it is asked for, and keeps the exact bytes beside it. */
async function incoming(context: IWebhookFunctions): Promise<IncomingDelivery> {
  const request = context.getRequestObject();
  if (request.rawBody === undefined) await request.readRawBody();
  const { rawBody, headers } = request;
  return { rawBody, headers, query: request.query };
}

/** Undefined: the sender knows the secret. */
function whyUnproven<Store extends TriggerStore>(
  { context, definition, settings, store }: Receiving<Store>,
  webhook: TriggerWebhook<Store>,
  delivery: IncomingDelivery,
): string | undefined {
  // Static data that do not exist yet would come into being by being looked at.
  const secret = store.webhookSecret || (webhook.registry ? keptSecret(context) : '');
  if (secret === '') {
    context.logger.warn(`${definition.displayName} refused a webhook. ${webhook.noSecret.fix}`);
    return 'no webhook secret is set in n8n';
  }
  const isProven = isAuthentic(delivery, secret, webhook.proofs(settings.options, store));
  return isProven ? undefined : 'the secret or signature is missing or does not match';
}

function hintsIn<Store>(
  { hintsIn: read }: TriggerWebhook<Store>,
  delivery: IncomingDelivery,
  store: Store,
): Hint[] | Reply {
  try {
    return read(delivery, store);
  } catch (error) {
    const { message, fix = '' } = toServiceError(error);
    return invalid(message, fix);
  }
}

/**
 * A delivery of the store. It never touches the node's static data: n8n saves those as a whole, and the webhook's copy
 * of them would set back the cursor of the poll.
 */
export async function receiveDelivery<Store extends TriggerStore>(
  context: IWebhookFunctions,
  definition: StoreTriggerDefinition<Store>,
  webhook: TriggerWebhook<Store>,
): Promise<IWebhookResponseData> {
  const delivery = await incoming(context);
  const store = await definition.open(context, IN_A_HURRY);
  const settings = settingsIn(readSettings(context, definition), store);
  const receiving: Receiving<Store> = { context, definition, settings, store };
  const unproven = whyUnproven(receiving, webhook, delivery);
  if (unproven !== undefined) return reply(context, refused(unproven));
  const hints = hintsIn(webhook, delivery, store);
  if ('status' in hints) return reply(context, hints);

  const named = await settle(
    async () => await requireOwnStoreName(context, settings.kind.type.platform, store),
  );
  if (!named.ok) {
    context.logger.warn(`${definition.displayName} refused a webhook. ${named.error.message}`);
    return reply(context, sendAgain('the Store Name in n8n means another shop'));
  }

  const deliveryId = webhook.deliveryId?.(delivery, settings.options, store);
  if (wasHandedOver(context, deliveryId)) return reply(context, ignored('seen before'));
  const items = await handOver(receiving, hints);
  if ('status' in items) return reply(context, items);
  // What a dry run has seen may be sent again after it.
  if (!isDry(context)) whenAccepted(context, () => markHandedOver(context, deliveryId));
  return { workflowData: [items], webhookResponse: { status: 'accepted' } };
}

/**
 * n8n answers 2xx when the execution is in its database, and 500 when it could not be put there: a delivery that is
 * then sent again must not be taken for one that was handed over.
 */
function whenAccepted(context: IWebhookFunctions, act: () => void): void {
  const response = context.getResponseObject();
  response.once('finish', () => {
    if (response.statusCode < 300) act();
  });
}
