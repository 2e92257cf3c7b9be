import { parseKey } from '../dialect';
import type { Engine } from '../engine';
import { errors } from '../errors';
import { json, text, type WebResponse } from '../../odata/http/message';
import { type Segment } from '../../odata/syntax/url';
import type { JsonObject, JsonValue } from '../options';
import type { Call } from '../operations/call';
import { contextUrl } from '../query/render';
import type { Table } from '../schema/model';
import type { ColumnSchema } from '../schema/types';
import { attribute, commonProperties, NAMESPACE, optionSet } from './attributes';
import { keyStatus } from '../store/key-status';
import { addAttribute, addKey, removeKey } from './changes';
import { csdl } from './csdl';
import {
  entityDefinition,
  entityKey,
  keyId,
  manyToMany,
  manyToOne,
  oneToMany,
} from './definitions';
import { globalOptionSets } from './global-option-sets';
import { present, presentOne, type Presentation } from './query';

/** Metadata. Source: Dataverse docs, webapi/query-metadata-web-api. */

type Handler = (call: Call, first: Segment, rest: readonly Segment[]) => WebResponse;

const HANDLERS: Readonly<Record<string, Handler>> = {
  $metadata: (call) => {
    const annotated = call.options.raw.some(
      ([name, value]) => name === 'annotations' && value === 'true',
    );
    return text(200, csdl(call.engine, annotated), 'application/xml; charset=utf-8');
  },
  EntityDefinitions: entityDefinitions,
  GlobalOptionSetDefinitions: globalDefinitions,
  RelationshipDefinitions: relationshipDefinitions,
};

/** Everything below the service root that is no table, function or action. */
export function metadata(call: Call, first: Segment, rest: readonly Segment[]): WebResponse {
  const handler = Object.hasOwn(HANDLERS, first.name) ? HANDLERS[first.name] : undefined;
  if (!handler) throw errors.noSegment(first.name);
  call.engine.context.counters.operation('dataverse', `metadata ${first.name}`);
  return handler(call, first, rest);
}

function list(
  call: Call,
  fragment: string,
  items: readonly JsonObject[],
  presentation: Presentation,
): WebResponse {
  const value: JsonValue[] = present(items, call.options, presentation);
  return json(200, { '@odata.context': contextUrl(call.session, fragment), value });
}

function one(
  call: Call,
  fragment: string,
  item: JsonObject,
  presentation: Presentation,
): WebResponse {
  const body = presentOne(item, call.options, presentation);
  const context = contextUrl(call.session, `${fragment}/$entity`);
  return json(200, { '@odata.context': context, ...body });
}

const entities = ({ engine }: Call): Presentation => ({
  type: 'EntityMetadata',
  expand: (item, navigation) => {
    const table = engine.model.required(String(item.LogicalName));
    return related(engine, table, navigation);
  },
});

function related(engine: Engine, table: Table, navigation: string): JsonObject[] | undefined {
  switch (navigation) {
    case 'Attributes':
      return [...table.columns.values()].map((column) => attribute(table, column));
    case 'Keys':
      return table.keys.map((key) => entityKey(table, key, keyStatus(engine.context.now(), key)));
    case 'OneToManyRelationships':
      return oneToMany(engine, table);
    case 'ManyToOneRelationships':
      return manyToOne(engine, table);
    case 'ManyToManyRelationships':
      return manyToMany(engine, table);
    default:
      return undefined;
  }
}

function entityDefinitions(call: Call, first: Segment, rest: readonly Segment[]): WebResponse {
  if (first.inner === undefined) {
    requireGet(call);
    const items = call.engine.model.tables.map(entityDefinition);
    return list(call, 'EntityDefinitions', items, entities(call));
  }
  const table = tableOf(call, first.inner);
  const [next, ...behind] = rest;
  if (!next) {
    requireGet(call);
    return one(call, 'EntityDefinitions', entityDefinition(table), entities(call));
  }
  if (next.name === 'Attributes') return attributes(call, table, next, behind);
  if (next.name === 'Keys') return keys(call, table, next);
  const items = related(call.engine, table, next.name);
  if (items) {
    requireGet(call);
    return list(call, `EntityDefinitions('${table.name}')/${next.name}`, items, plain(next.name));
  }
  const value = entityDefinition(table)[next.name];
  if (value === undefined) throw errors.noSegment(next.name);
  return json(200, { '@odata.context': contextUrl(call.session, next.name), value });
}

const plain = (type: string): Presentation => ({ type, expand: () => undefined });

function requireGet(call: Call): void {
  if (call.request.method === 'GET') return;
  throw errors.notImplemented(`${call.request.method} of this metadata`);
}

/** `LogicalName='account'` or the MetadataId. */
function matches(call: Call, inner: string, name: string, id: string): boolean {
  const predicate = parseKey(inner, call.options.aliases);
  if (predicate.kind === 'id') return predicate.id === id;
  const { LogicalName, MetadataId, Name, SchemaName } = predicate.values;
  const wanted = LogicalName ?? Name ?? SchemaName;
  return wanted ? String(wanted.value) === name : String(MetadataId?.value) === id;
}

function tableOf(call: Call, inner: string): Table {
  const found = call.engine.model.tables.find((table) =>
    matches(call, inner, table.name, String(entityDefinition(table).MetadataId)),
  );
  if (!found) throw errors.notFound('entity', inner);
  return found;
}

function attributes(
  call: Call,
  table: Table,
  segment: Segment,
  rest: readonly Segment[],
): WebResponse {
  const fragment = `EntityDefinitions('${table.name}')/Attributes`;
  const [cast, ...behind] = rest;
  if (segment.inner === undefined) {
    if (call.request.method === 'POST') return addAttribute(call, table);
    requireGet(call);
    const items = castTo([...table.columns.values()], table, cast);
    return list(
      call,
      fragment,
      items.map(({ item }) => item),
      attributePresentation(table, cast),
    );
  }
  requireGet(call);
  const { inner } = segment;
  const column = [...table.columns.values()].find((candidate) =>
    matches(call, inner, candidate.name, String(commonProperties(table, candidate).MetadataId)),
  );
  const [found] = column ? castTo([column], table, cast) : [];
  if (!column || !found) throw errors.notFound('attribute', inner);
  if (behind[0]) return attributeMember(call, table, column, behind[0]);
  return one(call, fragment, found.item, attributePresentation(table, cast));
}

interface Described {
  column: ColumnSchema;
  item: JsonObject;
}

/** The columns of the type that the path casts to; all when it does not cast. */
function castTo(
  columns: readonly ColumnSchema[],
  table: Table,
  cast: Segment | undefined,
): Described[] {
  const described = columns.map((column) => ({ column, item: attribute(table, column) }));
  if (!cast) return described;
  if (!/^Microsoft\.Dynamics\.CRM\.\w+AttributeMetadata$/.test(cast.name)) {
    throw errors.noSegment(cast.name);
  }
  // Documented: options are read by a cast to each type alone, not to the type they have in common.
  if (cast.name === `${NAMESPACE}EnumAttributeMetadata`) {
    throw errors.query(`A cast to '${cast.name}' is not supported: name one type of choice.`);
  }
  return described.filter(({ item }) => item['@odata.type'] === `#${cast.name}`);
}

function attributePresentation(table: Table, cast: Segment | undefined): Presentation {
  const type = cast?.name.replace(NAMESPACE, '') ?? 'AttributeMetadata';
  const [first] = table.columns.values();
  const common = first ? Object.keys(commonProperties(table, first)) : [];
  return {
    type,
    // Without a cast only what all attributes have can be named.
    selectable: cast ? undefined : new Set(common),
    expand: (item, navigation) => {
      const column = table.columns.get(String(item.LogicalName));
      if (!cast || !column) return undefined;
      const set = optionSet(table, column);
      if (navigation === 'OptionSet') return set;
      return navigation === 'GlobalOptionSet' && set ? null : undefined;
    },
  };
}

function attributeMember(
  call: Call,
  table: Table,
  column: ColumnSchema,
  { name }: Segment,
): WebResponse {
  const value = name === 'OptionSet' ? optionSet(table, column) : attribute(table, column)[name];
  if (value === undefined) throw errors.noSegment(name);
  const context = contextUrl(call.session, `EntityDefinitions('${table.name}')/Attributes/${name}`);
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? json(200, { '@odata.context': context, ...value })
    : json(200, { '@odata.context': context, value });
}

function keys(call: Call, table: Table, segment: Segment): WebResponse {
  const fragment = `EntityDefinitions('${table.name}')/Keys`;
  const { engine } = call;
  if (segment.inner === undefined) {
    if (call.request.method === 'POST') return addKey(call, table);
    requireGet(call);
    return list(call, fragment, related(engine, table, 'Keys') ?? [], plain('EntityKeyMetadata'));
  }
  const { inner } = segment;
  const key = table.keys.find((candidate) =>
    matches(call, inner, candidate.name.toLowerCase(), keyId(table, candidate.name)),
  );
  if (!key) throw errors.notFound('entitykey', inner);
  if (call.request.method === 'DELETE') return removeKey(call, table, key);
  requireGet(call);
  const item = entityKey(table, key, keyStatus(engine.context.now(), key));
  return one(call, fragment, item, plain('EntityKeyMetadata'));
}

function globalDefinitions(call: Call, { inner }: Segment, rest: readonly Segment[]): WebResponse {
  requireGet(call);
  if (rest.length > 1) throw errors.noSegment(rest[1]?.name ?? '');
  const sets = globalOptionSets();
  const presentation = plain('OptionSetMetadata');
  if (inner === undefined) return list(call, 'GlobalOptionSetDefinitions', sets, presentation);
  const found = sets.find((set) => matches(call, inner, String(set.Name), String(set.MetadataId)));
  if (!found) throw errors.notFound('optionset', inner);
  return one(call, 'GlobalOptionSetDefinitions', found, presentation);
}

function relationshipDefinitions(
  call: Call,
  { inner }: Segment,
  rest: readonly Segment[],
): WebResponse {
  requireGet(call);
  const [cast] = rest;
  const { engine } = call;
  const lookups = engine.model.tables.flatMap((table) => manyToOne(engine, table));
  const all = [...lookups, ...manyToMany(engine)];
  const items = cast ? all.filter((item) => item['@odata.type'] === `#${cast.name}`) : all;
  const presentation = plain('RelationshipMetadataBase');
  if (inner === undefined) return list(call, 'RelationshipDefinitions', items, presentation);
  const found = items.find((item) =>
    matches(call, inner, String(item.SchemaName), String(item.MetadataId)),
  );
  if (!found) throw errors.notFound('relationship', inner);
  return one(call, 'RelationshipDefinitions', found, presentation);
}
