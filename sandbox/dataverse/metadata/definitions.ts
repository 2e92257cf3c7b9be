import type { Engine } from '../engine';
import type { JsonObject } from '../options';
import type { SingleNavigation, Table } from '../schema/model';
import { isSearched } from '../schema/search';
import type { KeySchema, ManyToManySchema } from '../schema/types';
import type { KeyStatus } from '../store/key-status';
import { tablePrivileges } from '../security/privileges';
import { NAMESPACE } from './attributes';
import { description, label, managed, metadataId } from './labels';

export function entityDefinition(table: Table): JsonObject {
  const { schema } = table;
  const id = metadataId(schema.name);
  return {
    MetadataId: id,
    LogicalName: schema.name,
    SchemaName: schema.schemaName,
    EntitySetName: schema.entitySet,
    CollectionSchemaName: schema.entitySet,
    LogicalCollectionName: schema.entitySet,
    DisplayName: label(schema.label, id, schema.labels),
    DisplayCollectionName: label(schema.pluralLabel, `${id}s`, schema.pluralLabels),
    Description: description(schema.description, id),
    PrimaryIdAttribute: schema.primaryId,
    PrimaryNameAttribute: schema.primaryName,
    PrimaryImageAttribute: primaryImage(table),
    ObjectTypeCode: schema.objectTypeCode,
    OwnershipType: schema.ownership,
    TableType: 'Standard',
    IsCustomEntity: schema.custom === true,
    IsActivity: false,
    IsIntersect: schema.intersect === true,
    IsPrivate: false,
    IsLogicalEntity: false,
    IsValidForAdvancedFind: true,
    IsManaged: schema.custom !== true,
    ChangeTrackingEnabled: schema.changeTracking !== false,
    IsOptimisticConcurrencyEnabled: true,
    CanEnableSyncToExternalSearchIndex: managed(true, 'canenablesynctoexternalsearchindex'),
    SyncToExternalSearchIndex: isSearched(table),
    CanCreateAttributes: managed(true, 'cancreateattributes'),
    CanChangeTrackingBeEnabled: managed(true, 'canchangetrackingbeenabled'),
    IsCustomizable: managed(true, 'iscustomizable'),
    Privileges: tablePrivileges(table),
    Settings: [],
    HasChanged: null,
  };
}

const primaryImage = ({ columns }: Table): string | null =>
  [...columns.values()].find((column) => column.primaryImage)?.name ?? null;

export function entityKey(table: Table, key: KeySchema, status: KeyStatus): JsonObject {
  const id = keyId(table, key.name);
  return {
    MetadataId: id,
    LogicalName: key.name.toLowerCase(),
    SchemaName: key.name,
    EntityLogicalName: table.name,
    DisplayName: label(key.name, id),
    KeyAttributes: [...key.columns],
    EntityKeyIndexStatus: status,
    IsCustomizable: managed(true, 'iscustomizable'),
    IsManaged: false,
    IsExportKey: false,
    IsSynchronous: false,
    IsSecondaryKey: false,
    HasChanged: null,
  };
}

export const keyId = (table: Table, name: string): string =>
  metadataId(table.name, 'key', name.toLowerCase());

const DELETE_BEHAVIOURS = {
  cascade: 'Cascade',
  restrict: 'Restrict',
  removelink: 'RemoveLink',
} as const;

/** A lookup seen as a relationship. `ReferencingEntityNavigationPropertyName` is the name to bind by. */
export function relationship(
  engine: Engine,
  table: Table,
  navigation: SingleNavigation,
): JsonObject {
  const { target, column } = navigation;
  return {
    '@odata.type': `#${NAMESPACE}OneToManyRelationshipMetadata`,
    MetadataId: metadataId('relationship', table.name, target.collection),
    SchemaName: target.collection,
    RelationshipType: 'OneToManyRelationship',
    SecurityTypes: 'Append',
    ReferencedEntity: target.table,
    ReferencedAttribute: engine.model.required(target.table).primaryId,
    ReferencedEntityNavigationPropertyName: target.collection,
    ReferencingEntity: table.name,
    ReferencingAttribute: column.name,
    ReferencingEntityNavigationPropertyName: navigation.name,
    IsCustomRelationship: column.custom === true,
    IsManaged: column.custom !== true,
    IsHierarchical: false,
    IsValidForAdvancedFind: true,
    CascadeConfiguration: {
      Assign: 'NoCascade',
      Merge: 'NoCascade',
      Reparent: 'NoCascade',
      Share: 'NoCascade',
      Unshare: 'NoCascade',
      ...target.cascade,
      Delete: DELETE_BEHAVIOURS[target.onDelete],
    },
    ...(target.menu ? { AssociatedMenuConfiguration: target.menu } : {}),
    HasChanged: null,
  };
}

/** A relationship with many rows on both sides. */
export function manyToManyDefinition(
  engine: Engine,
  {
    name,
    intersect,
    sides: [first, second],
    navigations = [name, name],
    menus = [undefined, undefined],
    custom = false,
  }: ManyToManySchema,
): JsonObject {
  const [menu1, menu2] = menus;
  return {
    '@odata.type': `#${NAMESPACE}ManyToManyRelationshipMetadata`,
    MetadataId: metadataId('relationship', intersect, name),
    SchemaName: name,
    RelationshipType: 'ManyToManyRelationship',
    SecurityTypes: 'None',
    IntersectEntityName: intersect,
    Entity1LogicalName: first,
    Entity1IntersectAttribute: engine.model.required(first).primaryId,
    Entity1NavigationPropertyName: navigations[0],
    ...(menu1 ? { Entity1AssociatedMenuConfiguration: menu1 } : {}),
    Entity2LogicalName: second,
    Entity2IntersectAttribute: engine.model.required(second).primaryId,
    Entity2NavigationPropertyName: navigations[1],
    ...(menu2 ? { Entity2AssociatedMenuConfiguration: menu2 } : {}),
    IsCustomRelationship: custom,
    IsManaged: !custom,
    IsValidForAdvancedFind: true,
    HasChanged: null,
  };
}

export const manyToMany = (engine: Engine, table?: Table): JsonObject[] =>
  engine.model.associations
    .filter(({ sides }) => table === undefined || sides.includes(table.name))
    .map((association) => manyToManyDefinition(engine, association));

export const manyToOne = (engine: Engine, table: Table): JsonObject[] =>
  [...table.singles.values()].map((navigation) => relationship(engine, table, navigation));

export const oneToMany = (engine: Engine, table: Table): JsonObject[] =>
  [...table.collections.values()].flatMap((collection) => {
    const other = engine.model.required(collection.table);
    const navigation = [...other.singles.values()].find(
      (single) => single.column === collection.column && single.target.table === table.name,
    );
    return navigation ? [relationship(engine, other, navigation)] : [];
  });
