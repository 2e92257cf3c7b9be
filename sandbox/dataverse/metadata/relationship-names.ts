import { DataverseError, errors } from '../errors';
import type { Call } from '../operations/call';
import type { JsonObject } from '../options';
import type { Table } from '../schema/model';
import { isCustomName } from './columns';

/** What definitions of relationships of either kind name, and what of it stays. */

export function tableNamed({ engine }: Call, body: JsonObject, property: string): Table {
  const table = engine.model.table(String(body[property]));
  if (table) return table;
  throw new DataverseError(
    400,
    '0x80041102',
    `The entity with a name = '${String(body[property])}' was not found in the MetadataCache.`,
  );
}

/** Checks that a relationship may be made under the name in the body. */
export function newRelationshipName(
  { engine: { model } }: Call,
  { SchemaName: name }: JsonObject,
): string {
  if (!isCustomName(name)) {
    throw errors.invalidArgument(
      "A relationship needs a 'SchemaName' with a prefix, such as 'new_contact_new_bankaccount'.",
    );
  }
  const wanted = name.toLowerCase();
  const lookups = model.tables.flatMap(({ singles }) => [...singles.values()]);
  const taken = [
    ...lookups.map(({ target }) => target.collection),
    ...model.associations.map((association) => association.name),
  ];
  if (!taken.some((other) => other.toLowerCase() === wanted)) return name;
  throw new DataverseError(
    400,
    '0x80048403',
    `A relationship with the schema name ${name} already exists.`,
  );
}

/**
 * Refuses a definition that is of another type, or that changes what can never be changed.
 * @param cast type of the relationship that the path names
 */
export function checkUnchanged(
  body: JsonObject,
  before: JsonObject,
  fixed: readonly string[],
  cast: string | undefined,
): void {
  const type = String(before['@odata.type']);
  const said = [body['@odata.type'], cast].filter((one) => one !== undefined);
  if (said.length === 0 || said.some((one) => `#${String(one).replace(/^#/, '')}` !== type)) {
    throw errors.invalidArgument(`'@odata.type' must be '${type}'.`);
  }
  const changed = fixed.find((name) => (body[name] ?? before[name]) !== before[name]);
  if (changed === undefined) return;
  throw errors.invalidArgument(`'${changed}' must be '${String(before[changed])}'.`);
}
