import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Deployment, OperationName } from '../deployments';
import { ID_FIELDS, type Document, type Resource } from '../model';
import { listOf, pageOf, type Query } from './lists';
import { match, type Matched } from './match';
import type { Parts } from './parts';
import { badRequest, forbidden, Refusal, tooMany } from './refusals';
import { hookOf, showHook, subscribe } from './subscriptions';
import { create, found, remove, update, upsert, writeBulk } from './writes';

/** What an operation works with. */
interface Call extends Parts {
  deployment: Deployment;
  resource: Resource;
  key: string;
  query: Query;
  body: unknown;
  now: Date;
}

interface Answer {
  status: number;
  /** Absent: there is none. */
  body?: object;
}

/** The body as an object of the shop's own names. */
function objectOf({ body, deployment, resource }: Call): Record<string, unknown> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw badRequest('The body has to be a JSON object.');
  }
  return deployment.read(resource, body as Record<string, unknown>);
}

const shown = ({ deployment, resource, store }: Call, document: Document): object =>
  deployment.show(resource, document, store.switches);

const wrote = (call: Call, status: number, document: Document): Answer => ({
  status,
  body: call.deployment.written(shown(call, document), call.store.switches),
});

const OPERATIONS: Readonly<Record<OperationName, (call: Call) => Answer>> = {
  list: ({ store, deployment, resource, query }) => {
    const page = listOf(store, deployment, resource, query);
    return { status: 200, body: deployment.envelope(page, store.switches) };
  },
  read: (call) => ({ status: 200, body: shown(call, found(call.store, call.resource, call.key)) }),
  create: (call) =>
    wrote(
      call,
      call.deployment.createdStatus,
      create(call.store, call.resource, objectOf(call), call.now),
    ),
  update: (call) => {
    const { store, resource, now } = call;
    const given = objectOf(call);
    const key = call.key || String(given[ID_FIELDS[resource]] ?? '');
    return wrote(call, 200, update(store, resource, found(store, resource, key), given, now));
  },
  remove: ({ store, resource, key }) => {
    remove(store, resource, key);
    return { status: 204 };
  },
  upsert: (call) => {
    const { store, resource, key, now } = call;
    const { created, document } = upsert(store, resource, key, objectOf(call), now);
    return wrote(call, created ? 201 : 200, document);
  },
  bulk: (call) => {
    const { store, deployment, resource, body, now } = call;
    const rows = Array.isArray(body)
      ? body.map((row) => (isRow(row) ? deployment.read(resource, row) : row))
      : body;
    return { status: 200, body: writeBulk(store, rows, now).map((row) => shown(call, row)) };
  },
  hooks: (call) => {
    const page = pageOf(call.hooks.all(), call.store, call.deployment, call.query);
    const rows = page.rows.map((hook) => showHook(hook, call, call.deployment));
    return { status: 200, body: call.deployment.envelope({ ...page, rows }, call.store.switches) };
  },
  hook: (call) => ({ status: 200, body: showHook(hookOf(call, call.key), call, call.deployment) }),
  subscribe: (call) => ({ status: 201, body: subscribe(call, call.deployment, call.body) }),
  unsubscribe: (call) => {
    call.hooks.remove(hookOf(call, call.key).id);
    return { status: 204 };
  },
};

const isRow = (row: unknown): row is Record<string, unknown> =>
  typeof row === 'object' && row !== null && !Array.isArray(row);

const READING: ReadonlySet<OperationName> = new Set(['list', 'read', 'hooks', 'hook']);

const pathOf = (request: FastifyRequest): string => request.url.split('?')[0] ?? '';

/** HEAD is GET of which nobody wants the body (RFC 9110, 9.3.2); the server itself leaves it out. */
const methodOf = ({ method }: FastifyRequest): string => (method === 'HEAD' ? 'GET' : method);

/** What a request asks for, or a refusal. */
function wanted(deployment: Deployment, { store }: Parts, request: FastifyRequest): Matched {
  const below = pathOf(request).slice(deployment.base.length);
  const matched = match(deployment, store.switches, methodOf(request), below);
  if (!Array.isArray(matched)) return matched;
  if (matched.length === 0) throw new Refusal(404, 'There is nothing at this address.');
  throw new Refusal(405, 'The method is not allowed here.', [], { allow: matched.join(', ') });
}

/** A request without its keys, for counting, such as `GET /api/v1/orders/{id}`. */
export function routeName(
  deployment: Deployment,
  { store }: Parts,
  request: FastifyRequest,
): string {
  const below = pathOf(request).slice(deployment.base.length);
  const matched = match(deployment, store.switches, methodOf(request), below);
  if (Array.isArray(matched)) return `${request.method} (no route)`;
  return `${request.method} ${deployment.base}/${matched.template}`;
}

/** Every request of the shop counts, whoever sends it. */
function limitRate({ rate, store, context }: Parts, now: Date): void {
  const perSecond = context.faults.limited('clarity') ? store.switches.requestsPerSecond : 0;
  const wait = rate.take(now, perSecond);
  if (wait > 0) throw tooMany(Math.ceil(wait));
}

/** Answers one request of one deployment: who asks, whether that is too much, what is wanted, and what came of it. */
export async function handle(
  deployment: Deployment,
  parts: Parts,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { context } = parts;
  const now = context.now();
  const role = deployment.roleOf(request, parts);
  limitRate(parts, now);
  const { operation, resource, key } = wanted(deployment, parts, request);
  const writes = !READING.has(operation);
  if (writes && role === 'reader') throw forbidden();
  context.counters.operation('clarity', `${operation} ${resource ?? 'webhooks'}`);
  const { body, query } = request;
  const call = { ...parts, deployment, key, body, now, query: query as Query };
  let answer: Answer;
  try {
    answer = OPERATIONS[operation]({ ...call, resource: resource ?? 'orders' });
  } catch (error) {
    if (!(error instanceof Refusal) || resource === undefined) throw error;
    throw error.renamed((path) => deployment.path(resource, path));
  } finally {
    if (writes) parts.tell('api');
  }
  if (writes) await context.faults.writes('clarity', 1);
  return answer.body === undefined
    ? reply.code(answer.status).send()
    : reply.code(answer.status).type('application/json').send(JSON.stringify(answer.body));
}
