import type { Engine, Session } from '../engine';
import { errors } from '../errors';
import { metadataId } from '../metadata/labels';
import type { JsonObject } from '../options';
import type { Table } from '../schema/model';

/** Rights by name. Source: Dataverse docs, SecurityPrivilegeMetadata and entity reference of privilege. */

export type PrivilegeType =
  'Create' | 'Read' | 'Write' | 'Delete' | 'Append' | 'AppendTo' | 'Assign' | 'Share';

const TYPES: readonly PrivilegeType[] = [
  'Create',
  'Read',
  'Write',
  'Delete',
  'Append',
  'AppendTo',
  'Assign',
  'Share',
];

/** Rights to change metadata, and others that belong to no table. */
export const CUSTOMIZING = [
  'prvCreateEntity',
  'prvReadEntity',
  'prvWriteEntity',
  'prvDeleteEntity',
  'prvCreateAttribute',
  'prvReadAttribute',
  'prvWriteAttribute',
  'prvDeleteAttribute',
  'prvCreateRelationship',
  'prvReadRelationship',
  'prvWriteRelationship',
  'prvDeleteRelationship',
  'prvCreateEntityKey',
  'prvReadEntityKey',
  'prvDeleteEntityKey',
  'prvCreateOptionSet',
  'prvReadOptionSet',
  'prvWriteOptionSet',
  'prvDeleteOptionSet',
  'prvPublishCustomization',
] as const;

/** What a customizer looks up beside the metadata. */
const LOOKED_UP = ['User', 'BusinessUnit', 'Organization', 'Publisher', 'Solution', 'Role'].map(
  (rights) => `prvRead${rights}`,
);

export type CustomizingPrivilege = (typeof CUSTOMIZING)[number];

/** Tables whose rights are called otherwise: lines have those of their document, activities one for all. */
const COVERED: Readonly<Record<string, string>> = {
  salesorderdetail: 'SalesOrder',
  invoicedetail: 'Invoice',
  quotedetail: 'Quote',
  orderclose: 'Activity',
  quoteclose: 'Activity',
  task: 'Activity',
  systemuser: 'User',
  privilege: 'Role',
};

const rightsOf = ({ name, schema }: Table): string => COVERED[name] ?? schema.schemaName;

export const privilegeName = (table: Table, type: PrivilegeType): string =>
  `prv${type}${rightsOf(table)}`;

export const privilegeId = (name: string): string => metadataId('privilege', name);

/** Only what belongs to a user can be assigned; a role is given to somebody by the same right. */
const typesOf = ({ name, schema }: Table): readonly PrivilegeType[] =>
  schema.ownership === 'UserOwned' || name === 'role'
    ? TYPES
    : TYPES.filter((type) => type !== 'Assign' && type !== 'Share');

/** `Privileges` of the definition of a table. */
export const tablePrivileges = (table: Table): JsonObject[] =>
  typesOf(table).map((type) => {
    const name = privilegeName(table, type);
    const ofUsers = table.schema.ownership === 'UserOwned';
    return {
      CanBeBasic: ofUsers,
      CanBeDeep: ofUsers,
      CanBeGlobal: true,
      CanBeLocal: ofUsers,
      CanBeEntityReference: false,
      CanBeParentEntityReference: false,
      Name: name,
      PrivilegeId: privilegeId(name),
      PrivilegeType: type,
    };
  });

/** Every right that there is: id → name. */
export function allPrivileges({ model }: Engine): Map<string, string> {
  const tables = model.tables.filter(({ schema }) => !schema.intersect);
  const names = tables.flatMap((table) => typesOf(table).map((type) => privilegeName(table, type)));
  const all = [...names, ...CUSTOMIZING, 'prvActOnBehalfOfAnotherUser'];
  return new Map(all.map((name) => [privilegeId(name), name]));
}

/** The same as rows of `privileges`. */
export const privilegeRows = (engine: Engine): JsonObject[] =>
  [...allPrivileges(engine)].map(([id, name]) => ({ privilegeid: id, name }));

const DEPTHS = ['Basic', 'Local', 'Deep', 'Global'] as const;

export type Depth = (typeof DEPTHS)[number];

export const isDepth = (value: unknown): value is Depth => DEPTHS.includes(value as Depth);

export const wider = (one: Depth | undefined, other: Depth): Depth =>
  one && DEPTHS.indexOf(one) > DEPTHS.indexOf(other) ? one : other;

/** Role → right → how far it reaches. A new environment has a role that may do everything, and one that customizes. */
type Grants = Map<string, Map<string, Depth>>;

const granted = new WeakMap<Engine['model'], Grants>();

export function grantsOf({ model }: Engine, roleId: string): Map<string, Depth> {
  const grants = granted.get(model) ?? new Map<string, Map<string, Depth>>();
  granted.set(model, grants);
  const own = grants.get(roleId) ?? new Map<string, Depth>();
  grants.set(roleId, own);
  return own;
}

const everything = (engine: Engine): Map<string, Depth> =>
  new Map([...allPrivileges(engine).keys()].map((id) => [id, 'Global']));

const BUILT_IN: Readonly<Record<string, (engine: Engine) => Map<string, Depth>>> = {
  'System Administrator': everything,
  'System Customizer': () =>
    new Map([...CUSTOMIZING, ...LOOKED_UP].map((name) => [privilegeId(name), 'Global'])),
};

/** What a user may do by all roles together. */
export function privilegesOf(engine: Engine, userId: string): Map<string, Depth> {
  if (engine.switches.privileges === 'all' && userId === engine.userId) return everything(engine);
  const held = new Map<string, Depth>();
  for (const pair of engine.database.store('systemuserroles').rows.values()) {
    if (pair.systemuserid !== userId) continue;
    const roleId = String(pair.roleid);
    const name = String(engine.database.get('role', roleId)?.name);
    const rights = BUILT_IN[name]?.(engine) ?? grantsOf(engine, roleId);
    for (const [id, depth] of rights) held.set(id, wider(held.get(id), depth));
  }
  return held;
}

/** What a read of metadata needs, by the collection that is asked for. */
const METADATA_RIGHTS: Readonly<Record<string, CustomizingPrivilege>> = {
  EntityDefinitions: 'prvReadEntity',
  Attributes: 'prvReadAttribute',
  Keys: 'prvReadEntityKey',
  GlobalOptionSetDefinitions: 'prvReadOptionSet',
  RelationshipDefinitions: 'prvReadRelationship',
  OneToManyRelationships: 'prvReadRelationship',
  ManyToOneRelationships: 'prvReadRelationship',
  ManyToManyRelationships: 'prvReadRelationship',
};

/** Refuses a read of metadata, where the switch says that it needs rights. `names`: collections of path and `$expand`. */
export function requireMetadataRead(
  engine: Engine,
  session: Session,
  names: readonly string[],
): void {
  if (engine.switches.metadataReads === 'all') return;
  for (const name of names) {
    const right = Object.hasOwn(METADATA_RIGHTS, name) ? METADATA_RIGHTS[name] : undefined;
    if (right) requirePrivilege(engine, session, right);
  }
}

/** Refuses what the user has no right to. How far the right reaches is looked at only where `depth` says so. */
export function requirePrivilege(
  engine: Engine,
  { actingAs }: Session,
  name: string,
  depth: Depth = 'Basic',
): void {
  if (engine.switches.privileges === 'all') return;
  const user = actingAs ?? engine.userId;
  const held = privilegesOf(engine, user).get(privilegeId(name));
  if (!held || wider(held, depth) !== held) throw errors.missingPrivilege(user, name);
}
