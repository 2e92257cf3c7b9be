import type { FastifyInstance, FastifyRequest, HTTPMethods } from 'fastify';
import type { SandboxContext } from '../../kit';
import type { ThreeDCartStore } from '../store';
import { send, type Answer } from './answer';
import { authorize, type Version } from './auth';
import { readBody } from './body';
import { storeTime } from './dates';
import { Refusal } from './errors';
import { Query } from './query';

/** What a handler sees of a request. */
export interface Call {
  store: ThreeDCartStore;
  version: Version;
  query: Query;
  now: Date;
  /** Now, as the store tells it. */
  time: string;
  /** A part of the path. */
  text(name: string): string;
  body(): unknown;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** One operation of the API. */
export interface Route {
  method: Method;
  /** Below `/3dCartWebAPI/v1` and `v2`, with `:name` for ids. */
  path: string;
  /** Absent: in both. */
  versions?: readonly Version[];
  /** What the counters call it. */
  operation: string;
  handle(call: Call): Answer;
}

const VERSIONS: readonly Version[] = ['v1', 'v2'];
const METHODS: readonly HTTPMethods[] = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'];

/** Every request of the store counts, whoever sends it. */
function limitRate({ rate, switches }: ThreeDCartStore, context: SandboxContext): void {
  const perSecond = context.faults.limited('threedcart') ? switches.requestsPerSecond : 0;
  const wait = rate.take(context.now(), perSecond);
  if (wait === 0) return;
  const headers = { 'retry-after': String(Math.ceil(wait)) };
  throw new Refusal(429, 'Too many requests.', switches.retryAfter ? headers : {});
}

function callOf(
  request: FastifyRequest,
  store: ThreeDCartStore,
  version: Version,
  now: Date,
): Call {
  const params = request.params as Record<string, string>;
  return {
    store,
    version,
    query: new Query(request.url),
    now,
    time: storeTime(now, store.switches.timeZone),
    text: (name) => params[name] ?? '',
    body: () => readBody(request),
  };
}

function register(
  app: FastifyInstance,
  route: Route,
  version: Version,
  store: ThreeDCartStore,
  context: SandboxContext,
): void {
  const writes = route.method !== 'GET';
  app.route({
    method: route.method,
    url: `/3dCartWebAPI/${version}${route.path}`,
    onRequest: (request, _reply, done) => {
      authorize(request, version, store, context.now());
      limitRate(store, context);
      done();
    },
    handler: async (request, reply) => {
      context.counters.operation('threedcart', route.operation);
      if (writes) await context.faults.writes('threedcart', 1);
      const call = callOf(request, store, version, context.now());
      return send(request, reply, route.handle(call));
    },
  });
}

/** What a known path cannot do, such as deleting orders. The text is the default of ASP.NET. */
function registerRefusals(app: FastifyInstance, url: string, methods: readonly Method[]): void {
  app.route({
    method: METHODS.filter((method) => !methods.some((known) => known === method)),
    url,
    handler: ({ method }) => {
      throw new Refusal(405, `The requested resource does not support http method '${method}'.`);
    },
  });
}

export function registerRoutes(
  app: FastifyInstance,
  routes: readonly Route[],
  store: ThreeDCartStore,
  context: SandboxContext,
): void {
  for (const version of VERSIONS) {
    const byPath = new Map<string, Method[]>();
    for (const route of routes) {
      if (route.versions?.includes(version) === false) continue;
      register(app, route, version, store, context);
      byPath.set(route.path, [...(byPath.get(route.path) ?? []), route.method]);
    }
    for (const [path, methods] of byPath) {
      registerRefusals(app, `/3dCartWebAPI/${version}${path}`, methods);
    }
  }
}
