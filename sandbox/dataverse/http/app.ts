import { MONITOR_PATH } from '../background/monitor';
import type { BackgroundOperations } from '../background/operations';
import { splitUrl } from '../dialect';
import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AnsweredFault, FaultAnswer, SandboxContext } from '../../kit';
import type { BatchRunner, Perform } from '../batch/execute';
import { errorResponse, MAX_URL_LENGTH, type Dispatcher, type Place } from '../dispatch';
import type { Session } from '../engine';
import { errors } from '../errors';
import { SEARCH_PATH } from '../search/endpoint';
import type { ServiceProtection, Ticket } from '../limits';

import type { DataverseOptions } from '../options';
import type { Switches } from '../switches';
import { authenticate } from './authentication';
import { createODataApp, sendResponse, toWebRequest } from '../../odata/http/app';
import type { WebResponse } from '../../odata/http/message';

interface Parts {
  context: SandboxContext;
  options: DataverseOptions;
  dispatcher: Dispatcher;
  batches: BatchRunner;
  background: BackgroundOperations;
  limits: ServiceProtection;
  switches: Switches;
  settle(session: Session): Promise<void>;
  perform: Perform;
}

/** Headers that every answer has. */
const standardHeaders = ({ dopHint }: Switches): Record<string, string> => ({
  'OData-Version': '4.0',
  REQ_ID: randomUUID(),
  'x-ms-service-request-id': randomUUID(),
  'Cache-Control': 'no-cache',
  'x-ms-dop-hint': String(dopHint),
});

/** The HTTP side: authentication, limits, faults, and one route for everything. */
export function buildApp(parts: Parts): FastifyInstance {
  const { context } = parts;
  const app = createODataApp();
  context.counters.attach(app, 'dataverse', routeName);
  protect(app, parts);
  context.faults.attach(app, 'dataverse', faultWording);
  app.all('/*', async (request, reply) => sendResponse(reply, await answer(parts, request)));
  return app;
}

/** Who is asking, and whether that is too much. Before the faults, so that their latency counts too. */
function protect(app: FastifyInstance, { context, options, limits, switches }: Parts): void {
  const tickets = new WeakMap<FastifyRequest, Ticket>();
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(standardHeaders(switches));
    const user = authenticate(request, options);
    if (!user.ok) {
      return reply
        .code(user.status)
        .headers(user.headers)
        .type('application/json; charset=utf-8')
        .send(user.body);
    }
    if (!context.faults.limited('dataverse')) return undefined;
    const entered = limits.enter(user.user);
    if ('code' in entered) {
      const { code, message, retryAfterSeconds } = entered;
      return reply
        .code(429)
        .header('Retry-After', String(retryAfterSeconds))
        .type('application/json; odata.metadata=minimal; charset=utf-8')
        .send(JSON.stringify({ error: { code, message } }));
    }
    tickets.set(request, entered);
    reply.headers(entered.headers);
    // Comes in every case, also when the client hangs up or a fault destroys the connection.
    reply.raw.once('close', () => entered.leave());
    return undefined;
  });
  // The work is done here; an answer that a fault holds back must not count as work.
  app.addHook('onSend', (request, _reply, payload, done) => {
    tickets.get(request)?.leave();
    done(null, payload);
  });
}

/** The version that addresses have where a request names none. */
const VERSION = 'v9.2';

/** Where a request goes, and the version of the Web API that it names; undefined where there is nothing. */
function placeOf(url: string): { place: Place; version?: string } | undefined {
  const version = /^\/api\/data\/(v9\.\d+)(?:[/?]|$)/i.exec(url)?.[1];
  if (version !== undefined) return { place: 'data', version };
  if (SEARCH_PATH.test(url)) return { place: 'search' };
  return MONITOR_PATH.test(url) ? { place: 'monitor' } : undefined;
}

async function answer(parts: Parts, request: FastifyRequest): Promise<WebResponse> {
  const url = request.raw.url ?? '/';
  const { place, version } = placeOf(url) ?? {};
  if (place === undefined) return { status: 404, headers: {}, body: '' };
  if (url.length > MAX_URL_LENGTH) return { status: 414, headers: {}, body: '' };
  const session: Session = {
    base: `${request.protocol}://${request.host}/api/data/${version ?? VERSION}/`,
    contentIds: new Map(),
    writes: 0,
  };
  const web = toWebRequest(request);
  if (place === 'data' && splitUrl(url).path.toLowerCase() === '$batch') {
    if (request.method === 'POST') return parts.batches.run(session, web);
    return errorResponse(errors.methodNotAllowed('A batch can only be posted.'), web);
  }
  const accepted = place === 'data' ? parts.background.accept(session, web) : undefined;
  if (accepted) return accepted;
  const response = await parts.perform(session, () => parts.dispatcher.handle(session, web, place));
  await parts.settle(session);
  return response;
}

/** `POST $batch`, `GET salesorders`: the first part of the path, without its key. */
function routeName(request: FastifyRequest): string {
  const [first = ''] = splitUrl(request.raw.url ?? '').path.split('/');
  const [name] = first.split('(');
  return `${request.method} ${name === '' ? '(service document)' : name}`;
}

const FAULT_TEXTS: Readonly<Record<AnsweredFault, readonly [number, string, string]>> = {
  '429': [
    429,
    '0x80072322',
    'Number of requests exceeded the limit of 6000 over time window of 300 seconds.',
  ],
  '500': [500, '0x80040216', 'An unexpected error occurred.'],
  '502': [502, '', 'Bad Gateway'],
  '503': [503, '', 'Service Unavailable'],
  '504': [504, '', 'Gateway Timeout'],
  unauthorized: [401, '0x80041d45', 'The token has expired.'],
};

function faultWording(kind: AnsweredFault, request: FastifyRequest): FaultAnswer {
  const [status, code, message] = FAULT_TEXTS[kind];
  const resource = `${request.protocol}://${request.host}/`;
  const headers: Record<string, string> =
    kind === 'unauthorized'
      ? {
          'WWW-Authenticate':
            'Bearer authorization_uri=https://login.microsoftonline.com/common/oauth2/authorize, ' +
            `resource_id=${resource}, error=invalid_token, error_description=${message}`,
        }
      : {};
  return { status, headers, body: { error: { code, message } } };
}
