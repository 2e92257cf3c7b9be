import { parseQuery } from '../dialect';
import type { Engine, Session } from '../engine';
import { errors } from '../errors';
import type { WebRequest } from '../../odata/http/message';
import { parsePreferences, type Preferences } from '../../odata/http/preferences';
import { isJsonObject } from '../../odata/http/message';
import { type QueryOptions } from '../../odata/syntax/query-options';
import type { JsonObject, JsonValue } from '../options';
import type { Table } from '../schema/model';
import type { Writer } from '../write/writer';

/** One request on its way through the operations. */
export interface Call {
  engine: Engine;
  writer: Writer;
  session: Session;
  request: WebRequest;
  prefer: Preferences;
  options: QueryOptions;
}

export function createCall(
  engine: Engine,
  writer: Writer,
  session: Session,
  request: WebRequest,
  query: string,
): Call {
  return {
    engine,
    writer,
    session,
    request,
    prefer: parsePreferences(request.headers.prefer),
    options: parseQuery(query),
  };
}

/** The body as a JSON object; an empty body is an empty object. */
export function bodyOf({ engine, request }: Call): JsonObject {
  if (request.body.trim() === '') return {};
  const type = request.headers['content-type'] ?? '';
  if (engine.switches.bodyType === 'json' && !/^application\/json\b/i.test(type.trim())) {
    throw errors.mediaType(type);
  }
  const value = parseJson(request.body);
  if (!isJsonObject(value)) throw errors.query('The body must be a JSON object.');
  return value;
}

function parseJson(body: string): JsonValue {
  try {
    return JSON.parse(body) as JsonValue;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw errors.query(
      `An error occurred while validating input parameters: Microsoft.OData.ODataException: ${reason}`,
    );
  }
}

export function count({ engine }: Call, verb: string, table: Table): void {
  engine.context.counters.operation('dataverse', `${verb} ${table.name}`);
}
