import { randomUUID } from 'node:crypto';
import type { WebRequest } from '../../odata/http/message';
import { decodeQuery } from '../../odata/syntax/query-options';
import { actingUser, type Engine, type Session } from '../engine';

/** What the events of one request have in common. */
export interface Execution {
  correlationId: string;
  /** The user that the request acts as. */
  userId: string;
  /** The user that has sent it. */
  callerId: string;
  /** Domain name that it came to. */
  host: string;
  userAgent: string;
  /** The app that the request names in `x-ms-app-name`, as model-driven apps do. */
  appName?: string;
  /** Value of the query parameter `tag`. */
  tag?: string;
  /** Which steps the request asks to pass over. */
  bypass: { synchronous: boolean; asynchronous: boolean };
}

/** What the environment is called where no request has named it. */
const UNNAMED_HOST = 'sandbox.example';

const hostOf = (base: string): string =>
  URL.canParse(base) ? new URL(base).hostname : UNNAMED_HOST;

/** Source: Dataverse docs, optional-parameters: `tag` stands in the URL, and not in a header. */
function tagOf(url: string): string | undefined {
  const query = url.split('?').slice(1).join('?');
  const found = query.split('&').find((part) => /^tag=/i.test(part));
  return found === undefined ? undefined : decodeQuery(found.slice(found.indexOf('=') + 1));
}

/** Source: Dataverse docs, bypass-custom-business-logic. */
function bypassOf(headers: WebRequest['headers']): Execution['bypass'] {
  const listed = (headers['mscrm.bypassbusinesslogicexecution'] ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase());
  const older = headers['mscrm.bypasscustompluginexecution']?.trim().toLowerCase() === 'true';
  return {
    synchronous: older || listed.includes('customsync'),
    asynchronous: listed.includes('customasync'),
  };
}

export function executionOf(engine: Engine, session: Session, request: WebRequest): Execution {
  return {
    correlationId: engine.once('correlation', randomUUID),
    userId: actingUser(engine, session),
    callerId: engine.userId,
    host: hostOf(session.base),
    userAgent: request.headers['user-agent'] ?? '',
    appName: request.headers['x-ms-app-name'],
    tag: tagOf(request.url),
    bypass: bypassOf(request.headers),
  };
}

/** Of rows that are made, changed or deleted outside of HTTP. */
export const ownExecution = (engine: Engine, userId = engine.userId): Execution => ({
  correlationId: randomUUID(),
  userId,
  callerId: userId,
  host: UNNAMED_HOST,
  userAgent: '',
  bypass: { synchronous: false, asynchronous: false },
});
