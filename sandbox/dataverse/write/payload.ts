import type { Engine, Session } from '../engine';
import { errors } from '../errors';
import { typeName } from '../query/entity-type';
import type { JsonObject, JsonValue } from '../options';
import {
  takes,
  type CollectionNavigation,
  type SingleNavigation,
  type Table,
} from '../schema/model';
import type { ColumnSchema } from '../schema/types';
import type { Reference, Value } from '../store/row';
import { resolveReference } from './references';
import { readValue } from './values';

/** A body, checked and sorted. */
export interface Payload {
  /** Values by column name; lookups that were bound among them. */
  values: Record<string, Value>;
  /** Rows to be made first, which a lookup then points to. */
  parents: Array<{ navigation: SingleNavigation; body: JsonObject }>;
  /** Rows to be made with this one, which then point to it. */
  children: Array<{ navigation: CollectionNavigation; bodies: JsonObject[] }>;
  /** Rows that are there already, and then point to this one. */
  bound: Array<{ navigation: CollectionNavigation; rows: Reference[] }>;
}

interface Place {
  engine: Engine;
  session: Session;
  table: Table;
  payload: Payload;
}

const BIND = '@odata.bind';

export const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Sorts a body into columns, bound lookups and related rows. Fails on every name that is not declared. */
export function readPayload(
  engine: Engine,
  session: Session,
  table: Table,
  body: JsonObject,
): Payload {
  const payload: Payload = { values: {}, parents: [], children: [], bound: [] };
  const place: Place = { engine, session, table, payload };
  for (const [name, value] of Object.entries(body)) readMember(place, name, value, body);
  return payload;
}

function readMember(place: Place, name: string, value: JsonValue, body: JsonObject): void {
  if (name.endsWith(BIND)) return readBind(place, name.slice(0, -BIND.length), value);
  if (name === '@odata.type') return checkType(place.table, value);
  if (name.includes('@')) return checkAnnotation(place.table, name, body);
  const { table, payload, engine } = place;
  const column = table.columns.get(name);
  if (column?.type === 'file') throw errors.fileNotInBody(name);
  if (column && column.type !== 'lookup') {
    payload.values[name] = readValue(value, column, table, engine.switches);
    return;
  }
  const navigation = table.singles.get(name);
  if (navigation) return readSingle(place, navigation, value);
  const collection = table.collections.get(name);
  if (collection) return readCollection(place, collection, value);
  if (table.properties.get(name)?.type === 'lookup') throw lookupWritten();
  throw errors.unknownProperty(table.schema.entitySet, table.name, name);
}

const lookupWritten = (): Error =>
  errors.query(
    'CRM do not support direct update of Entity Reference properties, Use Navigation properties instead.',
  );

/** The table that a body says it is a row of: `#Microsoft.Dynamics.CRM.account` → `Microsoft.Dynamics.CRM.account`. */
export const typeOf = (body: JsonObject): string =>
  String(body['@odata.type'] ?? '').replace(/^#/, '');

function checkType(table: Table, value: JsonValue): void {
  const type = typeOf({ '@odata.type': value });
  if (type === typeName(table.name)) return;
  throw errors.payload(
    table.schema.entitySet,
    `Microsoft.OData.ODataException: A resource with type '${type}' was found, but it is not assignable to the ` +
      `expected type '${typeName(table.name)}'.`,
  );
}

/** Annotations are read over; `@name` without a period is not an annotation. */
function checkAnnotation(table: Table, name: string, body: JsonObject): void {
  const [property = '', annotation = ''] = name.split('@');
  if (!annotation.includes('.')) {
    throw errors.payload(
      table.schema.entitySet,
      `System.ArgumentException: '${annotation}' is an invalid instance annotation name. An instance ` +
        'annotation name must contain a period that is not at the start or end of the name.',
    );
  }
  const alone = property !== '' && !(property in body);
  const declared =
    table.properties.has(property) || table.columns.has(property) || table.singles.has(property);
  if (alone && !declared && !table.collections.has(property)) {
    throw errors.undeclaredBind(table.schema.entitySet, property);
  }
}

function readBind(place: Place, name: string, value: JsonValue): void {
  const { table, engine } = place;
  const navigation = table.singles.get(name);
  if (!navigation) {
    const collection = table.collections.get(name);
    if (collection && Array.isArray(value)) return readCollectionBind(place, collection, value);
    throw errors.undeclaredBind(table.schema.entitySet, name);
  }
  if (value === null) {
    if (engine.switches.bindNull === 'reject') {
      throw errors.payload(
        table.schema.entitySet,
        `Microsoft.OData.ODataException: The value of '${name}${BIND}' must be the address of a row.`,
      );
    }
    setLookup(place, navigation, null);
    return;
  }
  if (typeof value !== 'string') {
    throw errors.wrongType(table.schema.entitySet, JSON.stringify(value), 'Edm.String');
  }
  const reference = resolveReference(engine, place.session, value);
  if (!takes(navigation.target, reference.table)) {
    throw errors.invalidArgument(
      `A row of '${reference.table}' cannot be set as '${name}': it takes a row of ` +
        `'${navigation.target.table}'.`,
    );
  }
  setLookup(place, navigation, reference);
}

/** `"Account_Tasks@odata.bind": ["/tasks(…)"]`: rows that are there already, and are to point to the new one. */
function readCollectionBind(
  { engine, session, payload }: Place,
  navigation: CollectionNavigation,
  values: readonly JsonValue[],
): void {
  const rows = values.map((value): Reference => {
    if (typeof value !== 'string') {
      throw errors.invalidArgument(
        `'${navigation.name}${BIND}' takes the addresses of rows, such as /tasks(<guid>).`,
      );
    }
    const reference = resolveReference(engine, session, value);
    if (reference.table === navigation.table) return reference;
    throw errors.invalidArgument(
      `A row of '${reference.table}' cannot be bound by '${navigation.name}': it takes rows of ` +
        `'${navigation.table}'.`,
    );
  });
  payload.bound.push({ navigation, rows });
}

function setLookup({ payload }: Place, { column }: { column: ColumnSchema }, value: Value): void {
  // The other targets of the same lookup may be null in one body: a value wins over that.
  if (value === null && payload.values[column.name]) return;
  payload.values[column.name] = value;
}

function readSingle(place: Place, navigation: SingleNavigation, value: JsonValue): void {
  if (value === null) return setLookup(place, navigation, null);
  if (!isObject(value)) {
    throw errors.payload(
      place.table.schema.entitySet,
      "Microsoft.OData.ODataException: A 'PrimitiveValue' node with non-null value was found when trying to " +
        `read the value of the navigation property '${navigation.name}'; however, a 'StartArray' node, a ` +
        "'StartObject' node, or a 'PrimitiveValue' node with null value was expected.",
    );
  }
  place.payload.parents.push({ navigation, body: value });
}

function readCollection(place: Place, navigation: CollectionNavigation, value: JsonValue): void {
  const bodies = Array.isArray(value) ? value : undefined;
  if (!bodies?.every(isObject)) {
    throw errors.payload(
      place.table.schema.entitySet,
      `Microsoft.OData.ODataException: The value of the navigation property '${navigation.name}' must be an ` +
        'array of objects.',
    );
  }
  place.payload.children.push({ navigation, bodies: bodies as JsonObject[] });
}
