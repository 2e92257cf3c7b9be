import { errors } from '../errors';
import type { WebResponse } from '../../odata/http/message';
import type { Segment } from '../../odata/syntax/url';
import type { Call } from '../operations/call';
import type { SingleNavigation, Table } from '../schema/model';
import type { ManyToManySchema } from '../schema/types';
import { manyToMany, manyToManyDefinition, manyToOne, relationship } from './definitions';
import { removeManyToMany, updateManyToMany } from './many-to-many';
import { list, matches, one, plain, requireGet, tablesOf } from './reading';
import { addRelationship, removeRelationship, updateRelationship } from './relationships';

/** `RelationshipDefinitions`, one of them, and a cast behind either. */
export function relationshipDefinitions(
  call: Call,
  { inner }: Segment,
  rest: readonly Segment[],
): WebResponse {
  const { engine, request } = call;
  const [cast] = rest;
  if (request.method === 'DELETE' || (request.method === 'PUT' && inner !== undefined)) {
    return change(call, inner ?? '', cast);
  }
  if (request.method === 'POST' && inner === undefined) return addRelationship(call);
  requireGet(call);
  const lookups = tablesOf(call).flatMap((table) => manyToOne(engine, table));
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

type Found =
  { table: Table; navigation: SingleNavigation } | { association: ManyToManySchema } | undefined;

function find(call: Call, inner: string): Found {
  const { engine } = call;
  for (const table of tablesOf(call)) {
    for (const navigation of table.singles.values()) {
      const { SchemaName: name, MetadataId: id } = relationship(engine, table, navigation);
      if (matches(call, inner, String(name), String(id))) return { table, navigation };
    }
  }
  for (const association of engine.model.associations) {
    const { MetadataId: id } = manyToManyDefinition(engine, association);
    if (matches(call, inner, association.name, String(id))) return { association };
  }
  return undefined;
}

function change(call: Call, inner: string, cast: Segment | undefined): WebResponse {
  const found = find(call, inner);
  if (!found) throw errors.notFound('relationship', inner);
  const isReplaced = call.request.method === 'PUT';
  if ('association' in found) {
    return isReplaced
      ? updateManyToMany(call, found.association, cast?.name)
      : removeManyToMany(call, found.association);
  }
  return isReplaced
    ? updateRelationship(call, found.table, found.navigation, cast?.name)
    : removeRelationship(call, found.table, found.navigation);
}
