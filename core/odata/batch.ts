import PQueue from 'p-queue';

import { ServiceError, toServiceError } from '../errors';
import type { HttpResponse, Send } from '../http/types';
import { backoffMs, type Clock, isCancelled } from '../http/wait';
import { foreignAnswer } from './answers';
import { batchBody, type Entry, failedEntry, readEntry, toEntry } from './batch-parts';
import { planChunks } from './batch-plan';
import { boundaryOf, readMultipart } from './multipart';
import type { ODataService } from './service';
import type { BatchOperation, BatchOptions, BatchOutcome } from './types';

export interface BatchContext {
  service: ODataService;
  /** Service root, with a slash at its end. */
  root: string;
  send: Send;
  headers: Record<string, string>;
  timeoutMs?: number;
  /** Longest pause that is waited for. Default: longer than the service ever asks for. */
  maxWaitMs?: number;
  signal?: AbortSignal;
  clock: Clock;
}

/** Operations in one request, and requests at the same time, where nobody says otherwise. */
export const BATCH_SIZE = 100;
export const LANES = 16;

/** What one round says of one entry. */
type Verdict =
  | { entry: Entry; kind: 'settled'; outcome: BatchOutcome }
  /** Failed for a passing reason, and a second attempt does no harm. */
  | { entry: Entry; kind: 'again'; error: ServiceError }
  /** Never carried out: the service stopped at an earlier one. */
  | { entry: Entry; kind: 'untouched' };

/**
 * The whole batch was refused, and nothing of it carried out: too large, or not to be read because of one of its
 * operations. In halves, what is well gets through, and only the one that is not fails.
 */
const DIVIDED: ReadonlySet<number> = new Set([400, 413, 414, 431]);

function doubt(cause?: ServiceError): ServiceError {
  const why = cause ? ` (${cause.message})` : '';
  return new ServiceError(
    `Whether the row was written is not known: the batch was not answered${why}`,
    {
      class: 'transient',
      code: cause?.code,
      status: cause?.status,
      requestId: cause?.requestId,
      fix: 'Look whether the row is there before it is sent again. A key made by the sender makes this unnecessary.',
      cause,
    },
  );
}

function settled(entry: Entry, outcome: BatchOutcome): Verdict {
  return { entry, kind: 'settled', outcome };
}

function failed(entry: Entry, error: ServiceError): Verdict {
  return settled(entry, failedEntry(entry, error));
}

/** "Too many requests" was not carried out; after anything else only a repeatable entry may go again. */
function judge(
  entry: Entry,
  outcome: BatchOutcome,
  { service, maxWaitMs = service.limits.pauseMs }: BatchContext,
): Verdict {
  if (outcome.ok || !outcome.error.retryable) return settled(entry, outcome);
  const { error } = outcome;
  const mayRepeat = error.class === 'throttled' || entry.repeatable;
  const tooLong = (error.retryAfterMs ?? 0) > maxWaitMs;
  return mayRepeat && !tooLong ? { entry, kind: 'again', error } : settled(entry, outcome);
}

/**
 * The whole batch failed for a passing reason. Where all of it may be repeated, `send` has done that already.
 * Where not, it could not: now what may be repeated goes again, and the rest is reported as doubtful.
 */
function judgeUnanswered(entries: Entry[], error: ServiceError): Verdict[] {
  const wasRepeated = entries.every(({ repeatable }) => repeatable);
  return entries.map((entry) => {
    if (error.class !== 'transient' || wasRepeated) return failed(entry, error);
    return entry.repeatable ? { entry, kind: 'again', error } : failed(entry, doubt(error));
  });
}

/** No refusal, and so nothing that `send` would have repeated: what may be repeated goes again. */
function judgeUnreadable(entries: Entry[], error: ServiceError): Verdict[] {
  return entries.map((entry) =>
    entry.repeatable ? { entry, kind: 'again', error } : failed(entry, doubt(error)),
  );
}

function judgeParts(
  context: BatchContext,
  entries: Entry[],
  body: string,
  boundary: string,
): Verdict[] {
  const { parts, complete } = readMultipart(body, boundary);
  return entries.map((entry, place) => {
    const part = parts[place];
    const outcome = part && readEntry(context.service, entry, part);
    if (outcome) return judge(entry, outcome, context);
    if (!part && complete) return { entry, kind: 'untouched' };
    const error = doubt();
    return entry.repeatable ? { entry, kind: 'again', error } : failed(entry, error);
  });
}

const isReading = ({ members }: Entry): boolean => members.every(({ method }) => method === 'GET');

async function post(context: BatchContext, entries: Entry[]): Promise<HttpResponse> {
  const { contentType, body } = batchBody(entries);
  return await context.send({
    method: 'POST',
    url: `${context.root}$batch`,
    headers: {
      ...context.headers,
      accept: context.service.batchAccept ?? 'multipart/mixed',
      'content-type': contentType,
      prefer: 'odata.continue-on-error',
    },
    body,
    timeoutMs: context.timeoutMs,
    signal: context.signal,
    repeatable: entries.every(({ repeatable }) => repeatable),
    ...(entries.every(isReading) && { onlyReads: true }),
  });
}

async function sendChunk(context: BatchContext, entries: Entry[]): Promise<Verdict[]> {
  let response: HttpResponse;
  try {
    response = await post(context, entries);
  } catch (error) {
    if (isCancelled(error)) throw error;
    return judgeUnanswered(entries, toServiceError(error));
  }
  // Without continue-on-error the batch takes the status of its first failure, and still has its parts.
  const boundary = boundaryOf(response.headers['content-type']);
  if (boundary) return judgeParts(context, entries, response.body, boundary);
  if (DIVIDED.has(response.status) && entries.length > 1) {
    const middle = Math.ceil(entries.length / 2);
    const first = await sendChunk(context, entries.slice(0, middle));
    return [...first, ...(await sendChunk(context, entries.slice(middle)))];
  }
  if (response.status >= 400) return judgeUnanswered(entries, context.service.errorOf(response));
  return judgeUnreadable(entries, foreignAnswer(context.service, response));
}

function entriesOf(context: BatchContext, operations: BatchOperation[], outcomes: BatchOutcome[]) {
  const to = { service: context.service, rootPath: new URL(context.root).pathname };
  return operations.flatMap((operation, index) => {
    try {
      return [toEntry(to, operation, index)];
    } catch (error) {
      const members = 'changeSet' in operation ? operation.changeSet : [];
      const entry = { members, isChangeSet: 'changeSet' in operation } as Entry;
      outcomes[index] = failedEntry(entry, toServiceError(error));
      return [];
    }
  });
}

function outOfRounds({ words }: ODataService): ServiceError {
  return new ServiceError(`${words.name} stopped before this operation each time.`, {
    class: 'transient',
    fix: 'It was not carried out. Send it again.',
  });
}

/**
 * Sends any number of operations in as few requests as keep all lanes busy, and tells of each what became of it.
 * Throttled operations go again after the pause that was asked for, alone; so do those that a passing failure
 * hit and that may be repeated.
 */
export async function runBatch(
  context: BatchContext,
  operations: BatchOperation[],
  { batchSize = BATCH_SIZE, lanes = LANES, attempts = 4 }: BatchOptions = {},
): Promise<BatchOutcome[]> {
  const outcomes: BatchOutcome[] = new Array<BatchOutcome>(operations.length);
  const queue = new PQueue({ concurrency: lanes });
  let waiting = entriesOf(context, operations, outcomes);
  for (let attempt = 1; waiting.length > 0;) {
    const chunks = planChunks(waiting, { batchSize, lanes, limits: context.service.limits });
    const jobs = chunks.map((chunk) => () => sendChunk(context, chunk));
    const verdicts = (await queue.addAll(jobs)).flat();
    const again = verdicts.filter((verdict) => verdict.kind === 'again');
    const untouched = verdicts.filter((verdict) => verdict.kind === 'untouched');
    for (const verdict of verdicts) {
      if (verdict.kind === 'settled') outcomes[verdict.entry.index] = verdict.outcome;
    }
    const progressed = again.length === 0 && untouched.length < waiting.length;
    if (!progressed && attempt >= attempts) {
      for (const { entry, error } of again) outcomes[entry.index] = failedEntry(entry, error);
      const stopped = outOfRounds(context.service);
      for (const { entry } of untouched) outcomes[entry.index] = failedEntry(entry, stopped);
      break;
    }
    if (!progressed) await pause(context, attempt, again);
    attempt += progressed ? 0 : 1;
    waiting = [...again, ...untouched].map(({ entry }) => entry);
    waiting.sort((a, b) => a.index - b.index);
  }
  return outcomes;
}

async function pause(
  { clock, signal }: BatchContext,
  attempt: number,
  again: { error: ServiceError }[],
): Promise<void> {
  const asked = again.map(({ error }) => error.retryAfterMs ?? 0);
  const longest = Math.max(0, ...asked);
  await clock.sleep(Math.max(longest, backoffMs(attempt - 1, clock.random)), signal);
}
