import { parseKey, splitUrl } from '../dialect';
import type { Engine } from '../engine';
import { DataverseError, errors } from '../errors';
import { json, noContent, type WebResponse } from '../../odata/http/message';
import { parsePath, type Segment } from '../../odata/syntax/url';
import type { JsonObject, JsonValue } from '../options';
import { contextUrl } from '../query/render';
import type { Table } from '../schema/model';
import { isReference } from '../store/row';
import { isObject, typeOf } from '../write/payload';
import { callAction, isBoundAction } from './actions';
import { bodyOf, count, type Call } from './call';
import { upsert } from './entity';

/**
 * CreateMultiple, UpdateMultiple, UpsertMultiple: all or nothing; of an elastic table, which has no transactions, row by
 * row. Source: Dataverse docs, bulk-operations.
 */

type Message = (call: Call, table: Table, targets: readonly JsonObject[]) => WebResponse;

/** Writes one target. Gives its id. */
type WriteOne = (call: Call, table: Table, target: JsonObject) => string;

const NAMESPACE = 'Microsoft.Dynamics.CRM.';

const createMultiple: Message = (call, table, targets) => {
  count(call, 'create multiple', table);
  const Ids = writeAll(call, table, targets, createOne);
  const context = contextUrl(call.session, `${NAMESPACE}CreateMultipleResponse`);
  return json(200, { '@odata.context': context, Ids });
};

const updateMultiple: Message = (call, table, targets) => {
  count(call, 'update multiple', table);
  writeAll(call, table, targets, updateOne);
  return noContent();
};

const upsertMultiple: Message = (call, table, targets) => {
  count(call, 'upsert multiple', table);
  writeAll(call, table, targets, upsertOne);
  return noContent();
};

/** Documented: elastic tables alone have this message, and others answer that it is not implemented. */
function deleteMultiple(call: Call, table: Table): WebResponse {
  if (!table.schema.elastic) throw errors.notImplemented('DeleteMultiple');
  count(call, 'delete multiple', table);
  writeAll(call, table, targetsOf(call, table), deleteOne);
  return noContent();
}

function writeAll(
  call: Call,
  table: Table,
  targets: readonly JsonObject[],
  write: WriteOne,
): string[] {
  if (table.schema.elastic) return writeEach(call, table, targets, write);
  return call.engine.database.atomic(() => targets.map((target) => write(call, table, target)));
}

/** What became of each row, as `Plugin.BulkApiErrorDetails` says it where one of them failed. */
interface RowDetail {
  RequestIndex: number;
  Id: string;
  StatusCode: number;
}

/**
 * Documented: those that can be written are, and the answer is an error all the same, which tells of each row to whoever
 * asks for annotations. That it is the error of the first row that failed is an inference, and so are the numbers.
 */
function writeEach(
  call: Call,
  table: Table,
  targets: readonly JsonObject[],
  write: WriteOne,
): string[] {
  const ids: string[] = [];
  const details: RowDetail[] = [];
  let failure: DataverseError | undefined;
  for (const [RequestIndex, target] of targets.entries()) {
    try {
      const id = call.engine.database.atomic(() => write(call, table, target));
      ids.push(id);
      details.push({ RequestIndex, Id: id, StatusCode: 200 });
    } catch (error) {
      if (!(error instanceof DataverseError)) throw error;
      failure ??= error;
      details.push({ RequestIndex, Id: '', StatusCode: error.status });
    }
  }
  if (!failure) return ids;
  throw new DataverseError(
    failure.status,
    failure.code,
    failure.message,
    {},
    {
      '@Microsoft.PowerApps.CDS.ErrorDetails.Plugin.BulkApiErrorDetails': JSON.stringify(details),
    },
  );
}

const createOne: WriteOne = (call, table, target) =>
  call.writer.create(call.session, table, target);

const updateOne: WriteOne = (call, table, target) => {
  const id = target[table.primaryId];
  if (typeof id !== 'string') throw missingKey(table);
  call.writer.update(call.session, table, id.toLowerCase(), target);
  return id.toLowerCase();
};

/** A row in a partition is named by that too. */
const deleteOne: WriteOne = (call, table, target) => {
  const given = target[table.primaryId];
  if (typeof given !== 'string') throw missingKey(table);
  const id = given.toLowerCase();
  const partition = call.engine.database.get(table.name, id)?.partitionid ?? null;
  if (partition !== (target.partitionid ?? null)) throw errors.notFound(table.name, id);
  call.writer.delete(call.session, table, id);
  return id;
};

/** A target names its row by `@odata.id` (alternate key too) or by its primary key column. */
const upsertOne: WriteOne = (call, table, target) => {
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
  return inner;
};

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
  if (name === 'DeleteMultiple' && call.request.method === 'POST') {
    return deleteMultiple(call, table);
  }
  const message = MESSAGES[name];
  if (!message || call.request.method !== 'POST') throw errors.noSegment(segment.name);
  // Documented: not every table has them. How one that has not says so is an inference.
  if (!hasMessage(call.engine, table, name)) throw errors.noSegment(segment.name);
  return message(call, table, targetsOf(call, table));
}

/** Every message of many rows, with each table that has it. */
export const bulkMessages = (engine: Engine): Array<{ message: string; table: Table }> =>
  engine.model.tables.flatMap((table) =>
    Object.keys(MESSAGES)
      .filter((message) => hasMessage(engine, table, message))
      .map((message) => ({ message, table })),
  );

/** By the rows that tell it to clients too. */
function hasMessage({ database }: Engine, table: Table, name: string): boolean {
  for (const filter of database.store('sdkmessagefilter').rows.values()) {
    if (filter.primaryobjecttypecode !== table.name || !isReference(filter.sdkmessageid)) continue;
    if (database.find(filter.sdkmessageid)?.name === name) return true;
  }
  return false;
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
