import { ServiceError, validationError } from '../../errors';
import { isWholeText, parseUrl, secureUrl } from '../../http/url';
import { USER_AGENT } from '../../http/user-agent';
import { type Clock, systemClock } from '../../http/wait';
import { type BatchContext, runBatch } from '../../odata/batch';
import {
  isRepeatableOperation,
  lowerCaseNames,
  onOneLine,
  parseBody,
} from '../../odata/batch-parts';
import { dataverseError, isFromDataverse, notFromDataverse } from './errors/errors';
import { jsonText } from '../../odata/json';
import * as operations from '../../odata/operations';
import { asRow } from '../../odata/operations';
import { pagesFrom } from '../../odata/pages';
import type {
  BatchAnswer,
  Dataverse,
  DataverseOptions,
  Query,
  Row,
  SingleOperation,
  WhoAmI,
} from './types';

/** Dataverse docs: compose-http-requests-handle-errors. `If-None-Match: null` keeps old expanded rows away. */
const USUAL_HEADERS = {
  accept: 'application/json',
  'odata-version': '4.0',
  'odata-maxversion': '4.0',
  'if-none-match': 'null',
  'user-agent': USER_AGENT,
};

/** Dataverse docs: query/overview. Inside a batch it is twice as much. */
const MAX_URL = 32_768;

function rootOf({ url, version = 'v9.2' }: DataverseOptions): string {
  const { origin } = secureUrl(url, 'Environment URL');
  return `${origin}/api/data/${version}/`;
}

/** Any version of the Web API: a next link may name another one than was asked for. */
const WEB_API = /^\/api\/data\/v[\d.]+\//i;

/** The token goes to this environment and to nowhere else. */
function addressOf(path: string, root: string): string {
  const url = isWholeText(path) ? parseUrl(path, root) : undefined;
  if (url && url.origin === new URL(root).origin && WEB_API.test(url.pathname)) return url.href;
  throw validationError(
    'The path of a request leads out of the Web API of this environment.',
    'Give a path relative to /api/data/…/, such as accounts?$select=name.',
  );
}

function sendable(headers: SingleOperation['headers']): Record<string, string> {
  const named = lowerCaseNames(headers);
  for (const [name, value] of Object.entries(named)) onOneLine(value, name);
  return named;
}

/** Sends one operation alone, or inside a batch where its address is too long for that. */
function requester(context: BatchContext) {
  return async function request(operation: SingleOperation): Promise<BatchAnswer> {
    const url = addressOf(operation.path, context.root);
    if (operation.method === 'GET' && url.length > MAX_URL) return await inBatch(operation);
    const { body } = operation;
    const response = await context.send({
      method: operation.method,
      url,
      headers: {
        ...context.headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
        ...sendable(operation.headers),
      },
      body: body === undefined ? undefined : jsonText(body, 'The body of a request'),
      timeoutMs: context.timeoutMs,
      signal: context.signal,
      repeatable: isRepeatableOperation(operation),
    });
    if (response.status >= 400) throw dataverseError(response);
    if (!isFromDataverse(response, operation)) throw notFromDataverse(response);
    const { status, headers } = response;
    return { status, headers, body: parseBody(response.body, headers['content-type']) };
  };

  async function inBatch(operation: SingleOperation): Promise<BatchAnswer> {
    const [outcome] = await runBatch(context, [operation]);
    if (outcome?.ok) return outcome.value;
    throw outcome?.error ?? new ServiceError('A batch had no answer.', { class: 'transient' });
  }
}

function pager(context: BatchContext, request: Dataverse['request']) {
  return (set: string, query: Query = {}, maxRows?: number): AsyncGenerator<Row[]> => {
    const operation = operations.listOperation(set, query);
    const first = new URL(operation.path, context.root).href;
    return pagesFrom(request, first, {
      headers: operation.headers,
      maxRows,
      signal: context.signal,
    });
  };
}

/** A page is not asked for larger than what is wanted of it. */
function limited(query: Query, limit: number | undefined): Query {
  if (limit === undefined || query.top !== undefined) return query;
  return { ...query, pageSize: Math.max(1, Math.min(query.pageSize ?? 5000, limit, 5000)) };
}

/**
 * The Dataverse Web API of one environment. Retries, throttling and sign-in are those of `send`; `clock` is for
 * the pauses between rounds of a batch.
 */
export function createDataverse(
  options: DataverseOptions,
  { clock = systemClock }: { clock?: Clock } = {},
): Dataverse {
  const root = rootOf(options);
  const context: BatchContext = {
    root,
    send: options.send,
    headers: { ...USUAL_HEADERS, ...lowerCaseNames(options.headers) },
    timeoutMs: options.timeoutMs,
    maxWaitMs: options.maxWaitMs,
    signal: options.signal,
    clock,
  };
  const request = requester(context);
  const pages = pager(context, request);
  const { batchSize, lanes, attempts } = options;

  return {
    root,
    request,
    pages: (set, query) => pages(set, query),

    async create(set, row, createOptions = {}) {
      const answer = await request(operations.createOperation(set, row, createOptions));
      const { primaryId } = createOptions;
      return operations.written(answer, { primaryId, mode: 'create-only' });
    },

    async get(set, key, readOptions) {
      return asRow(await request(operations.getOperation(set, key, readOptions)));
    },

    async list(set, query = {}, { limit } = {}) {
      const rows: Row[] = [];
      for await (const page of pages(set, limited(query, limit), limit)) rows.push(...page);
      return rows;
    },

    async update(set, key, row, updateOptions = {}) {
      const answer = await request(operations.updateOperation(set, key, row, updateOptions));
      const { primaryId } = updateOptions;
      return operations.written(answer, { primaryId, mode: 'update-only' });
    },

    async upsert(set, key, row, upsertOptions = {}) {
      const answer = await request(operations.upsertOperation(set, key, row, upsertOptions));
      return operations.written(answer, upsertOptions);
    },

    async delete(set, key, deleteOptions) {
      await request(operations.deleteOperation(set, key, deleteOptions));
    },

    async setStatus(set, key, status) {
      const answer = await request(operations.updateOperation(set, key, { ...status }));
      return operations.written(answer, { mode: 'update-only' });
    },

    async associate(from, navigation, to, { single } = {}) {
      await request(operations.associateOperation(root, from, navigation, to, single));
    },

    async disassociate(from, navigation, to) {
      await request(operations.disassociateOperation(root, from, navigation, to));
    },

    async callAction(name, parameters, bound) {
      const answer = await request(operations.actionOperation(name, parameters, bound));
      return answer.body === undefined ? undefined : asRow(answer);
    },

    async callFunction(name, parameters, bound) {
      return asRow(await request(operations.functionOperation(name, parameters, bound)));
    },

    async whoAmI(): Promise<WhoAmI> {
      const row = asRow(await request(operations.functionOperation('WhoAmI')));
      return {
        userId: String(row['UserId']),
        businessUnitId: String(row['BusinessUnitId']),
        organizationId: String(row['OrganizationId']),
      };
    },

    batch: (all, batchOptions) =>
      runBatch(context, all, { batchSize, lanes, attempts, ...batchOptions }),
  };
}
