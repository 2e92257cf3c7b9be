import { DataverseError, errors } from '../errors';
import { noContent, type WebResponse } from '../../odata/http/message';
import type { JsonObject } from '../options';
import { bodyOf, type Call } from '../operations/call';
import type { Table } from '../schema/model';
import type { ColumnSchema, ColumnType, KeySchema } from '../schema/types';
import { keyStatus, startBuild } from '../store/key-status';
import { COMPONENTS, customize } from './customizing';
import { keyId } from './definitions';
import { metadataId } from './labels';

/** Alternate keys. Source: Dataverse docs, define-alternate-keys-entity. */

const LIMITS = { columns: 16, keys: 10, bytes: 900 };

/** Types that a key may have, and the bytes that a value of each takes in its index. */
const BYTES: Partial<Record<ColumnType, (column: ColumnSchema) => number>> = {
  decimal: () => 17,
  integer: () => 4,
  string: ({ maxLength = 100 }) => maxLength * 2,
  datetime: () => 8,
  date: () => 8,
  lookup: () => 16,
  picklist: () => 4,
};

export function addKey(call: Call, table: Table): WebResponse {
  return customize(call, 'prvCreateEntityKey', () => {
    const key = readKey(table, bodyOf(call));
    table.keys.push(key);
    build(call, table, key);
    const id = keyId(table, key.name);
    const address = `EntityDefinitions(${metadataId(table.name)})/Keys(${id})`;
    return {
      response: noContent({ 'OData-EntityId': `${call.session.base}${address}` }),
      piece: key,
      component: { id, type: COMPONENTS.key },
    };
  });
}

/** Starts to build the index, which fails where two rows have the same values. */
function build({ engine }: Call, table: Table, key: KeySchema): void {
  const store = engine.database.store(table.name);
  const start = engine.context.now().getTime();
  const failed = store.hasDuplicates(key);
  startBuild(key, { start, end: start + engine.switches.keyIndexSeconds * 1000, failed });
  if (!failed) store.addKey(key);
}

function readKey(table: Table, body: JsonObject): KeySchema {
  const { SchemaName: name, KeyAttributes: columns } = body;
  if (typeof name !== 'string' || !/^[A-Za-z]\w*$/.test(name)) {
    throw errors.invalidArgument("A key needs a 'SchemaName', such as 'new_ExternalIdKey'.");
  }
  if (table.keys.some((key) => key.name.toLowerCase() === name.toLowerCase())) {
    throw new DataverseError(400, '0x80060893', `The entity key ${name} already exists.`);
  }
  const names = Array.isArray(columns) ? columns.map(String) : [];
  if (names.length === 0 || names.length > LIMITS.columns) {
    throw errors.invalidArgument(`A key needs 1 to ${LIMITS.columns} 'KeyAttributes'.`);
  }
  if (table.keys.length >= LIMITS.keys) {
    throw errors.invalidArgument(`'${table.name}' has ${LIMITS.keys} keys already.`);
  }
  const bytes = names.reduce((sum, column) => sum + bytesOf(table, column), 0);
  if (bytes > LIMITS.bytes) {
    throw errors.invalidArgument(`The key takes ${bytes} bytes; it may take ${LIMITS.bytes}.`);
  }
  return { name, columns: names };
}

function bytesOf(table: Table, name: string): number {
  const column = table.columns.get(name);
  if (!column) {
    throw new DataverseError(
      400,
      '0x80041103',
      `'${table.name}' entity doesn't contain attribute with Name = '${name}'.`,
    );
  }
  const bytes = BYTES[column.type];
  if (bytes) return bytes(column);
  throw errors.invalidArgument(`A column of the type ${column.type} cannot be part of a key.`);
}

export function removeKey(call: Call, table: Table, key: KeySchema): WebResponse {
  return customize(call, 'prvDeleteEntityKey', () => {
    table.keys.splice(table.keys.indexOf(key), 1);
    call.engine.database.store(table.name).dropKey(key.name);
    return { response: noContent() };
  });
}

/** ReactivateEntityKey: builds the index of a failed key anew. */
export function reactivateKey(call: Call): WebResponse {
  const { EntityLogicalName: entity, EntityKeyLogicalName: name } = bodyOf(call);
  const table = call.engine.model.table(String(entity));
  if (!table) throw errors.notFound('entity', String(entity));
  const key = table.keys.find((candidate) => candidate.name.toLowerCase() === name);
  if (!key) throw errors.notFound('entitykey', String(name));
  return customize(call, 'prvCreateEntityKey', () => {
    if (keyStatus(call.engine.context.now(), key) !== 'Failed') {
      throw errors.invalidArgument(`The index of the key '${key.name}' has not failed.`);
    }
    build(call, table, key);
    return { response: noContent() };
  });
}
