import { errors } from '../errors';
import { noContent, type WebResponse } from '../../odata/http/message';
import type { JsonObject } from '../options';
import { bodyOf, type Call } from '../operations/call';
import type { SingleNavigation, Table } from '../schema/model';
import type { ColumnSchema, LookupTarget } from '../schema/types';
import { NAMESPACE } from './attributes';
import { isObject } from '../write/payload';
import { namedBy, newColumnName, requiredLevel } from './columns';
import { COMPONENTS, customize, publishable, untilPublished } from './customizing';
import { relationship } from './definitions';
import { metadataId, readLabels } from './labels';
import { makeManyToMany } from './many-to-many';
import { checkUnchanged, newRelationshipName, tableNamed } from './relationship-names';

/** Lookups with their relationships. Source: Dataverse docs, create-update-entity-relationships-using-web-api. */

const ON_DELETE: Readonly<Record<string, LookupTarget['onDelete']>> = {
  Cascade: 'cascade',
  Restrict: 'restrict',
  RemoveLink: 'removelink',
};

export function addRelationship(call: Call): WebResponse {
  return customize(call, 'prvCreateRelationship', () => {
    const { engine, session } = call;
    const body = bodyOf(call);
    const type = String(body['@odata.type'] ?? '').replace(/^#/, '');
    if (type === `${NAMESPACE}ManyToManyRelationshipMetadata`) return makeManyToMany(call, body);
    if (type !== `${NAMESPACE}OneToManyRelationshipMetadata`) {
      throw errors.invalidArgument(
        "A relationship needs the '@odata.type' of OneToManyRelationshipMetadata or ManyToManyRelationshipMetadata.",
      );
    }
    const table = tableNamed(call, body, 'ReferencingEntity');
    const column = readLookup(call, table, body);
    engine.model.addColumn(table, column);
    engine.database.store(table.name).addIndex(column.name);
    const id = metadataId('relationship', table.name, String(body.SchemaName));
    return {
      response: noContent({ 'OData-EntityId': `${session.base}RelationshipDefinitions(${id})` }),
      piece: column,
      component: { id, type: COMPONENTS.relationship },
    };
  });
}

function readLookup(call: Call, table: Table, body: JsonObject): ColumnSchema {
  const target = tableNamed(call, body, 'ReferencedEntity');
  const schemaName = newRelationshipName(call, body);
  const lookup = (body.Lookup ?? {}) as JsonObject;
  const name = newColumnName(table, lookup.SchemaName);
  const text = (property: string): string | undefined =>
    typeof body[property] === 'string' ? body[property] : undefined;
  return {
    name,
    schemaName: String(lookup.SchemaName),
    ...namedBy(lookup.DisplayName, String(lookup.SchemaName)),
    description: readLabels(lookup.Description),
    type: 'lookup',
    required: requiredLevel(lookup),
    writable: 'always',
    indexed: true,
    custom: true,
    targets: [
      {
        table: target.name,
        collection: text('ReferencedEntityNavigationPropertyName') ?? schemaName,
        navigation: text('ReferencingEntityNavigationPropertyName') ?? String(lookup.SchemaName),
        ...behaviour(body),
      },
    ],
  };
}

/** What changes of the target do, and the menu; a definition that leaves them out has what the service gives. */
function behaviour(body: JsonObject): Pick<LookupTarget, 'onDelete' | 'cascade' | 'menu'> {
  const { Delete: onDelete, ...others } = (body.CascadeConfiguration ?? {}) as JsonObject;
  const cascade = Object.fromEntries(
    Object.entries(others).filter(([, value]) => typeof value === 'string'),
  ) as Record<string, string>;
  const { AssociatedMenuConfiguration: menu } = body;
  return {
    onDelete: ON_DELETE[String(onDelete)] ?? 'removelink',
    cascade,
    menu: isObject(menu) ? menu : undefined,
  };
}

/** Which properties of a definition can never be changed. */
const FIXED = [
  'SchemaName',
  'ReferencedEntity',
  'ReferencingEntity',
  'ReferencingAttribute',
] as const;

/** Replaces the definition of a relationship by the one in the body, once it is published. */
export function updateRelationship(
  call: Call,
  table: Table,
  navigation: SingleNavigation,
  cast: string | undefined,
): WebResponse {
  return customize(call, 'prvWriteRelationship', () => {
    const body = bodyOf(call);
    const before = relationship(call.engine, table, navigation);
    checkUnchanged(body, before, FIXED, cast);
    const { column, target } = navigation;
    untilPublished(call.engine, publishable('entity', table.name), target.collection, () => {
      const newest = table.columns.get(column.name);
      const targets = newest?.targets?.map((other) =>
        other.navigation === target.navigation ? { ...other, ...behaviour(body) } : other,
      );
      if (newest) call.engine.model.addColumn(table, { ...newest, targets });
    });
    const id = String(before.MetadataId);
    return { response: noContent(), component: { id, type: COMPONENTS.relationship } };
  });
}

/** The lookup goes with its relationship. */
export function removeRelationship(
  call: Call,
  table: Table,
  { column }: SingleNavigation,
): WebResponse {
  return customize(call, 'prvDeleteRelationship', () => {
    if (!column.custom) {
      throw errors.invalidArgument('A relationship that comes from Microsoft cannot be deleted.');
    }
    call.engine.model.removeColumn(table, column);
    return { response: noContent() };
  });
}
