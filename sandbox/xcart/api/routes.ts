import type { FastifyInstance, FastifyRequest, HTTPMethods } from 'fastify';
import type { SandboxContext } from '../../kit';
import type { XCartStore } from '../store';
import { formatOf, sendNoRoute, sendResult } from './answer';
import { authorize } from './auth';
import { readBody, type Json } from './body';
import type { Fields } from './fields';
import { notFound, Problem } from './problems';
import { Query } from './query';

/** What a handler sees of a request. */
export interface Call {
  store: XCartStore;
  query: Query;
  now: Date;
  /** A whole number in the path. Anything else is an id that does not exist. */
  id(name: string): number;
  text(name: string): string;
  /** The JSON object sent. Read it after the record was found: 404 comes before 415 and 400. */
  body(): Json;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** One operation of the API. A handler that returns undefined answers 204. */
export interface Route {
  method: Method;
  /** Below `/api`, with `:name` for ids. */
  path: string;
  /** The resource's name in ld+json. */
  type: string;
  /** What the counters call it. */
  operation: string;
  /** It comes with an add-on, without which there is no such path. */
  isOfAddOn?: boolean;
  handle(call: Call): object | undefined;
  /** What its documents show and take, for the documentation. */
  fields?: Fields;
  /** Parameters that narrow or sort a list, each with the property that it looks at. */
  filters?: Readonly<Record<string, string>>;
}

const METHODS: readonly Method[] = ['GET', 'POST', 'PUT', 'DELETE'];
const ALL_METHODS: readonly HTTPMethods[] = [...METHODS, 'PATCH', 'OPTIONS'];

function callOf(request: FastifyRequest, store: XCartStore, type: string, now: Date): Call {
  const params = request.params as Record<string, string>;
  const text = (name: string): string => params[name] ?? '';
  return {
    store,
    query: new Query(request.url),
    now,
    text,
    id: (name) => {
      if (!/^\d{1,15}$/.test(text(name))) throw notFound();
      return Number(text(name));
    },
    body: () => readBody(request, type),
  };
}

function register(
  app: FastifyInstance,
  route: Route,
  store: XCartStore,
  context: SandboxContext,
): void {
  const writes = route.method !== 'GET';
  app.route({
    method: route.method,
    url: `/api${route.path}`,
    // In Symfony's order: the format of the answer is settled before the key is looked at.
    onRequest: (request, _reply, done) => {
      formatOf(request);
      authorize(request, store, context.now());
      done();
    },
    handler: async (request, reply) => {
      if (route.isOfAddOn && !store.switches.addOns) return sendNoRoute(reply);
      context.counters.operation('xcart', route.operation);
      if (writes) await context.faults.writes('xcart', 1);
      const result = route.handle(callOf(request, store, route.type, context.now()));
      return sendResult(request, reply, result, route);
    },
  });
}

/** A known path with a method it does not have: PATCH everywhere, and whatever the store cannot do. */
function registerRefusals(app: FastifyInstance, path: string, methods: readonly Method[]): void {
  const allow = methods.join(', ');
  app.route({
    method: ALL_METHODS.filter((method) => !methods.some((known) => known === method)),
    url: `/api${path}`,
    handler: (request) => {
      const address = `http://${request.host}${request.url}`;
      const detail = `No route found for "${request.method} ${address}": Method Not Allowed (Allow: ${allow})`;
      throw new Problem(405, detail, undefined, { allow });
    },
  });
}

export function registerRoutes(
  app: FastifyInstance,
  routes: readonly Route[],
  store: XCartStore,
  context: SandboxContext,
): void {
  const byPath = new Map<string, Method[]>();
  for (const route of routes) {
    register(app, route, store, context);
    byPath.set(route.path, [...(byPath.get(route.path) ?? []), route.method]);
  }
  for (const [path, methods] of byPath) registerRefusals(app, path, methods);
}
