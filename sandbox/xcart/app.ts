import type { FastifyInstance, FastifyRequest } from 'fastify';
import { createApp, keepBodiesRaw, type FaultWording, type SandboxContext } from '../kit';
import { formatOf, originOf, sendDocument, sendError, sendNoRoute } from './api/answer';
import { authorize, logIn } from './api/auth';
import { openApi } from './api/docs';
import { contextOf, entryPoint, hydraDocs } from './api/hydra';
import { withoutSuffix } from './api/negotiate';
import { registerOAuth } from './api/oauth';
import { badRequest, Problem } from './api/problems';
import { registerRoutes } from './api/routes';
import { registerClassic } from './classic/app';
import { ROUTES } from './resources';
import type { XCartStore } from './store';

const STATUS_TEXT: Readonly<Record<string, string>> = {
  '429': 'Too Many Requests',
  '500': 'Internal Server Error',
  '502': 'Bad Gateway',
  '503': 'Service Unavailable',
  '504': 'Gateway Timeout',
};

/** Faults in the store's own words. A 429 is not the store's (it has no limit) but a proxy's before it. */
const wordingFor =
  (store: XCartStore): FaultWording =>
  (kind) => {
    if (kind === 'unauthorized') {
      const body = { message: store.switches.unknownKeyMessage };
      return { status: 401, headers: { 'content-type': 'application/json' }, body };
    }
    const headers = { 'content-type': 'application/problem+json; charset=utf-8' };
    const body = new Problem(Number(kind), STATUS_TEXT[kind] ?? kind).body();
    // As text, because fastify would make a JSON type of its own out of an object.
    return { status: Number(kind), headers, body: JSON.stringify(body) };
  };

function parsedBody(request: FastifyRequest): unknown {
  try {
    return JSON.parse(Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '');
  } catch {
    throw badRequest('Invalid JSON.');
  }
}

function registerOthers(app: FastifyInstance, store: XCartStore, context: SandboxContext): void {
  app.post('/api-login/check', (request, reply) => {
    context.counters.operation('xcart', 'log in');
    return reply.send(logIn(parsedBody(request), store, context.now()));
  });
  app.get('/api', (request, reply) => sendDocument(request, reply, entryPoint(ROUTES)));
  // Behind the firewall as everything below /api/.
  const reading = {
    onRequest: async (request: FastifyRequest) => authorize(request, store, context.now()),
  };
  app.get('/api/docs', reading, (request, reply) => {
    const format = formatOf(request);
    if (format === 'jsonld')
      return sendDocument(request, reply, hydraDocs(ROUTES, originOf(request)));
    if (format === 'json') return reply.send(openApi(ROUTES));
    const page = '<!DOCTYPE html><title>X-Cart API</title><a href="/api/docs.json">OpenAPI</a>';
    return reply.type('text/html; charset=utf-8').send(page);
  });
  app.get<{ Params: { type: string } }>('/api/contexts/:type', reading, (request, reply) => {
    const context = contextOf(request.params.type, ROUTES, originOf(request));
    return context ? sendDocument(request, reply, context) : sendNoRoute(reply);
  });
  app.setNotFoundHandler((request, reply) => {
    if (!/^\/api(\/|$)/.test(request.url.split('?')[0] ?? '')) {
      return reply.code(404).type('text/html; charset=utf-8').send('<h1>Page not found</h1>');
    }
    return sendNoRoute(reply);
  });
}

export function createStoreApp(store: XCartStore, context: SandboxContext): FastifyInstance {
  const app = createApp({ rewriteUrl: ({ url = '/' }) => withoutSuffix(url) });
  context.counters.attach(app, 'xcart');
  context.faults.attach(app, 'xcart', wordingFor(store));
  keepBodiesRaw(app);
  app.setErrorHandler(sendError);
  registerRoutes(app, ROUTES, store, context);
  registerClassic(app, store, context);
  registerOAuth(app, store, context);
  registerOthers(app, store, context);
  return app;
}
