import { type KeyPredicate } from '../dialect';
import { entityUrl, type Engine } from '../engine';
import { DataverseError, errors } from '../errors';
import { json, noContent, type WebResponse } from '../../odata/http/message';

import type { JsonObject } from '../options';
import { contextColumns } from '../../odata/query/collection';
import { compileExpands } from '../query/expand';
import { contextUrl, etagOf, renderRow, shownColumns } from '../query/render';
import type { Table } from '../schema/model';
import { isReference, type Reference, type Row, type Value } from '../store/row';
import { keyUrl, matchKey, type KeyMatch } from '../write/references';
import { bodyOf, count, type Call } from './call';
import { withoutDuplicates } from './duplicates';
import { checkExisting, isUnchanged, mayCreate } from './preconditions';

/** Create, read, upsert and delete of one row. Source: Dataverse docs, webapi/create-entity, use-upsert. */

export function requireRow(call: Call, table: Table, predicate: KeyPredicate): Row {
  return requireMatched(call, table, matchKey(call.engine, table, predicate));
}

function requireMatched({ engine }: Call, table: Table, match: KeyMatch): Row {
  const row = match.id === undefined ? undefined : engine.database.get(table.name, match.id);
  if (!row) throw missing(table, match);
  return row;
}

function missing(table: Table, match: KeyMatch): Error {
  return match.key
    ? errors.notFoundByKey(table.name)
    : errors.notFound(table.name, String(match.values[table.primaryId]));
}

/** A row as the body of an answer. `withExpand` is false where `$expand` is documented to be ignored. */
export function entityBody(call: Call, table: Table, row: Row, withExpand = true): JsonObject {
  const { engine, session, options, prefer } = call;
  const columns = shownColumns(table, options.select);
  const shown = withExpand ? options : { ...options, expand: [] };
  const fragment = `${table.schema.entitySet}${contextColumns(shown)}/$entity`;
  const body = renderRow(engine, row, columns, prefer.wantsAnnotation);
  compileExpands(engine, session, table, shown.expand, prefer)(row, body);
  return { '@odata.context': contextUrl(session, fragment), ...body };
}

export function retrieve(call: Call, table: Table, predicate: KeyPredicate): WebResponse {
  count(call, 'retrieve', table);
  const row = requireRow(call, table, predicate);
  if (isUnchanged(call, row)) return { status: 304, headers: { ETag: etagOf(row) } };
  return representation(call, table, row, 200, true);
}

export function create(
  call: Call,
  table: Table,
  fixed: Readonly<Record<string, Value>> = {},
): WebResponse {
  count(call, 'create', table);
  const { engine, session, writer, prefer } = call;
  const id = withoutDuplicates(call, table, () =>
    writer.create(session, table, bodyOf(call), fixed),
  );
  if (!prefer.representation) return noContent({ 'OData-EntityId': entityUrl(session, table, id) });
  return representation(call, table, engine.database.get(table.name, id) as Row, 201, true);
}

function representation(
  call: Call,
  table: Table,
  row: Row,
  status: number,
  withExpand: boolean,
): WebResponse {
  const response = json(status, entityBody(call, table, row, withExpand), {
    ETag: etagOf(row),
    ...call.prefer.applied('return', 'odata.include-annotations'),
  });
  return { ...response, entity: entityUrl(call.session, table, idOf(table, row)) };
}

/** PATCH: update, or create where there is no row and nothing forbids it. */
export function upsert(call: Call, table: Table, predicate: KeyPredicate): WebResponse {
  const { engine, session } = call;
  const match = matchKey(engine, table, predicate);
  const row = match.id === undefined ? undefined : engine.database.get(table.name, match.id);
  const id = withoutDuplicates(call, table, () =>
    row ? updateMatched(call, table, match, row) : createMatched(call, table, match),
  );
  if (call.prefer.representation) {
    const stored = engine.database.get(table.name, id) as Row;
    return representation(call, table, stored, row ? 200 : 201, !row);
  }
  // Documented: an upsert by alternate key answers with the alternate-key address and not with the GUID.
  const url = match.key ? keyUrl(session, table, match) : entityUrl(session, table, id);
  return noContent({ 'OData-EntityId': url });
}

function updateMatched(call: Call, table: Table, match: KeyMatch, row: Row): string {
  checkExisting(call, row);
  count(call, 'update', table);
  const id = String(row[table.primaryId]);
  call.writer.update(call.session, table, id, withoutKey(bodyOf(call), table, match));
  return id;
}

/** Documented: for a row that exists, body values of the key columns in the URL are dropped. */
function withoutKey(body: JsonObject, table: Table, match: KeyMatch): JsonObject {
  const dropped = new Set(Object.keys(match.values));
  return Object.fromEntries(
    Object.entries(body).filter(([name]) => !dropped.has(columnNameOf(table, name))),
  );
}

/** Column that a member of a body writes: `primarycontactid@odata.bind` → `primarycontactid`. */
function columnNameOf(table: Table, member: string): string {
  const [name = ''] = member.split('@');
  return table.singles.get(name)?.column.name ?? name;
}

function createMatched(call: Call, table: Table, match: KeyMatch): string {
  if (!mayCreate(call)) {
    const { missingRowEtagStatus } = call.engine.switches;
    const error = missing(table, match);
    const anyVersion = call.request.headers['if-match']?.trim() === '*';
    if (!anyVersion && error instanceof DataverseError) {
      throw new DataverseError(missingRowEtagStatus, error.code, error.message);
    }
    throw error;
  }
  count(call, 'create', table);
  const body = bodyOf(call);
  return call.writer.create(call.session, table, body, keyValues(call, table, match, body));
}

/** Documented: for a new row, body values win over the key values of the URL. */
function keyValues(
  { engine }: Call,
  table: Table,
  match: KeyMatch,
  body: JsonObject,
): Record<string, Value> {
  const sent = new Set(Object.keys(body).map((name) => columnNameOf(table, name)));
  const values: Record<string, Value> = {};
  for (const [name, value] of Object.entries(match.values)) {
    if (match.key && sent.has(name)) continue;
    values[name] = isReference(value) ? target(engine, table, name, value.id) : value;
  }
  return values;
}

/** The row that a lookup in a key points to. */
function target(engine: Engine, table: Table, column: string, id: string): Reference {
  const tables = table.columns.get(column)?.targets?.map((one) => one.table) ?? [];
  const found = tables.find((name) => engine.database.get(name, id) !== undefined);
  if (found === undefined) throw errors.notFound(tables.join(', '), id);
  return { table: found, id };
}

export function remove(call: Call, table: Table, predicate: KeyPredicate): WebResponse {
  const row = requireRow(call, table, predicate);
  checkExisting(call, row);
  count(call, 'delete', table);
  call.writer.delete(call.session, table, String(row[table.primaryId]));
  return noContent();
}

/** The key of a row whose address is known: used where a path goes on behind it. */
export const idOf = (table: Table, row: Row): string => String(row[table.primaryId]);
