import { statusMonitor } from './background/monitor';
import { parseKey, splitUrl } from './dialect';
import type { Engine, Session } from './engine';
import { DataverseError, errors } from './errors';
import { ODataError } from '../odata/errors';
import { AwaitsEndpoint } from './events/attempt';
import { executionOf } from './events/execution';
import { actingAs } from './http/impersonation';
import { json, type WebRequest, type WebResponse } from '../odata/http/message';
import { callMetadataAction, isMetadataAction } from './metadata/actions';
import { metadata } from './metadata/routes';
import { parsePath, type Segment } from '../odata/syntax/url';
import { callAction, isAction } from './operations/actions';
import { createCall, type Call } from './operations/call';
import { collection } from './operations/collection';
import { remove, requireRow, retrieve, upsert } from './operations/entity';
import { callFunction, isFunction } from './operations/functions';
import { member } from './operations/members';
import { requirePartition } from './operations/partition';
import { contextUrl } from './query/render';
import type { JsonObject } from './options';
import type { Table } from './schema/model';
import { privilegeName, type PrivilegeType, requirePrivilege } from './security/privileges';
import { searchEndpoint } from './search/endpoint';
import { securityMember } from './security/roles';
import { expandContentId, matchKey } from './write/references';
import type { Writer } from './write/writer';

/** Longest URL of a request on its own; inside a batch it may be twice as long. Source: Dataverse docs. */
export const MAX_URL_LENGTH = 32 * 1024;
export const MAX_BATCH_URL_LENGTH = 64 * 1024;

/** What stands beside the Web API, and is no OData. */
const BESIDE = { search: searchEndpoint, monitor: statusMonitor } as const;

/** Where a request goes: the Web API, or what stands beside it. */
export type Place = 'data' | keyof typeof BESIDE;

/**
 * Answers one request. Everything here runs without a pause, so that no request sees another one half done;
 * the caller waits afterwards for as long as the rows written take.
 */
export class Dispatcher {
  constructor(
    private readonly engine: Engine,
    private readonly writer: Writer,
  ) {}

  /** Throws nothing but that an endpoint has to be called first: a refusal is an answer too. */
  handle(session: Session, request: WebRequest, place: Place = 'data'): WebResponse {
    const before = session.actingAs;
    try {
      session.actingAs = actingAs(this.engine, request.headers) ?? before;
      this.engine.execution = executionOf(this.engine, session, request);
      return place === 'data' ? this.route(session, request) : this.beside(session, request, place);
    } catch (error) {
      if (error instanceof AwaitsEndpoint) throw error;
      return errorResponse(error, request);
    } finally {
      session.actingAs = before;
      this.engine.execution = undefined;
    }
  }

  private beside(session: Session, request: WebRequest, place: keyof typeof BESIDE): WebResponse {
    return BESIDE[place](createCall(this.engine, this.writer, session, request, ''));
  }

  private route(session: Session, request: WebRequest): WebResponse {
    const { path, query } = splitUrl(expandContentId(session, request.url));
    const call = createCall(this.engine, this.writer, session, request, query);
    const [first, ...rest] = parsePath(path);
    if (!first) return serviceDocument(call);
    const table = this.engine.model.set(first.name);
    if (table) return tableRequest(call, table, first, rest);
    if (isFunction(first.name) && rest.length === 0) return callFunction(call, first);
    if (isMetadataAction(first.name) && rest.length === 0) {
      return callMetadataAction(call, first.name);
    }
    if (isAction(this.engine, first.name) && rest.length === 0) return callAction(call, first.name);
    return metadata(call, first, rest);
  }
}

function tableRequest(
  call: Call,
  table: Table,
  { inner }: Segment,
  rest: readonly Segment[],
): WebResponse {
  if (table.schema.intersect && call.request.method !== 'GET') {
    throw errors.methodNotAllowed(
      `The rows of '${table.schema.entitySet}' can only be read: associate the rows of both sides instead.`,
    );
  }
  checkRight(call, table);
  if (inner === undefined) return collection(call, table, rest);
  const predicate = parseKey(inner, call.options.aliases);
  const match = table.schema.elastic ? matchKey(call.engine, table, predicate).id : undefined;
  const addressed = match === undefined ? undefined : call.engine.database.get(table.name, match);
  if (addressed) requirePartition(call, table, addressed);
  const [next, ...behind] = rest;
  if (next) {
    const row = requireRow(call, table, predicate);
    return securityMember(call, table, row, next) ?? member(call, table, row, next, behind);
  }
  switch (call.request.method) {
    case 'GET':
      return retrieve(call, table, predicate);
    case 'PATCH':
      return upsert(call, table, predicate);
    case 'DELETE':
      return remove(call, table, predicate);
    default:
      throw errors.methodNotAllowed(
        `The requested resource does not support the method '${call.request.method}'.`,
      );
  }
}

const RIGHTS: Readonly<Record<string, PrivilegeType>> = {
  GET: 'Read',
  POST: 'Create',
  PATCH: 'Write',
  PUT: 'Write',
  DELETE: 'Delete',
};

function checkRight({ engine, session, request }: Call, table: Table): void {
  const type = RIGHTS[request.method];
  if (!type || table.schema.intersect) return;
  requirePrivilege(engine, session, privilegeName(table, type));
}

function serviceDocument(call: Call): WebResponse {
  if (call.request.method !== 'GET')
    throw errors.methodNotAllowed('The service root can only be read.');
  const value = call.engine.model.tables.map(({ schema }) => ({
    name: schema.entitySet,
    kind: 'EntitySet',
    url: schema.entitySet,
  }));
  return json(200, { '@odata.context': contextUrl(call.session, '').slice(0, -1), value });
}

/** Source: Dataverse docs, compose-http-requests-handle-errors. Details come only to who asks for them. */
export function errorResponse(error: unknown, request: WebRequest): WebResponse {
  const known = knownError(error);
  const detailed = /include-annotations/i.test(request.headers.prefer ?? '');
  const details: JsonObject = detailed
    ? {
        '@Microsoft.PowerApps.CDS.ErrorDetails.OperationStatus': '0',
        '@Microsoft.PowerApps.CDS.HelpLink': `http://go.microsoft.com/fwlink/?LinkID=398563&error=Microsoft.Crm.CrmException%3a${known.code}&client=platform`,
        '@Microsoft.PowerApps.CDS.InnerError.Message': known.message,
        ...known.details,
      }
    : {};
  const body = { error: { code: known.code, message: known.message, ...details } };
  return json(known.status, body, { ...known.headers });
}

/** What is no refusal is a fault of the sandbox itself. */
function knownError(error: unknown): DataverseError {
  if (error instanceof DataverseError) return error;
  if (error instanceof ODataError) return errors.query(error.message);
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new DataverseError(
    500,
    '0x80040216',
    `An unexpected error occurred in the sandbox: ${message}`,
  );
}
