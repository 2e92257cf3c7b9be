import type { FastifyInstance } from 'fastify';
import { createApp, keepBodiesRaw, type FaultWording, type SandboxContext } from '../kit';
import { sendError } from './api/answer';
import { denied } from './api/auth';
import { Refusal } from './api/errors';
import { registerOAuth } from './api/oauth';
import { registerRoutes } from './api/routes';
import { ROUTES } from './resources';
import type { ThreeDCartStore } from './store';

/** Faults in the words of the framework below the API, which are inferred. */
const wording: FaultWording = (kind) => {
  const status = kind === 'unauthorized' ? 401 : Number(kind);
  const text = kind === 'unauthorized' ? denied().message : 'An error has occurred.';
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return { status, headers, body: JSON.stringify({ Message: text }) };
};

export function createStoreApp(store: ThreeDCartStore, context: SandboxContext): FastifyInstance {
  // The server that 3dcart uses minds neither the case of paths, headers and names in a query nor a slash too many.
  const app = createApp({
    routerOptions: {
      caseSensitive: false,
      ignoreTrailingSlash: true,
      ignoreDuplicateSlashes: true,
    },
  });
  context.counters.attach(app, 'threedcart');
  context.faults.attach(app, 'threedcart', wording);
  context.faults.addLimits('threedcart');
  keepBodiesRaw(app);
  app.setErrorHandler((error: Error, request, reply) =>
    sendError(error, request, reply, store.switches),
  );
  app.setNotFoundHandler((request) => {
    const address = `${request.protocol}://${request.host}${request.url}`;
    const text = `No HTTP resource was found that matches the request URI '${address}'.`;
    throw new Refusal(404, text);
  });
  registerRoutes(app, ROUTES, store, context);
  registerOAuth(app, store, context);
  return app;
}
