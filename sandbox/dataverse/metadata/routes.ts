import { errors } from '../errors';
import { json, text, type WebResponse } from '../../odata/http/message';
import { type Segment } from '../../odata/syntax/url';
import type { JsonObject } from '../options';
import type { Call } from '../operations/call';
import { contextUrl } from '../query/render';
import type { Table } from '../schema/model';
import type { ColumnSchema, KeySchema } from '../schema/types';
import { attribute, commonProperties, NAMESPACE, optionSet } from './attributes';
import { keyStatus } from '../store/key-status';
import { addAttribute, removeAttribute, updateAttribute } from './columns';
import { csdl } from './csdl';
import { isKnown } from './customizing';
import {
  entityDefinition,
  entityKey,
  keyId,
  manyToMany,
  manyToOne,
  oneToMany,
} from './definitions';
import { globalChoices, globalOptionSet } from './global-option-sets';
import { globalDefinitions } from './global-routes';
import { addKey, removeKey } from './keys';
import type { Presentation } from './query';
import { requireMetadataRead } from '../security/privileges';
import { relationshipDefinitions } from './relationship-routes';
import { list, matches, one, plain, requireGet, tablesOf } from './reading';
import { addTable, removeTable, updateTable } from './tables';

/** Metadata. Source: Dataverse docs, webapi/query-metadata-web-api. */

type Handler = (call: Call, first: Segment, rest: readonly Segment[]) => WebResponse;

const HANDLERS: Readonly<Record<string, Handler>> = {
  $metadata: (call) => {
    // Documented: by its parameter, or by the header that other requests have annotations from.
    const annotated =
      call.prefer.wantsAnnotation('*') ||
      call.options.raw.some(([name, value]) => name === 'annotations' && value === 'true');
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
  if (call.request.method === 'GET') {
    const expanded = call.options.expand.map(({ navigation }) => navigation);
    const named = [first, ...rest].map(({ name }) => name);
    requireMetadataRead(call.engine, call.session, [...named, ...expanded]);
  }
  return handler(call, first, rest);
}

const entities = (call: Call): Presentation => ({
  type: 'EntityMetadata',
  expand: (item, navigation) => {
    const table = call.engine.model.required(String(item.LogicalName));
    return related(call, table, navigation);
  },
});

/** Columns and keys as far as a read knows of them. */
const columnsOf = (call: Call, table: Table): ColumnSchema[] =>
  [...table.columns.values()].filter((column) => isKnown(call, column));

const keysOf = (call: Call, table: Table): KeySchema[] =>
  table.keys.filter((key) => isKnown(call, key));

function related(call: Call, table: Table, navigation: string): JsonObject[] | undefined {
  const { engine } = call;
  switch (navigation) {
    case 'Attributes':
      return columnsOf(call, table).map((column) => attribute(table, column));
    case 'Keys':
      return keysOf(call, table).map((key) =>
        entityKey(table, key, keyStatus(engine.context.now(), key)),
      );
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
    if (call.request.method === 'POST') return addTable(call);
    requireGet(call);
    const items = tablesOf(call).map(entityDefinition);
    return list(call, 'EntityDefinitions', items, entities(call));
  }
  const table = tableOf(call, first.inner);
  const [next, ...behind] = rest;
  if (!next) {
    const change = Object.hasOwn(TABLE_CHANGES, call.request.method)
      ? TABLE_CHANGES[call.request.method]
      : undefined;
    if (change) return change(call, table);
    requireGet(call);
    return one(call, 'EntityDefinitions', entityDefinition(table), entities(call));
  }
  if (next.name === 'Attributes') return attributes(call, table, next, behind);
  if (next.name === 'Keys') return keys(call, table, next);
  const items = related(call, table, next.name);
  if (items) {
    requireGet(call);
    return list(call, `EntityDefinitions('${table.name}')/${next.name}`, items, plain(next.name));
  }
  const value = entityDefinition(table)[next.name];
  if (value === undefined) throw errors.noSegment(next.name);
  return json(200, { '@odata.context': contextUrl(call.session, next.name), value });
}

/** Documented: a definition is replaced as a whole, by PUT and not by PATCH. */
const TABLE_CHANGES: Readonly<Record<string, (call: Call, table: Table) => WebResponse>> = {
  PUT: updateTable,
  DELETE: removeTable,
};

function tableOf(call: Call, inner: string): Table {
  const found = tablesOf(call).find((table) =>
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
    const items = castTo(columnsOf(call, table), table, cast);
    return list(
      call,
      fragment,
      items.map(({ item }) => item),
      attributePresentation(call, table, cast),
    );
  }
  const { inner } = segment;
  const column = columnsOf(call, table).find((candidate) =>
    matches(call, inner, candidate.name, String(commonProperties(table, candidate).MetadataId)),
  );
  if (column && call.request.method === 'PUT' && behind.length === 0) {
    return updateAttribute(call, table, column, cast?.name);
  }
  if (column && !cast && call.request.method === 'DELETE') {
    return removeAttribute(call, table, column);
  }
  requireGet(call);
  const [found] = column ? castTo([column], table, cast) : [];
  if (!column || !found) throw errors.notFound('attribute', inner);
  if (behind[0]) return attributeMember(call, table, column, behind[0]);
  return one(call, fragment, found.item, attributePresentation(call, table, cast));
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

/** The choices of a column: its own, or those of the global choice that it is bound to. */
function columnOptions(call: Call, table: Table, column: ColumnSchema): JsonObject | undefined {
  const choice = globalChoices(call.engine).get(column.globalChoice ?? '');
  return choice ? globalOptionSet(choice) : optionSet(table, column);
}

function attributePresentation(call: Call, table: Table, cast: Segment | undefined): Presentation {
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
      const set = columnOptions(call, table, column);
      if (navigation === 'OptionSet') return set;
      if (navigation !== 'GlobalOptionSet' || !set) return undefined;
      return column.globalChoice === undefined ? null : set;
    },
  };
}

function attributeMember(
  call: Call,
  table: Table,
  column: ColumnSchema,
  { name }: Segment,
): WebResponse {
  const value =
    name === 'OptionSet' ? columnOptions(call, table, column) : attribute(table, column)[name];
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
    return list(call, fragment, related(call, table, 'Keys') ?? [], plain('EntityKeyMetadata'));
  }
  const { inner } = segment;
  const key = keysOf(call, table).find((candidate) =>
    matches(call, inner, candidate.name.toLowerCase(), keyId(table, candidate.name)),
  );
  if (!key) throw errors.notFound('entitykey', inner);
  if (call.request.method === 'DELETE') return removeKey(call, table, key);
  requireGet(call);
  const item = entityKey(table, key, keyStatus(engine.context.now(), key));
  return one(call, fragment, item, plain('EntityKeyMetadata'));
}
