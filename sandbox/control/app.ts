import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createApp, faultConfigSchema, type SandboxContext } from '../kit';
import { registerDataverse } from './dataverse-routes';
import { ControlError, readBody } from './input';
import { certificateSchema, lifetimeSchema, refusalSchema } from './schemas';
import type { ControlledServices } from './services';
import { registerXCart } from './xcart-routes';

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
    context.faults.configure(readBody(faultConfigSchema, request.body)),
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

function registerEntra(app: FastifyInstance, { entra }: ControlledServices): void {
  app.post('/entra/expire-tokens', (_request, reply) => {
    entra.expireTokens();
    return reply.code(204).send();
  });
  app.put('/entra/token-lifetime', (request) => {
    const { seconds } = readBody(lifetimeSchema, request.body);
    entra.setTokenLifetime(seconds);
    return { seconds };
  });
}

function registerSignIn(app: FastifyInstance, { entra }: ControlledServices): void {
  app.put('/entra/refusal', (request) => {
    const { code } = readBody(refusalSchema, request.body);
    entra.refuseWith(code);
    return { code };
  });
  app.post('/entra/certificate', (request, reply) => {
    const { certificate } = readBody(certificateSchema, request.body);
    try {
      entra.addCertificate(certificate);
    } catch {
      throw new ControlError(400, '"certificate": must be an RSA certificate or public key in PEM');
    }
    return reply.code(204).send();
  });
  app.delete('/entra/refusal', (_request, reply) => {
    entra.refuseWith(undefined);
    return reply.code(204).send();
  });
}

export interface ControlOptions {
  context: SandboxContext;
  services: ControlledServices;
  /** Puts everything back to the seed. */
  reset(): void;
}

/** The doors that the real services do not have: place orders, read what was written, ask for faults. */
export function createControl({ context, services, reset }: ControlOptions): FastifyInstance {
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
  registerEntra(app, services);
  registerSignIn(app, services);
  registerXCart(app, services.xcart);
  registerDataverse(app, services.dataverse);
  return app;
}
