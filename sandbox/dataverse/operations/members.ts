import { parseKey } from '../dialect';
import { entityUrl } from '../engine';
import { errors } from '../errors';
import { fileMember } from '../files/members';
import { countText, json, noContent, text, type WebResponse } from '../../odata/http/message';
import { type Segment } from '../../odata/syntax/url';
import type { JsonObject, JsonValue } from '../options';
import {
  MAX_PAGE_SIZE,
  matchingRows,
  queryCollection,
  type CollectionQuery,
} from '../query/collection';
import { contextUrl, shownValue, toJson } from '../query/render';
import { related, type Related } from '../query/related';
import { runFetch } from '../fetchxml/run';
import { holdsBytes } from '../schema/files';
import {
  propertyName,
  type SingleNavigation,
  type Table,
  type Taker,
  takes,
} from '../schema/model';
import type { ColumnSchema } from '../schema/types';
import { isReference, type Reference, type Row } from '../store/row';
import { resolveReference } from '../write/references';
import { readValue } from '../write/values';
import { callAction, isBoundAction } from './actions';
import { associate, disassociate } from './associate';
import { bodyOf, count, type Call } from './call';
import { create, entityBody, idOf } from './entity';
import { fetchXmlOf } from './predefined';

/** What stands behind a row in a path: its columns, its related rows, and the links to them. */

interface Member {
  call: Call;
  table: Table;
  row: Row;
  /** Segments behind the name. */
  rest: readonly Segment[];
}

const NAMESPACE = 'Microsoft.Dynamics.CRM.';

const notAllowed = ({ call }: Member): Error =>
  errors.methodNotAllowed(
    `The requested resource does not support the method '${call.request.method}'.`,
  );

export function member(
  call: Call,
  table: Table,
  row: Row,
  segment: Segment,
  rest: readonly Segment[],
): WebResponse {
  const place: Member = { call, table, row, rest };
  const single = table.singles.get(segment.name);
  const property = table.properties.get(segment.name);
  if (property && !(single && rest.length > 0)) return column(place, property);
  if (single) return singleMember(place, single);
  const found = related(call.engine, table, segment.name);
  if (found) return collectionMember(place, found, segment);
  const action = segment.name.startsWith(NAMESPACE) ? segment.name.slice(NAMESPACE.length) : '';
  if (rest.length === 0 && isBoundAction(call.engine, table, action, 'row')) {
    return callAction(call, action, row);
  }
  // Documented for bound functions: only their full name, with the namespace, is found.
  if (segment.inner !== undefined && !segment.name.includes('.')) {
    throw errors.query('Request message has unresolved parameters.');
  }
  throw errors.noSegment(segment.name);
}

/** `GET`, `PUT` and `DELETE` of one column. */
function column(place: Member, property: ColumnSchema): WebResponse {
  const { call, table, row, rest } = place;
  if (holdsBytes(property)) return fileMember(place, property);
  const { method } = call.request;
  const id = idOf(table, row);
  if (method === 'GET') return columnValue(place, property);
  if (rest.length > 0 || property.type === 'lookup') throw notAllowed(place);
  if (method === 'PUT') {
    const { value } = bodyOf(call);
    if (value === undefined) throw errors.query('The body must be {"value": …}.');
    count(call, 'update', table);
    const stored = readValue(value, property, table, call.engine.switches);
    call.writer.change(call.session, table, id, { [property.name]: stored });
    return noContent();
  }
  if (method === 'DELETE') {
    count(call, 'update', table);
    call.writer.change(call.session, table, id, { [property.name]: null });
    return noContent();
  }
  throw notAllowed(place);
}

function columnValue({ call, table, row, rest }: Member, property: ColumnSchema): WebResponse {
  const value = row[property.name] ?? null;
  const name = propertyName(property);
  if (rest[0]?.name === '$value') {
    return value === null ? noContent() : text(200, String(toJson(value)));
  }
  if (rest.length > 0) throw errors.noSegment(rest[0]?.name ?? '');
  if (value === null) return noContent();
  const fragment = `${table.schema.entitySet}(${idOf(table, row)})/${name}`;
  return json(200, {
    '@odata.context': contextUrl(call.session, fragment),
    value: shownValue(value, property),
  });
}

function singleMember(place: Member, navigation: SingleNavigation): WebResponse {
  const { call, row, rest } = place;
  const value = row[navigation.column.name];
  const pointed = isReference(value) && takes(navigation.target, value.table) ? value : undefined;
  const target = call.engine.model.required(pointed?.table ?? navigation.target.table);
  if (rest[0]?.name === '$ref') return singleReference(place, navigation, target, pointed);
  if (call.request.method !== 'GET') throw notAllowed(place);
  const other = pointed && call.engine.database.find(pointed);
  const [next, ...behind] = rest;
  if (!other) {
    if (!next) return noContent();
    throw errors.noSegment(next.name);
  }
  count(call, 'retrieve', target);
  if (next) return member(call, target, other, next, behind);
  return json(200, entityBody(call, target, other));
}

function singleReference(
  { call, table, row, rest }: Member,
  navigation: SingleNavigation,
  target: Table,
  pointed: Reference | undefined,
): WebResponse {
  const id = idOf(table, row);
  const set = (value: Reference | null): WebResponse => {
    count(call, value ? 'associate' : 'disassociate', table);
    call.writer.change(call.session, table, id, { [navigation.column.name]: value });
    return noContent();
  };
  switch (call.request.method) {
    case 'GET':
      return pointed ? referenceBody(call, target, pointed.id) : noContent();
    case 'PUT':
    case 'POST':
      return set(linkedRow(call, navigation.target));
    case 'DELETE':
      return set(null);
    default:
      throw notAllowed({ call, table, row, rest });
  }
}

function referenceBody({ session }: Call, table: Table, id: string): WebResponse {
  return json(200, {
    '@odata.context': contextUrl(session, '$ref'),
    '@odata.id': entityUrl(session, table, id),
  });
}

/** The row of `{"@odata.id": "<address>"}`; it must be of the right table. */
function linkedRow(call: Call, target: Taker): Reference {
  const address = bodyOf(call)['@odata.id'];
  if (typeof address !== 'string')
    throw errors.query('The body must be {"@odata.id": "<address>"}.');
  return requireTable(resolveReference(call.engine, call.session, address), target);
}

function requireTable(reference: Reference, target: Taker): Reference {
  if (takes(target, reference.table)) return reference;
  throw errors.invalidArgument(
    `A row of '${reference.table}' cannot be used here: it takes a row of '${target.table}'.`,
  );
}

function collectionMember(place: Member, relation: Related, segment: Segment): WebResponse {
  const { call, table, row, rest } = place;
  const { target, lookup } = relation;
  if (segment.inner !== undefined) return keyedMember(place, relation, segment.inner);
  const owner = { table: table.name, id: idOf(table, row) };
  const [next] = rest;
  if (next?.name === '$ref') return collectionReference(place, relation, owner);
  const query: CollectionQuery = {
    ...call,
    table: target,
    within: relation.rows(owner.id),
    path: `${table.schema.entitySet}(${owner.id})/${relation.name}`,
  };
  if (next?.name === '$count')
    return countText(Math.min(matchingRows(query).length, MAX_PAGE_SIZE));
  if (next) throw errors.noSegment(next.name);
  if (call.request.method === 'GET') {
    count(call, 'query', target);
    const fetchXml = fetchXmlOf(call, target);
    return json(
      200,
      fetchXml === undefined ? queryCollection(query) : runFetch(query, fetchXml),
      call.prefer.applied('odata.maxpagesize', 'odata.include-annotations'),
    );
  }
  if (call.request.method === 'POST' && lookup)
    return create(call, target, { [lookup.name]: owner });
  throw notAllowed(place);
}

/** `/accounts(a)/contact_customer_accounts(b)`, with `/$ref` behind it for the link itself. */
function keyedMember(place: Member, relation: Related, inner: string): WebResponse {
  const { call, table, row, rest } = place;
  const { target } = relation;
  const predicate = parseKey(inner, call.options.aliases);
  const id = predicate.kind === 'id' ? predicate.id : '';
  const owner = { table: table.name, id: idOf(table, row) };
  const linked = relation.rows(owner.id).find((other) => other[target.primaryId] === id);
  if (!linked) throw errors.notFound(target.name, id);
  const [next, ...behind] = rest;
  if (next?.name === '$ref' && call.request.method === 'DELETE') {
    return disassociate(call, { relation, owner, otherId: id });
  }
  if (next) return member(call, target, linked, next, behind);
  if (call.request.method !== 'GET') throw notAllowed(place);
  return json(200, entityBody(call, target, linked));
}

function collectionReference(place: Member, relation: Related, owner: Reference): WebResponse {
  const { call } = place;
  const { target } = relation;
  switch (call.request.method) {
    case 'GET':
      return json(200, references(call, relation, owner));
    case 'POST':
      return associate(call, {
        relation,
        owner,
        otherId: linkedRow(call, { table: target.name }).id,
      });
    case 'DELETE': {
      const address = queryId(call);
      const linked = requireTable(resolveReference(call.engine, call.session, address), {
        table: target.name,
      });
      const isLinked = relation.rows(owner.id).some((row) => idOf(target, row) === linked.id);
      if (!isLinked) throw errors.notFound(target.name, linked.id);
      return disassociate(call, { relation, owner, otherId: linked.id });
    }
    default:
      throw notAllowed(place);
  }
}

function references({ session }: Call, { target, rows }: Related, owner: Reference): JsonObject {
  const value: JsonValue[] = rows(owner.id).map((row) => ({
    '@odata.id': entityUrl(session, target, idOf(target, row)),
  }));
  return { '@odata.context': contextUrl(session, 'Collection($ref)'), value };
}

/** `DELETE …/nav/$ref?$id=<address>` */
function queryId({ options }: Call): string {
  const found = options.raw.find(([name]) => name === '$id')?.[1];
  if (found === undefined) throw errors.query('Name the row to unlink: …/$ref?$id=<address>.');
  return decodeURIComponent(found);
}
