import { parseKey } from '../dialect';
import { errors } from '../errors';
import { json, type WebResponse } from '../../odata/http/message';
import type { Call } from '../operations/call';
import type { JsonObject, JsonValue } from '../options';
import { contextUrl } from '../query/render';
import type { Table } from '../schema/model';
import { isKnown } from './customizing';
import { present, presentOne, type Presentation } from './query';

/** What all reads of metadata have in common. */

export function list(
  call: Call,
  fragment: string,
  items: readonly JsonObject[],
  presentation: Presentation,
): WebResponse {
  const value: JsonValue[] = present(items, call.options, presentation);
  return json(200, { '@odata.context': contextUrl(call.session, fragment), value });
}

export function one(
  call: Call,
  fragment: string,
  item: JsonObject,
  presentation: Presentation,
): WebResponse {
  const body = presentOne(item, call.options, presentation);
  const context = contextUrl(call.session, `${fragment}/$entity`);
  return json(200, { '@odata.context': context, ...body });
}

export const tablesOf = (call: Call): Table[] =>
  call.engine.model.tables.filter((table) => isKnown(call, table));

export const plain = (type: string): Presentation => ({ type, expand: () => undefined });

export function requireGet(call: Call): void {
  const { method } = call.request;
  if (method === 'GET') return;
  if (method === 'PATCH') {
    throw errors.methodNotAllowed(
      'Metadata cannot be changed with PATCH: send it whole, with PUT.',
    );
  }
  throw errors.notImplemented(`${method} of this metadata`);
}

/** `LogicalName='account'` or the MetadataId. */
export function matches(call: Call, inner: string, name: string, id: string): boolean {
  const predicate = parseKey(inner, call.options.aliases);
  if (predicate.kind === 'id') return predicate.id === id;
  const { LogicalName, MetadataId, Name, SchemaName } = predicate.values;
  const wanted = LogicalName ?? Name ?? SchemaName;
  return wanted ? String(wanted.value) === name : String(MetadataId?.value) === id;
}
