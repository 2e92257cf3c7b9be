import { parseKey, splitUrl } from '../dialect';
import { errors } from '../errors';
import { json, noContent, type WebResponse } from '../../odata/http/message';
import { parsePath, type Segment } from '../../odata/syntax/url';
import type { JsonObject, JsonValue } from '../options';
import { contextUrl } from '../query/render';
import type { Table } from '../schema/model';
import { isObject, typeOf } from '../write/payload';
import { callAction, isBoundAction } from './actions';
import { bodyOf, count, type Call } from './call';
import { upsert } from './entity';

/** CreateMultiple, UpdateMultiple, UpsertMultiple: all or nothing. Source: Dataverse docs, bulk-operations. */

type Message = (call: Call, table: Table, targets: readonly JsonObject[]) => WebResponse;

const NAMESPACE = 'Microsoft.Dynamics.CRM.';

const createMultiple: Message = (call, table, targets) => {
  count(call, 'create multiple', table);
  const ids = call.engine.database.atomic(() =>
    targets.map((target) => call.writer.create(call.session, table, target)),
  );
  const context = contextUrl(call.session, `${NAMESPACE}CreateMultipleResponse`);
  return json(200, { '@odata.context': context, Ids: ids });
};

const updateMultiple: Message = (call, table, targets) => {
  count(call, 'update multiple', table);
  call.engine.database.atomic(() => {
    for (const target of targets) {
      const id = target[table.primaryId];
      if (typeof id !== 'string') throw missingKey(table);
      call.writer.update(call.session, table, id.toLowerCase(), target);
    }
  });
  return noContent();
};

const upsertMultiple: Message = (call, table, targets) => {
  count(call, 'upsert multiple', table);
  call.engine.database.atomic(() => {
    for (const target of targets) upsertOne(call, table, target);
  });
  return noContent();
};

/** A target names its row by `@odata.id` (alternate key too) or by its primary key column. */
function upsertOne(call: Call, table: Table, target: JsonObject): void {
  const address = target['@odata.id'];
  const id = target[table.primaryId];
  let inner: string | undefined;
  if (typeof address === 'string') inner = keyIn(table, address);
  else if (typeof id === 'string') inner = id;
  if (inner === undefined) throw missingKey(table);
  const headers = { 'content-type': 'application/json' };
  const request = { ...call.request, headers, body: JSON.stringify(target) };
  const quiet = { ...call.prefer, representation: false };
  upsert({ ...call, request, prefer: quiet }, table, parseKey(inner, call.options.aliases));
}

function keyIn(table: Table, address: string): string | undefined {
  const [segment] = parsePath(splitUrl(address).path);
  if (segment?.name === table.schema.entitySet) return segment.inner;
  throw errors.invalidArgument(
    `'${address}' is not the address of a row of '${table.schema.entitySet}'.`,
  );
}

const missingKey = (table: Table): Error =>
  errors.invalidArgument(`Every target needs its key: send '${table.primaryId}' or '@odata.id'.`);

const MESSAGES: Readonly<Record<string, Message>> = {
  CreateMultiple: createMultiple,
  UpdateMultiple: updateMultiple,
  UpsertMultiple: upsertMultiple,
};

export function bulk(call: Call, table: Table, segment: Segment): WebResponse {
  if (!segment.name.startsWith(NAMESPACE)) throw errors.noSegment(segment.name);
  const name = segment.name.slice(NAMESPACE.length);
  if (isBoundAction(call.engine, table, name, 'set')) return callAction(call, name);
  if (name === 'DeleteMultiple') throw errors.notImplemented(name);
  const message = MESSAGES[name];
  if (!message || call.request.method !== 'POST') throw errors.noSegment(segment.name);
  return message(call, table, targetsOf(call, table));
}

function targetsOf(call: Call, table: Table): JsonObject[] {
  const targets: JsonValue | undefined = bodyOf(call).Targets;
  if (!Array.isArray(targets) || !targets.every(isObject) || targets.length === 0) {
    throw errors.invalidArgument('The body must be {"Targets": [ … ]} with at least one row.');
  }
  const rows = targets as JsonObject[];
  for (const row of rows) {
    if (typeOf(row) !== `${NAMESPACE}${table.name}`) {
      throw errors.invalidArgument(
        `Every target needs "@odata.type": "${NAMESPACE}${table.name}".`,
      );
    }
  }
  return rows;
}
