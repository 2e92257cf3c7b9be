import { createSend } from '../../../core/http/send';
import type { HttpRequest } from '../../../core/http/types';
import { createODataClient } from '../../../core/odata/client';
import type { ODataService } from '../../../core/odata/service';
import { batchReply, changeSetPart, httpPart, readBatch } from '../../support/batchServer';
import type { InnerRequest } from '../../support/batchServer';
import { DEPOT } from '../../support/depot';
import { type Received, type Reply, startHttpServer } from '../../support/httpServer';
import type { Fault, RunningService } from './service';
import { AUTHORIZATION, failure, Shelves } from './toyRows';

/** With limits in which the suite has room, and below a path with a version. */
const TOY: ODataService = {
  ...DEPOT,
  upserts: true,
  rootPath: '/depot/v1/',
  ownPath: /^\/depot\/v\d\//,
  limits: { ...DEPOT.limits, url: 1_500, urlInBatch: 4_000, operations: 20, pageRows: 50 },
};

/** All or nothing; a failed change set answers with its failure alone. */
function changeSet(shelves: Shelves, members: InnerRequest[]): string {
  const before = [...shelves.rows];
  const replies = members.map((member) => shelves.handle(member));
  const failed = replies.find(({ status = 204 }) => status >= 400);
  if (!failed) return changeSetPart(replies.map((reply, place) => httpPart(reply, place + 1)));
  shelves.rows = before;
  return httpPart(failed);
}

function carryOut(shelves: Shelves, request: Received): Reply {
  const { method, url, body } = request;
  const headers = request.headers as Record<string, string>;
  if (headers['authorization'] !== AUTHORIZATION) return failure(401, 'The key is missing');
  if (!url.endsWith('$batch')) {
    return shelves.handle({ method, path: url, headers, json: body && JSON.parse(body) });
  }
  const asked = readBatch(request);
  if (asked.flat().length > TOY.limits.operations) return failure(413, 'Too many operations');
  return batchReply(
    asked.map((each) =>
      Array.isArray(each) ? changeSet(shelves, each) : httpPart(shelves.handle(each)),
    ),
  );
}

function reply(shelves: Shelves, faults: Fault[], request: Received): Reply {
  const fault = faults.find(({ times = 1 }) => times > 0);
  if (!fault) return carryOut(shelves, request);
  if (fault.times !== undefined) fault.times -= 1;
  const { kind, retryAfterSeconds, holdMs } = fault;
  if (kind === 'reset') return { reset: true };
  if (kind === 'unauthorized') return failure(401, 'The key is not taken');
  if (kind === 'timeout-after-commit') {
    return { ...carryOut(shelves, request), delayMs: holdMs, reset: true };
  }
  const headers = kind === '429' ? { 'retry-after': String(retryAfterSeconds) } : undefined;
  return { ...failure(Number(kind), 'Come back later'), headers };
}

const authorize = (request: HttpRequest): Promise<HttpRequest> =>
  Promise.resolve({ ...request, headers: { ...request.headers, authorization: AUTHORIZATION } });

/** The depot as a running service, in memory. */
export async function startToy(): Promise<RunningService> {
  const shelves = new Shelves();
  let faults: Fault[] = [];
  const { origin, received, close } = await startHttpServer((request) =>
    reply(shelves, faults, request),
  );
  return {
    connect(send, options) {
      const signed = createSend({ ...send, authorize });
      return createODataClient(TOY, { url: origin, send: signed, ...options }, options);
    },
    stop: close,
    reset() {
      shelves.rows = [];
      faults = [];
      received.length = 0;
      return Promise.resolve();
    },
    setFaults(wanted) {
      faults = wanted.map((each) => ({ ...each }));
      return Promise.resolve();
    },
    countRequests: () => Promise.resolve(received.length),
  };
}
