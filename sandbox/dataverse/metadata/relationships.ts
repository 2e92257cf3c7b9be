import { DataverseError, errors } from '../errors';
import { noContent, type WebResponse } from '../../odata/http/message';
import type { JsonObject } from '../options';
import { bodyOf, type Call } from '../operations/call';
import type { SingleNavigation, Table } from '../schema/model';
import type { ColumnSchema, LookupTarget } from '../schema/types';
import { NAMESPACE } from './attributes';
import { isCustomName, newColumnName, requiredLevel } from './columns';
import { COMPONENTS, customize } from './customizing';
import { labelText, metadataId } from './labels';

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
    if (type !== `${NAMESPACE}OneToManyRelationshipMetadata`) {
      throw errors.notImplemented(`Making a relationship of the type '${type}'`);
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

function tableNamed({ engine }: Call, body: JsonObject, property: string): Table {
  const table = engine.model.table(String(body[property]));
  if (table) return table;
  throw new DataverseError(
    400,
    '0x80041102',
    `The entity with a name = '${String(body[property])}' was not found in the MetadataCache.`,
  );
}

function readLookup(call: Call, table: Table, body: JsonObject): ColumnSchema {
  const target = tableNamed(call, body, 'ReferencedEntity');
  const { SchemaName: schemaName } = body;
  if (!isCustomName(schemaName)) {
    throw errors.invalidArgument(
      "A relationship needs a 'SchemaName' with a prefix, such as 'new_contact_new_bankaccount'.",
    );
  }
  if (isTaken(call, schemaName)) {
    throw new DataverseError(
      400,
      '0x80048403',
      `A relationship with the schema name ${schemaName} already exists.`,
    );
  }
  const lookup = (body.Lookup ?? {}) as JsonObject;
  const name = newColumnName(table, lookup.SchemaName);
  const cascade = (body.CascadeConfiguration ?? {}) as JsonObject;
  const text = (property: string): string | undefined =>
    typeof body[property] === 'string' ? body[property] : undefined;
  return {
    name,
    schemaName: String(lookup.SchemaName),
    label: labelText(lookup.DisplayName) ?? String(lookup.SchemaName),
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
        onDelete: ON_DELETE[String(cascade.Delete)] ?? 'removelink',
      },
    ],
  };
}

function isTaken({ engine }: Call, schemaName: string): boolean {
  const wanted = schemaName.toLowerCase();
  return engine.model.tables.some(({ singles }) =>
    [...singles.values()].some(({ target }) => target.collection.toLowerCase() === wanted),
  );
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
