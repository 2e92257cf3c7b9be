import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createApp, type SandboxContext } from '../kit';
import { ControlError, readBody } from './input';

function parse(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new ControlError(400, 'The body is not JSON');
  }
}

/** Whatever the content type says, a body is JSON, and it may be empty: `curl -X POST` shall do. */
function readAllAsJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, parse(String(body)));
    } catch (error) {
      done(error as Error);
    }
  });
}

function sendError(
  error: FastifyError | ControlError,
  _request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const status = error instanceof ControlError ? error.status : (error.statusCode ?? 500);
  return reply.code(status).send({ error: error.message });
}

function registerFaults(app: FastifyInstance, context: SandboxContext): void {
  app.get('/faults', () => context.faults.config);
  app.put('/faults', (request) =>
    context.faults.configure(readBody(context.faults.schema, request.body)),
  );
  app.delete('/faults', (_request, reply) => {
    context.faults.clear();
    return reply.code(204).send();
  });
}

function registerCounts(app: FastifyInstance, context: SandboxContext): void {
  app.get('/counts', () => context.counters.snapshot());
  app.delete('/counts', (_request, reply) => {
    context.counters.reset();
    return reply.code(204).send();
  });
}

/**
 * The doors that the real services do not have. Each service adds its own; here is what concerns all of them.
 * `reset` puts everything back to the seed.
 */
export function createControl(context: SandboxContext, reset: () => void): FastifyInstance {
  const app = createApp();
  readAllAsJson(app);
  app.setErrorHandler(sendError);
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send({ error: `No such control operation: ${request.method} ${request.url}` }),
  );
  app.get('/health', () => ({ status: 'ok' }));
  app.post('/reset', (_request, reply) => {
    reset();
    return reply.code(204).send();
  });
  registerFaults(app, context);
  registerCounts(app, context);
  return app;
}
