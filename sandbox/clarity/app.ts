import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createApp, type FaultWording } from '../kit';
import { handle, routeName } from './api/handler';
import type { Parts } from './api/parts';
import { badRequest, Refusal, unauthorized } from './api/refusals';
import { registerSessions } from './api/sessions';
import { registerTokens } from './api/tokens';
import { deploymentAt, DEPLOYMENTS, type Worded } from './deployments';
import { cef } from './deployments/cef';
import { problem } from './deployments/problems';

const pathOf = (request: FastifyRequest): string => request.url.split('?')[0] ?? '';

/** A refusal in the words of the deployment that was asked. */
const worded = (refusal: Refusal, request: FastifyRequest, { store }: Parts): Worded =>
  deploymentAt(pathOf(request))?.refuse(refusal, store.switches, request.method !== 'GET') ??
  problem(refusal);

const wordingFor =
  (parts: Parts): FaultWording =>
  (kind, request) => {
    const refusal =
      kind === 'unauthorized'
        ? unauthorized('The key is not known or has expired.')
        : new Refusal(Number(kind), 'A fault on demand.');
    const { status, headers, type, body } = worded(refusal, request, parts);
    // As text, because fastify would make a JSON type of its own out of an object.
    return { status, headers: { ...headers, 'content-type': type }, body: JSON.stringify(body) };
  };

/** What is not meant as an answer is a defect of the sandbox, or a body that cannot be read. */
function refusalOf(error: Error & { statusCode?: number }): Refusal {
  if (error instanceof Refusal) return error;
  const status = error.statusCode ?? 500;
  const detail = status < 500 ? error.message : 'An error occurred.';
  return new Refusal(status, detail, [], { 'x-sandbox-error': encodeURIComponent(error.message) });
}

function readBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (request, text, done) => {
    const body = String(text);
    if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
      return done(null, new URLSearchParams(body));
    }
    try {
      done(null, body === '' ? undefined : JSON.parse(body));
    } catch {
      done(badRequest('The body is not JSON.'));
    }
  });
}

export function createClarityApp(parts: Parts): FastifyInstance {
  const { context } = parts;
  const app = createApp();
  const nameOf = (request: FastifyRequest): string => {
    const deployment = deploymentAt(pathOf(request));
    const route = request.routeOptions.url ?? '(no route)';
    const isShared = deployment !== undefined && route.endsWith('/*');
    return isShared ? routeName(deployment, parts, request) : `${request.method} ${route}`;
  };
  context.counters.attach(app, 'clarity', nameOf);
  context.faults.attach(app, 'clarity', wordingFor(parts));
  readBodies(app);
  const send = (refusal: Refusal, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const { status, headers, type, body } = worded(refusal, request, parts);
    return reply.code(status).headers(headers).type(type).send(JSON.stringify(body));
  };
  app.setErrorHandler((error: Error, request, reply) => send(refusalOf(error), request, reply));
  app.setNotFoundHandler((request, reply) =>
    send(new Refusal(404, 'There is nothing at this address.'), request, reply),
  );
  registerTokens(app, parts.tokens, context);
  registerSessions(app, cef.base, parts);
  for (const deployment of DEPLOYMENTS) {
    app.all(`${deployment.base}/*`, (request, reply) => handle(deployment, parts, request, reply));
  }
  return app;
}
