import { isEqual, omit, pick } from 'lodash';
import type { IWebhookFunctions } from 'n8n-workflow';

import { settle } from '../../../core/outcome';
import type { DeltaFeed } from '../../../core/feeds/delta';
import { isSamePrint, printOf } from '../../../core/feeds/deltaBook';
import type { HandedOver, OwnQuestion } from '../../../core/feeds/tracked';
import { type ChangeEvent, oneOf } from '../../../core/feeds/records';
import type { Hint } from '../../../core/webhooks/webhook';
import { beginHandOver, lastMet, secondOf } from './handedOver';
import { ignored, type Reply } from './replies';

/** A delivery of a service that is followed by delta. */
export interface DeliveredDelta {
  context: IWebhookFunctions;
  feed: DeltaFeed<object>;
  hint: Hint;
  event: ChangeEvent;
  /** The record as it is now. */
  get(id: string): Promise<object>;
  areOwn?(changes: ReadonlyArray<OwnQuestion<object>>): Promise<boolean[]>;
}

/** A record to be put out, and what is then known of it. */
export interface DeliveredRecord {
  record: object;
  event: ChangeEvent;
  readAt: number;
  met: HandedOver;
}

type Delivered = DeliveredRecord | { reply: Reply; met?: HandedOver };

const PUT_OUT = ['putOutAt', 'isNew'] as const;

const SEEN = 'this content was handed over before';

/**
 * Whether what a delivery tells is older than what was met since, or as old, in which case only the service knows which of the
 * two it is: deliveries overtake one another.
 */
function ageOf(
  { feed, context, hint }: DeliveredDelta,
  record: object,
): 'older' | 'newer' | 'unknown' {
  const known = lastMet(context, hint.id);
  const [told, met] = [feed.type.changedAt(record), known?.changedAt];
  // Deleted, and made again with its id, or told of too late.
  if (known?.isGone) return 'unknown';
  if (met === undefined) return 'newer';
  if (told === undefined || secondOf(told) === secondOf(met)) return 'unknown';
  return told < met ? 'older' : 'newer';
}

/** What has changed by a delivery that tells what was before; undefined: it does not. */
function namesIn({ feed, hint }: DeliveredDelta, record: object): string[] | undefined {
  const { before } = hint;
  if (before === undefined) return undefined;
  const now = feed.delta.watched(record);
  return Object.keys(now).filter((name) => !isEqual(now[name] ?? null, before[name] ?? null));
}

async function gone(delivered: DeliveredDelta): Promise<Delivered> {
  const { context, feed, hint, event } = delivered;
  const known = lastMet(context, hint.id);
  if (known?.isGone) return { reply: ignored(SEEN) };
  const readAt = Date.now();
  const met: HandedOver = {
    ...{ version: '', print: '', isGone: true },
    ...{ putOutAt: readAt, seenAt: readAt },
  };
  beginHandOver(context, hint.id, met);
  if (await isOwn(delivered, known, {})) return own(met, known);
  return { record: feed.delta.gone(hint.id), event, readAt: Date.now(), met };
}

/** Whether a change is but what the pack itself has written. */
async function isOwn(
  { hint: { id }, event, areOwn }: DeliveredDelta,
  known: HandedOver | undefined,
  change: Pick<OwnQuestion<object>, 'record' | 'names'>,
): Promise<boolean> {
  const seen = known?.seenAt === undefined ? {} : { seenAt: known.seenAt };
  const [answer = false] = (await areOwn?.([{ id, event, ...change, ...seen }])) ?? [];
  return answer;
}

/** Nobody is told of it, and the poll needs to tell nobody either. What was put out before it still was. */
const own = (met: HandedOver, known: HandedOver | undefined): Delivered => ({
  reply: ignored('this package has written it itself'),
  met: { ...omit(met, PUT_OUT), ...pick(known, PUT_OUT) },
});

/** The record as the delivery tells it, else as the service has it; undefined: it is there no more. */
async function recordOf(delivered: DeliveredDelta): Promise<object | undefined> {
  const { hint, get } = delivered;
  if (hint.record && ageOf(delivered, hint.record) !== 'unknown') return hint.record;
  const read = await settle(async () => await get(hint.id));
  if (read.ok) return read.value;
  if (read.error.class === 'not-found') return undefined;
  throw read.error;
}

/**
 * What becomes of a delivery: what it tells is taken as it is, because its sender is proven, and the service is asked only
 * where it does not tell enough. What was met before, or is older than that, is put out by nobody.
 */
export async function readDelivered(delivered: DeliveredDelta): Promise<Delivered> {
  const { context, feed, hint, event } = delivered;
  const { type, delta } = feed;
  if (event.endsWith('.deleted')) return await gone(delivered);
  const readAt = Date.now();
  const record = await recordOf(delivered);
  if (record === undefined) return { reply: ignored(`the ${oneOf(type)} is gone`) };
  const known = lastMet(context, hint.id);
  if (ageOf(delivered, record) === 'older') return { reply: ignored(SEEN) };
  const print = printOf(delta.watched(record));
  if (known && isSamePrint(known.print, print)) return { reply: ignored(SEEN) };
  const names = namesIn(delivered, record);
  const isChange = names === undefined || names.length > 0 || known !== undefined;
  if (!isChange && event.endsWith('.changed')) {
    return { reply: ignored('nothing that is watched has changed') };
  }
  const changedAt = type.changedAt(record);
  const version = delta.versionOf(record) ?? '';
  const isNew = event.endsWith('.created') && { isNew: true as const };
  const met: HandedOver = {
    ...{ version, print, putOutAt: readAt, seenAt: readAt },
    ...isNew,
    ...(changedAt !== undefined && { changedAt }),
  };
  beginHandOver(context, hint.id, met);
  if (await isOwn(delivered, known, { record, names })) return own(met, known);
  const isTold = names !== undefined && names.length > 0;
  return {
    record: isTold ? delta.withChange(record, names, hint.before) : record,
    event,
    readAt,
    met,
  };
}
