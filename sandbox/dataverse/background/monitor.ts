import type { WebResponse } from '../../odata/http/message';
import { DataverseError, errors } from '../errors';
import type { Call } from '../operations/call';
import type { JsonObject, JsonValue } from '../options';
import type { Row } from '../store/row';
import { CANCELING, note, refuseEnded, rowOf } from './rows';

/**
 * The status monitor resource, which stands beside the Web API. Source: Dataverse docs, background-operations, "Poll the
 * status monitor resource".
 */
export const MONITOR_PATH = /^\/api\/backgroundoperation\/([0-9a-f-]{36})\/?(?:\?|$)/i;

export const monitorUrl = (base: string, id: string): string =>
  new URL(`/api/backgroundoperation/${id}`, base).href;

/** How far an operation is, as the monitor and a callback say it. */
export function statusOf(row: Row): JsonObject {
  const { errorcode: code = null, errormessage: message = null } = row;
  return {
    backgroundOperationStateCode: Number(row.backgroundoperationstatecode),
    backgroundOperationStatusCode: Number(row.backgroundoperationstatuscode),
    ...(message === null
      ? {}
      : {
          backgroundOperationErrorCode: Number(code),
          backgroundOperationErrorMessage: String(message),
        }),
  };
}

const plain = (body: JsonObject): WebResponse => ({
  status: 200,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});

/** The output of the operation stands beside its status. */
function outputOf({ outputparameters: list }: Row): JsonObject {
  if (typeof list !== 'string') return {};
  const parameters = JSON.parse(list) as Array<{ Key: string; Value: JsonValue }>;
  return Object.fromEntries(parameters.map(({ Key, Value }) => [Key, Value]));
}

export function statusMonitor({ engine, request }: Call): WebResponse {
  const id = MONITOR_PATH.exec(request.url)?.[1]?.toLowerCase() ?? '';
  const row = rowOf(engine, id);
  // Source: the documented answer to an id that is not there.
  if (!row) throw new DataverseError(404, '0x80048d02', `Could not find item '${id}'.`);
  if (request.method === 'GET') return plain({ ...statusOf(row), ...outputOf(row) });
  if (request.method !== 'DELETE') {
    throw errors.methodNotAllowed('A background operation can only be read and canceled.');
  }
  refuseEnded(row);
  note(engine, id, CANCELING);
  return plain({
    backgroundOperationStateCode: CANCELING.backgroundoperationstatecode,
    backgroundOperationStatusCode: CANCELING.backgroundoperationstatuscode,
  });
}
