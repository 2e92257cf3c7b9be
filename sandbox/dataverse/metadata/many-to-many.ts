import { errors } from '../errors';
import { noContent, type WebResponse } from '../../odata/http/message';
import { bodyOf, type Call } from '../operations/call';
import type { JsonObject, JsonValue } from '../options';
import { intersectTable } from '../schema/tables/associations';
import type { ManyToManySchema } from '../schema/types';
import { isObject } from '../write/payload';
import { COMPONENTS, customize, type Made, publishable, untilPublished } from './customizing';
import { manyToManyDefinition } from './definitions';
import { metadataId } from './labels';
import { checkUnchanged, newRelationshipName, tableNamed } from './relationship-names';
import { FIRST_TYPE_CODE } from './type-codes';

/**
 * Relationships with many rows on both sides that users make. Source: Dataverse docs,
 * create-update-entity-relationships-using-web-api, "Create a many-to-many relationship".
 */

const SIDES = ['Entity1', 'Entity2'] as const;

const menusIn = (body: JsonObject): ManyToManySchema['menus'] => {
  const menu = (value: JsonValue | undefined): JsonObject | undefined =>
    isObject(value) ? value : undefined;
  return [
    menu(body.Entity1AssociatedMenuConfiguration),
    menu(body.Entity2AssociatedMenuConfiguration),
  ];
};

/** Makes the relationship and the table of its pairs. */
export function makeManyToMany(call: Call, body: JsonObject): Made {
  const { engine, session } = call;
  const name = newRelationshipName(call, body);
  const [first, second] = SIDES.map((side) => tableNamed(call, body, `${side}LogicalName`));
  if (!first || !second || first === second) {
    throw errors.notImplemented('A relationship of a table with itself');
  }
  const { IntersectEntityName: given = name } = body;
  const intersect = String(given).toLowerCase();
  if (engine.model.table(intersect)) {
    throw errors.invalidArgument(`'IntersectEntityName': there is a table '${intersect}' already.`);
  }
  const navigation = (side: (typeof SIDES)[number]): string => {
    const value = body[`${side}NavigationPropertyName`];
    return typeof value === 'string' && value !== '' ? value : name;
  };
  const code = FIRST_TYPE_CODE + engine.model.tables.length;
  const sides = [first.name, second.name] as const;
  engine.model.addTable(
    intersectTable(intersect, String(given), code, sides, {
      entitySet: `${intersect}set`,
      primaryId: `${intersect}id`,
      primaryName: `${intersect}id`,
      custom: true,
    }),
  );
  const association: ManyToManySchema = {
    name,
    intersect,
    sides,
    navigations: [navigation('Entity1'), navigation('Entity2')],
    menus: menusIn(body),
    custom: true,
  };
  engine.model.addAssociation(association);
  const id = metadataId('relationship', intersect, name);
  return {
    response: noContent({ 'OData-EntityId': `${session.base}RelationshipDefinitions(${id})` }),
    piece: association,
    component: { id, type: COMPONENTS.relationship },
  };
}

const FIXED = [
  'SchemaName',
  'IntersectEntityName',
  'Entity1LogicalName',
  'Entity2LogicalName',
] as const;

/** Replaces the definition by the one in the body, once it is published: its menus are all that can change. */
export function updateManyToMany(
  call: Call,
  association: ManyToManySchema,
  cast: string | undefined,
): WebResponse {
  return customize(call, 'prvWriteRelationship', () => {
    const { engine } = call;
    const body = bodyOf(call);
    const before = manyToManyDefinition(engine, association);
    checkUnchanged(body, before, FIXED, cast);
    const { name, sides } = association;
    untilPublished(engine, publishable('entity', sides[0]), name, () => {
      const newest = engine.model.associations.find((other) => other.name === name);
      if (newest) engine.model.addAssociation({ ...newest, menus: menusIn(body) });
    });
    const id = String(before.MetadataId);
    return { response: noContent(), component: { id, type: COMPONENTS.relationship } };
  });
}

export function removeManyToMany(call: Call, association: ManyToManySchema): WebResponse {
  return customize(call, 'prvDeleteRelationship', () => {
    if (!association.custom) {
      throw errors.invalidArgument('A relationship that comes from Microsoft cannot be deleted.');
    }
    call.engine.model.removeAssociation(association);
    call.engine.database.drop(association.intersect);
    return { response: noContent() };
  });
}
