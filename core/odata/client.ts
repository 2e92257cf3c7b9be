import { upperFirst } from 'lodash';

import { ServiceError, validationError } from '../errors';
import { isWholeText, parseUrl, secureUrl } from '../http/url';
import { USER_AGENT } from '../http/user-agent';
import { type Clock, systemClock } from '../http/wait';
import { asRow, foreignAnswer, isOwnAnswer, parseBody } from './answers';
import { BATCH_SIZE, type BatchContext, LANES, runBatch } from './batch';
import { isRepeatableOperation, lowerCaseNames, onOneLine, refusalOf } from './batch-parts';
import { jsonText } from './json';
import * as operations from './operations';
import { pagesFrom } from './pages';
import { rehearsed } from './rehearsal/client';
import type { ODataService } from './service';
import type { BatchAnswer, ODataClient, ODataOptions, Query, Row, SingleOperation } from './types';

const USUAL_HEADERS = {
  accept: 'application/json',
  'odata-version': '4.0',
  'odata-maxversion': '4.0',
  'user-agent': USER_AGENT,
};

/** The token goes to this service and to nowhere else. */
function addressOf({ words, ownPath }: ODataService, path: string, root: string): string {
  const url = isWholeText(path) ? parseUrl(path, root) : undefined;
  if (url && url.origin === new URL(root).origin && ownPath.test(url.pathname)) return url.href;
  throw validationError(`The path of a request leads out of ${words.api}.`, words.pathFix);
}

function sendable(headers: SingleOperation['headers']): Record<string, string> {
  const named = lowerCaseNames(headers);
  for (const [name, value] of Object.entries(named)) onOneLine(value, name);
  return named;
}

/** Sends one operation alone, or inside a batch where its address is too long for that. */
function requester(context: BatchContext) {
  const { service } = context;
  return async function request(operation: SingleOperation): Promise<BatchAnswer> {
    const url = addressOf(service, operation.path, context.root);
    if (operation.method === 'GET' && url.length > service.limits.url) {
      return await inBatch(operation);
    }
    const { body } = operation;
    const response = await context.send({
      method: operation.method,
      url,
      headers: {
        ...context.headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
        ...sendable(operation.headers),
      },
      body:
        body === undefined ? undefined : jsonText(body, 'The body of a request', service.fitText),
      timeoutMs: context.timeoutMs,
      signal: context.signal,
      repeatable: isRepeatableOperation(operation),
    });
    if (response.status >= 400) throw refusalOf(service, response, operation);
    if (!isOwnAnswer(response, operation)) throw foreignAnswer(service, response);
    const { status, headers } = response;
    return { status, headers, body: parseBody(response.body, headers['content-type']) };
  };

  async function inBatch(operation: SingleOperation): Promise<BatchAnswer> {
    const [outcome] = await runBatch(context, [operation]);
    if (outcome?.ok) return outcome.value;
    throw outcome?.error ?? new ServiceError('A batch had no answer.', { class: 'transient' });
  }
}

type Core = Pick<ODataClient, 'service' | 'root' | 'request'>;
type Sending = Core & Pick<ODataClient, 'batch'>;

function reading(core: Core, signal: AbortSignal | undefined) {
  const { service } = core;

  function pages(set: string, query: Query = {}, maxRows?: number): AsyncGenerator<Row[]> {
    const { path, headers } = operations.listOperation(service, set, query);
    return pagesFrom(core, path, { headers, maxRows, signal });
  }

  /** A page is not asked for larger than what is wanted of it. */
  function limited(query: Query, limit: number | undefined): Query {
    const most = service.limits.pageRows;
    if (limit === undefined || query.top !== undefined) return query;
    return { ...query, pageSize: Math.max(1, Math.min(query.pageSize ?? most, limit, most)) };
  }

  return {
    pages: (set, query) => pages(set, query),

    async get(set, key, options) {
      return asRow(
        service,
        await core.request(operations.getOperation(service, set, key, options)),
      );
    },

    async list(set, query = {}, { limit } = {}) {
      const rows: Row[] = [];
      for await (const page of pages(set, limited(query, limit), limit)) rows.push(...page);
      return rows;
    },
  } satisfies Partial<ODataClient>;
}

function writing({ service, root, request }: Core) {
  return {
    async create(set, row, options = {}) {
      const answer = await request(operations.createOperation(service, set, row, options));
      const { primaryId } = options;
      return operations.written(service, answer, { primaryId, mode: 'create-only' });
    },

    async update(set, key, row, options = {}) {
      const answer = await request(operations.updateOperation(service, set, key, row, options));
      const { primaryId } = options;
      return operations.written(service, answer, { primaryId, mode: 'update-only' });
    },

    async upsert(set, key, row, options = {}) {
      const answer = await request(operations.upsertOperation(service, set, key, row, options));
      return operations.written(service, answer, options);
    },

    async delete(set, key, options) {
      await request(operations.deleteOperation(service, set, key, options));
    },

    async associate(from, navigation, to, { single } = {}) {
      await request(operations.associateOperation(service, root, from, navigation, to, single));
    },

    async disassociate(from, navigation, to) {
      await request(operations.disassociateOperation(service, root, from, navigation, to));
    },
  } satisfies Partial<ODataClient>;
}

function calling({ service, request }: Core) {
  return {
    async callAction(name, parameters, bound) {
      const answer = await request(operations.actionOperation(service, name, parameters, bound));
      return answer.body === undefined ? undefined : asRow(service, answer);
    },

    async callFunction(name, parameters, bound) {
      const operation = operations.functionOperation(service, name, parameters, bound);
      return asRow(service, await request(operation));
    },
  } satisfies Partial<ODataClient>;
}

/**
 * The client of any OData service. Retries, throttling and sign-in are those of `send`; `clock` is for the pauses
 * between rounds of a batch.
 */
export function createODataClient(
  service: ODataService,
  options: ODataOptions,
  { clock = systemClock }: { clock?: Clock } = {},
): ODataClient {
  const { origin } = secureUrl(options.url, upperFirst(service.words.address));
  const context: BatchContext = {
    service,
    root: `${origin}${service.rootPath}`,
    send: options.send,
    headers: { ...USUAL_HEADERS, ...service.headers, ...lowerCaseNames(options.headers) },
    timeoutMs: options.timeoutMs,
    maxWaitMs: options.maxWaitMs,
    signal: options.signal,
    clock,
  };
  const { batchSize = BATCH_SIZE, lanes = LANES, attempts, dryRun } = options;
  const sending: Sending = {
    service,
    root: context.root,
    request: requester(context),
    batch: (all, batchOptions) =>
      runBatch(context, all, { batchSize, lanes, attempts, ...batchOptions }),
  };
  const { rehearsal } = service;
  const core: Sending =
    dryRun && rehearsal ? { ...sending, ...rehearsed(sending, rehearsal, dryRun) } : sending;
  return {
    ...core,
    ...(dryRun && { dryRun }),
    batching: { batchSize, lanes },
    ...reading(core, options.signal),
    ...writing(core),
    ...calling(core),
  };
}
