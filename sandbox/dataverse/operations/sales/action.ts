import type { WebResponse } from '../../../odata/http/message';
import { errors } from '../../errors';
import type { JsonObject, JsonValue } from '../../options';
import type { DocumentKind } from '../../sales/kinds';
import { isGuid, type Row } from '../../store/row';
import { isObject } from '../../write/payload';
import type { Call } from '../call';
import { entityBody } from '../entity';
import { missing, type Parameters } from '../parameters';

export type Run = (call: Call, body: JsonObject) => WebResponse;

/** An action, and where it may stand: which of its places it has, the switch `actionForms` says. */
export interface Action {
  run: Run;
  parameters: Parameters;
  /** Table that it may be bound to. */
  table?: string;
  /** Parameter that names the row. Bound, such an action stands behind the row, and takes no such parameter. */
  row?: string;
}

/** The document whose id a parameter holds. */
export function documentIn({ engine }: Call, kind: DocumentKind, body: JsonObject, name: string) {
  const value = body[name];
  const id = typeof value === 'string' ? value.toLowerCase() : '';
  if (!isGuid(id)) throw missing(name);
  const row = engine.database.get(kind.document, id);
  if (!row) throw errors.notFound(kind.document, id);
  return { id, row };
}

const isText = (value: JsonValue): value is string => typeof value === 'string';

/** Columns of a `ColumnSet`; undefined: all of them. Source: Web API reference, ColumnSet complex type. */
function columnsOf(columnSet: JsonValue | undefined): string[] | undefined {
  const {
    AllColumns: all = false,
    Columns: columns = [],
    ...others
  } = isObject(columnSet) ? columnSet : { AllColumns: null };
  const isRead = typeof all === 'boolean' && Array.isArray(columns) && columns.every(isText);
  if (isRead && Object.keys(others).length === 0) return all ? undefined : columns.filter(isText);
  throw errors.query(
    "The parameter 'ColumnSet' must be of the type 'Microsoft.Dynamics.CRM.ColumnSet': send " +
      '{"AllColumns": true} or {"Columns": ["name"]}.',
  );
}

/** A row that an action has made, in the columns that were asked for. */
export function madeBody(call: Call, kind: DocumentKind, row: Row, body: JsonObject): JsonObject {
  const options = { ...call.options, select: columnsOf(body.ColumnSet) };
  return entityBody({ ...call, options }, call.engine.model.required(kind.document), row);
}
